"""Pages about a territory tell the time that it is there."""

import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client

import cahiers
from cahiers.consultations.actions import publish as publish_consultation
from cahiers.consultations.models import Role
from cahiers.notebooks.actions import publish, statements, withdraw
from cahiers.notebooks.models import Statement
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests import sample
from tests.consultations.teams import member

pytestmark = pytest.mark.django_db

#: 23 h 30 in Paris on the 30th; 1 h 30 on the 1st in La Réunion.
EVENING = datetime(2026, 9, 30, 21, 30, tzinfo=UTC)
THERE = "1er octobre 2026"
THEN = "1er octobre 2026 à 1 h 30, heure de La Réunion"


@pytest.fixture
def island(consultation, nation):
    publish_consultation(consultation=consultation, by=None, now=EVENING)
    place = add(
        parent=nation,
        level=Level.ACADEMY,
        name="Île-aux-Palmes",
        time_zone="Indian/Reunion",
        by=None,
        now=EVENING,
    )
    school = add(parent=place, level=Level.DEPARTMENT, name="Hautes-Ravines", by=None, now=EVENING)
    assert school.time_zone == "Indian/Reunion"
    return sample.imported(consultation, school, sample.synthesis(), EVENING)


@pytest.fixture
def organiser(consultation):
    client = Client()
    client.force_login(member(consultation, Role.ORGANISER))
    return client


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().replace("\xa0", " ")


def test_a_statement_and_the_journal(island, organiser):
    statement = Statement.objects.select_related("row__theme__notebook__consultation").filter(
        row__theme__notebook=island
    )[0]
    statements.reword(
        statement=statement,
        text="Reformulé",
        seen=statement.current_id,
        command=uuid4(),
        by=None,
        now=EVENING,
    )
    page = text(organiser, f"/e/{statement.code}")
    assert f"importé le {THERE}." in page
    assert f"Correction · {THEN}" in page
    assert f">{THEN}<" in text(organiser, "/ecole/hautes-ravines/journal/")


def test_editions(island, organiser):
    edition = publish(notebook=island, by=None, now=EVENING)
    assert f"publiée le {THERE}" in text(Client(), "/ecole/hautes-ravines/")
    for address in ("", "publier/", "editions/", "theme-1/"):
        page = text(organiser, f"/ecole/hautes-ravines/{address}")
        assert f"publiée le {THERE}" in page, address
        assert "30 septembre" not in page, address
    withdraw(edition=edition, reason="Une erreur", command=uuid4(), by=None, now=EVENING)
    assert f"depuis le {THERE}" in text(Client(), "/ecole/hautes-ravines/edition-1/", 410)
    assert f"Retirée le {THERE}" in text(organiser, "/ecole/hautes-ravines/editions/")


def test_no_template_of_notebooks_tells_a_moment_without_its_place():
    folder = cahiers.__path__[0]
    for template in Path(folder).glob("notebooks/templates/**/*.html"):
        assert not re.findall(
            r"(?:_at|\.at|since|until)\|(?:day|moment|date)(?!:\w)", template.read_text()
        ), template
