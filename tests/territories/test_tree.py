"""The tree of territories."""

import pytest
from django.db import IntegrityError, transaction

from cahiers.territories.actions import Misplaced, UnknownTimeZone, add
from cahiers.territories.models import Level, Territory

pytestmark = pytest.mark.django_db


@pytest.fixture
def grow(now):
    return lambda parent, level, name, **given: add(
        parent=parent, level=level, name=name, by=None, now=now, **given
    )


def test_paths_spell_the_way_from_the_root(grow, region):
    academy = grow(region, Level.ACADEMY, "L’Œil-de-Mer")
    assert academy.path == "valmarie/cote-d-aubrac/l-oeil-de-mer/"
    assert academy.lineage == ["valmarie/", "valmarie/cote-d-aubrac/", academy.path]
    assert (academy.depth, academy.is_within(region), region.is_within(academy)) == (2, True, False)


def test_a_subtree_is_one_query(grow, nation, region, django_assert_num_queries):
    other = grow(nation, Level.REGION, "Côte")
    below = grow(region, Level.DEPARTMENT, "Aubrac-Nord")
    with django_assert_num_queries(1):
        assert list(Territory.objects.within(region)) == [region, below]
    assert other not in Territory.objects.within(region)
    assert list(Territory.objects.within()) == []
    with django_assert_num_queries(1):
        assert list(Territory.objects.leading_to(below.path)) == [nation, region, below]


def test_a_name_of_no_letter_we_know_still_has_an_address(grow, nation):
    assert grow(nation, Level.REGION, "北海道").slug == "region"


@pytest.mark.parametrize("level", [Level.NATION, Level.REGION])
def test_nothing_stands_below_its_own_level(grow, region, level):
    with pytest.raises(Misplaced):
        grow(region, level, "Ailleurs")


def test_time_zones_are_inherited_and_checked(grow, nation):
    island = grow(nation, Level.REGION, "Île", time_zone="Indian/Reunion")
    assert grow(island, Level.ACADEMY, "Port").time_zone == "Indian/Reunion"
    with pytest.raises(UnknownTimeZone):
        grow(nation, Level.REGION, "Lune", time_zone="Moon/Tranquility")


def test_brothers_have_different_names_and_codes(grow, nation, region):
    for again in ({"name": region.name}, {"name": "Autre", "code": region.code}):
        with pytest.raises(IntegrityError), transaction.atomic():
            grow(nation, Level.REGION, **again)


@pytest.mark.parametrize("wrong", [{"level": "planet"}, {"name": ""}, {"slug": ""}, {"path": "sans-fin"}])
def test_the_database_refuses_a_senseless_territory(region, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Territory.objects.filter(pk=region.pk).update(**wrong)
