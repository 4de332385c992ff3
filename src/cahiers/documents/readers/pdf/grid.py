"""Finds the tables of a page by their ruled lines, and puts each piece of text in its cell."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.readers.pdf.bands import bands_of, paint_of, with_bands
from cahiers.documents.readers.pdf.cells import Grid, GridCell, GridRow
from cahiers.documents.readers.pdf.lattice import NEAR, SMALLEST, Groups, Lattice, lattices_of
from cahiers.documents.readers.pdf.lines import lines_of
from cahiers.documents.readers.pdf.white import is_tabular, spans_of
from cahiers.documents.readers.pdfium.pieces import Area, Page, Path, Piece, Rule

MAX_CELLS: Final = 2_000
#: White space, in points, that separates columns where no line does.
GUTTER: Final = 7.0
#: Points from a cell's side to its text, at most.
PADDING: Final = 14.0


def grids_of(page: Page, pieces: Sequence[Piece]) -> tuple[list[Grid], list[Piece]]:
    """Tables of the page whose cells are ruled, and the pieces that stand outside of them."""
    return _taken(page, pieces, [lattice for lattice in lattices_of(with_bands(page)) if lattice.is_closed])


def open_grids_of(page: Page, pieces: Sequence[Piece]) -> tuple[list[Grid], list[Piece]]:
    """Tables that have lines between their rows alone: white space parts their columns."""
    lattices = [lattice for lattice in lattices_of(with_bands(page)) if not lattice.is_closed]
    return _taken(page, pieces, [part for lattice in lattices for part in lattice.parts(pieces)])


def without_rules(page: Page, tables: Sequence[Grid]) -> Page:
    """The page without the level lines of these tables."""
    spans = [(grid.y0 - PADDING, grid.y1 + PADDING) for grid in tables]
    across = (rule for rule in page.across if not any(top < rule.at < end for top, end in spans))
    return replace(page, across=tuple(across)) if tables else page


def _taken(
    page: Page, pieces: Sequence[Piece], lattices: Sequence[Lattice]
) -> tuple[list[Grid], list[Piece]]:
    left = list(pieces)
    grids: list[Grid] = []
    for lattice in lattices:
        inside = [piece for piece in left if lattice.holds(piece)]
        is_frame = lattice.frames(page, grids) or (
            lattice.is_box and is_tabular(lines_of(inside, page.number))
        )
        grid = None if is_frame else _grid(lattice, page, inside)
        others = [piece for piece in left if not lattice.holds(piece)]
        if grid is not None and not _contradicts_tags(grid, others):
            bands = bands_of(page)
            for row in grid.rows:
                row.paint = paint_of(row.y0, row.y1, bands)
            grids.append(grid)
            left = others
    return grids, left


def _contradicts_tags(grid: Grid, outside: Iterable[Piece]) -> bool:
    """Whether the cells drawn are not those of the structure tree, whose tables are read by their tags then.

    One drawn holds several of the tree, or one of the tree stands in several rows, or partly out of the table. Where
    one of the tree stands in several columns, it is the tree that is wrong.
    """
    columns: dict[Path, int] = {}
    rows: dict[Path, int] = {}
    wrong = False
    for index, row in enumerate(grid.rows):
        for cell in row.cells:
            own = {piece.tag.cell for piece in cell.pieces if piece.tag is not None and piece.tag.cell}
            if any(columns.setdefault(path, cell.column) != cell.column for path in own):
                return False
            wrong = wrong or len(own) > 1 or any(rows.setdefault(path, index) != index for path in own)
    tables = {path[:-2] for path in columns}
    # A border around the table alone bounds one cell of it, where the others are empty on the page.
    wrong = wrong or (len(grid.xs) == 2 and any(path[-1] for path in columns))
    return wrong or any(
        piece.tag is not None and piece.tag.row is not None and piece.tag.row[:-1] in tables
        for piece in outside
    )


def _grid(lattice: Lattice, page: Page, pieces: list[Piece]) -> Grid | None:
    """The table, or None where the lines bound no text."""
    xs = _positions([rule.at for rule in lattice.down], lattice.left, lattice.right)
    ys = _positions([rule.at for rule in lattice.across], lattice.top, lattice.bottom)
    if len(ys) < 2 or not pieces:
        return None
    gutters: set[float] = set()
    if len(xs) <= 2 and len(ys) > 2:
        inner = gutters_of(pieces, [a for a in page.areas if lattice.top - NEAR < a.y0 < lattice.bottom])
        gutters = set(inner)
        xs = sorted({lattice.left, lattice.right, *inner})
    if not 1 < len(xs) <= MAX_CELLS / len(ys):
        return None
    return _Filling(lattice, xs, ys, gutters).grid(page.number, pieces)


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

    def __init__(self, lattice: Lattice, xs: list[float], ys: list[float], gutters: set[float]) -> None:
        self.lattice = lattice
        self.xs = xs
        self.ys = ys
        self.gutters = gutters

    def grid(self, page: int, pieces: list[Piece]) -> Grid:
        width, height = len(self.xs) - 1, len(self.ys) - 1
        groups = Groups(width * height)
        for row in range(height):
            own = [piece for piece in pieces if self.ys[row] < piece.middle < self.ys[row + 1]]
            keeps = self._keeps_columns(own)
            for column in range(width):
                here = row * width + column
                if column + 1 < width and not keeps and not self._has_side(row, column + 1, own):
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

    def _keeps_columns(self, pieces: list[Piece]) -> bool:
        """Whether a row's text keeps to the columns of the others, so that lines are missing and no cells merged."""
        begun: set[int] = set()
        for x0, x1 in (span for line in lines_of(pieces, 0) for span in spans_of(line)):
            column = max((i for i, x in enumerate(self.xs[:-1]) if x <= x0 + 1), default=0)
            if x0 - self.xs[column] > PADDING or x1 > self.xs[column + 1] + 1:
                return False
            begun.add(column)
        # What begins in the first column alone may be a heading over all of them.
        return not begun <= {0} and len(self.xs) > 3

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
