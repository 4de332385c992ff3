"""Parts of tables that are drawn with fewer sides than the part above: what is empty there shows none."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.readers.pdf.cells import Grid, GridCell, GridRow
from cahiers.documents.readers.pdf.lines import Line

#: Points by which sides may miss those above, and between two parts of a table on a page.
NEAR: Final = 5.0
TOUCHING: Final = 10.0


def joined(pages: Iterable[tuple[list[Grid], Sequence[Line]]]) -> None:
    """Gives such parts the columns of the table that they go on with; `pages` are tables and the lines around them."""
    left: Grid | None = None
    for tables, lines in pages:
        found: list[Grid] = []
        for grid in sorted(tables, key=lambda grid: grid.y0):
            if found:
                above = found[-1] if grid.y0 - found[-1].y1 < TOUCHING else None
            else:
                above = left if all(line.y > grid.y0 for line in lines) else None
            rows = _rows(grid, above.xs) if above is not None else None
            if above is None or rows is None:
                found.append(grid)
            elif found:
                found[-1].rows += rows
            else:
                found.append(replace(grid, xs=above.xs, rows=rows))
        tables[:] = found
        left = found[-1] if found and all(line.y < found[-1].y1 for line in lines) else None


def _rows(grid: Grid, xs: Sequence[float]) -> list[GridRow] | None:
    """The rows in those columns; None where it is another table that has its own."""
    if not 3 < len(xs) > len(grid.xs):
        return None
    near = [min(range(len(xs)), key=lambda at: abs(xs[at] - x)) for x in grid.xs]
    if any(abs(xs[at] - x) > NEAR for at, x in zip(near, grid.xs, strict=True)):
        return None
    # A frame around a text has the outer sides alone.
    if not set(near) - {0, len(xs) - 1}:
        return None
    pieces = [piece for row in grid.rows for piece in row.pieces]
    if any(piece.x0 + 2 < x < piece.x1 - 2 for piece in pieces for x in xs):
        return None
    return [_row(row, xs) for row in grid.rows]


def _row(row: GridRow, xs: Sequence[float]) -> GridRow:
    cells = [
        GridCell(column=column, span=1, x0=xs[column], x1=xs[column + 1]) for column in range(len(xs) - 1)
    ]
    for piece in row.pieces:
        cells[max((at for at, x in enumerate(xs[:-1]) if x <= piece.x0 + 1), default=0)].pieces.append(piece)
    return replace(row, cells=cells)
