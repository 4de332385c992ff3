"""A statement's page, at its short address for ever."""

from html import unescape
from uuid import uuid4

import pytest

from cahiers.consultations.models import Role
from cahiers.notebooks.actions import publish, rows, statements, withdraw
from cahiers.notebooks.models import Row, Statement
from tests.consultations.teams import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def irritant(public_notebook):
    return Statement.objects.get(current__text="Trop de mots de passe")


@pytest.fixture
def editor(public_notebook):
    return member(public_notebook.consultation, Role.FACILITATOR, name="Oriane Belcastel")


def text(client, statement):
    response = client.get(f"/e/{statement.code}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def reworded(statement, words, editor, now):
    return statements.reword(
        statement=statement, text=words, seen=statement.current_id, command=uuid4(), by=editor, now=now
    )


def test_a_stranger_reads_what_it_says_and_where_it_comes_from(client, irritant):
    page = text(client, irritant)
    assert "Diagnostic · Irritant" in page
    assert "cahier.docx" in page
    assert "Page 3, ligne 40, tableau 1, rang 2, colonne 3" in page
    assert f"http://testserver/e/{irritant.code}" in page


def test_a_stranger_reads_neither_history_nor_names(client, public_notebook, irritant, editor, now):
    reworded(irritant, "Trop de codes", editor, now)
    assert "Trop de mots de passe" in text(client, irritant)
    publish(notebook=public_notebook, by=None, now=now)
    page = text(client, irritant)
    assert "Trop de codes" in page
    assert not any(words in page for words in ("mots de passe", "Oriane", "Reformuler", "histoire"))


def test_a_reader_sees_who_said_what_when(client, public_notebook, irritant, editor, now):
    reworded(irritant, "Trop de codes", editor, now)
    client.force_login(member(public_notebook.consultation, Role.READER))
    page = text(client, irritant)
    assert all(
        words in page for words in ("Trop de mots de passe", "Oriane Belcastel", "Correction", "Import")
    )
    assert "Reformuler" not in page


def test_who_left_has_no_name_any_more(client, public_notebook, irritant, editor, now):
    reworded(irritant, "Trop de codes", editor, now)
    editor.delete()
    client.force_login(member(public_notebook.consultation, Role.READER))
    assert "Quelqu’un dont le compte est supprimé" in text(client, irritant)


def test_the_address_follows_the_statement(client, public_notebook, irritant, editor, now):
    statements.move(
        statement=irritant,
        row=Row.objects.get(stage="action_plan"),
        kind="lever",
        seen=irritant.current_id,
        command=uuid4(),
        by=editor,
        now=now,
    )
    assert "Diagnostic · Irritant" in text(client, irritant)
    publish(notebook=public_notebook, by=None, now=now)
    assert "Plan d’action · Levier" in text(client, irritant)


@pytest.mark.parametrize("what", ["statement", "row", "notebook"])
def test_what_is_no_longer_there_is_for_members(client, public_notebook, irritant, editor, now, what):
    given = {"command": uuid4(), "by": editor, "now": now}
    if what == "statement":
        statements.delete(statement=irritant, seen=irritant.current_id, **given)
    elif what == "row":
        rows.delete(row=irritant.row, seen=irritant.row.current_id, **given)
    else:
        withdraw(edition=public_notebook.live, by=None, now=now)
    if what != "notebook":
        assert "mots de passe" in text(client, irritant)
        publish(notebook=public_notebook, by=None, now=now)
    assert client.get(f"/e/{irritant.code}").status_code == 404
    client.force_login(editor)
    assert ("Supprimé" in text(client, irritant)) == (what != "notebook")


def test_what_others_moves_shift_is_no_history(client, irritant, editor, now):
    """Twelve statements put first in turn leave no room: the list is numbered again."""
    row = irritant.row
    for number in range(12):
        added = statements.add(
            row=row, kind="irritant", text=f"Le {number}e", command=uuid4(), by=editor, now=now
        )
        statements.move(
            statement=added,
            row=row,
            kind="irritant",
            before=row.statements.filter(kind="irritant").order_by("position").first(),
            seen=added.current_id,
            command=uuid4(),
            by=editor,
            now=now,
        )
    assert irritant.revisions.count() > 1
    client.force_login(editor)
    assert text(client, irritant).count("Trop de mots de passe") == text(client, irritant).count("Import") + 2


def test_an_unknown_code_is_nothing(client, public_notebook):
    assert client.get("/e/2222222222").status_code == 404


def test_queries_of_the_page(client, public_notebook, irritant, editor, now, django_assert_num_queries):
    for number in range(5):
        irritant = reworded(irritant, f"Le {number}e essai", editor, now)
    with django_assert_num_queries(1):
        client.get(f"/e/{irritant.code}")
    client.force_login(editor)
    with django_assert_num_queries(8):
        client.get(f"/e/{irritant.code}")
