"""Words that narrow cells cut between two letters, and words that only stand one below the other."""

import pytest

from cahiers.documents.readers.pdf.cut_words import words_of

LINES = ("Les professeurs documentalistes", "de notre établissement", "ont des travaux rendus", "en ligne")
WORDS = words_of(LINES, ("documentalistes", "notre", "travaux", "des"))


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("départe", "mental"),
        ("d’établisse", "ment,"),
        ("(cofinanc", "ement)"),
        ("informati", "que"),
        ("d’administrati", "on"),
        ("famille", "s"),
        ("quarant", "e-deux"),
    ],
)
def test_the_parts_of_a_word_are_one(first: str, rest: str) -> None:
    assert WORDS.are_one(first, rest, likely=False)


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("travaux", "rendus"),
        ("cartons", "faute"),
        ("associations", "d’éducation"),
        ("nombre", "d’incidents"),
        ("Aucun", "bilan"),
        ("Dijon", "Besançon"),
        ("élèves", "à"),
    ],
)
def test_two_words_are_two_even_where_a_space_would_have_had_room(first: str, rest: str) -> None:
    assert not WORDS.are_one(first, rest, likely=True)


def test_parts_that_no_word_is_known_of_are_one_where_a_space_would_have_had_room() -> None:
    assert WORDS.are_one("Saintpa", "triquais", likely=True)
    assert not WORDS.are_one("Saintpa", "triquais", likely=False)
