"""Parts the rows that share a theme's cell where nothing is drawn between them: cells begin where their row does."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from cahiers.documents.model import Source, Warning
from cahiers.documents.readers.pdf.cells import Grid, GridCell, GridRow
from cahiers.documents.readers.pdf.lines import Line, lines_of

#: Points by which lines that are level may be apart.
CLOSE: Final = 1.0
#: So many paragraphs show how far apart they are.
ENOUGH: Final = 8
#: So many places where a row may begin are named.
SHOWN: Final = 6
SHARED: Final = (
    "Rien n’est tracé entre les lignes de ce tableau qui partagent la cellule d’une thématique : elles ont été séparées"
    " là où du texte reprend plus bas que la suite d’un énoncé. Une ligne commence peut-être aussi à : {} – page {}."
)

Columns = Sequence[Sequence[Line]]


def part_rows(grids: Sequence[Grid]) -> list[Warning]:
    """Parts rows that hold several, unless each has a theme's cell of its own; returns what stays doubtful.

    Nothing parts the lines of a cell but the space between two paragraphs: text that begins further below another
    begins a row. Rows that only one column is as tall as end nowhere else than its statements do.
    """
    step = _step(grids)
    if step is None or _repeat_themes(grids):
        return []
    parts = [[_parted(row, step) for row in grid.rows] for grid in grids]
    if all(len(own) == 1 for rows in parts for own in rows):
        return []
    doubts: list[Warning] = []
    for grid, rows in zip(grids, parts, strict=True):
        grid.rows = [part for own in rows for part in own]
        # Whether the page's end cuts a row was told by the theme's cells.
        grid.rows[-1].closed = True
        if openings := [text for row in grid.rows for text in _openings(row)]:
            doubts.append(_doubt(grid, openings))
    return doubts


def _openings(row: GridRow) -> Iterator[str]:
    """What lines say that a row may begin with, nothing showing it."""
    columns = _columns(row)
    last = min((piece.y for piece in row.pieces), default=0.0)
    bulleted = [line for own in columns for line in own if line.bullet is not None]
    for line in sorted(bulleted, key=lambda line: (line.y, line.x0)):
        if line.y - last > CLOSE and all(_may_begin(own, line.y, ()) for own in columns):
            last = line.y
            yield line.unbulleted.strip("«» ")


def _doubt(grid: Grid, openings: Sequence[str]) -> Warning:
    named = ", ".join(f"« {text} »" for text in openings[:SHOWN])
    more = len(openings) - SHOWN
    named += f" ou {more} autre{'s' * (more > 1)}" if more > 0 else ""
    return Warning(message=SHARED.format(named, grid.page), source=Source(page=grid.page))


def _columns(row: GridRow) -> Columns:
    return [lines_of(cell.pieces, row.page) for cell in row.cells[1:]]


def _step(grids: Sequence[Grid]) -> float | None:
    """Points from a line to the next one that a bullet opens in its cell; None where too few lines tell."""
    gaps = Counter(
        round(line.y - above.y, 1)
        for grid in grids
        for row in grid.rows
        for own in _columns(row)
        for above, line in pairwise(own)
        if line.bullet is not None
    )
    usual = gaps.most_common(1)
    return usual[0][0] if usual and usual[0][1] >= ENOUGH else None


def _repeat_themes(grids: Sequence[Grid]) -> bool:
    """Whether a row names the theme of the one above it."""
    return any(_name(above) == _name(row) != "" for grid in grids for above, row in pairwise(grid.rows))


def _name(row: GridRow) -> str:
    return "".join("".join(piece.text for piece in row.cells[0].pieces).split())


def _parted(row: GridRow, step: float) -> list[GridRow]:
    tops = list(_tops(row, step))
    if not tops:
        return [row]
    bounds = [float("-inf"), *tops, float("inf")]
    return [_part(row, top, stop) for top, stop in pairwise(bounds)]


def _tops(row: GridRow, step: float) -> Iterator[float]:
    """Baselines on which rows begin, the first one's left out."""
    columns = _columns(row)
    first = min((piece.y for piece in row.pieces), default=0.0)
    late = [
        line.y
        for own in columns
        for above, line in pairwise([None, *own])
        if line is not None
        and line.bullet is not None
        and line.y - (first if above is None else above.y) > (CLOSE if above is None else step + CLOSE)
    ]
    last = first
    for y in sorted(late):
        if y - last > CLOSE and all(_may_begin(own, y, late) for own in columns):
            yield y
            last = y


def _may_begin(own: Sequence[Line], y: float, late: Sequence[float]) -> bool:
    """Whether a row may begin there by what a column has: nothing more, a bullet, or what begins a row below."""
    above = [line for line in own if line.y < y - CLOSE]
    below = next((line for line in own if line.y >= y - CLOSE), None)
    if above and y - above[-1].y < above[-1].size:
        return False
    if below is None:
        return True
    return below.bullet is not None if below.y <= y + CLOSE else below.y in late


def _part(row: GridRow, top: float, stop: float) -> GridRow:
    """The part of a row between two baselines; the theme's cell stands in the first one and goes on."""
    is_first = top == float("-inf")
    cells = []
    for cell in row.cells:
        low, high = top - CLOSE * 3, stop - CLOSE * 3
        pieces = [piece for piece in cell.pieces if low <= piece.y < high]
        if cell is row.cells[0]:
            pieces = list(cell.pieces) if is_first else []
        cells.append(
            GridCell(
                column=cell.column,
                span=cell.span,
                x0=cell.x0,
                x1=cell.x1,
                pieces=pieces,
                continues=cell.continues or (cell is row.cells[0] and not is_first),
            )
        )
    own = [piece for cell in cells for piece in cell.pieces]
    return GridRow(
        page=row.page,
        y0=min(piece.y - piece.size for piece in own),
        y1=max(piece.y + 2 for piece in own) if stop != float("inf") else row.y1,
        cells=cells,
        closed=row.closed or stop != float("inf"),
        paint=row.paint,
    )
