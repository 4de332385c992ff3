"""Names of territories as they stand in addresses."""

from datetime import UTC, datetime

import pytest

from cahiers.territories.actions import add
from cahiers.territories.addresses import slug_of
from cahiers.territories.models import Level

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Val-d’Oise", "val-d-oise"),
        ("Val-d'Oise", "val-d-oise"),
        ("École du Sacré-Cœur", "ecole-du-sacre-coeur"),
        ("Lycée « Ægidius »", "lycee-aegidius"),
        ("???", ""),
        ("a" * 79 + " b", "a" * 79),
    ],
)
def test_accents_apostrophes_and_ligatures_stay_readable(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Côte-d’Or", "Île aux Œufs", "Bassin de l'Aulne (nord)"])
def test_a_territory_added_by_hand_has_the_same_address_as_an_imported_one(name: str) -> None:
    assert add(parent=None, level=Level.BASIN, name=name, by=None, now=NOW).slug == slug_of(name)
