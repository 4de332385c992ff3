"""Makes whole tables of their parts on each page: rows that a page break cut are put together again."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from cahiers.documents.blocks import Cell, Paragraph, Table
from cahiers.documents.model import Source, Warning
from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdf.paragraphs import Setting, begins, paragraphs_of
from cahiers.documents.readers.pdf.tables import CellText, RowText, TableText

MAX_PADDING: Final = 12.0
#: Rows that tables must have for their habits to tell, and for habits without exception.
ENOUGH: Final = 8
FEW: Final = 4
#: Columns of a form: labels and values.
FORM: Final = 2
#: Lines of a paragraph that no page break parts, and sizes of letters from one to the next.
KEPT_TOGETHER: Final = 3
PITCH: Final = 1.2
#: Points by which lines that are level may be apart.
CLOSE: Final = 1.0
DOUBT: Final = "La ligne du tableau qui commence par « {} » {} – pages {}, {}."
CUT: Final = "a été lue comme la suite de celle que la page {0} coupe ; c’est peut-être une autre ligne"
PARTED: Final = "a été lue comme une autre ligne que la dernière de la page {0} ; c’en est peut-être la suite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customs:
    """What the document's tables do: `heads` are their header rows; rows of two colours `alternate`, page breaks leave
    rows `whole`; `floors` are the lowest lines of tables between the same sides."""

    tables: Sequence[TableText]
    heads: Set[tuple[str, ...]]
    alternate: bool
    whole: bool
    floors: Mapping[tuple[int, int], float]


def customs_of(tables: Sequence[TableText]) -> Customs:
    heads = frozenset(table.rows[0].words for table in tables)
    floors: dict[tuple[int, int], float] = {}
    for table in tables:
        levels = [line.y for row in table.rows for cell in row.cells for line in cell.lines]
        floors[_sides(table)] = max([floors.get(_sides(table), 0.0), *levels])
    return Customs(
        tables=tables,
        heads=heads,
        alternate=_alternate(tables),
        whole=_whole(tables, heads),
        floors=floors,
    )


def finish(table: TableText, habits: Setting, customs: Customs, doubts: list[Warning]) -> Table:
    """The table as a block, rows stitched and cells in paragraphs; what is doubtful is added to `doubts`."""
    kin = _kin(table, customs.tables)
    settings = _settings(table, habits)
    for index in reversed(table.breaks):
        if not 0 < index < len(table.rows):
            continue
        seam = _Seam(table, index, settings, kin, customs)
        is_inside = seam.is_inside_a_row()
        if not seam.is_sure:
            doubts.append(seam.doubt(is_inside=is_inside))
        if is_inside:
            _stitch(table.rows[index - 1], table.rows[index])
            del table.rows[index]
    return Table(
        rows=tuple(tuple(_cells(row, settings)) for row in table.rows),
        header_rows=min(table.header_rows, len(table.rows)),
        source=Source(page=table.page),
    )


def _sides(table: TableText) -> tuple[int, int]:
    """The table's outer sides, in points."""
    return round(table.xs[0]), round(table.xs[-1])


def _settings(table: TableText, habits: Setting) -> dict[tuple[int, int], Setting]:
    """Where the text of each column, or run of columns, may stand: its sides less the usual padding."""
    settings = {}
    stops = habits.stops and _is_stopped(table)
    for key in {(cell.column, cell.span) for row in table.rows for cell in row.cells}:
        cells = [cell for row in table.rows for cell in row.cells if (cell.column, cell.span) == key]
        lines = [line for cell in cells for line in cell.lines]
        left, right = cells[0].x0, cells[0].x1
        inset = min((line.x0 for line in lines), default=left) - left
        padding = min(max(inset, 1.0), MAX_PADDING)
        reach = max((line.x1 for line in lines if line.x1 < right), default=right - padding)
        settings[key] = replace(
            habits,
            left=left + padding,
            right=max(reach, right - padding),
            capitals=habits.capitals and len(table.xs) > 3,
            stops=stops and len(table.xs) > 3,
        )
    return settings


def _is_stopped(table: TableText) -> bool:
    """Whether a stop ends most cells of several lines, but those of the first column."""
    ends = [
        cell.lines[-1].text.rstrip()
        for row in table.rows
        for cell in row.cells
        if cell.column and len(cell.lines) > 1
    ]
    return sum(end.endswith(".") for end in ends) * 2 > len(ends)


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
        customs: Customs,
    ) -> None:
        self.kin = kin
        self.customs = customs
        self.upper = table.rows[index - 1]
        self.lower = table.rows[index]
        self.settings = settings
        self.is_header = index - 1 < table.header_rows
        self.others = [
            row
            for at, row in enumerate(table.rows)
            if at >= table.header_rows
            and at not in table.breaks
            and at != index - 1
            and row.words not in customs.heads
        ]
        self.is_sure = True
        #: How low text stands on the pages of tables as wide as this one.
        self.floor = customs.floors.get(_sides(table), 0.0)
        #: First cells of rows alike, and whether one may stand for several rows.
        self.firsts = [cell for row in (*self.others, *self.kin) if (cell := row.cell_at(0)) is not None]
        self.shares_themes = any(cell.continues for cell in self.firsts)

    def is_inside_a_row(self) -> bool:
        if self.is_header:
            return False
        tagged = self._by_tags()
        if tagged is not None:
            # Some files give two rows one element; a theme that is named again opens a row.
            return tagged and self._by_theme() is not False
        if len(self.upper.cells) == len(self.lower.cells) and self._joined() in self.customs.heads:
            return True
        theme = self._by_theme()
        if theme is not None:
            return theme
        if any(self._goes_on(cell) for cell in self._telling()):
            return True
        if self.customs.whole or self._had_room():
            return False
        if not self.upper.closed:
            return True
        if self.customs.alternate:
            return self.upper.paint == self.lower.paint
        self.is_sure = False
        if any(map(self._goes_on, self.lower.cells)):
            # The first cell may be of several rows, each of which may have ended.
            return True
        return self._leaves_out() and not self._had_room(self.floor)

    def doubt(self, *, is_inside: bool) -> Warning:
        words = next((cell.lines[0].unbulleted.strip("«» ") for cell in self.lower.cells if cell.lines), "")
        pages = self.upper.page, self.lower.page
        return Warning(
            message=DOUBT.format(words, (CUT if is_inside else PARTED).format(*pages), *pages),
            source=Source(page=self.lower.page),
        )

    def _telling(self) -> list[CellText]:
        """The cells below that are of one row: a theme's cell may go on from row to row."""
        return [cell for cell in self.lower.cells if cell.column or not self.shares_themes]

    def _leaves_out(self) -> bool:
        """Whether some of the row's columns are empty: those that had no more to say when the page ended."""
        return any(not cell.lines for cell in self.lower.cells if cell.column)

    def _had_room(self, floor: float = 0.0) -> bool:
        """Whether text would have begun on the page above, below what stands there, if it were of its last row.

        Text may stand as low as that row's does, or at the `floor`.
        """
        levels = [line.y for cell in self.upper.cells for line in cell.lines]
        pitch, step = self._steps()
        for cell in self._telling():
            above = self.upper.cell_at(cell.column)
            if above is None or not cell.lines or not levels:
                continue
            first = above.lines[-1].y + step if above.lines else min(levels)
            more = _kept_together(cell.lines, self.settings[cell.column, cell.span]) - 1
            if first + more * pitch < max(*levels, floor) + CLOSE:
                return True
        return False

    def _steps(self) -> tuple[float, float]:
        """Points from a line to the next one of its paragraph, and to that of the next paragraph."""
        within: list[float] = []
        between: list[float] = []
        for cell in (*self.upper.cells, *self.lower.cells):
            for above, line in pairwise(cell.lines):
                if line.y > above.y and line.page == above.page:
                    (within if line.bullet is None else between).append(line.y - above.y)
        size = max((line.size for cell in self.lower.cells for line in cell.lines), default=0.0)
        pitch = min(within, default=PITCH * size)
        return pitch, max(min(between, default=pitch), pitch)

    def _joined(self) -> tuple[str, ...]:
        return tuple(
            f"{above} {below}".strip()
            for above, below in zip(self.upper.words, self.lower.words, strict=True)
        )

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
            if lower.words in known or lower.words == upper.words:
                return False
            if f"{upper.words} {lower.words}".strip() in known or self._goes_on(lower):
                return None if self.shares_themes else True
            # A first cell that is whole and says something new opens a row.
            return False if upper.words in known else None
        # Other tables tell too whether rows share their first cell.
        filled = sum(bool(cell.lines) for cell in self.firsts)
        return True if not self.shares_themes and filled * 10 >= len(self.firsts) * 8 else None

    def _goes_on(self, cell: CellText) -> bool:
        """Whether the cell's first line goes on with the last one of the cell above."""
        above = self.upper.cell_at(cell.column)
        if above is None or not above.lines or not cell.lines:
            return False
        if not self._is_bulleted(above) and not self._is_amid(above, cell):
            return False
        if cell.lines[0].bullet is None and self._is_bulleted(above, always=True):
            return True
        return not begins(above.lines[-1], cell.lines[0], self.settings[cell.column, cell.span])

    def _is_amid(self, above: CellText, cell: CellText) -> bool:
        """Whether no capital opens the cell, where one would: in a framed text, a form, and where no bullet does."""
        if len(self.lower.cells) > FORM and not self.settings[cell.column, cell.span].capitals:
            return False
        return above.lines[-1].wrapped or not cell.lines[0].text.lstrip()[:1].isupper()

    def _is_bulleted(self, above: CellText, *, always: bool = False) -> bool:
        """Whether the column's cells usually open with a bullet, or those of the tables alike do so `always`."""
        rows = (*self.others, *self.kin) if always else self.others
        cells = [cell for row in rows if (cell := row.cell_at(above.column)) is not None]
        firsts = [cell.lines[0].bullet for cell in (*cells, above) if cell.lines]
        bulleted = sum(bullet is not None for bullet in firsts)
        return bulleted == len(firsts) >= FEW if always else bulleted * 5 >= len(firsts) * 4


def _kept_together(lines: Sequence[Line], setting: Setting) -> int:
    """How many of a cell's first lines no page break parts."""
    count = 1
    while count < len(lines) and not begins(lines[count - 1], lines[count], setting):
        count += 1
    return count if count <= KEPT_TOGETHER else 2


def _alternate(tables: Sequence[TableText]) -> bool:
    """Whether rows one below the other on a page are of two colours in turn, header rows left out."""
    told = [
        above.paint != row.paint
        for table in tables
        for index, (above, row) in enumerate(pairwise(table.rows[1:]), start=2)
        if len(table.xs) > 3 and index not in table.breaks and index - 1 not in table.breaks
    ]
    return len(told) >= ENOUGH and sum(told) * 10 >= len(told) * 9


def _whole(tables: Sequence[TableText], heads: Set[tuple[str, ...]]) -> bool:
    """Whether page breaks are many, and no row below one begins inside of a statement."""
    seams = [
        (table.rows[index - 1], table.rows[index])
        for table in tables
        for index in table.breaks
        if len(table.xs) > 3 and 0 < index < len(table.rows) and table.rows[index - 1].words not in heads
        if any(line.bullet is not None for cell in table.rows[index - 1].cells for line in cell.lines)
    ]
    return len(seams) >= ENOUGH and not any(
        cell.lines[0].bullet is None and any(line.bullet is not None for line in above.lines)
        for upper, lower in seams
        for cell in lower.cells
        if cell.column and cell.lines and (above := upper.cell_at(cell.column)) is not None
    )


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
