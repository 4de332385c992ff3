import pytest

from cahiers.textkit.opposition import doubtful, opposed, turned

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
        ("Les deux classes reçoivent le lot", "Une seule des classes reçoit le lot"),
        ("Le portable s’allume du premier coup", "Le portable refuse de s’allumer"),
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


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("L’interface n’est pas simple.", "L’interface est compliquée."),
        ("Personne ne forme les AESH.", "Les accompagnants ne reçoivent aucune formation."),
        ("Le technicien passe rarement.", "On ne voit presque jamais le technicien."),
    ],
)
def test_a_negation_and_an_opposite_word_cancel_out(first: str, second: str) -> None:
    assert not turned(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("L’assistance est efficace et disponible.", "L’assistance est inefficace et indisponible."),
        ("Le budget a doublé.", "Le budget a été divisé par deux."),
        ("Les AESH ont un accès à l’ENT.", "Les AESH sont privées d’accès à l’ENT."),
        ("Le repas du soir est délicieux.", "Le repas du soir est une catastrophe."),
    ],
)
def test_opposite_words_turn_the_sense_however_many(first: str, second: str) -> None:
    assert turned(first, second)


def test_hyphens_and_mistyped_negations_are_no_difference() -> None:
    assert not opposed("Pas de wifi le soir à l’internat", "Pas de wi-fi le soir à l’internat")
    assert not opposed("Le débit est insuffisant pour travailler", "Le débit est insufisant pour travailler")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("On compte deux guides par sentier", "On ne compte aucun guide sur ce sentier"),
        ("Le concert a plu", "Le concert n’a fait plaisir à personne"),
    ],
)
def test_a_negation_of_a_word_in_another_form_is_no_paraphrase(first: str, second: str) -> None:
    assert doubtful(first, second)
