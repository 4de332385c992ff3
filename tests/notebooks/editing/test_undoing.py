"""What was done is undone and done again from its message, unless others went on from there."""

import pytest

from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.models import Row
from tests.notebooks.editing.hands import said, send, undo

pytestmark = pytest.mark.django_db


def test_undo_from_the_message(client, editor, irritant):
    response = undo(client, send(client, f"/e/{irritant.code}/reformuler", text="Autre"))
    irritant.refresh_from_db()
    assert irritant.current.text == "Trop de mots de passe"
    assert response.url == f"/e/{irritant.code}"
    undo(client, response)
    irritant.refresh_from_db()
    assert irritant.current.text == "Autre"


def test_what_was_undone_can_be_done_again(client, editor, irritant):
    page, (words, address) = said(client, send(client, f"/e/{irritant.code}/reformuler", text="Autre"))
    assert '<button class="go">Annuler</button>' in page
    page, (words, address) = said(client, client.post(address))
    assert words == "C’est annulé\u00a0: tout est comme avant."
    assert '<button class="go">Rétablir</button>' in page
    page, (words, address) = said(client, client.post(address))
    assert words == "C’est rétabli."
    assert '<button class="go">Annuler</button>' in page
    irritant.refresh_from_db()
    assert irritant.current.text == "Autre"


def test_what_was_edited_since_is_not_undone(client, editor, irritant, now):
    send(client, f"/e/{irritant.code}/reformuler", text="Une")
    command = Entry.objects.get(verb=Verb.EDIT).command
    send(client, f"/e/{irritant.code}/reformuler", text="Deux")
    response = client.post(f"/ecole/cote-d-aubrac/annuler/{command}")
    assert "rien n’a été annulé" in said(client, response)[0]
    irritant.refresh_from_db()
    assert irritant.current.text == "Deux"


def test_a_row_that_others_wrote_in_is_not_undone(client, editor, public_notebook):
    send(client, "/ecole/cote-d-aubrac/theme-1/diagnosis/ajouter", name="Réseau", before="")
    added = Row.objects.get(name="Réseau")
    command = Entry.objects.get(subject=added.uuid).command
    send(client, f"/l/{added.uuid}/ajouter", kind="irritant", text="Coupures")
    client.post(f"/ecole/cote-d-aubrac/annuler/{command}")
    added.refresh_from_db()
    assert added.present
