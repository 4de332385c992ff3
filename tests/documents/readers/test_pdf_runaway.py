"""Tables without borders whose structure tree has one list run on from cell to cell."""

from cahiers.documents.blocks import Table
from cahiers.documents.readers.pdf.layout import blocks_of
from cahiers.documents.readers.pdfium.pieces import Page, Piece, Tag
from cahiers.methods import get

LEFTS = (50.0, 250.0, 450.0)
TABLE = (0, 3)


def piece(text: str, column: int, y: float, tag: Tag) -> Piece:
    x0 = LEFTS[column]
    return Piece(text, x0, x0 + 5 * len(text), y, 10.0, False, False, True, tag)


def heading(text: str, column: int) -> Piece:
    row, cell = (*TABLE, 0), (*TABLE, 0, column)
    return piece(text, column, 40.0, Tag(block=(*cell, 0), row=row, cell=cell))


def listed(at: int, text: str, column: int, y: float) -> Piece:
    """A paragraph of the list that began in the first cell of the first row."""
    row, cell = (*TABLE, 1), (*TABLE, 1, 0)
    return piece(text, column, y, Tag(block=(*cell, 0, at), row=row, cell=cell))


def page(number: int, *pieces: Piece) -> Page:
    return Page(
        number=number,
        width=842.0,
        height=595.0,
        pieces=pieces,
        across=(),
        down=(),
        areas=(),
        links=(),
        hanging_spaces=True,
    )


def test_paragraphs_that_a_list_took_along_stand_in_their_own_cells() -> None:
    first = page(
        1,
        *(heading(text, at) for at, text in enumerate(("Thématique", "Irritants", "Atouts"))),
        listed(0, "► Le calme", 0, 60.0),
        listed(1, "► Un car trop tard", 1, 60.0),
        listed(2, "► Une salle claire", 2, 60.0),
        listed(3, "► Le calme", 0, 90.0),
        listed(4, "► Peu de lumière", 1, 90.0),
        listed(6, "► Un banc", 2, 90.0),
    )
    # The rest of the last row, which the page break cuts.
    second = page(2, listed(7, "► Trop de bruit", 1, 40.0), listed(8, "► Un jardin", 2, 40.0))
    (table,) = (
        block for block in blocks_of([first, second], get("etats-generaux"), []) if isinstance(block, Table)
    )
    assert [
        [[paragraph.text for paragraph in cell.paragraphs] for cell in row] for row in table.rows[1:]
    ] == [
        [["► Le calme"], ["► Un car trop tard"], ["► Une salle claire"]],
        [["► Le calme"], ["► Peu de lumière", "► Trop de bruit"], ["► Un banc", "► Un jardin"]],
    ]
