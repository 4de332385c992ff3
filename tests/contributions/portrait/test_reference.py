"""The team enters how many people there are, by hand or from a table."""

import io
from uuid import uuid4

import pytest

from cahiers.consultations.models import Role
from cahiers.contributions.models import ReferenceCount
from cahiers.contributions.portrait.reference import actions, files
from cahiers.contributions.tables import Unreadable
from tests.consultations.teams import member

pytestmark = pytest.mark.django_db
TABLE = "Territoire;Catégorie;Effectif;Source\n{}"


@pytest.fixture
def organiser(client, consultation):
    client.force_login(member(consultation, Role.ORGANISER))
    return client


def entered():
    return {
        (one.territory.name, one.category): (one.people, one.source) for one in ReferenceCount.objects.all()
    }


def read(consultation, lines):
    return files.read(consultation, io.BytesIO(TABLE.format(lines).encode()), "effectifs.csv")


def test_the_last_number_takes_the_place_of_the_former(consultation, region, now):
    for people in (10, 12):
        number = actions.Number(territory=region, category="users", people=people)
        actions.enter(consultation=consultation, numbers=[number], command=uuid4(), by=None, now=now)
    assert entered() == {("Côte d’Aubrac", "users"): (12, "")}


def test_a_table_is_read(consultation, region):
    numbers, wrong = read(
        consultation, "Côte d’Aubrac;Familles et élèves;12 500;Recensement 2025\nAUB;;900000;\n;;;\n"
    )
    assert [(one.category, one.people, one.source) for one in numbers] == [
        ("users", 12500, "Recensement 2025"),
        ("", 900_000, ""),
    ]
    assert wrong == []


def test_lines_that_give_no_number_are_told(consultation, region):
    numbers, wrong = read(consultation, "Ailleurs;;3;\nAUB;Lutins;3;\nAUB;;beaucoup;\nAUB;;-4;\n")
    assert numbers == []
    assert [line for line, _ in wrong] == [2, 3, 4, 5]
    assert "Ailleurs" in wrong[0][1]


def test_a_table_without_its_columns_is_refused(consultation):
    with pytest.raises(Unreadable, match="Effectif"):
        files.read(consultation, io.BytesIO(b"Nom;Ville\na;b\n"), "x.csv")


def test_by_the_form_the_file_and_back(organiser, consultation, region):
    address = f"/{consultation.slug}/qui-a-parle/population/"
    sent = {"command": uuid4(), "territory": region.pk, "category": "users", "people": 40, "source": "Insee"}
    assert organiser.post(f"{address}noter/", sent).status_code == 302
    file = io.BytesIO(TABLE.format("AUB;;900;\n").encode())
    file.name = "effectifs.csv"
    organiser.post(f"{address}deposer/", {"command": uuid4(), "file": file})
    assert entered() == {("Côte d’Aubrac", "users"): (40, "Insee"), ("Côte d’Aubrac", ""): (900, "")}
    assert "Insee" in organiser.get(address).content.decode()
    for one in ReferenceCount.objects.all():
        organiser.post(f"{address}{one.pk}/", {"command": uuid4()})
    assert entered() == {}


def test_what_is_wrong_is_shown_again(organiser, consultation, region):
    address = f"/{consultation.slug}/qui-a-parle/population/"
    page = organiser.post(f"{address}noter/", {"command": uuid4(), "territory": region.pk, "people": "x"})
    assert page.status_code == 422
    file = io.BytesIO(TABLE.format("Ailleurs;;900;\n").encode())
    file.name = "effectifs.csv"
    page = organiser.post(f"{address}deposer/", {"command": uuid4(), "file": file})
    assert page.status_code == 422
    assert "Ailleurs" in page.content.decode()
    assert entered() == {}


def test_readers_read_alone(client, consultation, region):
    client.force_login(member(consultation, Role.READER))
    address = f"/{consultation.slug}/qui-a-parle/population/"
    assert client.get(address).status_code == 200
    assert client.post(f"{address}noter/", {}).status_code == 403
    assert client.post(f"{address}deposer/", {}).status_code == 403
    assert client.post(f"{address}1/", {}).status_code == 403
