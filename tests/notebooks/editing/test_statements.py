"""Statements that are reworded, moved, split, merged, stressed and deleted, and never overwritten silently."""

from html import unescape
from uuid import uuid4

import pytest

from cahiers.consultations.models import Role
from cahiers.notebooks.actions import statements
from cahiers.notebooks.models import Row, Statement
from tests.consultations.teams import member
from tests.notebooks.editing.hands import press, said, send, undo

pytestmark = pytest.mark.django_db


def test_reword_and_undo(client, editor, irritant):
    response = send(client, f"/e/{irritant.code}/reformuler", text=" Trop  de\nmots de passe à retenir ")
    irritant.refresh_from_db()
    assert irritant.current.text == "Trop de mots de passe à retenir"
    page, (words, _) = said(client, response)
    assert "à retenir" in page
    assert words == "L’énoncé est reformulé."


def test_what_a_statement_quotes_is_quoted_inside_of_quotes(client, editor, irritant, row):
    send(client, f"/l/{row.uuid}/ajouter", kind="irritant", text="On répond «\u00a0plus tard\u00a0»")
    page = unescape(client.get(f"/e/{irritant.code}/deplacer").content.decode())
    assert "Avant «\u00a0On répond “plus tard”\u00a0»" in page


def test_what_is_sent_twice_is_done_once(client, editor, row):
    sent = {"kind": "strength", "text": "Des réparations rapides", "command": uuid4()}
    for _ in range(3):
        assert client.post(f"/l/{row.uuid}/ajouter", sent).status_code == 302
    assert Statement.objects.filter(current__text="Des réparations rapides").count() == 1
    again = client.post(f"/l/{row.uuid}/ajouter", sent | {"text": "Autre chose"})
    assert again.status_code == 409
    assert "déjà servi" in again.content.decode()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001])
def test_a_text_that_cannot_be_is_said(client, editor, irritant, text):
    response = send(client, f"/e/{irritant.code}/reformuler", text=text)
    assert response.status_code == 422
    assert "Il reste à corriger" in response.content.decode()


def test_two_editors_see_both_texts_and_choose(client, editor, irritant, now):
    address = f"/e/{irritant.code}/reformuler"
    mine = {"text": "Ma version", "seen": irritant.current_id, "command": uuid4()}
    other = member(irritant.row.theme.notebook.consultation, Role.FACILITATOR, name="Basile Orvand")
    statements.reword(
        statement=irritant, text="La sienne", seen=irritant.current_id, command=uuid4(), by=other, now=now
    )
    response = client.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert all(words in page for words in ("La sienne", "Ma version", "Basile Orvand"))
    irritant.refresh_from_db()
    assert irritant.current.text == "La sienne"
    form = response.context["form"]
    assert form["text"].value() == "Ma version"
    client.post(address, {name: form[name].value() for name in form.fields})
    irritant.refresh_from_db()
    assert irritant.current.text == "Ma version"
    assert irritant.revisions.count() == 3


def test_writing_in_a_row_that_is_deleted_meanwhile(client, editor, irritant, row):
    sent = {"text": "Ma version", "seen": irritant.current_id, "command": uuid4()}
    press(client, row, f"/l/{row.uuid}/supprimer")
    response = client.post(f"/e/{irritant.code}/reformuler", sent)
    assert response.status_code == 409
    assert "Sa ligne vient d’être supprimée" in response.content.decode()
    assert "Ma version" in response.content.decode()


def test_move_to_another_row_and_column(client, editor, irritant):
    target = Row.objects.get(stage="action_plan")
    address = f"/e/{irritant.code}/deplacer"
    refused = send(client, address, row=target.uuid, kind="irritant", before="")
    assert refused.status_code == 422
    response = send(client, address, row=target.uuid, kind="lever", before="")
    irritant.refresh_from_db()
    assert (irritant.row, irritant.kind) == (target, "lever")
    undo(client, response)
    irritant.refresh_from_db()
    assert (irritant.row.stage, irritant.kind) == ("diagnosis", "irritant")


def test_move_to_another_theme(client, editor, irritant, public_notebook):
    theme = public_notebook.themes.get(order=2)
    send(client, "/ecole/cote-d-aubrac/theme-2/diagnosis/ajouter", name="Ailleurs")
    target = Row.objects.get(theme=theme)
    send(client, f"/e/{irritant.code}/deplacer?theme=2", row=target.uuid, kind="irritant")
    irritant.refresh_from_db()
    assert irritant.row.theme == theme


def test_reorder(client, editor, strengths):
    first, second = strengths
    send(client, f"/e/{second.code}/deplacer", before=first.code)
    cell = first.row.statements.filter(kind="strength").order_by("position", "pk")
    assert list(cell) == [second, first]


def test_moving_nowhere_changes_nothing(client, editor, strengths):
    response = send(client, f"/e/{strengths[0].code}/deplacer")
    assert said(client, response)[1][0] == "Rien n’a changé."
    assert strengths[0].revisions.count() == 1


def test_split_and_undo(client, editor, irritant):
    address = f"/e/{irritant.code}/diviser"
    assert send(client, address, text="Sans retour à la ligne").status_code == 422
    response = send(client, address, text="Trop de mots\nde passe")
    held = Statement.objects.filter(row=irritant.row, kind="irritant", present=True)
    assert [one.current.text for one in held] == ["Trop de mots", "de passe"]
    assert held[1].source_page == 3
    undo(client, response)
    assert [one.current.text for one in held.all()] == ["Trop de mots de passe"]


def test_merge_leaves_a_trace(client, editor, strengths):
    first, second = strengths
    address = f"/e/{second.code}/fusionner"
    offered = client.get(address).content.decode()
    assert first.code in offered
    assert "Cochez au moins" not in offered
    assert "Cochez au moins" in client.get(f"{address}?suite=1").content.decode()
    response = send(client, f"{address}?avec={first.code}", text="Entraide, deux fois")
    for one in strengths:
        one.refresh_from_db()
    assert (first.present, second.present) == (False, True)
    assert second.current.text == "Entraide, deux fois"
    assert second.emphasised
    _, (_, address) = said(client, response)
    page = client.get(f"/e/{first.code}").content.decode()
    assert f'href="/e/{second.code}"' in page
    client.post(address)
    first.refresh_from_db()
    assert first.present


def test_a_merge_with_what_changed_meanwhile_is_refused(client, editor, strengths):
    first, second = strengths
    page = client.get(f"/e/{first.code}/fusionner?avec={second.code}")
    form = page.context["form"]
    send(client, f"/e/{second.code}/reformuler", text="Entraide entre collègues")
    sent = {name: form[name].value() for name in form.fields}
    response = client.post(f"/e/{first.code}/fusionner", sent)
    assert response.status_code == 409
    assert "Entraide entre collègues" in response.content.decode()
    first.refresh_from_db()
    assert first.revisions.count() == 1


def test_emphasis_and_back(client, editor, irritant):
    press(client, irritant, f"/e/{irritant.code}/souligner", souligner="1")
    irritant.refresh_from_db()
    assert irritant.emphasised
    press(client, irritant, f"/e/{irritant.code}/souligner", souligner="0")
    irritant.refresh_from_db()
    assert not irritant.emphasised


def test_delete_and_undo(client, editor, irritant):
    response = press(client, irritant, f"/e/{irritant.code}/supprimer")
    page, _ = said(client, response)
    assert "mots de passe" not in page
    irritant.refresh_from_db()
    assert not irritant.present
    response = press(client, irritant, f"/e/{irritant.code}/supprimer")
    assert "rien n’a été fait" in said(client, response)[0]
    press(client, irritant, f"/e/{irritant.code}/retablir", revision="1")
    irritant.refresh_from_db()
    assert irritant.present


def test_a_button_pressed_on_an_old_page_does_nothing(client, editor, irritant):
    old = irritant.current_id
    send(client, f"/e/{irritant.code}/reformuler", text="Autre")
    client.post(f"/e/{irritant.code}/supprimer", {"seen": old, "command": uuid4()})
    irritant.refresh_from_db()
    assert irritant.present
