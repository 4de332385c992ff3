"""Finds the tables of a page by their ruled lines, and puts each piece of text in its cell."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.readers.pdfium.pieces import Area, Page, Piece, Rule, merged

#: Points by which lines that meet may miss each other.
NEAR: Final = 4.0
#: No cell is narrower or lower.
SMALLEST: Final = 6.0
MAX_RULES: Final = 3_000
MAX_CELLS: Final = 2_000
#: White space, in points, that separates columns where no line does.
GUTTER: Final = 7.0
#: Share of a table's width within which all text of a band begins, if it is no row but a paragraph.
APART: Final = 0.12


@dataclass(slots=True, kw_only=True)
class GridCell:
    """`x0` and `x1` are the cell's sides. `continues` means that the cell began in a row above."""

    column: int
    span: int
    x0: float
    x1: float
    pieces: list[Piece] = field(default_factory=list)
    continues: bool = False


@dataclass(slots=True, kw_only=True)
class GridRow:
    """`closed` says whether a line ends the row below."""

    page: int
    y0: float
    y1: float
    cells: list[GridCell]
    closed: bool = True

    @property
    def pieces(self) -> Iterator[Piece]:
        for cell in self.cells:
            yield from cell.pieces


@dataclass(slots=True, kw_only=True)
class Grid:
    page: int
    xs: list[float]
    rows: list[GridRow]

    @property
    def y0(self) -> float:
        return self.rows[0].y0

    @property
    def y1(self) -> float:
        return self.rows[-1].y1


def grids_of(page: Page, pieces: Sequence[Piece]) -> tuple[list[Grid], list[Piece]]:
    """Tables of the page whose cells are ruled, and the pieces that stand outside of them."""
    return _taken(page, pieces, [lattice for lattice in _lattices(page) if lattice.is_closed])


def open_grids_of(page: Page, pieces: Sequence[Piece]) -> tuple[list[Grid], list[Piece]]:
    """Tables that have lines between their rows alone: white space parts their columns."""
    lattices = [lattice for lattice in _lattices(page) if not lattice.is_closed]
    return _taken(page, pieces, [part for lattice in lattices for part in lattice.parts(pieces)])


def _taken(
    page: Page, pieces: Sequence[Piece], lattices: Sequence["_Lattice"]
) -> tuple[list[Grid], list[Piece]]:
    left = list(pieces)
    grids: list[Grid] = []
    for lattice in lattices:
        inside = [piece for piece in left if lattice.holds(piece)]
        grid = None if lattice.frames(page, grids) else lattice.grid(page, inside)
        if grid is not None:
            grids.append(grid)
            left = [piece for piece in left if not lattice.holds(piece)]
    return grids, left


def _lattices(page: Page) -> list["_Lattice"]:
    """Groups of lines that meet, the smallest first, so that what a frame encloses is taken before the frame."""
    if len(page.across) + len(page.down) > MAX_RULES:
        return []
    across = [rule for rule in merged(page.across) if rule.end - rule.start > SMALLEST]
    down = [rule for rule in merged(page.down) if rule.end - rule.start > SMALLEST]
    groups = _Groups(len(across) + len(down))
    for i, level in enumerate(across):
        for j, upright in enumerate(down, len(across)):
            if _meet(level, upright):
                groups.join(i, j)
    lattices = []
    alone: list[Rule] = []
    for members in groups.all():
        levels = [across[i] for i in members if i < len(across)]
        uprights = [down[i - len(across)] for i in members if i >= len(across)]
        if levels and uprights:
            lattices.append(_Lattice(levels, uprights))
        elif levels:
            alone.extend(levels)
    lattices.extend(_ladders(alone))
    return sorted(lattices, key=lambda lattice: lattice.area)


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.start - NEAR <= upright.at <= level.end + NEAR
        and upright.start - NEAR <= level.at <= upright.end + NEAR
    )


def _ladders(levels: Iterable[Rule]) -> Iterator["_Lattice"]:
    """Tables that have level lines alone: three at least, of one width."""
    by_ends: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in levels:
        key = next(
            (ends for ends in by_ends if abs(ends[0] - rule.start) < NEAR and abs(ends[1] - rule.end) < NEAR),
            (round(rule.start), round(rule.end)),
        )
        by_ends[key].append(rule)
    for rules in by_ends.values():
        if len(rules) >= 3 and rules[0].end - rules[0].start > 200:
            yield _Lattice(rules, [])


class _Lattice:
    """Lines that belong together."""

    def __init__(self, across: list[Rule], down: list[Rule]) -> None:
        self.across = across
        self.down = down
        self.left = min([rule.start for rule in across] + [rule.at for rule in down])
        self.right = max([rule.end for rule in across] + [rule.at for rule in down])
        self.top = min(rule.at for rule in across)
        self.bottom = max(rule.at for rule in across)
        if any(self.left + NEAR < rule.at < self.right - NEAR for rule in down):
            # A page break may leave out the line that closes the table.
            self.top = min([self.top, *(rule.start for rule in down)])
            self.bottom = max([self.bottom, *(rule.end for rule in down)])

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def is_closed(self) -> bool:
        """Whether lines part columns too, or bound one box."""
        inner = [rule for rule in self.down if self.left + NEAR < rule.at < self.right - NEAR]
        return bool(inner) or (bool(self.down) and len(self.across) <= 2)

    def parts(self, pieces: Sequence[Piece]) -> Iterator["_Lattice"]:
        """The tables that the lines make, where text that runs across stands between two of them."""
        across = sorted(self.across, key=lambda rule: rule.at)
        run = across[:1]
        for upper, lower in itertools.pairwise(across):
            band = [p for p in pieces if self.holds(p) and upper.at < p.middle < lower.at]
            if band and max(piece.x0 for piece in band) - self.left < (self.right - self.left) * APART:
                if len(run) > 1:
                    yield _Lattice(run, self.down)
                run = []
            run.append(lower)
        if len(run) > 1:
            yield _Lattice(run, self.down)

    def frames(self, page: Page, grids: Sequence[Grid]) -> bool:
        """Whether the lines are a border drawn around the page, or around a table that is known already."""
        if any(
            self.left < grid.xs[0]
            and grid.xs[-1] < self.right
            and self.top < grid.y0
            and grid.y1 < self.bottom
            for grid in grids
        ):
            return True
        lone = len(self.across) <= 2 and len(self.down) <= 2
        return (
            lone and self.right - self.left > page.width * 0.9 and self.bottom - self.top > page.height * 0.85
        )

    def holds(self, piece: Piece) -> bool:
        return (
            self.left - NEAR <= piece.x0 <= self.right + NEAR
            and self.top - NEAR <= piece.middle <= self.bottom + NEAR
        )

    def grid(self, page: Page, pieces: list[Piece]) -> Grid | None:
        """The table, or None where the lines bound no text."""
        xs = _positions([rule.at for rule in self.down], self.left, self.right)
        ys = _positions([rule.at for rule in self.across], self.top, self.bottom)
        if len(ys) < 2 or not pieces:
            return None
        gutters: set[float] = set()
        if len(xs) <= 2 and len(ys) > 2:
            inner = gutters_of(pieces, [a for a in page.areas if self.top - NEAR < a.y0 < self.bottom])
            gutters = set(inner)
            xs = sorted({self.left, self.right, *inner})
        if not 1 < len(xs) <= MAX_CELLS / len(ys):
            return None
        return _Filling(self, xs, ys, gutters).grid(page.number, pieces)


def _positions(lines: Iterable[float], first: float, last: float) -> list[float]:
    """Where the lines stand, with the ends where no line closes them."""
    positions: list[float] = []
    for at in sorted([*lines, first, last]):
        if not positions or at - positions[-1] > SMALLEST:
            positions.append(at)
    return positions


def gutters_of(pieces: Sequence[Piece], areas: Sequence[Area] = ()) -> list[float]:
    """Where columns part for want of lines: strips that no text crosses, or sides of shaded cells."""
    sides = sorted({round(area.x0, 1) for area in areas} | {round(area.x1, 1) for area in areas})
    inner = list(_positions(sides, sides[0], sides[-1])[1:-1]) if sides else []
    if inner and not any(piece.x0 + 2 < x < piece.x1 - 2 for x in inner for piece in pieces):
        return inner
    gutters: list[float] = []
    reach: float | None = None
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if reach is not None and piece.x0 - reach >= GUTTER:
            # Text is set from the left of its cell: the border is near where the text begins.
            gutters.append(piece.x0 - min(5.0, (piece.x0 - reach) / 2))
        reach = piece.x1 if reach is None else max(reach, piece.x1)
    return gutters


class _Filling:
    """Lays the cells of a lattice out and fills them."""

    def __init__(self, lattice: _Lattice, xs: list[float], ys: list[float], gutters: set[float]) -> None:
        self.lattice = lattice
        self.xs = xs
        self.ys = ys
        self.gutters = gutters

    def grid(self, page: int, pieces: list[Piece]) -> Grid:
        width, height = len(self.xs) - 1, len(self.ys) - 1
        groups = _Groups(width * height)
        for row in range(height):
            own = [piece for piece in pieces if self.ys[row] < piece.middle < self.ys[row + 1]]
            for column in range(width):
                here = row * width + column
                if column + 1 < width and not self._has_side(row, column + 1, own):
                    groups.join(here, here + 1)
                if row + 1 < height and not self._has_floor(row + 1, column):
                    groups.join(here, here + width)
        rows = [
            GridRow(page=page, y0=self.ys[i], y1=self.ys[i + 1], cells=[], closed=self._is_closed(i + 1))
            for i in range(height)
        ]
        home: dict[int, GridCell] = {}
        for members in sorted(groups.all()):
            self._place(members, rows, home, width)
        for made in rows:
            made.cells.sort(key=lambda cell: cell.column)
        for piece in pieces:
            home[self._row_at(piece.middle) * width + self._column_at(piece)].pieces.append(piece)
        return Grid(page=page, xs=self.xs, rows=rows)

    def _place(self, members: list[int], rows: list[GridRow], home: dict[int, GridCell], width: int) -> None:
        first = min(member // width for member in members)
        whole: GridCell | None = None
        for row in range(first, max(member // width for member in members) + 1):
            columns = [member % width for member in members if member // width == row]
            if not columns:
                continue
            low, high = min(columns), max(columns)
            cell = GridCell(
                column=low,
                span=high - low + 1,
                x0=self.xs[low],
                x1=self.xs[high + 1],
                continues=whole is not None,
            )
            whole = whole or cell
            rows[row].cells.append(cell)
            for column in columns:
                home[row * width + column] = whole

    def _has_side(self, row: int, column: int, pieces: list[Piece]) -> bool:
        """Whether a line parts the cells left and right of that place, or text does where a line is missing."""
        x, top, bottom = self.xs[column], self.ys[row], self.ys[row + 1]
        if x in self.gutters or _covered(self.lattice.down, x, top, bottom):
            return True
        near = [p for p in pieces if self.xs[column - 1] < p.x0 < self.xs[column + 1]]
        right = [p for p in near if p.x0 > x - 1]
        return (
            any(p.x0 < x - 1 for p in near)
            and any(p.x0 - x < 12 for p in right)
            and not any(p.x0 < x - 1 and p.x1 > x + 1 for p in near)
        )

    def _has_floor(self, row: int, column: int) -> bool:
        left, right = self.xs[column], self.xs[column + 1]
        return _covered(self.lattice.across, self.ys[row], left, right)

    def _is_closed(self, row: int) -> bool:
        return _covered(self.lattice.across, self.ys[row], self.xs[0], self.xs[-1])

    def _row_at(self, y: float) -> int:
        return max((i for i in range(len(self.ys) - 1) if self.ys[i] <= y), default=0)

    def _column_at(self, piece: Piece) -> int:
        x = piece.x0 + min((piece.x1 - piece.x0) / 2, 4.0)
        return max((i for i in range(len(self.xs) - 1) if self.xs[i] <= x), default=0)


def _covered(rules: Iterable[Rule], at: float, start: float, end: float) -> bool:
    """Whether lines at that place run along more than half of the stretch."""
    length = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start))
        for rule in rules
        if abs(rule.at - at) <= SMALLEST
    )
    return length * 2 > end - start


class _Groups:
    """Sets of numbers that are joined bit by bit."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def _root(self, member: int) -> int:
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: int, other: int) -> None:
        one, other = self._root(one), self._root(other)
        self._parent[max(one, other)] = min(one, other)

    def all(self) -> Iterable[list[int]]:
        members: dict[int, list[int]] = defaultdict(list)
        for member in range(len(self._parent)):
            members[self._root(member)].append(member)
        return members.values()
