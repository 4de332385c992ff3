"""Rows that are added, named, ordered, cited from and deleted."""

import pytest

from cahiers.notebooks.models import Row
from tests.notebooks.editing.hands import press, said, send, undo

pytestmark = pytest.mark.django_db


def test_rows_are_added_named_ordered_cited_and_deleted(client, editor, row):
    response = send(client, "/ecole/cote-d-aubrac/theme-1/diagnosis/ajouter", name="Réseau", before=row.uuid)
    added = Row.objects.get(name="Réseau")
    assert response.url == f"/l/{added.uuid}"
    assert Row.objects.filter(theme=row.theme, stage="diagnosis").first() == added
    send(client, f"/l/{added.uuid}/nommer", name="Débit")
    send(client, f"/l/{added.uuid}/citer", numbers="1")
    send(client, f"/l/{added.uuid}/deplacer", before="")
    added.refresh_from_db()
    assert (added.name, added.current.cited) == ("Débit", [1])
    assert Row.objects.filter(theme=row.theme, stage="diagnosis").last() == added
    assert send(client, f"/l/{added.uuid}/citer", numbers="7").status_code == 422
    assert send(client, f"/l/{added.uuid}/citer", numbers="un").status_code == 422
    page, (_, address) = said(client, press(client, added, f"/l/{added.uuid}/supprimer"))
    assert "Débit" not in page
    client.post(address)
    assert "Débit" in client.get("/ecole/cote-d-aubrac/theme-1/").content.decode()


def test_a_row_that_changes_theme_keeps_in_words_what_it_cited(client, editor, row, public_notebook):
    response = send(client, f"/l/{row.uuid}/deplacer?theme=2", before="")
    row.refresh_from_db()
    assert row.theme.order == 2
    assert row.feedback_text == [
        "Paroles de couloir",
        "RETEX 1, 9 – Enseigner et apprendre avec le numérique",
    ]
    undo(client, response)
    row.refresh_from_db()
    assert (row.theme.order, row.current.cited, row.cited.count()) == (1, [1, 9], 2)


def test_a_deleted_row_comes_back_with_its_statements(client, editor, irritant, row):
    page, (_, address) = said(client, press(client, row, f"/l/{row.uuid}/supprimer"))
    assert "mots de passe" not in page
    assert "Supprimé" in client.get(f"/e/{irritant.code}").content.decode()
    assert address in client.get(f"/l/{row.uuid}").content.decode()
    client.post(address)
    assert "mots de passe" in client.get("/ecole/cote-d-aubrac/theme-1/").content.decode()
