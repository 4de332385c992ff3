"""Where what was imported comes from, on its own page and on the import's."""

import pytest
from django.test import Client

from cahiers.contributions.intake import columns
from cahiers.contributions.models import Contribution
from cahiers.contributions.tables import Mapping
from tests.accounts.people import someone
from tests.contributions.intake.conftest import csv_of
from tests.contributions.tables.samples import HEADER

pytestmark = pytest.mark.django_db


def test_a_text_names_its_table_and_its_line_to_the_team_alone(published, imported):
    found = imported(csv_of())
    Contribution.objects.update(status="accepted", consent="public")
    one = Contribution.objects.select_related("imported_line").latest("pk")
    address = f"/{published.slug}/contributions/{one.uuid}/"
    said = f"Du tableau «\u00a0{found.name}\u00a0», ligne {one.imported_line.line}, colonne"
    team = Client()
    team.force_login(someone(staff=True))
    assert said in team.get(address).content.decode()
    assert found.name not in Client().get(address).content.decode()


def test_an_import_says_what_each_column_held(imported):
    found = imported(csv_of())
    told = dict(columns.told(Mapping.from_json(found.mapping), found.consultation))
    assert set(told) == set(HEADER)
    assert told["Thème"] == "Thème"
    team = Client()
    team.force_login(someone(staff=True))
    page = team.get(found.get_absolute_url()).content.decode()
    assert "Ce que portait chaque colonne" in page
