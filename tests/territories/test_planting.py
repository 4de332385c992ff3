"""Planting the French tree."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from cahiers.journal.models import Entry
from cahiers.territories.actions import add
from cahiers.territories.models import Level, Territory
from cahiers.territories.planting import Occupied, plant_france

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALL = 1 + 18 + 30 + 107

pytestmark = pytest.mark.django_db


def test_it_plants_the_whole_tree_with_its_addresses_and_time_zones() -> None:
    assert plant_france(by=None, now=NOW) == ALL == Territory.objects.count()
    gironde = Territory.objects.get(level=Level.DEPARTMENT, code="33")
    assert gironde.path == "france/nouvelle-aquitaine/bordeaux/gironde/"
    assert gironde.parent is not None
    assert gironde.parent.name == "Bordeaux"
    reunion = Territory.objects.get(level=Level.REGION, name="La Réunion")
    assert {one.time_zone for one in Territory.objects.within(reunion)} == {"Indian/Reunion"}


def test_planted_twice_it_adds_nothing() -> None:
    plant_france(by=None, now=NOW)
    entries = Entry.objects.count()
    assert plant_france(by=None, now=NOW) == 0
    assert Territory.objects.count() == ALL
    assert Entry.objects.count() == entries == 1


def test_queries_do_not_grow_with_what_is_missing(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    # One read, an insert a level (two where SQLite takes no more values in one), the journal's entry, and the
    # transaction's own words.
    with django_assert_max_num_queries(15):
        plant_france(by=None, now=NOW)
    with django_assert_max_num_queries(3):
        plant_france(by=None, now=NOW)


def test_what_people_made_stays_and_the_rest_grows_around_it() -> None:
    nation = add(parent=None, level=Level.NATION, name="France", code="FR", by=None, now=NOW)
    region = add(parent=nation, level=Level.REGION, name="Bretagne et ses îles", code="53", by=None, now=NOW)
    assert plant_france(by=None, now=NOW) == ALL - 2
    region.refresh_from_db()
    assert region.name == "Bretagne et ses îles"
    assert Territory.objects.get(code="29", level=Level.DEPARTMENT).path.startswith(
        "france/bretagne-et-ses-iles/"
    )


def test_a_territory_without_a_code_is_known_by_its_address() -> None:
    add(parent=None, level=Level.NATION, name="France", by=None, now=NOW)
    assert plant_france(by=None, now=NOW) == ALL - 1


def test_an_address_taken_by_another_kind_of_territory_is_told() -> None:
    nation = add(parent=None, level=Level.NATION, name="France", by=None, now=NOW)
    add(parent=nation, level=Level.ACADEMY, name="Corse", by=None, now=NOW)
    with pytest.raises(Occupied, match=r"« france/corse/ » est déjà l’adresse de Corse \(Académie\)"):
        plant_france(by=None, now=NOW)
    assert Territory.objects.count() == 2


def test_apostrophes_part_the_words_of_an_address() -> None:
    plant_france(by=None, now=NOW)
    assert (
        Territory.objects.get(code="95", level=Level.DEPARTMENT).path
        == "france/ile-de-france/versailles/val-d-oise/"
    )
