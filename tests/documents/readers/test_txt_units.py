"""Numbers whose units touch them: extraction drops that space at times."""

from cahiers.documents.readers.txt.lines import Line, read_lines
from cahiers.documents.readers.txt.units import spaced

HABIT = "de 7 h à 9 h\njusqu’à 20 h\ndès 17 h 30\nà 22 h\n"


def mended(text: str) -> list[Line]:
    return spaced(read_lines(f"{text}\f"))


def test_a_unit_is_apart_as_elsewhere_in_the_text() -> None:
    assert mended(f"{HABIT}7h")[-1].text == "7 h"


def test_columns_stay_where_they_are() -> None:
    line = mended(f"{HABIT}ouvert à 7h    ► Le car")[-1]
    assert (line.raw, line.text) == ("ouvert à 7 h   ► Le car", "ouvert à 7 h ► Le car")


def test_times_words_and_other_habits_are_left_alone() -> None:
    for text in ("14h00", "B7h", "6hangars", "80%"):
        assert mended(f"{HABIT}{text}")[-1].text == text
    assert mended("dès 7h\n8h\nde 9 h à 10 h")[1].text == "8h"


def test_words_of_one_character_alone_on_a_line_are_apart_as_elsewhere() -> None:
    assert mended("« un mot »\nque l’on a\na»")[-1].text == "a »"
    assert mended("il y a\n  y a\nla salle\nla")[1].text == "y a"
    assert [mended(f"« un mot »\nil y a\n{text}")[-1].text for text in ("la", "ya", "1.", "CM")] == [
        "la",
        "y a",
        "1.",
        "CM",
    ]
