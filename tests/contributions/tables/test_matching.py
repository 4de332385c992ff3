"""Places, categories, themes and kinds as people write them."""

import pytest

from cahiers.contributions.tables import (
    Directory,
    How,
    Place,
    match_categories,
    match_kinds,
    match_territories,
    match_themes,
)
from tests.contributions.tables.samples import METHOD

PLACES = [
    Place(key="r", name="Bretagne", codes=("53",), level="region", path="fr/bretagne/"),
    Place(key="a", name="Rennes", codes=("14",), level="academy", path="fr/bretagne/rennes/"),
    Place(
        key="d35", name="Ille-et-Vilaine", codes=("35",), level="department", path="fr/bretagne/rennes/35/"
    ),
    Place(key="d53", name="Mayenne", codes=("53",), level="department", path="fr/loire/nantes/53/"),
    Place(key="c35", name="Rennes", codes=("35238",), path="fr/bretagne/rennes/35/35238/"),
    Place(key="c53", name="Mayenne", codes=("53147",), path="fr/loire/nantes/53/53147/"),
    Place(key="st", name="Saint-Étienne", codes=("42218",), path="fr/42/42218/"),
    Place(
        key="e",
        name="Collège des Tilleuls",
        codes=("0350001A",),
        level="establishment",
        path="fr/bretagne/rennes/35/0350001a/",
    ),
]


@pytest.mark.parametrize(
    ("text", "how", "key"),
    [
        ("0350001A", How.EXACT, "e"),
        ("Collège des Tilleuls (0350001a), Rennes", How.EXACT, "e"),
        ("35238", How.EXACT, "c35"),
        ("académie de Rennes", How.EXACT, "a"),
        ("Rectorat de Rennes", How.EXACT, "a"),
        ("ILLE ET VILAINE", How.EXACT, "d35"),
        ("Ille-et-Vilaine (35)", How.EXACT, "d35"),
        ("35 - Ille-et-Vilaine", How.EXACT, "d35"),
        ("Département de la Mayenne", How.EXACT, "d53"),
        ("Mayenne", How.PROPOSED, "d53"),
        ("St Etienne", How.EXACT, "st"),
        ("Saint-Etiene", How.PROPOSED, "st"),
        ("College des Tileuls", How.PROPOSED, "e"),
        ("Atlantide", How.UNMATCHED, None),
        ("", How.UNMATCHED, None),
    ],
)
def test_territories(text, how, key):
    found = match_territories([text], PLACES)[text]
    assert (found.how, found.key) == (how, key)
    assert (found.score == 100) if how is How.EXACT else (found.score <= 100)


def test_a_name_that_several_bear_is_proposed_with_the_others():
    assert match_territories(["Mayenne"], Directory(PLACES))["Mayenne"].others == ("c53",)


def test_categories_and_themes():
    assert match_categories(["Familles et élèves"], METHOD)["Familles et élèves"].how is How.EXACT
    assert match_categories(["Chercheur"], METHOD)["Chercheur"].key == "researchers"
    assert match_categories(["Martien"], METHOD)["Martien"].how is How.UNMATCHED
    assert (
        match_themes(["numérique responsable et souverain"], METHOD)["numérique responsable et souverain"].how
        is How.EXACT
    )
    assert (
        match_themes(["Gouvernance et anticipations"], METHOD)["Gouvernance et anticipations"].how
        is How.PROPOSED
    )


def test_kinds():
    found = match_kinds(["Irritants", "point fort", "RETEX", "autre"], METHOD)
    assert [one.key for one in found.values()] == ["irritant", "strength", "feedback", None]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Élève", "users"),
        ("Parent d’élève", "users"),
        ("Élu municipal", "elected_officials"),
        ("Association locale", "associations"),
        ("Passante", None),
        ("Second", "secondary_teams"),
    ],
)
def test_a_word_of_a_category_proposes_it(text, key):
    found = match_categories([text], METHOD)[text]
    assert found.key == key
    assert found.how is not How.EXACT
