"""Makes whole tables of their parts on each page: rows that a page break cut are put together again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cahiers.documents.blocks import Cell, Paragraph, Table
from cahiers.documents.model import Source
from cahiers.documents.readers.pdf.cells import Grid, GridRow
from cahiers.documents.readers.pdf.lines import Line, lines_of
from cahiers.documents.readers.pdf.paragraphs import Setting, begins, paragraphs_of
from cahiers.documents.readers.pdfium.pieces import Path

#: Points by which the columns of a table's parts may differ.
NEAR: Final = 5.0
MAX_PADDING: Final = 12.0
MAX_HEADER: Final = 3
#: Rows that tables must have for their habits to tell, and for habits without exception.
ENOUGH: Final = 8
FEW: Final = 4


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
    return RowText(page=row.page, cells=cells, height=row.y1 - row.y0, closed=row.closed, tags=tags)


def append(table: TableText, part: TableText, *, known: bool = False) -> bool:
    """Adds a table's part on the next page, `known` for one or not; False where it is another table."""
    if len(table.xs) != len(part.xs):
        return False
    if (
        not known
        and not table.tags & part.tags
        and any(abs(x - y) > NEAR for x, y in zip(table.xs, part.xs, strict=True))
    ):
        return False
    repeated = 0
    while repeated < min(len(part.rows) - 1, len(table.rows), MAX_HEADER):
        words = part.rows[repeated].words
        # A header row that the file marks as repeated has lost its words already.
        if any(words) and words != table.rows[repeated].words:
            break
        repeated += 1
    table.header_rows = max(table.header_rows, repeated)
    table.breaks.append(len(table.rows))
    table.rows.extend(part.rows[repeated:])
    table.last_page, table.bottom = part.last_page, part.bottom
    return True


def finish(table: TableText, habits: Setting, tables: Sequence[TableText] = ()) -> Table:
    """The table as a block, rows stitched and cells in paragraphs. `tables` are those of the document."""
    kin = _kin(table, tables)
    settings = _settings(table, habits)
    for index in reversed(table.breaks):
        if 0 < index < len(table.rows) and _Seam(table, index, settings, kin).is_inside_a_row():
            _stitch(table.rows[index - 1], table.rows[index])
            del table.rows[index]
    return Table(
        rows=tuple(tuple(_cells(row, settings)) for row in table.rows),
        header_rows=min(table.header_rows, len(table.rows)),
        source=Source(page=table.page),
    )


def _settings(table: TableText, habits: Setting) -> dict[tuple[int, int], Setting]:
    """Where the text of each column, or run of columns, may stand: its sides less the usual padding."""
    settings = {}
    for key in {(cell.column, cell.span) for row in table.rows for cell in row.cells}:
        cells = [cell for row in table.rows for cell in row.cells if (cell.column, cell.span) == key]
        lines = [line for cell in cells for line in cell.lines]
        left, right = cells[0].x0, cells[0].x1
        inset = min((line.x0 for line in lines), default=left) - left
        padding = min(max(inset, 1.0), MAX_PADDING)
        reach = max((line.x1 for line in lines if line.x1 < right), default=right - padding)
        settings[key] = replace(habits, left=left + padding, right=max(reach, right - padding))
    return settings


def _stitch(upper: RowText, lower: RowText) -> None:
    """Puts the second part of a row under the first."""
    for cell in lower.cells:
        whole = upper.cell_at(cell.column)
        if whole is not None:
            whole.lines.extend(cell.lines)
    upper.closed = lower.closed


def _cells(row: RowText, settings: dict[tuple[int, int], Setting]) -> Iterator[Cell]:
    for cell in row.cells:
        paragraphs: list[Paragraph] = paragraphs_of(cell.lines, settings[cell.column, cell.span])
        yield Cell(
            paragraphs=tuple(paragraphs),
            span=cell.span,
            continues=cell.continues,
            source=Source(page=cell.lines[0].page if cell.lines else row.page),
        )


class _Seam:
    """The place where a table goes over to the next page: does it part two rows, or cut one?"""

    def __init__(
        self,
        table: TableText,
        index: int,
        settings: dict[tuple[int, int], Setting],
        kin: Sequence[RowText],
    ) -> None:
        self.kin = kin
        self.upper = table.rows[index - 1]
        self.lower = table.rows[index]
        self.settings = settings
        self.is_header = index - 1 < table.header_rows
        self.others = [
            row
            for at, row in enumerate(table.rows)
            if at >= table.header_rows and at not in table.breaks and at != index - 1
        ]

    def is_inside_a_row(self) -> bool:
        if self.is_header:
            return False
        tagged = self._by_tags()
        if tagged is not None:
            return tagged
        theme = self._by_theme()
        if not self.upper.closed:
            return theme is not False
        if theme is not None:
            return theme
        return any(self._goes_on(cell) for cell in self.lower.cells) or self._is_sparse()

    def _by_tags(self) -> bool | None:
        """The structure tree knows, where it has one row element for each row drawn."""
        if len(self.upper.tags) == 1 == len(self.lower.tags):
            return self.upper.tags == self.lower.tags
        return None

    def _by_theme(self) -> bool | None:
        """The first cell says: it names the theme in each row, so it is empty, or goes on, only in a cut one."""
        upper, lower = self.upper.cell_at(0), self.lower.cell_at(0)
        if upper is None or lower is None:
            return None
        known = self.settings[lower.column, lower.span].themes
        if lower.words:
            if lower.words in known:
                return False
            if f"{upper.words} {lower.words}".strip() in known or self._goes_on(lower):
                return True
            # A first cell that is whole and says something new opens a row.
            return False if upper.words in known else None
        # Other tables tell too whether rows share their first cell.
        firsts = [cell for row in (*self.others, *self.kin) if (cell := row.cell_at(0)) is not None]
        filled = sum(bool(cell.lines) for cell in firsts)
        if not any(cell.continues for cell in firsts) and filled * 10 >= len(firsts) * 8:
            return True
        return None

    def _goes_on(self, cell: CellText) -> bool:
        """Whether the cell's first line goes on with the last one of the cell above."""
        above = self.upper.cell_at(cell.column)
        if above is None or not above.lines or not cell.lines or not self._is_bulleted(above):
            return False
        return not begins(above.lines[-1], cell.lines[0], self.settings[cell.column, cell.span])

    def _is_bulleted(self, above: CellText) -> bool:
        """Whether the column's cells usually open with a bullet."""
        cells = [cell for row in self.others if (cell := row.cell_at(above.column)) is not None]
        firsts = [cell.lines[0].bullet for cell in (*cells, above) if cell.lines]
        return sum(bullet is not None for bullet in firsts) * 5 >= len(firsts) * 4

    def _is_sparse(self) -> bool:
        """Whether the row leaves out what rows have: half of their usual cells, or one that hardly any leaves out."""
        filled = [_filled(row) for row in self.others]
        own = _filled(self.lower)
        usual = sorted(len(columns) for columns in filled)[len(filled) // 2] if filled else 0
        alike = [_filled(row) for row in self.kin] if len(self.kin) > len(self.others) else filled
        always = Counter(column for columns in alike for column in columns)
        most = len(alike) * 0.9 if len(alike) >= ENOUGH else len(alike)
        if len(alike) >= FEW and any(column not in own and count >= most for column, count in always.items()):
            return True
        return len(own) * 2 < usual


def _kin(table: TableText, tables: Sequence[TableText]) -> list[RowText]:
    """Rows that no page break touches of the tables with the same header."""
    return [
        row
        for other in tables
        if other.rows[0].words == table.rows[0].words
        for index, row in enumerate(other.rows)
        if index
        and index not in other.breaks
        and index + 1 not in other.breaks
        and row.words != table.rows[0].words
    ]


def _filled(row: RowText) -> frozenset[int]:
    """Columns that say something, the first one apart."""
    return frozenset(cell.column for cell in row.cells if cell.lines and cell.column)


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
