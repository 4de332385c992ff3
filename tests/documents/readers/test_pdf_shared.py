"""Rows of a PDF's tables that share a theme's cell, with nothing drawn between them."""

from collections.abc import Sequence

import pytest

from cahiers.documents.readers.pdf.cells import Grid, GridCell, GridRow
from cahiers.documents.readers.pdf.shared import part_rows
from cahiers.documents.readers.pdfium.pieces import Piece

XS = [50.0, 200.0, 350.0, 500.0]
THEME = "► Le lien"


def row(*cells: Sequence[tuple[str, float]]) -> GridRow:
    """A row of cells, each of words and their baselines."""
    made = [
        GridCell(
            column=column,
            span=1,
            x0=XS[column],
            x1=XS[column + 1],
            pieces=[
                Piece(text, XS[column] + 5, XS[column] + 90, y, 10.0, False, False, True, None)
                for text, y in own
            ],
        )
        for column, own in enumerate(cells)
    ]
    return GridRow(page=1, y0=50.0, y1=500.0, cells=made)


def column(top: float, *texts: str) -> list[tuple[str, float]]:
    return [(text, top + 15 * at) for at, text in enumerate(texts)]


def words(grid: Grid) -> list[tuple[str, ...]]:
    return [tuple(" ".join(piece.text for piece in cell.pieces) for cell in own.cells) for own in grid.rows]


LONG = column(100, *(f"► Énoncé {number}" for number in range(9)))


def test_a_row_begins_where_text_stands_below_more_than_the_space_of_a_paragraph() -> None:
    left = [*LONG, ("► Un car", 235), ("► Un bus", 250)]
    right = [("► Un café", 100), ("► Un jardin", 235)]
    grid = Grid(page=1, xs=XS, rows=[row([(THEME, 100)], left, right)])
    (doubt,) = part_rows([grid])
    assert words(grid)[1] == ("", "► Un car ► Un bus", "► Un jardin")
    assert "à : « Énoncé 1 », « Énoncé 2 »" in doubt.message
    assert [cell.continues for cell in grid.rows[1].cells] == [True, False, False]


def test_a_row_begins_where_a_column_has_its_first_text() -> None:
    grid = Grid(page=1, xs=XS, rows=[row([(THEME, 100)], [*LONG, ("► Un car", 235)], [("► Un jardin", 235)])])
    part_rows([grid])
    assert [own[1:] for own in words(grid)][1:] == [("► Un car", "► Un jardin")]


@pytest.mark.parametrize("level", [230, 240])
def test_no_row_begins_inside_of_a_statement(level: float) -> None:
    left = [*LONG, ("qui va plus loin", level)]
    grid = Grid(page=1, xs=XS, rows=[row([(THEME, 100)], left, [("► Un café", 100), ("► Un jardin", 235)])])
    part_rows([grid])
    assert len(grid.rows) == 1


def test_rows_that_name_their_themes_are_whole() -> None:
    right = [("► Un café", 100), ("► Un jardin", 235)]
    rows = [
        row([(THEME, 100)], [*LONG, ("► Un car", 235)], right),
        row([(THEME, 300)], [("► Un prêt", 300)], []),
    ]
    grid = Grid(page=1, xs=XS, rows=rows)
    part_rows([grid])
    assert len(grid.rows) == 2
