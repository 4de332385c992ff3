"""Bullets of a text in columns that stand far before their words."""

from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.spaced.edges import edges_of
from cahiers.documents.readers.txt.spaced.hanging import near_bullets


def lines(*raws: str) -> list[Line]:
    return [Line(raw=raw, text=raw.strip(), number=at, page=1) for at, raw in enumerate(raws, start=1)]


def near(*raws: str) -> list[str]:
    return [line.raw for line in near_bullets(lines(*raws))]


def test_bullets_are_moved_to_words_that_go_on_below_each_other() -> None:
    assert near("–   Un car  –   Le soir", "    scolaire    au bourg") == [
        "  – Un car    – Le soir",
        "    scolaire    au bourg",
    ]


def test_words_are_moved_to_bullets_that_the_next_lines_begin_below() -> None:
    assert near("►   Un car    ►   Le soir", "scolaire      au bourg") == [
        "► Un car      ► Le soir  ",
        "scolaire      au bourg",
    ]


def test_bullets_of_theme_cells_are_of_no_other_column() -> None:
    header = lines("Thématique concernée               RETEX        Irritants")
    body = lines("      • Travailler         • 1         • Un car", "        ensemble")
    assert edges_of(header, body, ("Thématique concernée", "RETEX", "Irritants")) == [0, 27, 39]


def test_bullets_alone_in_narrow_cells_are_far_before_no_words_of_the_next_column() -> None:
    rows = ["►         ► Un car", "Familles  scolaire", "►         au bourg", "Élus", "►"]
    assert near(*rows) == rows
