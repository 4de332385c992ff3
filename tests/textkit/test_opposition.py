import pytest

from cahiers.textkit.opposition import opposed

from .conftest import BENCH, rows

PAIRS = rows(BENCH / "pairs.tsv")


@pytest.mark.parametrize(
    "pair", [p for p in PAIRS if p["relation"] == "opposite"], ids=lambda p: p["first"][:40]
)
def test_opposites_are_told_apart(pair: dict[str, str]) -> None:
    assert opposed(pair["first"], pair["second"])
    assert opposed(pair["second"], pair["first"])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("On n’a plus de technicien", "On a plus de techniciens"),
        ("Attendre 2 semaines", "Attendre 6 semaines"),
        ("Un outil utile", "Un outil inutile"),
        ("Personne n’est équipé, pas de réseau", "Personne n’est équipé, réseau"),
    ],
)
def test_small_words_turn_the_sense(first: str, second: str) -> None:
    assert opposed(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("On a pas de réseau", "On n’a pas de réseau"),
        ("Manque de formation", "manque de formations !"),
        ("Le matériel est adapté", "le materiel est adapté"),
        ("Plus de temps pour se former", "plus de temps pour se former."),
    ],
)
def test_typing_does_not(first: str, second: str) -> None:
    assert not opposed(first, second)
