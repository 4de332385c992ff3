"""What the lines of one statement may say too."""

from cahiers.documents.readers.txt.readings import CUT_WORDS, HYPHENS, PARTS, readings

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
    assert said(["Trop de", "sonnerie", "dans les"], 4.2, KNOWN | {"sonnerie", "dans"}) == {}
    # A letter that is no word ends one, whatever stands elsewhere; brackets may open before the word.
    letter = {CUT_WORDS: ["Trop de sonneries dans les"]}
    assert said(["Trop de", "sonnerie", "s dans les"], 4.2, KNOWN | {"sonnerie", "s"}) == letter
    assert said(["Un fonds", "(cofinancem", "ent)"], 5.6) == {CUT_WORDS: ["Un fonds (cofinancement)"]}


def test_a_line_wider_than_its_column_may_lack_a_hyphen() -> None:
    line = ["Nommer un enseignantressource au collège"]
    known = KNOWN | {"enseignant", "ressources", "enseignement"}
    assert said(line, 10.0, known) == {HYPHENS: ["Nommer un enseignant-ressource au collège"]}
    assert said(["Un temps de coenseignement dès juin"], 8.0, known) == {
        HYPHENS: ["Un temps de co-enseignement dès juin"]
    }
    assert said(line, 30.0, known) == {}
    assert said(line, 10.0) == {}
    # Where two lines were certainly made one, one of the parts is known, be it at a line's end.
    address = ["(voir https://cartesecoles.fr/liste)"]
    told = [text for _, text in readings(address, 11.0, KNOWN, frozenset({"ecoles"}))]
    assert told == ["(voir https://cartes-ecoles.fr/liste)"]


def test_a_bullet_within_a_statement_may_open_another() -> None:
    assert said(["Un tableau commun. * Les", "cours du soir"], 12.0) == {
        PARTS: ["Un tableau commun.", "Les cours du soir"]
    }
