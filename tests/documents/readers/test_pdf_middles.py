"""Rows without lines between them, whose cells stand in the middle of their heights."""

from collections.abc import Sequence

from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdf.middles import are_level, starts_of
from cahiers.documents.readers.pdfium.pieces import Piece

#: Cells: their column, the height of their first line, their lines. A line is 1 high.
ROWS = (
    (0, 2, ("Le lien",)),
    (1, 0, ("– Un car", "qui part", "trop tôt", "– Un quai", "sans abri")),
    (2, 1.5, ("– Un relais", "du village")),
    (0, 5.5, ("Le calme", "en salle")),
    (1, 6, ("– Une salle",)),
    (2, 5, ("– Un banc", "libre", "– Une cour")),
)
#: The end of a row that the page before cuts.
REST = ((1, -3, ("du matin", "– Un vélo", "en prêt")), (2, -2, ("du soir",)))


def _lines(*cells: tuple[int, float, Sequence[str]]) -> list[dict[int, Line]]:
    levels: dict[float, dict[int, Line]] = {}
    for column, top, texts in cells:
        for at, text in enumerate(texts):
            piece = Piece(
                text, 100 * column, 100 * column + 60, (top + at) * 12, 10, False, False, True, None
            )
            levels.setdefault(top + at, {})[column] = Line((piece,), 1)
    return [levels[level] for level in sorted(levels)]


def _names(lines: Sequence[dict[int, Line]]) -> list[tuple[int, int]]:
    held = {line[0].text: at for at, line in enumerate(lines) if 0 in line}
    return [(held["Le lien"], held["Le lien"]), (held["Le calme"], held["en salle"])]


def test_each_row_reaches_as_far_below_the_middle_of_its_cells_as_above() -> None:
    lines = _lines(*ROWS)
    names = _names(lines)
    assert not are_level(lines, [0, *(first for first, _ in names)])
    starts = starts_of(lines, names, goes_on=False)
    assert [lines[at][1 if at == 0 else 2].text for at in starts] == ["– Un car", "– Un banc"]


def test_the_rest_of_a_row_of_the_page_before_is_a_row_apart() -> None:
    lines = _lines(*REST, *ROWS)
    starts = starts_of(lines, _names(lines), goes_on=True)
    assert [next(iter(lines[at].values())).text for at in starts] == ["du matin", "– Un car", "– Un banc"]


def test_cells_that_begin_level_are_centred_nowhere() -> None:
    lines = _lines(
        (0, 0, ("Le lien",)), (1, 0, ("– Un car", "trop tôt")), (0, 2, ("Le calme",)), (1, 2, ("– Un banc",))
    )
    assert are_level(lines, [0, 2])


def test_cells_that_keep_to_no_middle_are_centred_nowhere() -> None:
    lines = _lines(
        (0, 1, ("Le lien",)), (1, 0, ("– Un car", "trop tôt")), (0, 4, ("Le calme",)), (0, 9, ("Le soir",))
    )
    assert starts_of(lines, [(1, 1), (2, 2), (3, 3)], goes_on=False) == []
