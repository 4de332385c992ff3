"""What the lines of one statement may say too."""

from cahiers.documents.readers.txt.readings import CUT_WORDS, PARTS, readings

KNOWN = frozenset({"notre", "equipe", "les", "cours"})


def said(lines: list[str], width: float, known: frozenset[str] = KNOWN) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for message, text in readings(lines, width, known):
        found.setdefault(message, []).append(text)
    return found


def test_words_that_fill_a_narrow_line_may_go_on_below() -> None:
    lines = ["Trop de", "sonnerie", "s dans les", "cours"]
    assert said(lines, 4.2) == {CUT_WORDS: ["Trop de sonneries dans les cours"]}
    # With room for another letter, or of two words that stand elsewhere, nothing is cut.
    assert said(lines, 6.0) == {}
    assert said(["Trop de", "sonnerie", "s dans les"], 4.2, KNOWN | {"sonnerie", "s"}) == {}


def test_a_bullet_within_a_statement_may_open_another() -> None:
    assert said(["Un tableau commun. * Les", "cours du soir"], 12.0) == {
        PARTS: ["Un tableau commun.", "Les cours du soir"]
    }
