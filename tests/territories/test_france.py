"""The tree that ships: its counts, its codes, and which académie each département is in."""

from collections import Counter
from zoneinfo import ZoneInfo

from cahiers.territories import france

#: Département by académie, written apart from the data and from another public list.
ACADEMIES = """
01 75 / 02 04 05 13 84 / 03 25 39 70 90 / 04 24 33 40 47 64 / 06 03 15 43 63 / 07 21 58 71 89 / 08 07 26 38 73 74
09 59 62 / 10 01 42 69 / 11 11 30 34 48 66 / 12 54 55 57 88 / 13 16 17 79 86 / 14 22 29 35 56 / 15 67 68
16 09 12 31 32 46 65 81 82 / 17 44 49 53 72 85 / 18 18 28 36 37 41 45 / 19 08 10 51 52 / 20 02 60 80 / 22 19 23 87
23 06 83 / 24 77 93 94 / 25 78 91 92 95 / 27 2A 2B / 28 974 / 31 972 / 32 971 977 978 / 33 973 / 43 976
70 14 27 50 61 76
"""
OVERSEAS = {"975", "986", "987", "988"}


def places(level: france.Level) -> list[france.Place]:
    return [place for _, place in france.tree().walk() if place.level == level]


def test_the_tree_has_the_states_own_counts() -> None:
    counts = Counter(place.level for _, place in france.tree().walk())
    # 101 départements, Saint-Barthélemy and Saint-Martin, and four collectivités without an académie.
    assert counts == {"nation": 1, "region": 18, "academy": 30, "department": 101 + 2 + 4}


def test_every_department_is_in_its_academy() -> None:
    expected = {
        code: academy
        for line in ACADEMIES.strip().splitlines()
        for academy, *codes in (part.split() for part in line.split("/"))
        for code in codes
    }
    found = {
        place.code: above.code
        for above, place in france.tree().walk()
        if above and place.level == "department" and above.level == "academy"
    }
    assert found == expected


def test_the_departments_are_those_of_insee() -> None:
    metropole = {f"{number:02}" for number in range(1, 96)} - {"20"} | {"2A", "2B"}
    overseas = {"971", "972", "973", "974", "976", "977", "978"} | OVERSEAS
    assert {place.code for place in places("department")} == metropole | overseas


def test_collectivities_without_an_academy_stand_right_below_the_nation() -> None:
    below = {place.code for place in france.tree().below if place.level == "department"}
    assert below == OVERSEAS


def test_regions_with_several_academies_are_the_eight_that_the_ministry_counts() -> None:
    counts = Counter(len(region.below) for region in places("region"))
    assert counts == {1: 10, 2: 4, 3: 4}


def test_codes_are_unique_within_a_level() -> None:
    for level in france.LEVELS:
        codes = [place.code for place in places(level)]
        assert len(set(codes)) == len(codes)


def test_names_are_typeset_in_french() -> None:
    names = {place.name for _, place in france.tree().walk()}
    assert {"Côte-d’Or", "Provence-Alpes-Côte d’Azur", "Île-de-France", "La Réunion", "Val-d’Oise"} <= names
    assert not [name for name in names if "'" in name or name != " ".join(name.split())]


def test_time_zones_are_known_and_those_of_the_place() -> None:
    for _, place in france.tree().walk():
        assert ZoneInfo(place.time_zone).key == place.time_zone
    zones = {place.code: place.time_zone for place in places("department")}
    assert zones["974"] == "Indian/Reunion"
    assert zones["971"] == "America/Guadeloupe"
    assert zones["987"] == "Pacific/Tahiti"
    assert zones["2A"] == zones["75"] == "Europe/Paris"
