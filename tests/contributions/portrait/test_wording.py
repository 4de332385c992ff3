"""Gaps are said as one would say them."""

import pytest
from django.utils import translation

from cahiers.contributions.portrait.wording import nobody_in, nobody_of
from cahiers.methods import get
from cahiers.territories.models import Level, Territory

CATEGORIES = {one.key: one for one in get("etats-generaux").categories}


@pytest.mark.parametrize(
    ("name", "level", "there"),
    [
        ("Mayenne", Level.DEPARTMENT, "en Mayenne"),
        ("Sarthe", Level.DEPARTMENT, "dans la Sarthe"),
        ("Orne", Level.DEPARTMENT, "dans l’Orne"),
        ("Vosges", Level.DEPARTMENT, "dans les Vosges"),
        ("Mayotte", Level.REGION, "à Mayotte"),
        ("Rennes", Level.ACADEMY, "dans l’académie de Rennes"),
        ("Amiens", Level.ACADEMY, "dans l’académie d’Amiens"),
    ],
)
def test_places(name, level, there):
    assert nobody_in(Territory(name=name, level=level)) == f"Aucune contribution {there}."


def test_a_place_that_is_not_known_stands_first():
    assert (
        nobody_in(Territory(name="Valmont", level=Level.DEPARTMENT)) == "Valmont\u00a0: aucune contribution."
    )


def test_every_place_of_france_is_known():
    import json
    from pathlib import Path

    import cahiers

    text = (Path(cahiers.__file__).parent / "territories" / "data" / "france.json").read_text()
    for region in json.loads(text)["region"]:
        places = [(region["name"], Level.REGION)]
        for academy in region["academy"]:
            places += [(one["name"], Level.DEPARTMENT) for one in academy["department"]]
        for name, level in places:
            assert nobody_in(Territory(name=name, level=level)).startswith("Aucune contribution "), name


@pytest.mark.parametrize(
    ("category", "said"),
    [
        ("users", "de familles et élèves"),
        ("elected_officials", "d’élus et collectivités"),
        ("edtech", "au titre de «\u00a0Filière EdTech\u00a0»"),
    ],
)
def test_categories(category, said):
    place = Territory(name="Mayenne", level=Level.DEPARTMENT)
    assert nobody_of(CATEGORIES[category], place) == f"Aucune contribution {said} en Mayenne."


def test_in_english_no_french_word_is_made_up():
    with translation.override("en"):
        assert nobody_in(Territory(name="Mayenne", level=Level.DEPARTMENT)) == "Mayenne: no contribution."
