"""Finds tables that nothing is drawn around: columns by the white between them, rows by where their text begins."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.readers.pdf.cells import Grid, GridCell, GridRow
from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdf.paragraphs import Setting, begins
from cahiers.documents.readers.pdfium.pieces import Piece

#: Points of white between two columns, and above a line that belongs to no table any more.
GUTTER: Final = 7.0
#: The same beside the side at which a column is known to begin, and between that side and its text.
NARROW: Final = 3.0
WIDEST_PADDING: Final = 8.0
FAR: Final = 48.0
#: Points by which text may begin left or right of where its column does.
DRIFT: Final = 4.0
Span = tuple[float, float]


@dataclass(slots=True)
class WhiteTables:
    """`known` are the columns of the table that the page before ended with, `header` the words of its first row."""

    known: list[float] = field(default_factory=list)
    header: tuple[str, ...] = ()

    def grids(self, lines: Sequence[Line]) -> tuple[list[Grid], list[Line]]:
        """Tables among the lines of a page, and the other lines."""
        grids: list[Grid] = []
        others: list[Line] = []
        rest = [line for line in lines if line.pieces[0].upright]
        turned = [line for line in lines if not line.pieces[0].upright]
        known, self.known = self.known, []
        while rest:
            run = _run(rest, known)
            grid = _grid(run, self.header) if run is not None else None
            if run is None or grid is None:
                others.append(rest.pop(0))
                known = []
                continue
            grids.append(grid)
            if not run.known:
                self.header = _words(grid.rows[0].cells)
            rest = rest[len(run.lines) :]
            known = []
            self.known = [] if rest else grid.xs
        return grids, others + turned


def is_tabular(lines: Sequence[Line]) -> bool:
    """Whether lines in a frame are those of a table, which the frame is the border of."""
    return bool(lines) and bool(WhiteTables().grids(lines)[0])


@dataclass(slots=True)
class _Run:
    """Lines that keep to the same columns, each the stretch that its text takes; `known` are their sides before."""

    lines: list[Line]
    columns: list[Span]
    known: Sequence[float] = ()

    def takes(self, line: Line) -> bool:
        """Adds the line, unless its text would close a strip of white between two columns."""
        if self.lines and line.y - self.lines[-1].y > FAR:
            return False
        columns = self.columns
        for span in spans_of(line, [c[0] - NARROW for c in columns]):
            met = _met(span, columns)
            if len(met) > 1:
                return False
            if met:
                columns = [c for c in columns if c != met[0]]
                span = min(span[0], met[0][0]), max(span[1], met[0][1])
            elif self.known:
                return False
            columns = sorted([*columns, span])
        self.columns = columns
        self.lines.append(line)
        return True


def _met(span: Span, columns: Sequence[Span]) -> list[Span]:
    """Columns that too little white parts a stretch of text from; beside the left side of one it may be narrow."""
    white = NARROW if any(abs(span[0] - column[0]) < DRIFT for column in columns) else GUTTER
    return [c for c in columns if c[0] - NARROW < span[1] and span[0] < c[1] + white]


def spans_of(line: Line, sides: Sequence[float] = ()) -> list[Span]:
    """Stretches of the line's text that white space parts, or a side between two pieces."""
    spans: list[Span] = []
    for piece in sorted(line.pieces, key=lambda piece: piece.x0):
        if (
            spans
            and piece.x0 - spans[-1][1] < GUTTER + 1
            and not any(spans[-1][1] <= side <= piece.x0 <= side + WIDEST_PADDING for side in sides)
        ):
            spans[-1] = spans[-1][0], max(spans[-1][1], piece.x1)
        else:
            spans.append((piece.x0, piece.x1))
    return spans


def _run(lines: Sequence[Line], known: Sequence[float]) -> _Run | None:
    """The table that the first lines are, as far down as it goes."""
    if known and spans_of(lines[0])[-1][0] > known[1]:
        columns = [(x + 3, max(x + 6, y - GUTTER)) for x, y in itertools.pairwise(known)]
        run = _Run([], columns, known=known)
        if not run.takes(lines[0]):
            return _run(lines, ())
        run = _Run([], columns, known=known)
    elif len(spans_of(lines[0])) > 1:
        run = _Run([], [])
    else:
        return None
    for line in lines:
        if not run.takes(line):
            break
    _release(run)
    return run if run.lines else None


def _release(run: _Run) -> None:
    """Gives back the lines below the table, which stand at its left side alone and far from its first column."""
    first = run.columns[0]
    last_first = None
    for index, line in enumerate(run.lines):
        spans = spans_of(line)
        alone = len(spans) == 1 and spans[0][0] < first[1]
        if (
            alone
            and index
            and last_first != index - 1
            and not any(len(spans_of(later)) > 1 for later in run.lines[index:])
        ):
            del run.lines[index:]
            return
        if spans[0][0] < first[1]:
            last_first = index


def _words(cells: Sequence[GridCell]) -> tuple[str, ...]:
    return tuple("".join("".join(piece.text for piece in cell.pieces).split()) for cell in cells)


def _grid(run: _Run, header: tuple[str, ...]) -> Grid | None:
    columns = run.columns if run.known else _together(run)
    both = sum(len(spans_of(line)) > 1 for line in run.lines)
    if len(columns) < 2 or not (run.known or (len(columns) > 2 and both > 1) or both > 3):
        return None
    xs = list(run.known) or [span[0] - 3 for span in columns] + [columns[-1][1] + 3]
    table = _Rows(xs, columns, header if run.known else ())
    for line in run.lines:
        table.take(line)
    page = run.lines[0].page
    return Grid(page=page, xs=xs, rows=[_row(page, row, xs) for row in table.rows])


def _together(run: _Run) -> list[Span]:
    """Columns, where what never stands side by side is one: a heading in the middle and text at the left."""
    columns = list(run.columns)
    index = 0
    while index + 1 < len(columns):
        left, right = columns[index], columns[index + 1]
        if any(_holds(line, left) and _holds(line, right) for line in run.lines):
            index += 1
        else:
            columns[index : index + 2] = [(left[0], right[1])]
    return columns


def _holds(line: Line, column: Span) -> bool:
    return any(column[0] - 1 <= start < column[1] for start, _ in spans_of(line))


class _Rows:
    """Rows in the making: each a list of lines a column."""

    def __init__(self, xs: list[float], columns: Sequence[Span], header: tuple[str, ...]) -> None:
        self.xs = xs
        self.header = header
        self.settings = [Setting(left=x, right=y) for x, y in columns]
        self.rows: list[list[list[Line]]] = []
        self.last: list[Line] = []

    def take(self, line: Line) -> None:
        parts = self._parts(line)
        if not self.rows or self._is_header() or self._opens(parts):
            self.rows.append([[] for _ in self.settings])
        for column, part in parts.items():
            self.rows[-1][column].append(part)
        self.last = list(parts.values())

    def _parts(self, line: Line) -> dict[int, Line]:
        pieces: dict[int, list[Piece]] = {}
        for piece in line.pieces:
            column = max((i for i, x in enumerate(self.xs[:-1]) if x <= piece.x0), default=0)
            pieces.setdefault(column, []).append(piece)
        return {column: Line(tuple(own), line.page) for column, own in pieces.items()}

    def _is_header(self) -> bool:
        """Whether the one row so far repeats the header, so that what follows is another row, or the rest of one."""
        words = tuple("".join("".join(line.text for line in lines).split()) for lines in self.rows[0])
        return len(self.rows) == 1 and words == self.header

    def _opens(self, parts: dict[int, Line]) -> bool:
        """Whether a row begins: in its first column and another one, and nowhere is a sentence cut."""
        row = self.rows[-1]
        if 0 not in parts or len(parts) < 2:
            return False
        for column, part in parts.items():
            before = row[column][-1] if row[column] else None
            if before is None or not any(before is line for line in self.last):
                continue
            if not begins(before, part, self.settings[column]):
                return False
        return True


def _row(page: int, row: list[list[Line]], xs: list[float]) -> GridRow:
    cells = [
        GridCell(
            column=column,
            span=1,
            x0=xs[column],
            x1=xs[column + 1],
            pieces=[p for line in lines for p in line.pieces],
        )
        for column, lines in enumerate(row)
    ]
    pieces = [piece for cell in cells for piece in cell.pieces]
    top = min(piece.y - piece.size for piece in pieces)
    return GridRow(page=page, y0=top, y1=max(piece.y + 2 for piece in pieces), cells=cells)
