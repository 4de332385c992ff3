"""Rows of a table whose columns are known: parted by lines, by colours, or where the theme is named."""

import itertools
from collections.abc import Sequence
from typing import Final

from cahiers.documents.readers.pdf.bands import WHITE
from cahiers.documents.readers.pdf.cells import Grid, GridCell, GridRow
from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdf.middles import are_level, starts_of
from cahiers.documents.readers.pdfium.pieces import Page, Piece, Rule, merged

#: Points by which a line between rows may fall short of the columns that it parts.
SHORT: Final = 10.0
#: Sizes of letters between two lines of one theme's name.
PITCH: Final = 1.9

Parts = dict[int, Line]


def grid_of(
    page: Page, lines: Sequence[Line], xs: list[float], header: int, before: Grid | None = None
) -> Grid:
    """The table of these lines, of which the first `header` are its header row.

    `before` is what the page before ended with, where the table goes on with it: its last row is left open where the
    first row here is the rest of it.
    """
    rows = _Rows(page, xs, [_parts(line, xs) for line in lines[header:]], lines[header:])
    starts = rows.starts(goes_on=before is not None)
    made = [_row(page, lines[:header], xs)] if header else []
    bounds = [*starts, len(lines) - header]
    body = lines[header:]
    made += [_row(page, body[a:b], xs) for a, b in itertools.pairwise(bounds)]
    if before is not None and body and rows.goes_on(before):
        before.rows[-1].closed = False
    for row in made[bool(header) + 1 :]:
        # The theme's cell may go over several rows.
        row.cells[0].continues = not row.cells[0].pieces
    return Grid(page=page.number, xs=xs, rows=made, goes_on=before is not None)


class _Rows:
    def __init__(
        self, page: Page, xs: Sequence[float], parts: Sequence[Parts], lines: Sequence[Line]
    ) -> None:
        self.page = page
        self.xs = xs
        self.parts = parts
        self.lines = lines
        self.rules = [rule for rule in merged(page.across) if self._parts_rows(rule)]
        self.paints = [_paint(page, xs[1] + 2, line.pieces[0].middle) for line in lines]

    def _parts_rows(self, rule: Rule) -> bool:
        return rule.start <= self.xs[1] + SHORT and rule.end >= self.xs[-2] + SHORT

    def starts(self, *, goes_on: bool) -> list[int]:
        """Indexes of the lines that open rows; `goes_on` where the first may be the rest of one."""
        if not self.lines:
            return []
        drawn = [at for at in range(1, len(self.lines)) if self._is_drawn(at)]
        if drawn:
            return [0, *drawn]
        named = [0, *self._named()]
        if are_level(self.parts, named):
            return named
        return starts_of(self.parts, self._names(), goes_on=goes_on) or named

    def _names(self) -> list[tuple[int, int]]:
        """First and last line of each name in the themes' column."""
        names: list[tuple[int, int]] = []
        for at, part in ((at, parts[0]) for at, parts in enumerate(self.parts) if 0 in parts):
            if names and self.lines[at].y - self.lines[names[-1][1]].y <= PITCH * part.size:
                names[-1] = names[-1][0], at
            else:
                names.append((at, at))
        return names

    def _named(self) -> list[int]:
        """Indexes of the lines, but the first, where the name of a theme begins."""
        found: list[int] = []
        for at in range(1, len(self.lines)):
            if self._names_theme(at, found[-1] if found else 0):
                found.append(at)
        return found

    def _is_drawn(self, at: int) -> bool:
        """Whether a line, or another colour, parts the line from the one above."""
        above, line = self.lines[at - 1], self.lines[at]
        between = any(above.y - 2 < rule.at < line.y - 0.4 * line.size for rule in self.rules)
        return between or self.paints[at] != self.paints[at - 1]

    def _names_theme(self, at: int, start: int) -> bool:
        """Whether the name of a theme begins there: by a bullet, at some distance, or by the row's first words again.

        The row began at line `start`.
        """
        part = self.parts[at].get(0)
        if part is None:
            return False
        own = [index for index in range(start, at) if 0 in self.parts[index]]
        if not own or part.bullet is not None:
            return True
        if self.lines[at].y - self.lines[own[-1]].y > PITCH * part.size:
            return True
        return part.text.strip() == self.parts[own[0]][0].text.strip()

    def goes_on(self, before: Grid) -> bool:
        """Whether the first row is surely the rest of the last one on the page before."""
        bare = [not row.cells[0].pieces for row in before.rows[1:]]
        if 0 in self.parts[0] or (any(bare[1:]) and len(bare) > 1):
            return False
        return self.paints[0] == before.rows[-1].paint


def _paint(page: Page, x: float, y: float) -> int:
    """Colour behind a place: the last one painted there."""
    return next((a.paint for a in reversed(page.areas) if a.x0 <= x <= a.x1 and a.y0 <= y <= a.y1), WHITE)


def _parts(line: Line, xs: Sequence[float]) -> Parts:
    """The line's pieces by their column."""
    pieces: dict[int, list[Piece]] = {}
    for piece in line.pieces:
        column = max((i for i, x in enumerate(xs[:-1]) if x <= piece.x0 + 1), default=0)
        pieces.setdefault(column, []).append(piece)
    return {column: Line(tuple(own), line.page) for column, own in pieces.items()}


def _row(page: Page, lines: Sequence[Line], xs: Sequence[float]) -> GridRow:
    cells = [
        GridCell(column=column, span=1, x0=xs[column], x1=xs[column + 1]) for column in range(len(xs) - 1)
    ]
    for line in lines:
        for column, part in _parts(line, xs).items():
            cells[column].pieces += part.pieces
    top = min(piece.y - piece.size for line in lines for piece in line.pieces)
    bottom = max(piece.y + 2 for line in lines for piece in line.pieces)
    paint = _paint(page, xs[1] + 2, lines[-1].pieces[0].middle)
    return GridRow(page=page.number, y0=top, y1=bottom, cells=cells, paint=paint)
