"""Whoever has the receipt has the say over what was sent, and nobody else."""

from uuid import uuid4

import pytest
from django.db import connection

from cahiers.contributions.actions.submitting import fingerprint
from cahiers.contributions.models import Moderation, Status, Submission
from cahiers.journal.models import Entry
from tests.pages import Page

pytestmark = pytest.mark.django_db


def correct(client, mine, one, **said):
    asked = {"command": uuid4(), "seen": one.current_id} | said
    return client.post(f"{mine}{one.uuid}/corriger/", asked)


def test_the_link_is_shown_once_with_its_code(client, short, fill):
    asked = fill(short)
    thanks = client.post("/ecole/contribuer/en-bref/", asked).url
    page = client.get(thanks)
    assert f"http://testserver/recu/{asked['receipt']}/" in page.content.decode()
    assert 'class="qr"' in page.content.decode()
    for header, value in (("Cache-Control", "no-store"), ("Referrer-Policy", "same-origin")):
        assert page.headers[header] == value
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_no_table_holds_the_token(client, short, send):
    mine, _one = send(short)
    token = mine.split("/")[2]
    assert Submission.objects.get().receipt == fingerprint(token)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert token not in repr(cursor.fetchall()), table


def test_a_corrected_text_is_read_again_where_it_is_read_before(client, short, send):
    mine, one = send(short)
    one.status = Status.ACCEPTED
    one.save()
    correct(client, mine, one, text="Le réseau tombe le matin.")
    one.refresh_from_db()
    assert (one.status, one.current.number) == (Status.PENDING, 2)


def test_a_corrected_text_stays_published_where_it_is_read_after(client, short, send):
    short.moderation = Moderation.AFTER
    short.save()
    mine, one = send(short)
    correct(client, mine, one, text="Le réseau tombe le matin.")
    one.refresh_from_db()
    assert one.status == Status.ACCEPTED


def test_a_sheet_is_corrected_heading_by_heading(client, sheet, send):
    mine, one = send(sheet)
    correct(client, mine, one, title="Des tablettes en CE1", worked="Tout.", failed="Rien.")
    one.refresh_from_db()
    assert one.current.title == "Des tablettes en CE1"
    assert one.current.parts == {"worked": "Tout.", "failed": "Rien."}
    assert one.current.text == "Ce qui a marché : Tout.\nCe qui n’a pas marché : Rien."


def test_a_sheet_is_not_emptied_by_a_correction(client, sheet, send):
    mine, one = send(sheet)
    assert correct(client, mine, one, title="Rien").status_code == 422
    one.refresh_from_db()
    assert one.current.number == 1


def test_a_page_that_served_already_changes_nothing(client, short, send):
    mine, one = send(short)
    command = uuid4()
    for text in ("Une fois.", "Deux fois."):
        asked = {"command": command, "seen": one.current_id, "text": text}
        assert client.post(f"{mine}{one.uuid}/corriger/", asked).status_code == 302
    assert client.post(f"{mine}{one.uuid}/retirer/", {"command": command}).status_code == 302
    one.refresh_from_db()
    assert (one.status, one.current.text) == (Status.PENDING, "Une fois.")


def test_why_it_is_hidden_is_said(client, short, send):
    mine, one = send(short)
    one.status, one.hidden_because = Status.HIDDEN, "Ce texte nomme une personne."
    one.save()
    assert "Ce texte nomme une personne." in client.get(mine).content.decode()


def test_closed_answers_are_shown(client, short, send):
    mine, _one = send(short)
    short.questions.create(key="acces", position=1, type="choice", text="Un accès ?", options=["Oui"])
    Submission.objects.update(answers={"acces": "Oui"})
    page = client.get(mine).content.decode()
    assert "Un accès\u00a0?" in page


def test_nothing_is_corrected_once_it_is_withdrawn(client, short, send):
    mine, one = send(short)
    client.post(f"{mine}{one.uuid}/retirer/", {"command": uuid4()})
    correct(client, mine, one, text="Trop tard.")
    one.refresh_from_db()
    assert (one.status, one.current.number) == (Status.WITHDRAWN, 1)


def put_back(client, mine, one):
    return client.post(f"{mine}{one.uuid}/remettre/", {"command": uuid4()})


def test_what_was_withdrawn_by_mistake_is_put_back_to_be_read(client, short, send):
    mine, one = send(short)
    one.status = Status.ACCEPTED
    one.save()
    client.post(f"{mine}{one.uuid}/retirer/", {"command": uuid4()})
    assert f"{mine}{one.uuid}/remettre/" in client.get(mine).content.decode()
    for _ in range(2):
        put_back(client, mine, one)
    one.refresh_from_db()
    assert one.status == Status.PENDING
    assert Entry.objects.filter(subject=one.uuid, verb="restore").count() == 1


def test_nothing_is_put_back_once_it_is_closed_nor_what_the_team_hid(client, short, send, now):
    mine, one = send(short)
    one.status, one.hidden_because = Status.HIDDEN, "Ce texte nomme une personne."
    one.save()
    put_back(client, mine, one)
    one.refresh_from_db()
    assert one.status == Status.HIDDEN
    client.post(f"{mine}{one.uuid}/retirer/", {"command": uuid4()})
    short.closes = now
    short.save()
    put_back(client, mine, one)
    page = client.get(mine).content.decode()
    assert "reste retiré" in page
    assert "remettre/" not in page
    one.refresh_from_db()
    assert one.status == Status.WITHDRAWN


def test_all_that_is_kept_with_a_text_is_told(client, short, send):
    mine, _one = send(short, category="users", place="École des Tilleuls")
    page = client.get(mine).content.decode()
    assert "Familles et élèves · Valmarie, École des Tilleuls" in page
    assert "Lecture par l’équipe seule" in page


def test_once_it_is_closed_it_is_withdrawn_or_erased_and_no_more_corrected(client, short, send, now):
    mine, one = send(short)
    assert "tant que l’on peut répondre" in client.get(mine).content.decode()
    short.closes = now
    short.save()
    page = client.get(mine).content.decode()
    assert "Ce formulaire est fermé depuis le 1er\u00a0octobre 2026" in page
    assert "corriger/" not in page
    assert client.get(f"{mine}{one.uuid}/corriger/").status_code == 302
    answer = correct(client, mine, one, text="Trop tard.")
    assert answer.status_code == 422
    # What they wrote is still in the form, to be kept elsewhere.
    assert "Trop tard." in answer.content.decode()
    one.refresh_from_db()
    assert one.current.number == 1
    client.post(f"{mine}{one.uuid}/retirer/", {"command": uuid4()})
    one.refresh_from_db()
    assert one.status == Status.WITHDRAWN
    assert client.post(f"{mine}effacer/").status_code == 200


def test_erased_twice_is_erased_once(client, short, send):
    mine, one = send(short)
    asked = [client.post(f"{mine}effacer/").status_code for _ in range(2)]
    assert asked == [200, 404]
    assert Entry.objects.filter(subject=one.uuid, verb="erase").count() == 1


def test_reading_erases_nothing(client, short, send):
    mine, one = send(short)
    assert client.get(f"{mine}effacer/").status_code == 200
    assert client.get(f"{mine}{one.uuid}/retirer/").status_code == 405
    one.refresh_from_db()
    assert one.status == Status.PENDING


def test_a_receipt_does_not_reach_what_another_sent(client, short, send):
    mine, _one = send(short)
    client.cookies.clear()
    _other, theirs = send(short, text="Un autre texte.")
    assert correct(client, mine, theirs, text="Pris.").status_code == 404
    assert client.post(f"{mine}{theirs.uuid}/retirer/", {"command": uuid4()}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.current.text == "Un autre texte."


@pytest.mark.parametrize("token", ["a", "0" * 32, "%00", "x" * 4000, "é"])
def test_what_is_no_receipt_leads_nowhere(client, db, token):
    answer = client.get(f"/recu/{token}/")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_pages_stay_light_and_ask_little(client, sheet, send, django_assert_max_num_queries):
    mine, one = send(sheet)
    for address in (mine, f"{mine}{one.uuid}/corriger/", f"{mine}effacer/"):
        with django_assert_max_num_queries(6):
            page = Page(client.get(address).content.decode())
        assert page.weight <= 8192
        assert page.elements <= 350
        assert not page.inline
