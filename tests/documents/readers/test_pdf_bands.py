"""Rows of a PDF's tables that colours alone tell apart, where a page begins or ends with one."""

from cahiers.documents.readers.pdf.bands import is_row
from cahiers.documents.readers.pdf.grid import grids_of
from cahiers.documents.readers.pdfium.pieces import Area, Page, Piece, Rule

XS = [50.0, 200.0, 350.0, 500.0]
HEADER, FILLED = 0x9BBB59, 0xE6EED5
NAMES = ("Thématique", "Irritants", "Points forts")
Band = tuple[float, float, int]


def words(texts: tuple[str, ...], y: float) -> list[Piece]:
    return [
        Piece(text, x + 5, x + 5 + 4 * len(text), y, 10.0, False, False, True, None)
        for x, text in zip(XS, texts, strict=False)
        if text
    ]


def read(
    pieces: list[Piece],
    *bands: Band,
    more: tuple[Area, ...] = (),
    floors: tuple[Rule, ...] = (),
    sides: tuple[Rule, ...] = (),
) -> list[tuple[str, ...]]:
    """Words of each row of the page's tables, whose first row is boxed; `more` are filled beside the bands."""
    top, bottom, _ = bands[0]
    page = Page(
        number=1,
        width=842.0,
        height=595.0,
        pieces=tuple(pieces),
        across=(*(Rule(y, XS[0], XS[-1]) for y in (top, bottom)), *floors),
        down=(*(Rule(x, top, bottom) for x in XS), *sides),
        areas=(
            *(
                Area(XS[at], y0, XS[at + 1], y1, paint)
                for y0, y1, paint in bands
                for at in range(len(XS) - 1)
            ),
            *more,
        ),
        links=(),
    )
    grids, _ = grids_of(page, page.pieces)
    return [
        tuple(" ".join(piece.text for piece in cell.pieces) for cell in row.cells)
        for grid in grids
        for row in grid.rows
    ]


def test_a_white_row_that_the_page_ends_in_is_one_of_the_table() -> None:
    first, last = ("► Le lien", "► Un poste", "► Un café"), ("► Le lien", "► Un car", "► Un jardin")
    footer = words(("Synthèse régionale",), 560)
    pieces = words(NAMES, 62) + words(first, 82) + words(last, 524) + words(("", "en retard"), 536) + footer
    found = read(pieces, (50, 70, HEADER), (70, 510, FILLED))
    assert found == [NAMES, first, ("► Le lien", "► Un car en retard", "► Un jardin")]


def test_what_follows_a_table_is_no_row_of_it() -> None:
    first = ("► Le lien", "► Un poste", "► Un café")
    pieces = words(NAMES, 62) + words(first, 82) + words(("Diagnostic",), 130) + words(first, 200)
    assert read(pieces, (50, 70, HEADER), (70, 110, FILLED)) == [NAMES, first]


def test_the_rest_of_one_cell_below_a_repeated_header_row() -> None:
    second = ("► Le lien", "► Un poste", "► Un café")
    pieces = words(NAMES, 62) + words(("", "en retard"), 79) + words(second, 98)
    found = read(pieces, (50, 70, HEADER), (86, 120, FILLED))
    assert found == [NAMES, ("", "en retard", ""), second]


def test_a_theme_cell_that_rows_share_tells_where_the_white_one_ends() -> None:
    first = ("► Le lien", "► Un poste", "► Un café")
    white = ("", "► Un car", "► Un jardin")
    beside = tuple(
        Area(x0, 70, x1, y1, FILLED) for x0, x1, y1 in ((50, 200, 300), (200, 350, 110), (350, 500, 110))
    )
    pieces = words(NAMES, 62) + words(first, 82) + words(white, 122) + words(("", "", "► Un banc"), 290)
    pieces += words(("Diagnostic des points forts",), 330)
    rows = read(pieces, (50, 70, HEADER), more=beside)
    assert [row[1:] for row in rows[1:]] == [first[1:], ("► Un car", "► Un jardin ► Un banc")]


def test_an_outer_line_tells_where_the_white_row_of_any_table_ends() -> None:
    first, white = ("► Le lien", "► Un poste", "► Un café"), ("► Le lien", "► Un car", "► Un jardin")
    pieces = words(NAMES, 62) + words(NAMES, 122) + words(first, 142) + words(white, 162)
    pieces += words(NAMES, 202) + words(first, 222)
    bands = [(110.0, 130.0, HEADER), (130.0, 150.0, FILLED), (190.0, 210.0, HEADER), (210.0, 230.0, FILLED)]
    found = read(
        pieces, (50, 70, HEADER), *bands, floors=(Rule(170, XS[1], XS[-1]),), sides=(Rule(XS[-1], 110, 170),)
    )
    assert sorted(found) == sorted([NAMES, NAMES, first, white, NAMES, first])


def test_the_rest_of_a_row_stands_above_filled_cells_without_their_theme() -> None:
    filled = tuple(Area(XS[at], 110, XS[at + 1], 150, FILLED) for at in (1, 2))
    pieces = words(NAMES, 62) + words(("", "en retard"), 82) + words(("", "► Un prêt", "► Un banc"), 122)
    found = read(pieces, (50, 70, HEADER), more=filled)
    assert found == [NAMES, ("", "en retard", ""), ("", "► Un prêt", "► Un banc")]


def test_text_that_comes_across_the_first_side_is_of_no_row() -> None:
    """Beside a theme cell that rows share, the first side is that of the second column."""
    row = words(("", "► Un poste", "► Un café"), 82)
    across = Piece("■ Une consigne", 55.0, 330.0, 62.0, 10.0, False, False, True, None)
    assert is_row(row, XS[1:])
    assert not is_row([across, *row], XS[1:])


def test_text_in_one_column_tells_where_sides_are_missing() -> None:
    """A row without sides whose only text begins in its third column is no merged cell that begins in the second."""
    pieces = words(NAMES, 62) + words(("", "", "à venir"), 82)
    page = Page(
        number=1,
        width=842.0,
        height=595.0,
        pieces=tuple(pieces),
        across=tuple(Rule(y, XS[0], XS[-1]) for y in (50.0, 70.0, 90.0)),
        down=(*(Rule(x, 50.0, 70.0) for x in XS), Rule(XS[0], 70.0, 90.0), Rule(XS[1], 70.0, 90.0)),
        areas=(),
        links=(),
    )
    (grid,), _ = grids_of(page, page.pieces)
    assert [(cell.column, len(cell.pieces)) for cell in grid.rows[1].cells] == [(0, 0), (1, 0), (2, 1)]
