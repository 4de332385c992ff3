"""Tables in the making: the text of their cells, page after page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.readers.pdf.bands import WHITE
from cahiers.documents.readers.pdf.cells import Grid, GridRow
from cahiers.documents.readers.pdf.lines import Line, lines_of
from cahiers.documents.readers.pdfium.pieces import Path

#: Points by which the columns of a table's parts may differ.
NEAR: Final = 5.0
#: The same of its outer sides, whose lines may be thick, or missing on a page.
OUTER: Final = 10.0
MAX_HEADER: Final = 3


@dataclass(slots=True, kw_only=True)
class CellText:
    """A cell's lines, over as many pages as it has."""

    column: int
    span: int
    x0: float
    x1: float
    lines: list[Line]
    continues: bool

    @property
    def words(self) -> str:
        return " ".join(" ".join(line.text for line in self.lines).split())


@dataclass(slots=True, kw_only=True)
class RowText:
    page: int
    cells: list[CellText]
    height: float
    closed: bool
    tags: frozenset[Path]
    paint: int = WHITE

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(cell.words for cell in self.cells)

    def cell_at(self, column: int) -> CellText | None:
        return next((c for c in self.cells if c.column <= column < c.column + c.span), None)


@dataclass(slots=True, kw_only=True)
class TableText:
    """A table in the making. `breaks` are the indices of rows that open a page; `bottom` is on its last page."""

    page: int
    last_page: int
    bottom: float
    xs: list[float]
    rows: list[RowText]
    header_rows: int = 0
    breaks: list[int] = field(default_factory=list)

    @property
    def tags(self) -> frozenset[Path]:
        """The tables of the structure tree that its rows are of."""
        return frozenset(tag[:-1] for row in self.rows for tag in row.tags)


def table_text(grid: Grid) -> TableText:
    """The table of one page."""
    rows = [_row_text(row) for row in grid.rows]
    return TableText(page=grid.page, last_page=grid.page, bottom=grid.y1, xs=grid.xs, rows=rows)


def _row_text(row: GridRow) -> RowText:
    cells = [
        CellText(
            column=cell.column,
            span=cell.span,
            x0=cell.x0,
            x1=cell.x1,
            lines=lines_of(cell.pieces, row.page),
            continues=cell.continues,
        )
        for cell in row.cells
    ]
    tags = frozenset(
        piece.tag.row for piece in row.pieces if piece.tag is not None and piece.tag.row is not None
    )
    height = row.y1 - row.y0
    return RowText(page=row.page, cells=cells, height=height, closed=row.closed, tags=tags, paint=row.paint)


def append(table: TableText, part: TableText, *, known: bool = False) -> bool:
    """Adds a table's part on the next page, `known` for one or not; False where it is another table."""
    if len(table.xs) != len(part.xs):
        return False
    repeated = _repeated(table, part)
    body = part.rows[repeated:]
    if not known and not table.tags & part.tags and not _same_sides(table.xs, part.xs, body):
        return False
    table.header_rows = max(table.header_rows, repeated)
    table.breaks.append(len(table.rows))
    table.rows.extend(body)
    table.last_page, table.bottom = part.last_page, part.bottom
    return True


def _repeated(table: TableText, part: TableText) -> int:
    """How many header rows the part has again."""
    repeated = 0
    while repeated < min(len(part.rows) - 1, len(table.rows), MAX_HEADER):
        words = part.rows[repeated].words
        # A header row that the file marks as repeated has lost its words already.
        if any(words) and words != table.rows[repeated].words:
            break
        repeated += 1
    return repeated


def _same_sides(ones: Sequence[float], others: Sequence[float], body: Sequence[RowText]) -> bool:
    """Whether columns are parted at the same places, or where the part has no word on either side."""
    filled = {cell.column for row in body for cell in row.cells if cell.lines}
    last = len(ones) - 1
    return all(
        abs(one - other) <= (NEAR if 0 < at < last else OUTER)
        for at, (one, other) in enumerate(zip(ones, others, strict=True))
        if not 0 < at < last or {at - 1, at} & filled
    )


def themes_of(tables: Sequence[TableText]) -> frozenset[str]:
    """What first cells say again and again, in rows that no page break touches."""
    firsts = Counter(
        cell.words
        for table in tables
        if len(table.xs) > 3
        for index, row in enumerate(table.rows)
        if index not in table.breaks and index + 1 not in table.breaks
        if (cell := row.cell_at(0)) is not None and cell.lines
    )
    return frozenset(words for words, count in firsts.items() if count > 1)
