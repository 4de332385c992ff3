"""Parts of a PDF's tables that are drawn with fewer sides than the part above."""

import pytest

from cahiers.documents.readers.pdf.cells import Grid, GridCell, GridRow
from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdf.torn import joined
from cahiers.documents.readers.pdfium.pieces import Piece

XS = [50.0, 200.0, 350.0, 500.0]


def word(text: str, x: float, y: float) -> Piece:
    return Piece(text, x, x + 5 * len(text), y, 10.0, False, False, True, None)


def grid(page: int, xs: list[float], y: float, *pieces: Piece) -> Grid:
    """A table of one row, whose first cell has all the pieces."""
    cells = [GridCell(column=at, span=1, x0=xs[at], x1=xs[at + 1]) for at in range(len(xs) - 1)]
    cells[0].pieces += pieces
    return Grid(page=page, xs=xs, rows=[GridRow(page=page, y0=y - 12, y1=y + 8, cells=cells)])


def words(one: Grid) -> list[list[str]]:
    return [[" ".join(piece.text for piece in cell.pieces) for cell in row.cells] for row in one.rows]


def test_a_box_at_the_top_of_a_page_goes_on_with_the_table_of_the_page_before() -> None:
    rest = grid(2, [199.0, 503.0], 62, word("► Un prêt", 205, 62), word("► Un banc", 355, 62))
    pages: list[tuple[list[Grid], list[Line]]] = [
        ([grid(1, XS, 480, word("► Le lien", 55, 480))], []),
        ([rest], []),
    ]
    joined(pages)
    assert words(pages[1][0][0]) == [["", "► Un prêt", "► Un banc"]]


def test_a_part_with_fewer_sides_below_a_header_row_is_of_its_table() -> None:
    below = grid(1, [50.0, 200.0, 503.0], 84, word("► Un prêt", 205, 84), word("► Un banc", 355, 84))
    pages: list[tuple[list[Grid], list[Line]]] = [([below, grid(1, XS, 62, word("Thématique", 55, 62))], [])]
    joined(pages)
    (found,) = pages[0][0]
    assert words(found) == [["Thématique", "", ""], ["", "► Un prêt", "► Un banc"]]


@pytest.mark.parametrize(
    ("xs", "text", "above"),
    [([50.0, 500.0], "RETEX 1", ""), ([199.0, 503.0], "Un texte qui va au-delà de sa colonne", ""),
     ([199.0, 503.0], "► Un prêt", "2. Projections")],
)  # fmt: skip
def test_other_boxes_stay_what_they_are(xs: list[float], text: str, above: str) -> None:
    lines = [Line((word(above, 55, 40),), 2)] if above else []
    pages: list[tuple[list[Grid], list[Line]]] = [
        ([grid(1, XS, 480, word("► Le lien", 55, 480))], []),
        ([grid(2, xs, 62, word(text, 205, 62))], lines),
    ]
    joined(pages)
    assert pages[1][0][0].xs == xs
