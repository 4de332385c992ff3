"""Shares out among rows what a column holds in one block for several of them, by how tall the rows are."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from cahiers.documents.readers.txt.fragments import Piece
from cahiers.documents.readers.txt.pieces import RowPieces
from cahiers.documents.readers.txt.placing import Place
from cahiers.documents.readers.txt.raster import LEVEL, SPACE

#: Cost of an empty cell, of a line of space inside a block, of a piece taken away from the row it was met in.
EMPTY: Final = 2.8
GAP: Final = 0.8
MOVED: Final = 0.1
#: The same of a piece that is a block by itself.
ALONE: Final = 1.5
#: Beyond so many pieces or rows a page holds no table.
MAX_PIECES: Final = 60
MAX_ROWS: Final = 12

Placed = tuple[Piece, Place]


def share_out(rows: Sequence[RowPieces], places: Sequence[Sequence[Place]]) -> list[list[Place]]:
    """Moves pieces between rows that begin on the same page; returns the places that go with the pieces then."""
    shared: list[list[Place]] = []
    columns = 1 + max((place.column for own in places for place in own), default=0)
    for _, run in groupby(zip(rows, places, strict=True), key=lambda pair: pair[0].chunk):
        pairs = list(run)
        cells = [_cells(row, own, columns) for row, own in pairs]
        if 1 < len(pairs) <= MAX_ROWS:
            heights = [len(row.theme) + SPACE for row, _ in pairs]
            uneven = [column for column in range(columns) if _spans_rows(cells, column)]
            for column in range(columns):
                if column not in uneven:
                    heights = [
                        max(height, _height(own[column])) for height, own in zip(heights, cells, strict=True)
                    ]
            for column in uneven:
                _share(cells, column, heights)
            _mark_adrift(cells)
        for (row, _), own in zip(pairs, cells, strict=True):
            placed = [one for cell in own for one in cell]
            row.pieces = [piece for piece, _ in placed]
            shared.append([place for _, place in placed])
    return shared


def hand_down(rows: Sequence[RowPieces], places: Sequence[list[Place]]) -> None:
    """Moves what stands above the theme cells of a page to the first row there, where that has empty cells.

    Such a reading order puts last columns before the first ones, where the rest of the row above has no line in them.
    """
    for index in range(1, len(rows)):
        above, row = rows[index - 1], rows[index]
        if not row.theme or row.chunk == above.chunk:
            continue
        below = [at for at in range(index, len(rows)) if rows[at].chunk == row.chunk]
        filled = {place.column for at in below for place in places[at]}
        for column in {place.column for place in places[index - 1]} - filled:
            late = [
                at
                for at, (piece, place) in enumerate(zip(above.pieces, places[index - 1], strict=True))
                if place.column == column and piece.chunk == row.chunk
            ]
            blocks = [list(run) for _, run in groupby(late, key=lambda at: above.pieces[at].block)]
            if blocks and not above.pieces[blocks[0][0]].bulleted:
                blocks = blocks[1:]
            moved = [at for block in blocks for at in block]
            row.pieces[:0] = [above.pieces[at] for at in moved]
            places[index][:0] = [places[index - 1][at] for at in moved]
            for at in reversed(moved):
                del above.pieces[at], places[index - 1][at]


def _mark_adrift(cells: Sequence[Sequence[Sequence[Placed]]]) -> None:
    """Marks the statements of blocks that go over several rows: where one row ends there, only heights tell."""
    rows: dict[int, set[int]] = {}
    for index, row in enumerate(cells):
        for cell in row:
            for piece, _ in cell:
                rows.setdefault(piece.block, set()).add(index)
    for row in cells:
        for cell in row:
            for piece, _ in cell:
                piece.adrift = len(rows[piece.block]) > 1


def rejoin(rows: Sequence[RowPieces], places: list[list[Place]]) -> None:
    """Gives the fragments that open a column on a new page to the statement that the page before left there."""
    tails: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows):
        begun: set[int] = set()
        at = 0
        while at < len(row.pieces):
            piece, place = row.pieces[at], places[index][at]
            home = tails.get(place.column)
            is_first = place.column not in begun
            begun.add(place.column)
            if is_first and home is not None and piece.goes_on and not piece.bulleted and home[0] < index:
                head = rows[home[0]].pieces[home[1]]
                if head.chunk < piece.chunk:
                    head.go_on_with(piece)
                    del row.pieces[at], places[index][at]
                    continue
            tails[place.column] = (index, at)
            at += 1


def _cells(row: RowPieces, places: Sequence[Place], columns: int) -> list[list[Placed]]:
    cells: list[list[Placed]] = [[] for _ in range(columns)]
    for piece, place in zip(row.pieces, places, strict=True):
        cells[place.column].append((piece, place))
    return cells


def _height(cell: Sequence[Placed]) -> float:
    return sum(len(piece.lines) + SPACE for piece, _ in cell)


def _spans_rows(cells: Sequence[Sequence[Sequence[Placed]]], column: int) -> bool:
    """Whether the column is empty in some row and not in all: what it holds may be of others."""
    own = [row[column] for row in cells]
    return any(own) and sum(map(len, own)) <= MAX_PIECES and (not all(own) or _is_short(own))


def _is_short(own: Sequence[Sequence[Placed]]) -> bool:
    """Whether one block holds several statements and may go on over rows."""
    blocks = [piece.block for cell in own for piece, _ in cell]
    return len(set(blocks)) < len(blocks)


def _share(cells: Sequence[list[list[Placed]]], column: int, heights: list[float]) -> None:
    """Parts the column's pieces among the rows at the least cost, and makes the rows as tall as that needs.

    Lines with nothing between stand one under the other: where a block goes on in the next row, the row that it
    leaves can be no taller than what it holds of it. What stands on later pages stays in the last row.
    """
    chunk = next(piece.chunk for row in cells for piece, _ in row[column])
    whole = [(index, one) for index, row in enumerate(cells) for one in row[column]]
    movable = [pair for pair in whole if pair[1][0].chunk == chunk]
    rest = [one for _, one in whole if one[0].chunk != chunk]
    bounds = _bounds([index for index, _ in movable], [piece for _, (piece, _) in movable], heights)
    for index, (start, stop) in enumerate(bounds):
        cells[index][column] = [one for _, one in movable[start:stop]]
        heights[index] = max(heights[index], _height(cells[index][column]))
    cells[-1][column] += rest


def _bounds(
    homes: Sequence[int], pieces: Sequence[Piece], heights: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """Where each row's pieces begin and end; `homes` are the rows that they were met in."""
    count = len(pieces)

    def linked(at: int) -> bool:
        return any(
            0 <= other < count and pieces[other].block == pieces[at].block for other in (at - 1, at + 1)
        )

    best = [[math.inf] * (count + 1) for _ in range(len(heights) + 1)]
    back = [[0] * (count + 1) for _ in range(len(heights) + 1)]
    best[0][0] = 0.0
    for row, height in enumerate(heights):
        for start in range(count + 1):
            if best[row][start] == math.inf:
                continue
            tall, moved = 0.0, 0.0
            for stop in range(start, count + 1):
                if stop > start:
                    tall += len(pieces[stop - 1].lines) + SPACE
                    moved += (
                        MOVED
                        if homes[stop - 1] != row and linked(stop - 1)
                        else ALONE * (homes[stop - 1] != row)
                    )
                cost = best[row][start] + moved + (EMPTY if stop == start else 0.0)
                if 0 < stop < count and not pieces[stop].bulleted:
                    cost = math.inf
                elif start < stop < count and pieces[stop - 1].block == pieces[stop].block:
                    cost += GAP * max(0.0, height - tall - LEVEL)
                if cost < best[row + 1][stop]:
                    best[row + 1][stop], back[row + 1][stop] = cost, start
    ends = [count]
    for row in range(len(heights), 0, -1):
        ends.append(back[row][ends[-1]])
    ends.reverse()
    return pairwise(ends)
