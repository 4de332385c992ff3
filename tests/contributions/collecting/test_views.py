"""Anyone fills in an open form without an account, and keeps the hand on what they said by their receipt."""

from datetime import timedelta
from uuid import uuid4

import pytest

from cahiers.contributions.collecting import stamps
from cahiers.contributions.models import Contribution, Revision, Status

pytestmark = pytest.mark.django_db


def address(form):
    return f"/{form.consultation.slug}/contribuer/{form.slug}/"


def test_a_short_remark_is_taken_once_and_waits_to_be_read(client, short, fill):
    asked = fill(short, category="users", consent="public")
    for _ in range(2):
        answer = client.post(address(short), asked)
        assert answer.url.endswith(f"/contribuer/merci/?recu={asked['receipt']}")
    one = Contribution.objects.select_related("current").get()
    assert (one.kind, one.category, one.status, one.consent) == ("irritant", "users", "pending", "public")
    assert one.current.text == "Le réseau tombe chaque matin."


def test_a_sheet_keeps_its_parts(client, sheet, fill):
    client.post(address(sheet), fill(sheet, links="https://exemple.example/film"))
    one = Contribution.objects.select_related("current").get()
    assert one.current.parts == {"context": "En classe", "worked": "Les élèves aident."}
    assert one.current.text == "Contexte : En classe\nCe qui a marché : Les élèves aident."
    assert one.links == ["https://exemple.example/film"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": ""}, "Il reste à corriger"),
        ({"site": "http://pub.example"}, "Relisez"),
        ({"stamp": "faux"}, "Relisez"),
        ({"territory": "0"}, "Il reste à corriger"),
        ({"consent": ""}, "Il reste à corriger"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(client, short, fill, change, said):
    answer = client.post(address(short), fill(short, **change))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Contribution.objects.exists()


def test_a_closed_form_takes_nothing_but_what_was_held_up(client, short, fill, now):
    short.closes = now - timedelta(hours=1)
    short.save()
    answer = client.post(address(short), fill(short))
    assert "est fermé" in answer.content.decode()
    held = stamps.stamp(short.pk, now - timedelta(hours=2))
    client.post(address(short), fill(short, stamp=held))
    assert Contribution.objects.count() == 1


def test_a_form_that_is_not_released_is_not_there(client, short):
    short.released_at = None
    short.save()
    assert client.get(address(short)).status_code == 404


def test_the_outbox_is_answered_in_its_way(client, short, fill):
    asked = fill(short)
    told = client.post(address(short), asked, headers={"X-Cahiers-Outbox": "1"}).json()
    assert (told["ok"], told["url"]) == (True, f"/recu/{asked['receipt']}/")


def test_a_receipt_reads_corrects_withdraws_and_erases(client, short, fill):
    asked = fill(short)
    client.post(address(short), asked)
    mine = f"/recu/{asked['receipt']}/"
    page = client.get(mine)
    assert "Le réseau tombe" in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    one = Contribution.objects.get()
    correction = {"command": uuid4(), "seen": one.current_id, "text": "Le réseau tombe souvent."}
    client.post(f"{mine}{one.uuid}/corriger/", correction)
    assert "tombe souvent" in client.get(mine).content.decode()
    client.post(f"{mine}{one.uuid}/retirer/", {"command": uuid4()})
    one.refresh_from_db()
    assert one.status == Status.WITHDRAWN
    client.post(f"{mine}effacer/")
    assert set(Revision.objects.values_list("text", flat=True)) == {""}
    assert client.get(mine).status_code == 404


def test_a_receipt_that_is_none_leads_nowhere(client, db):
    assert client.get("/recu/rien/").status_code == 404


def test_two_corrections_at_once_do_not_overwrite(client, short, fill):
    asked = fill(short)
    client.post(address(short), asked)
    one = Contribution.objects.get()
    seen = one.current_id
    place = f"/recu/{asked['receipt']}/{one.uuid}/corriger/"
    client.post(place, {"command": uuid4(), "seen": seen, "text": "Premier"})
    answer = client.post(place, {"command": uuid4(), "seen": seen, "text": "Second"})
    assert answer.status_code == 422
    assert "Premier" in answer.content.decode()


def test_nobody_is_thanked_for_nothing(client, short):
    assert client.get("/ecole/contribuer/merci/").url == "/ecole/contribuer/"


def test_an_address_is_taken_as_people_type_it(client, sheet, fill):
    client.post(address(sheet), fill(sheet, links="exemple.example/film\nwww.exemple.example"))
    assert Contribution.objects.get().links == ["https://exemple.example/film", "https://www.exemple.example"]
    answer = client.post(address(sheet), fill(sheet, title="Un autre", links="le film du 3.Mai en classe"))
    assert "commence par https://" in answer.content.decode()
