"""Makes blocks of pages: tables and paragraphs in reading order."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.blocks import Block
from cahiers.documents.model import Warning
from cahiers.documents.readers.pdf.cells import Grid
from cahiers.documents.readers.pdf.grid import grids_of, open_grids_of, without_rules
from cahiers.documents.readers.pdf.habits import habits_of
from cahiers.documents.readers.pdf.headed import HeadedTables, recurrent
from cahiers.documents.readers.pdf.lines import NUMBER, Line, lines_of
from cahiers.documents.readers.pdf.margins import Sheet, without_running_lines, without_watermarks
from cahiers.documents.readers.pdf.paragraphs import paragraphs_of
from cahiers.documents.readers.pdf.seams import customs_of, finish
from cahiers.documents.readers.pdf.shared import part_rows
from cahiers.documents.readers.pdf.tables import MAX_HEADER, TableText, append, table_text
from cahiers.documents.readers.pdf.tagged import tagged_tables
from cahiers.documents.readers.pdf.titles import titled
from cahiers.documents.readers.pdf.torn import joined
from cahiers.documents.readers.pdf.white import WhiteTables, spans_of
from cahiers.documents.readers.pdfium.pieces import Page, Piece
from cahiers.methods import Method

#: Points that a row needs besides its own height before a page break is somebody's will.
ROOM: Final = 8.0
Part = TableText | Line


def blocks_of(pages: Sequence[Page], method: Method, doubts: list[Warning]) -> list[Block]:
    """Blocks of the document, in reading order; what is doubtful about the rows of tables is added to `doubts`."""
    parts = list(_parts(without_watermarks(pages), method, doubts))
    habits = habits_of(pages, parts)
    customs = customs_of(
        [replace(part, rows=list(part.rows)) for part in parts if isinstance(part, TableText)]
    )
    blocks: list[Block] = []
    for part in _grouped(parts):
        if isinstance(part, TableText):
            blocks.append(finish(part, habits, customs, doubts))
        else:
            # The numbers of headings are text, and headings have no stop.
            blocks.extend(
                paragraphs_of(part, replace(habits, bullets=habits.bullets - {NUMBER}, stops=False))
            )
    return titled(blocks, parts)


def _parts(pages: Sequence[Page], method: Method, doubts: list[Warning]) -> Iterator[Part]:
    """Lines and tables from top to bottom, the tables' parts on following pages joined."""
    tagged = tagged_tables(pages)
    sheets, grids, bare_rows = [], [], []
    # A structure tree says more than the words of headers.
    all_lines = [() if tagged.sides else lines_of(page.pieces, page.number) for page in pages]
    headed = HeadedTables(method, recurrent(all_lines))
    for page, own in zip(pages, all_lines, strict=True):
        tables: list[Grid] = []
        outside: Sequence[Piece] = page.pieces
        if not tagged.sides:
            tables, others = headed.grids(page, own)
            bare_rows += tables
            outside = [piece for line in others for piece in line.pieces]
        for find in (grids_of, tagged.grids, open_grids_of):
            # Lines of tables that are found already make no other ones.
            found, outside = find(without_rules(page, tables) if find is open_grids_of else page, outside)
            tables += found
        grids.append(tables)
        spans = [(grid.y0, grid.y1) for grid in tables]
        sheets.append(Sheet(height=page.height, lines=lines_of(outside, page.number), tables=spans))
    doubts += part_rows(bare_rows)
    kept = without_running_lines(sheets)
    white = WhiteTables()
    for index, lines in enumerate(kept):
        # A caption in the middle of the page is one piece.
        if index and not white.known and lines and len(spans_of(lines[0])) > 1:
            white.known = _left_open(grids[index - 1], kept[index - 1])
        bare, kept[index] = white.grids(lines)
        grids[index] += bare
    joined(zip(grids, kept, strict=True))
    floor = max(
        [grid.y1 for tables in grids for grid in tables] + [line.y for lines in kept for line in lines],
        default=0.0,
    )
    last: TableText | None = None
    for tables, lines in zip(grids, kept, strict=True):
        for part in _by_height(tables, lines):
            if isinstance(part, Line):
                last = None
                yield part
                continue
            text = table_text(part)
            known = part.goes_on and last is not None and last.last_page == text.page - 1
            if (
                last is not None
                and (known or _may_go_on(last, text, floor))
                and append(last, text, known=known)
            ):
                continue
            last = text
            yield text


def _left_open(tables: Sequence[Grid], lines: Sequence[Line]) -> list[float]:
    """Sides of the columns of the table that a page ends with; none where something stands below it, or it has two."""
    last = max(tables, key=lambda grid: grid.y1, default=None)
    if last is None or len(last.xs) < 4 or any(line.y > last.y1 for line in lines):
        return []
    return last.xs


def _may_go_on(table: TableText, part: TableText, floor: float) -> bool:
    """Whether the page was full where the table stopped: a row that had room there begins a table of its own."""
    if table.tags & part.tags:
        return True
    rows = [row for row in part.rows if row.words not in [header.words for header in table.rows[:MAX_HEADER]]]
    height = (rows or part.rows)[0].height
    return table.last_page == part.page - 1 and floor - table.bottom < height + ROOM


def _by_height(tables: Sequence[Grid], lines: Sequence[Line]) -> list[Grid | Line]:
    parts: list[Grid | Line] = [*tables, *lines]
    return sorted(parts, key=lambda part: part.y0 if isinstance(part, Grid) else part.y)


def _grouped(parts: Sequence[Part]) -> Iterator[TableText | list[Line]]:
    """Tables, and the lines between two of them."""
    lines: list[Line] = []
    for part in parts:
        if isinstance(part, Line):
            lines.append(part)
            continue
        if lines:
            yield lines
            lines = []
        yield part
    if lines:
        yield lines
