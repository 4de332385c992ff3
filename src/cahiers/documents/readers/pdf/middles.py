"""Rows of a table whose cells are centred in their heights, nothing being drawn between them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from cahiers.documents.readers.pdf.lines import Line

#: Points by which the middles of a row's cells, or the tops of those that begin level, may be apart.
LEVEL: Final = 3.0
#: What it costs to read the last row of a page as one that its end cuts, in points as above.
CUT: Final = 12.0
#: Share of their distance that the middles of the rest of a row count, which need not be level.
REST: Final = 0.1

Parts = Mapping[int, Line]
Name = tuple[int, int]


def are_level(parts: Sequence[Parts], starts: Sequence[int]) -> bool:
    """Whether all cells of each row that begins on one of the lines, but the first row, begin on that line."""
    bulleted = _bulleted(parts)
    for start, stop in pairwise([*starts, len(parts)]):
        row = parts[start:stop]
        tops: dict[int, float] = {}
        for line in row:
            for column, part in line.items():
                tops.setdefault(column, part.y)
        if start and tops and max(tops.values()) - min(tops.values()) > LEVEL:
            return False
        if start and not _opens(row, bulleted):
            return False
    return True


def starts_of(parts: Sequence[Parts], names: Sequence[Name], *, goes_on: bool) -> list[int]:
    """Indexes of the lines that open rows, the first one too, each row with one of the `names` in its middle.

    `parts` are the lines, by column; names are their first and last lines. `goes_on` says that the lines may begin
    with the rest of a row of the page before. Empty where cells are not centred.
    """
    if not names:
        return []
    bulleted = _bulleted(parts)
    first = range(names[0][0] + 1) if goes_on else (0,)
    found: dict[int, tuple[float, list[int]]] = {
        at: (REST * _spread(parts[:at]), [0, at] if at else [0]) for at in first
    }
    for (_, last), (after, _) in pairwise(names):
        later: dict[int, tuple[float, list[int]]] = {}
        for stop in range(last + 1, after + 1):
            later[stop] = min(
                (cost + _cost(parts[start:stop], bulleted, is_rest=goes_on and start == 0), [*starts, stop])
                for start, (cost, starts) in found.items()
            )
        found = {at: path for at, path in later.items() if path[0] < math.inf}
        if not found:
            return []
    ends = list(_ends(parts, found, bulleted))
    cost, starts = min(ends, default=(math.inf, []))
    return starts if cost < math.inf else []


def _ends(
    parts: Sequence[Parts], found: Mapping[int, tuple[float, list[int]]], bulleted: set[int]
) -> Iterator[tuple[float, list[int]]]:
    for start, (cost, starts) in found.items():
        if _opens(parts[start:], bulleted) or not start:
            yield cost + min(_spread(parts[start:]), CUT), starts


def _cost(row: Sequence[Parts], bulleted: set[int], *, is_rest: bool) -> float:
    spread = _spread(row)
    return spread if spread <= LEVEL and (is_rest or _opens(row, bulleted)) else math.inf


def _spread(row: Sequence[Parts]) -> float:
    """Points between the middle of the tallest cell of a row and that of the cell furthest from it."""
    reach: dict[int, tuple[float, float]] = {}
    for line in row:
        for column, part in line.items():
            reach[column] = reach.get(column, (part.y, 0.0))[0], part.y
    if not reach:
        return 0.0
    top, bottom = max(reach.values(), key=lambda own: own[1] - own[0])
    return max(abs(own[0] + own[1] - top - bottom) / 2 for own in reach.values())


def _bulleted(parts: Sequence[Parts]) -> set[int]:
    """Columns of statements that have bullets."""
    return {column for line in parts for column, part in line.items() if column and part.bullet is not None}


def _opens(row: Sequence[Parts], bulleted: set[int]) -> bool:
    """Whether a bullet opens each cell of the columns that have some."""
    firsts: dict[int, Line] = {}
    for line in row:
        for column, part in line.items():
            firsts.setdefault(column, part)
    return all(part.bullet is not None for column, part in firsts.items() if column in bulleted)
