"""The team notes who was invited, by hand or from a table, and sees who has not answered."""

import io
from uuid import uuid4

import pytest

from cahiers.consultations.models import Role
from cahiers.contributions.actions import Draft, store
from cahiers.contributions.invitations import actions, files
from cahiers.contributions.invitations.queries import invited_of
from cahiers.contributions.models import Channel, Invited
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.consultations.teams import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(region, now):
    return add(
        parent=region,
        level=Level.ESTABLISHMENT,
        name="Collège des Tilleuls",
        code="0991234A",
        by=None,
        now=now,
    )


def invite(consultation, now, *guests):
    return actions.invite(consultation=consultation, guests=guests, command=uuid4(), by=None, now=now)


def answers(consultation):
    return {one.name: one.answer for one in invited_of(consultation)}


def test_each_is_noted_once(consultation, school, now):
    guest = actions.Guest(territory=school, name="Collège des Tilleuls")
    assert invite(consultation, now, guest, guest) == 1
    assert invite(consultation, now, guest) == 0


def test_a_contribution_from_there_is_an_answer(consultation, school, region, now):
    invite(
        consultation,
        now,
        actions.Guest(territory=school, name="Collège des Tilleuls"),
        actions.Guest(territory=region, name="Club des parents"),
    )
    store(
        consultation=consultation,
        drafts=[Draft(territory=place, channel=Channel.FORM, text="Oui") for place in (school, region)],
        now=now,
    )
    assert answers(consultation) == {"Collège des Tilleuls": "spoke", "Club des parents": "silent"}
    club = Invited.objects.get(name="Club des parents")
    actions.answered(invited=club, on=now.date(), command=uuid4(), by=None, now=now)
    assert answers(consultation)["Club des parents"] == "told"


TABLE = "UAI;Nom;Catégorie;Date\n0991234A;;;12/03/2026\n;Club des parents;Familles et élèves;\n"


def test_a_table_is_read(consultation, school):
    guests, wrong = files.read(consultation, io.BytesIO(TABLE.encode("cp1252")), "invites.csv")
    assert [(guest.name, guest.category) for guest in guests] == [
        ("Collège des Tilleuls", ""),
        ("Club des parents", "users"),
    ]
    assert guests[0].invited_on.isoformat() == "2026-03-12"
    assert wrong == []


@pytest.mark.parametrize("line", ["0000000X;A;;", ";A;Rois;", ";A;;hier", ";A;;45/45/2026"])
def test_wrong_lines_are_said_and_nothing_is_taken(consultation, school, line):
    text = "UAI;Nom;Catégorie;Date\n" + line + "\n"
    guests, [(number, why)] = files.read(consultation, io.BytesIO(text.encode()), "invites.csv")
    assert (guests, number) == ([], 2)
    assert why.endswith(".")


def test_the_pages_are_the_teams(client, consultation, school, now):
    address = f"/{consultation.slug}/invitations/"
    assert client.get(address).status_code == 404
    client.force_login(member(consultation, Role.ORGANISER))
    fields = {"command": uuid4(), "name": "Club", "territory": consultation.territories.get().pk}
    client.post(f"{address}ajouter/", fields)
    again = client.post(f"{address}ajouter/", fields | {"command": uuid4(), "name": ""})
    assert again.status_code == 422
    assert "Club" in client.get(address).content.decode()
    file = io.BytesIO(TABLE.encode())
    file.name = "invites.csv"
    client.post(f"{address}deposer/", {"command": uuid4(), "file": file})
    assert Invited.objects.count() == 3
    table = b"".join(client.get(f"{address}?format=csv")).decode()
    assert "Collège des Tilleuls" in table
    assert "Familles et élèves" in table
    assert "sans réponse" in table
    one = Invited.objects.get(name="Club")
    there = client.post(f"{address}{one.uuid}/?reponse=silent", {"command": uuid4(), "what": "told"})
    assert there.url == f"{address}?reponse=silent#i-{one.uuid}"
    one.refresh_from_db()
    assert one.answered_on is not None


def test_a_reader_reads_and_writes_nothing(client, consultation, school):
    client.force_login(member(consultation, Role.READER))
    address = f"/{consultation.slug}/invitations/"
    assert client.get(address).status_code == 200
    assert client.post(f"{address}ajouter/", {}).status_code == 403
