"""A notebook's journal: who did what, when, to members; to strangers, when it was published."""

from html import unescape
from uuid import uuid4

import pytest
from django.conf import settings

from cahiers.consultations.models import Role
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.notebooks.actions import restore, rows, statements, withdraw
from cahiers.notebooks.models import Row, Statement
from tests.consultations.teams import member

pytestmark = pytest.mark.django_db
JOURNAL = "/ecole/cote-d-aubrac/journal/"


@pytest.fixture
def editor(public_notebook):
    return member(public_notebook.consultation, Role.FACILITATOR, name="Oriane Belcastel")


@pytest.fixture
def edited(public_notebook, editor, now):
    statement = Statement.objects.get(current__text="Trop de mots de passe")
    given = {"by": editor, "now": now}
    statements.reword(
        statement=statement, text="Trop de codes", seen=statement.current_id, command=uuid4(), **given
    )
    row = Row.objects.get(stage="action_plan")
    rows.name(row=row, name="La mairie", seen=row.current_id, command=uuid4(), **given)
    return statement


def text(client, address=JOURNAL):
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_a_stranger_sees_when_it_was_published_alone(client, edited):
    page = text(client)
    assert "Publication de l’édition 1" in page
    assert not any(words in page for words in ("Oriane", "Trop de", "La mairie", "/e/", "Correction"))


def test_which_edition_was_withdrawn_and_shown_again(client, public_notebook, now):
    edition = public_notebook.editions.get()
    withdraw(edition=edition, reason="Un nom", by=None, now=now)
    restore(edition=edition, by=None, now=now)
    client.force_login(member(public_notebook.consultation, Role.READER))
    page = text(client)
    assert "Retrait de l’édition 1" in page
    assert "Rétablissement de l’édition 1" in page
    assert "Retour en arrière" not in page


def test_a_member_sees_who_did_what(client, public_notebook, edited):
    client.force_login(member(public_notebook.consultation, Role.READER))
    page = text(client)
    assert page.count("Oriane Belcastel") == 2
    assert "«\u00a0Trop de codes\u00a0»" in page
    assert f'href="/e/{edited.code}"' in page
    assert "La mairie" in page
    assert 'href="/ecole/cote-d-aubrac/theme-1/#action_plan"' in page


def test_what_is_done_in_a_meeting_is_said_in_words_of_the_page(client, public_notebook, edited, now):
    for verb in (Verb.VOTE, Verb.REVEAL, Verb.HIDE, Verb.ERASE):
        record(stream=public_notebook.consultation.uuid, verb=verb, subject=edited.uuid, actor=None, at=now)
    client.force_login(member(public_notebook.consultation, Role.READER))
    for language, words in (
        ("fr", "Vote Dévoilement Masquage Effacement"),
        ("en", "Vote Reveal Hiding Erasure"),
    ):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = text(client)
        assert [word for word in words.split() if word not in page] == []


def test_a_draft_has_no_journal_for_strangers(client, notebook):
    assert client.get(JOURNAL).status_code == 404


def test_it_is_paged_in_the_same_queries(client, edited, editor, now, django_assert_max_num_queries):
    row = Row.objects.get(stage="action_plan")
    client.force_login(editor)
    with django_assert_max_num_queries(10):
        client.get(JOURNAL)
    for number in range(40):
        statements.add(row=row, kind="action", text=f"La {number}e", command=uuid4(), by=editor, now=now)
    with django_assert_max_num_queries(10):
        page = text(client)
    assert "La 39e" in page
    assert "La 2e" not in page
    assert "La 2e" in text(client, f"{JOURNAL}?page=2")
