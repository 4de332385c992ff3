"""Tables that nothing is drawn around: where they go on with one that the page before ended with."""

from dataclasses import replace

from cahiers.documents.blocks import Paragraph, Table
from cahiers.documents.readers.pdf.layout import blocks_of
from cahiers.documents.readers.pdf.lines import lines_of
from cahiers.documents.readers.pdf.white import WhiteTables
from cahiers.documents.readers.pdfium.pieces import Page, Piece, Rule, Tag
from cahiers.methods import get

XS = [50.0, 200.0, 350.0, 500.0]
HEADER = ("Sujet", "Constats", "Atouts")
FIRST = ("► Le lien", "► Un poste", "► Un café")


def words(texts: tuple[str, ...], y: float) -> list[Piece]:
    return [
        Piece(text, x + 5, x + 5 + 4 * len(text), y, 10.0, False, False, True, None)
        for x, text in zip(XS, texts, strict=False)
        if text
    ]


def page(number: int, pieces: list[Piece], ys: tuple[float, ...] = ()) -> Page:
    """A page, ruled into rows at these heights."""
    across = tuple(Rule(y, XS[0], XS[-1]) for y in ys)
    down = tuple(Rule(x, ys[0], ys[-1]) for x in XS) if ys else ()
    return Page(number, 842.0, 595.0, tuple(pieces), across, down, (), ())


def test_one_line_without_sides_goes_on_with_the_table_of_the_page_before() -> None:
    ruled = page(1, words(HEADER, 62) + words(FIRST, 82) + words(("", "en", "à"), 524), (50, 70, 510, 540))
    bare = page(2, words(("", "retard", "venir"), 60) + words(("Un autre sujet est traité ensuite.",), 120))
    table, after = blocks_of([ruled, bare], get("etats-generaux"), [])
    assert isinstance(table, Table)
    assert isinstance(after, Paragraph)
    assert [" ".join(cell.text.split()) for cell in table.rows[-1]] == ["", "en retard", "à venir"]
    assert after.text == "Un autre sujet est traité ensuite."


def test_text_across_the_known_columns_is_another_table() -> None:
    """Its columns are its own: nothing of its first line is left out of it."""
    others = [
        Piece(text, x, x + 100, y, 10.0, False, False, True, None)
        for y in (60, 80, 100)
        for x, text in ((50.0, "Un"), (260.0, "Deux"), (420.0, "Trois"))
    ]
    tables = WhiteTables(known=XS)
    (grid,), rest = tables.grids(lines_of(others, 2))
    assert (len(grid.xs), rest) == (4, [])


def test_text_that_nearly_touches_the_next_column_stays_in_its_own() -> None:
    lines = [words(HEADER, 60), words(FIRST, 80), words(("en retard", "réparé", "du bourg"), 92)]
    wide = lines[2][1]
    lines[2][1] = replace(wide, x1=XS[2] - 1)
    (grid,), rest = WhiteTables().grids(lines_of([piece for line in lines for piece in line], 1))
    assert rest == []
    assert [[piece.text for piece in cell.pieces] for cell in grid.rows[1].cells] == [
        [FIRST[0], "en retard"],
        [FIRST[1], "réparé"],
        [FIRST[2], "du bourg"],
    ]


def test_level_lines_of_tagged_tables_make_no_table_of_what_stands_between_them() -> None:
    def tagged(table: int, row: int, texts: tuple[str, ...], y: float) -> list[Piece]:
        cells = [(0, table, row, column) for column in range(3)]
        return [
            replace(piece, tag=Tag((*cell, 0), cell[:-1], cell))
            for piece, cell in zip(words(texts, y), cells, strict=True)
        ]

    def level(*ys: float) -> tuple[Rule, ...]:
        return tuple(Rule(y, XS[0], XS[-1]) for y in ys)

    above = tagged(1, 0, HEADER, 62) + tagged(1, 1, FIRST, 532)
    below = tagged(1, 1, ("pour tous", "► Un car", "► Un relais"), 62) + words(("Constats et atouts",), 90)
    below += words(("", "Suite"), 104) + tagged(4, 0, HEADER, 132) + tagged(4, 1, FIRST, 152)
    pages = [
        replace(page(1, above), across=level(50, 70, 540)),
        replace(page(2, below), across=level(50, 70, 120, 140, 160)),
    ]
    tables = [block for block in blocks_of(pages, get("etats-generaux"), []) if isinstance(block, Table)]
    assert [len(table.rows) for table in tables] == [2, 2]
    assert [paragraph.text for paragraph in tables[0].rows[1][1].paragraphs] == ["► Un poste", "► Un car"]
