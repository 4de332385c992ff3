import pytest

from cahiers.textkit.naming import Vocabulary, spoken_name, typical_sentence


@pytest.mark.parametrize(
    ("terms", "texts", "name"),
    [
        (
            ("oublie", "mot", "passe"),
            ["J’oublie mon mot de passe", "mot de passe", "le mot de passe"],
            "oublie, mot de passe",
        ),
        (("débit", "suffit"), ["Le débit ne suffit pas !", "le débit ne suffit pas"], "débit ne suffit pas"),
        (("réseau", "gare"), ["Pas de réseau", "pas de réseau à la gare", "Pas de réseau"], "pas de réseau, gare"),
        (("matériel", "parents"), ["Du matériel. Parents perdus", "Parents ; matériel"], "matériel, parents"),
        (("débit", "faible"), ["Débit faible ? Oui, débit faible !"] * 2, "débit faible"),
        (("ENT",), ["ENT lent", "ENT utile"], "ENT"),
        ((), ["?"], ""),
    ],
)  # fmt: skip
def test_a_name_can_be_said_aloud_and_keeps_its_negation(
    terms: tuple[str, ...], texts: list[str], name: str
) -> None:
    assert spoken_name(terms, tuple(texts)) == name


def test_one_slip_of_a_thumb_names_no_group() -> None:
    slips = ["tablettes en pnane", "talbettes en panne"]
    texts = ["tablettes en panne"] * 3 + slips + ["la cantine est bruyante"] * 5
    named = Vocabulary(texts).distinguishing([0] * 5 + [1] * 5, 2)
    assert set(named[0]) == {"tablettes", "panne"}


def test_a_remark_without_a_word_is_its_own_sentence() -> None:
    assert typical_sentence((), (" ? ",)) == "?"
    assert typical_sentence((), ("",)) == "…"


def test_a_group_is_shown_by_a_sentence_that_says_what_it_is_about() -> None:
    texts = ("Cela n’est pas normal du tout. Le débit est faible.", "Le débit est trop faible le soir.")
    assert typical_sentence(("débit", "soir"), texts) == texts[1]
    assert typical_sentence(("cantine",), texts) == "Cela n’est pas normal du tout."
