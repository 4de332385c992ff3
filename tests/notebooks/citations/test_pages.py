"""What a statement rests on is chosen from contributions, shown with its words, and counted honestly."""

from html import unescape
from uuid import uuid4

import pytest

from cahiers.consultations.models import Role
from cahiers.contributions.actions import Draft
from cahiers.contributions.actions.taking import revise, store
from cahiers.contributions.models import Channel, Consent, Contribution, Status
from cahiers.contributions.moderating.actions import redact, state_of
from cahiers.journal.models import Entry
from cahiers.notebooks.citations import actions
from cahiers.notebooks.models import Citation, Statement
from tests.consultations.teams import member
from tests.pages import Page

pytestmark = pytest.mark.django_db
TEXT = "Le mot de passe change chaque mois. M. Lerond le note au tableau. Personne ne s’en souvient."


@pytest.fixture
def irritant(public_notebook):
    return Statement.objects.get(current__text="Trop de mots de passe")


@pytest.fixture
def editor(client, public_notebook):
    client.force_login(member(public_notebook.consultation, Role.FACILITATOR, name="Oriane Belcastel"))
    return client


@pytest.fixture
def said(public_notebook, region, now):
    def said(text=TEXT, **more):
        given = {"status": Status.ACCEPTED, "consent": Consent.PUBLIC} | more
        draft = Draft(territory=region, channel=Channel.DOCUMENT, text=text, **given)
        return store(consultation=public_notebook.consultation, drafts=[draft], now=now)[0]

    return said


@pytest.fixture
def cited(irritant, now):
    def cited(contribution, span=None):
        actions.cite(
            statement=irritant, contribution=contribution, span=span, command=uuid4(), by=None, now=now
        )

    return cited


def choose(client, statement, one, **given):
    sent = {"command": uuid4(), "revision": one.current_id, **given}
    return client.post(f"/e/{statement.code}/appuis/{one.uuid}/", sent, follow=True)


def text(client, address):
    return unescape(client.get(address).content.decode())


def test_a_contribution_is_found_and_cited_whole(editor, irritant, said):
    one = said()
    said("La cantine est bruyante.")
    page = editor.get(f"/e/{irritant.code}/appuis/?q=mots+de+passe")
    assert page.context["offered"] == [one]
    choose(editor, irritant, one)
    assert "S’appuie sur 1\u00a0contribution" in text(editor, f"/e/{irritant.code}")
    assert one not in editor.get(f"/e/{irritant.code}/appuis/").context["offered"]
    assert Entry.objects.filter(subject=irritant.uuid, verb="cite").count() == 1


def test_a_copy_is_offered_once_its_original_is_not(editor, irritant, said):
    original, copy = said(), said()
    Contribution.objects.filter(pk=copy.pk).update(twin_of=original)
    here = f"/e/{irritant.code}/appuis/?q=mots+de+passe"
    assert editor.get(here).context["offered"] == [original]
    Contribution.objects.filter(pk=original.pk).update(status=Status.HIDDEN)
    assert editor.get(here).context["offered"] == [copy]


def test_sentences_are_cited_by_their_numbers(editor, irritant, said):
    one = said()
    choose(editor, irritant, one, first=3)
    citation = Citation.objects.get()
    assert TEXT[citation.start : citation.end] == "Personne ne s’en souvient."
    assert "Personne ne s’en souvient.\u00a0»" in text(editor, f"/e/{irritant.code}")
    for wrong in ({"first": 9}, {"last": 2}, {"first": 3, "last": 1}):
        assert choose(editor, irritant, one, **wrong).status_code == 422


def test_what_changed_meanwhile_is_read_again(editor, irritant, said, now):
    one = said()
    seen = one.current_id
    revise(contribution=one, text="Autre chose.", scope=None, links=(), now=now)
    answer = choose(editor, irritant, one, revision=seen)
    assert answer.status_code == 422
    assert "a changé entre-temps" in answer.content.decode()
    assert not Citation.objects.exists()


def test_it_is_taken_away(editor, irritant, said, cited):
    cited(said())
    address = f"/e/{irritant.code}/appuis/{Citation.objects.get().uuid}/retirer/"
    for _ in range(2):
        assert editor.post(address, {"command": uuid4()}).status_code == 302
    assert not Citation.objects.exists()


def test_strangers_read_public_words_and_are_told_of_the_others(client, irritant, said, cited):
    cited(said())
    cited(said("Interne.", consent=Consent.INTERNAL))
    page = text(client, f"/e/{irritant.code}")
    assert "S’appuie sur 2\u00a0contributions" in page
    assert "Le mot de passe change" in page
    assert "Interne." not in page
    assert "1\u00a0citation n’est pas publique." in page


def test_voices_count_once(client, irritant, said, cited):
    group, copy = said(stands_for=12), said("Le mot de passe change tous les mois.", stands_for=3)
    Contribution.objects.filter(pk=copy.pk).update(twin_of=group)
    cited(group)
    cited(group, (0, 10))
    cited(copy)
    cited(said("Masquée", status=Status.HIDDEN))
    page = text(client, f"/e/{irritant.code}")
    assert "S’appuie sur 1\u00a0contribution (au nom de 12\u00a0personnes)" in page


def test_redacted_words_leave_the_quote_in_its_place(client, irritant, said, cited, now):
    one = said()
    cited(one, (TEXT.index("Personne"), len(TEXT)))
    cited(one, (TEXT.index("M. "), TEXT.index(" le note")))
    redact(
        contribution=one,
        words=[("name", "Lerond")],
        seen=state_of(one),
        command=uuid4(),
        by=None,
        now=now,
    )
    page = text(client, f"/e/{irritant.code}")
    assert "Personne ne s’en souvient.\u00a0»" in page
    assert "«\u00a0M. [nom]\u00a0»" in page
    assert "Lerond" not in page


def test_a_contribution_says_what_cites_it(editor, irritant, said, cited):
    one = said()
    cited(one)
    address = f"/ecole/contributions/{one.uuid}/"
    assert "Trop de mots de passe" in text(editor, address)
    editor.logout()
    assert "s’appuie dessus" not in text(editor, address)


@pytest.mark.parametrize(("role", "expected"), [(None, 404), (Role.READER, 403), (Role.ORGANISER, 200)])
def test_who_may_cite(client, public_notebook, irritant, said, cited, role, expected):
    one = said()
    cited(one, (0, 5))
    if role:
        client.force_login(member(public_notebook.consultation, role))
    base = f"/e/{irritant.code}/appuis/"
    assert client.get(base).status_code == expected
    assert client.get(f"{base}{one.uuid}/").status_code == expected
    sent = {"command": uuid4(), "revision": one.current_id}
    assert client.post(f"{base}{one.uuid}/", sent, follow=True).status_code == expected
    quoted = Citation.objects.filter(start=0).get()
    for command in (sent["command"], uuid4()):
        sent |= {"command": command}
        assert client.post(f"{base}{quoted.uuid}/retirer/", sent, follow=True).status_code == expected


def test_the_search_costs_the_same_whatever_it_finds(
    editor, irritant, said, cited, django_assert_num_queries
):
    for number in range(40):
        cited(said(f"Mot de passe {number}"))
        said(f"Mot de passe oublié {number}")
    editor.get(f"/e/{irritant.code}/appuis/")
    with django_assert_num_queries(6):
        page = Page(editor.get(f"/e/{irritant.code}/appuis/?q=passe").content.decode())
    assert page.elements <= 600
    assert page.weight < 8 * 1024
