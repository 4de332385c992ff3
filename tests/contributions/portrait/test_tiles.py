"""Tiles stand where territories are, none upon another."""

import json
from pathlib import Path

import pytest

import cahiers
from cahiers.contributions.portrait.queries import Line
from cahiers.contributions.portrait.tiles import PLACES, tile_map
from cahiers.territories.models import Level, Territory


def line(name, level, code, total=3):
    return Line(territory=Territory(name=name, level=level, code=code), people=(), total=total)


@pytest.fixture(scope="module")
def france():
    text = (Path(cahiers.__file__).parent / "territories" / "data" / "france.json").read_text()
    regions = json.loads(text)["region"]
    departments = [
        one for region in regions for academy in region["academy"] for one in academy["department"]
    ]
    return {Level.REGION: regions, Level.DEPARTMENT: departments}


@pytest.mark.parametrize("level", [Level.REGION, Level.DEPARTMENT])
def test_every_french_territory_has_a_place_of_its_own(france, level):
    codes = {one["code"] for one in france[level]}
    assert codes == set(PLACES[level])
    assert len(set(PLACES[level].values())) == len(codes)


def test_north_is_above_south(france):
    drawn = tile_map([line(one["name"], Level.DEPARTMENT, one["code"]) for one in france[Level.DEPARTMENT]])
    where = {tile.label: (tile.x, tile.y) for tile in drawn.tiles}
    assert where["59"][1] < where["75"][1] < where["13"][1]
    assert where["29"][0] < where["75"][0] < where["67"][0]


def test_other_trees_are_laid_line_by_line():
    drawn = tile_map([line(f"Bassin {n}", Level.BASIN, f"b{n}", n) for n in range(10)])
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == 10
    assert drawn.tiles[0].shade == -1
    assert drawn.tiles[-1].shade == 4


def test_what_is_withheld_shows_no_number():
    (tile,) = tile_map([line("Ain", Level.DEPARTMENT, "01", None)]).tiles
    assert (tile.shown, tile.shade) == ("n.\u00a0c.", 0)


def test_nothing_is_an_empty_map():
    assert tile_map([]).tiles == ()
