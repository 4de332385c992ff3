"""Finds tables that have no ruled cells by the file's structure tree, where it has one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cahiers.documents.readers.pdf.cells import Grid, GridCell, GridRow
from cahiers.documents.readers.pdf.runaway import homes_of, tag_in
from cahiers.documents.readers.pdfium.pieces import Page, Path, Piece, Tag


@dataclass(slots=True)
class TaggedTables:
    """Where the columns of each tagged table stand, over all its pages; `homes` are the tags that were mended."""

    sides: dict[Path, list[float]] = field(default_factory=dict)
    homes: dict[Path, Tag] = field(default_factory=dict)

    def grids(self, page: Page, pieces: Sequence[Piece]) -> tuple[list[Grid], list[Piece]]:
        """Tagged tables among the page's pieces, and the other pieces."""
        tables: dict[Path, list[Piece]] = defaultdict(list)
        others = []
        for piece in pieces:
            table = _table(piece)
            if table is not None and table in self.sides:
                tables[table].append(replace(piece, tag=tag_in(piece, self.homes)))
            else:
                others.append(piece)
        return [self._grid(page, table, own) for table, own in tables.items()], others

    def _grid(self, page: Page, table: Path, pieces: list[Piece]) -> Grid:
        xs = self.sides[table]
        rows: dict[Path, list[Piece]] = defaultdict(list)
        for piece in pieces:
            if piece.tag is not None and piece.tag.row is not None:
                rows[piece.tag.row].append(piece)
        made = []
        for path in sorted(rows):
            cells = [
                GridCell(column=column, span=1, x0=xs[column], x1=xs[column + 1])
                for column in range(len(xs) - 1)
            ]
            widest = max(_column(piece) for piece in rows[path]) + 1
            for piece in rows[path]:
                column = _column(piece) if widest == len(cells) else _place(piece, rows[path], xs)
                cells[column].pieces.append(piece)
            top = min(piece.y - piece.size for piece in rows[path])
            made.append(
                GridRow(page=page.number, y0=top, y1=max(piece.y + 2 for piece in rows[path]), cells=cells)
            )
        return Grid(page=page.number, xs=xs, rows=made)


def tagged_tables(pages: Sequence[Page]) -> TaggedTables:
    """The tables of two columns or more that the structure tree holds."""
    starts: dict[Path, dict[int, float]] = defaultdict(dict)
    widest: dict[Path, int] = defaultdict(int)
    homes = homes_of(pages)
    placed = [
        (tag.row, tag.cell[-1], piece.x0)
        for page in pages
        for piece in page.pieces
        if (tag := tag_in(piece, homes)) is not None and tag.row and tag.cell
    ]
    for row, column, _ in placed:
        widest[row] = max(widest[row], column)
    full: dict[Path, int] = defaultdict(int)
    for row, last in widest.items():
        full[row[:-1]] = max(full[row[:-1]], last)
    for row, column, x0 in placed:
        table = row[:-1]
        if widest[row] == full[table]:
            starts[table][column] = min(x0, starts[table].get(column, x0))
    found = TaggedTables(homes=homes)
    for table, columns in starts.items():
        if len(columns) < 2 or max(columns) > 40:
            continue
        right = max((page.width for page in pages), default=0.0) - min(columns.values())
        sides = [columns.get(column, -1.0) - 3 for column in range(max(columns) + 1)] + [right + 3]
        for index in reversed(range(len(sides) - 1)):
            # A column that is empty throughout has no width of its own.
            sides[index] = sides[index] if sides[index] > 0 else sides[index + 1]
        if sides == sorted(sides):
            found.sides[table] = sides
    return found


def _place(piece: Piece, row: Sequence[Piece], xs: Sequence[float]) -> int:
    """Column where the piece's cell begins: cells that one of another row covers are left out of the tree."""
    start = min(other.x0 for other in row if other.tag is not None and _column(other) == _column(piece))
    return max((i for i, x in enumerate(xs[:-1]) if x <= start), default=0)


def _table(piece: Piece) -> Path | None:
    return piece.tag.row[:-1] if piece.tag is not None and piece.tag.row and piece.tag.cell else None


def _column(piece: Piece) -> int:
    return piece.tag.cell[-1] if piece.tag is not None and piece.tag.cell else 0
