"""The tree of territories, grown from a consultation's pages."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cahiers.consultations.models import Role
from cahiers.territories.models import Level, Territory
from tests.accounts.people import someone
from tests.consultations.teams import Place, member, place, signed_in
from tests.consultations.test_organising import sent
from tests.pages import Page

pytestmark = pytest.mark.django_db

TREE = "/deux-rives/equipe/reglages/arbre/"
HEADER = "Numéro UAI;Nom;Département\n"


@pytest.fixture
def found() -> Place:
    return place()


@pytest.fixture
def organiser(found: Place) -> Client:
    return signed_in(member(found.consultation, Role.ORGANISER))


@pytest.fixture
def staff(found: Place) -> Client:
    return signed_in(someone("Noé Palud", staff=True))


def uploaded(client: Client, text: str, **given: str):
    return client.post(
        f"{TREE}annuaire/", {"file": SimpleUploadedFile("annuaire.csv", text.encode()), **given}
    )


def test_a_territory_is_added_by_hand(found: Place, organiser: Client) -> None:
    given = {
        "parent": "Grèves",
        "level": "basin",
        "name": "Bassin des Îles",
        "code": "",
        "time_zone": "Indian/Reunion",
    }
    command = uuid4()
    for _twice in range(2):
        assert sent(organiser, f"{TREE}ajouter/", command=command, **given).status_code == 302
    added = Territory.objects.get(name="Bassin des Îles")
    assert (added.parent, added.level, added.time_zone) == (found.shore, Level.BASIN, "Indian/Reunion")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"parent": ""}, "obligatoire"),
        ({"parent": "Région des Cimes"}, "Aucun territoire"),
        ({"level": "nation"}, "plus grand"),
        ({"name": "Grèves", "parent": "Rive-Nord", "level": "department"}, "déjà ce nom"),
        ({"time_zone": "Lune/Copernic"}, "fuseau"),
    ],
)
def test_what_is_wrong_is_said(found: Place, organiser: Client, given: dict[str, str], said: str) -> None:
    before = Territory.objects.count()
    filled = {"parent": "Grèves", "level": "basin", "name": "Îles", **given}
    answer = sent(organiser, f"{TREE}ajouter/", **filled)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Territory.objects.count() == before


def test_france_is_planted_once(staff: Client) -> None:
    before = Territory.objects.count()
    assert staff.post(f"{TREE}planter/").status_code == 302
    planted = Territory.objects.count()
    assert planted > before + 140
    staff.post(f"{TREE}planter/")
    assert Territory.objects.count() == planted


def test_a_directory_is_checked_then_imported(staff: Client) -> None:
    staff.post(f"{TREE}planter/")
    text = f"{HEADER}0010001W;Collège des Tilleuls;Ain\n"
    page = uploaded(staff, text)
    assert (page.status_code, page.context["report"].added) == (200, 1), page.context["report"]
    assert not Territory.objects.filter(level=Level.ESTABLISHMENT).exists()
    assert uploaded(staff, text, **{"import": "1"}).context["report"].applied
    assert Territory.objects.filter(level=Level.ESTABLISHMENT).count() == 1


def test_wrong_lines_are_told_and_nothing_is_imported(staff: Client) -> None:
    staff.post(f"{TREE}planter/")
    page = uploaded(staff, f"{HEADER};Collège des Tilleuls;Ain\n", **{"import": "1"})
    assert page.status_code == 422
    assert "Ligne 2" in page.content.decode()
    assert not Territory.objects.filter(level=Level.ESTABLISHMENT).exists()
    assert uploaded(staff, "").status_code == 422
    assert staff.post(f"{TREE}annuaire/").status_code == 422


def test_others_are_refused(found: Place, organiser: Client) -> None:
    assert [organiser.post(f"{TREE}{page}/").status_code for page in ("planter", "annuaire")] == [403, 403]
    reader = signed_in(member(found.consultation, Role.READER, name="Léa Brume"))
    for client, refused in ((Client(), 404), (reader, 403)):
        assert [client.get(f"{TREE}{page}/").status_code for page in ("ajouter", "annuaire")] == [refused] * 2
        assert client.post(f"{TREE}planter/").status_code == refused


def test_pages_are_light(staff: Client, django_assert_max_num_queries) -> None:
    for address in ("ajouter", "annuaire"):
        with django_assert_max_num_queries(8):
            page = Page(staff.get(f"{TREE}{address}/").content.decode())
        assert (page.weight <= 8192, page.elements <= 350, page.inline) == (True, True, [])
