"""Pages of a team: what they show, whom they refuse."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cahiers.accounts.models import Person
from cahiers.consultations.models import Membership, Role
from cahiers.consultations.team import actions
from tests.accounts.people import NOW, someone
from tests.consultations.teams import Place, member, place, signed_in
from tests.pages import Page

pytestmark = pytest.mark.django_db

TEAM = "/deux-rives/equipe/"
INVITE = "/deux-rives/equipe/inviter/"


def text(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def address_of(person: Person) -> str:
    return f"{TEAM}{Membership.objects.current().get(person=person).uuid}/"


@pytest.fixture
def found() -> Place:
    return place()


@pytest.fixture
def organiser(found: Place) -> Person:
    return member(found.consultation, Role.ORGANISER)


@pytest.fixture
def colleague(found: Place) -> Person:
    return member(found.consultation, Role.FACILITATOR, found.north, name="Noé Palud")


#: By visitor: what the team, the invitation, a colleague's page and their removal answer.
ANSWERS = {
    "nobody": (404, 404, 404, 404),
    "stranger": (404, 404, 404, 404),
    "reader": (200, 403, 403, 403),
    "facilitator": (200, 403, 403, 403),
    "organiser elsewhere": (200, 200, 403, 403),
    "organiser there": (200, 200, 200, 302),
    "organiser": (200, 200, 200, 302),
    "staff": (200, 200, 200, 302),
}


def visitor(name: str, found: Place) -> Client:
    if name == "nobody":
        return Client()
    if name in ("stranger", "staff"):
        return signed_in(someone(staff=name == "staff"))
    role, _, where = name.partition(" ")
    territory = {"there": found.north, "elsewhere": found.south, "": None}[where]
    return signed_in(member(found.consultation, Role(role), territory))


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("name", ANSWERS)
def test_who_sees_which_page(name: str, published: bool) -> None:
    found = place(published=published)
    colleague = member(found.consultation, Role.FACILITATOR, found.north, name="Noé Palud")
    client, address = visitor(name, found), address_of(colleague)
    answers = (
        client.get(TEAM).status_code,
        client.get(INVITE).status_code,
        client.get(address).status_code,
        client.post(f"{address}retirer/").status_code,
    )
    assert answers == ANSWERS[name]


@pytest.mark.parametrize("name", [name for name, answers in ANSWERS.items() if answers[2] != 200])
def test_who_may_not_changes_nothing(name: str, found: Place, colleague: Person) -> None:
    client = visitor(name, found)
    before = list(Membership.objects.values())
    assert client.post(address_of(colleague), {"role": "reader"}).status_code in (403, 404)
    client.post(INVITE, {"email": "a@exemple.example", "role": "organiser"})
    assert list(Membership.objects.values()) == before
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("address", "method"), [(TEAM, "post"), (INVITE, "put"), ("retirer/", "get"), ("", "delete")]
)
def test_wrong_method(address: str, method: str, organiser: Person, colleague: Person) -> None:
    address = address if address.startswith("/") else address_of(colleague) + address
    assert getattr(signed_in(organiser), method)(address).status_code == 405


def test_the_team(organiser: Person, colleague: Person, found: Place) -> None:
    actions.invite(
        consultation=found.consultation,
        email="lou@exemple.example",
        role=Role.READER,
        by=None,
        now=timezone.now(),
    )
    page = text(signed_in(organiser), TEAM)
    for shown in ("Inès Tourbier", "Noé Palud", "Rive-Nord", "Toute la concertation", "lou@exemple.example"):
        assert shown in page
    assert page.count("invitation en attente") == 1
    assert page.index("Inès Tourbier") < page.index("Noé Palud")


def test_addresses_are_for_who_invites(organiser: Person, colleague: Person) -> None:
    page = text(signed_in(colleague), TEAM)
    assert organiser.display_name in page
    assert organiser.email not in page
    assert INVITE not in page


def test_an_invitation(organiser: Person, found: Place) -> None:
    client = signed_in(organiser)
    answer = client.post(
        INVITE,
        {
            "email": "Lou@Exemple.example",
            "display_name": "Lou",
            "role": "facilitator",
            "territory": "rive-nord",
        },
    )
    assert answer["Location"] == TEAM
    assert "Lou est dans l’équipe" in text(client, TEAM)
    invited = Membership.objects.get(person__email="lou@exemple.example")
    assert (invited.role, invited.territory, invited.is_pending) == (Role.FACILITATOR, found.north, True)
    assert mail.outbox[0].to == ["lou@exemple.example"]


@pytest.mark.parametrize(
    ("typed", "slug"), [("", None), ("901", "greves"), (" Grèves ", "greves"), ("92", "rive-sud")]
)
def test_a_territory_by_name_or_code(organiser: Person, typed: str, slug: str | None) -> None:
    given = {"email": "lou@exemple.example", "role": "reader", "territory": typed}
    assert signed_in(organiser).post(INVITE, given).status_code == 302
    territory = Membership.objects.get(person__email="lou@exemple.example").territory
    assert (territory.slug if territory else None) == slug


@pytest.mark.parametrize(
    "given",
    [
        {"email": "pas une adresse"},
        {"email": f"{'a' * 60}@{'exemple.' * 30}example"},
        {"role": "king"},
        {"role": ""},
        {"territory": "Nulle part"},
        {"territory": "Région des Cimes"},
        {"email": "ins.tourbier@exemple.example"},
    ],
)
def test_an_invitation_to_be_corrected(organiser: Person, found: Place, given: dict[str, str]) -> None:
    page = signed_in(organiser).post(
        INVITE, {"email": "lou@exemple.example", "role": "reader", "territory": "", **given}
    )
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    assert Membership.objects.count() == 1
    assert mail.outbox == []


def test_each_error_leads_to_its_field(organiser: Person) -> None:
    page = Page(signed_in(organiser).post(INVITE, {}).content.decode())
    anchors = [link[1:] for link in page.links if link.startswith("#id_")]
    assert anchors == ["id_email", "id_role"]
    assert set(anchors) <= set(page.ids)


def test_two_territories_of_one_name(organiser: Person, found: Place) -> None:
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level

    add(parent=found.south, level=Level.DEPARTMENT, name="Grèves", code="902", by=None, now=NOW)
    given = {"email": "lou@exemple.example", "role": "reader", "territory": "Grèves"}
    page = signed_in(organiser).post(INVITE, given).content.decode()
    assert "901" in page
    assert "902" in page


def test_who_organises_a_territory_invites_there_alone(found: Place) -> None:
    client = signed_in(member(found.consultation, Role.ORGANISER, found.north))
    given = {"email": "lou@exemple.example", "role": "reader"}
    for territory in ("", "Rive-Sud", "Région des Deux-Rives"):
        assert client.post(INVITE, given | {"territory": territory}).status_code == 422
    assert client.post(INVITE, given | {"territory": "Grèves"}).status_code == 302


def test_another_role(organiser: Person, colleague: Person) -> None:
    client = signed_in(organiser)
    assert 'value="facilitator" ' in text(client, address_of(colleague))
    assert client.post(address_of(colleague), {"role": "organiser"})["Location"] == TEAM
    assert "Le rôle de Noé Palud est enregistré" in text(client, TEAM)
    assert Membership.objects.current().get(person=colleague).role == Role.ORGANISER


def test_dismissed(organiser: Person, colleague: Person, found: Place) -> None:
    client, theirs = signed_in(organiser), signed_in(colleague)
    assert theirs.get(TEAM).status_code == 200
    assert client.post(f"{address_of(colleague)}retirer/")["Location"] == TEAM
    assert "Noé Palud n’a plus ce rôle" in text(client, TEAM)
    assert theirs.get(TEAM).status_code == 404


def test_anyone_may_leave(organiser: Person, colleague: Person) -> None:
    client = signed_in(colleague)
    page = text(client, address_of(colleague))
    assert "Quitter ce rôle" in page
    assert "Changer le rôle" not in page
    assert client.post(address_of(colleague), {"role": "organiser"}).status_code == 403
    assert client.post(f"{address_of(colleague)}retirer/")["Location"] == "/"
    assert not Membership.objects.current().filter(person=colleague).exists()


def test_the_last_organiser_is_told_why_they_stay(organiser: Person) -> None:
    client = signed_in(organiser)
    changed = client.post(address_of(organiser), {"role": "reader"})
    assert changed.status_code == 422
    assert "dernière personne" in changed.content.decode()
    client.post(f"{address_of(organiser)}retirer/")
    assert "dernière personne" in text(client, address_of(organiser))
    assert Membership.objects.current().filter(person=organiser).exists()


def test_a_role_that_a_colleague_has_just_changed(
    organiser: Person, colleague: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(organiser)
    assign, address = actions.assign, address_of(colleague)

    def meanwhile(**given: object) -> Membership:
        monkeypatch.setattr(actions, "assign", assign)
        assign(membership=Membership.objects.get(person=colleague), role=Role.READER, by=None, now=NOW)
        return assign(**given)

    monkeypatch.setattr(actions, "assign", meanwhile)
    assert client.post(address, {"role": "organiser"})["Location"] == TEAM
    assert "rien n’a été fait" in text(client, TEAM)
    assert client.get(address).status_code == 404


def test_a_role_of_another_consultation(organiser: Person, found: Place) -> None:
    from cahiers.consultations.actions import create

    other = create(slug="ailleurs", title="Ailleurs", method_key="etats-generaux", by=None, now=NOW)
    member(other, Role.READER, name="Noé Palud")
    uuid = Membership.objects.get(consultation=other).uuid
    assert signed_in(organiser).get(f"{TEAM}{uuid}/").status_code == 404


def test_deleting_ones_account(organiser: Person, colleague: Person) -> None:
    client = signed_in(colleague)
    page = text(client, "/compte/supprimer/")
    assert "Ce qui reste, et pourquoi" in page
    assert Person.objects.filter(pk=colleague.pk).exists()
    assert client.post("/compte/supprimer/")["Location"] == "/"
    assert "Votre compte est supprimé" in text(client, "/")
    assert not Person.objects.filter(pk=colleague.pk).exists()
    assert client.get("/compte/").status_code == 302


def test_the_last_organiser_cannot_vanish(organiser: Person) -> None:
    client = signed_in(organiser)
    page = client.post("/compte/supprimer/")
    assert page.status_code == 409
    assert TEAM in page.content.decode()
    assert client.get("/compte/").status_code == 200


def test_deleting_takes_a_sign_in(client: Client) -> None:
    assert client.post("/compte/supprimer/")["Location"] == "/compte/connexion/?suite=/compte/supprimer/"


def test_a_team_of_hundreds_weighs_what_a_small_one_does(
    organiser: Person, found: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = Person.objects.bulk_create(
        Person(
            email=f"p{number}@exemple.example",
            display_name=f"Personne au nom assez long {number}",
            joined_at=NOW,
        )
        for number in range(300)
    )
    Membership.objects.bulk_create(
        Membership(
            person=person, consultation=found.consultation, territory=found.shore, role="reader", since=NOW
        )
        for person in people
    )
    client = signed_in(organiser)
    with django_assert_num_queries(6):  # session, person, consultation, roles, count, page
        page = Page(text(client, TEAM))
    assert page.weight < 8 * 1024
    assert page.elements < 350
    assert f"{TEAM}?page=2" in page.links or "?page=2" in page.links
    assert text(client, f"{TEAM}?page=11")


@pytest.mark.parametrize("address", [TEAM, INVITE, "colleague", "/compte/supprimer/"])
def test_weight(address: str, organiser: Person, colleague: Person) -> None:
    page = Page(text(signed_in(organiser), address_of(colleague) if address == "colleague" else address))
    assert page.weight < 8 * 1024
    assert page.elements < 350
    assert not page.inline
    assert len(page.ids) == len(set(page.ids))
    assert len(page.fetched) <= 5


def test_the_invitation_offers_names_of_a_large_tree_within_its_weight(
    organiser: Person, found: Place
) -> None:
    from cahiers.territories.models import Level, Territory

    Territory.objects.bulk_create(
        Territory(
            parent=found.region,
            level=Level.ACADEMY,
            name=f"Académie des lieux lointains numéro {number}",
            slug=f"a{number}",
            path=f"{found.region.path}a{number}/",
        )
        for number in range(200)
    )
    page = Page(text(signed_in(organiser), INVITE))
    assert page.weight < 8 * 1024
    assert page.elements < 350


def test_what_a_stranger_sees_of_a_draft_is_nothing(found: Place, organiser: Person) -> None:
    assert Client().get("/deux-rives/").status_code == 404
    assert signed_in(someone("Paul Abeille")).get("/deux-rives/").status_code == 404
    assert "Deux-Rives" not in text(Client(), "/")
    page = text(signed_in(organiser), "/deux-rives/")
    assert TEAM in page
    assert "Deux-Rives" in text(signed_in(organiser), "/")


def test_a_stranger_is_not_led_to_the_team() -> None:
    place(published=True)
    assert TEAM not in text(Client(), "/deux-rives/")
    assert TEAM not in text(signed_in(someone()), "/deux-rives/")
