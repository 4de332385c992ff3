"""Readings of cells that stand level with each other and were extracted line by line, from left to right."""

from collections.abc import Iterator, Sequence
from typing import Final

from cahiers.documents.model import Source
from cahiers.documents.readers.txt.fragments import OPEN_END, join
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET

#: So many cells alternate, over so many lines: beyond, most readings would be nonsense.
MOST_CELLS: Final = 3
MOST_LINES: Final = 10


def alternations(units: Sequence[Line]) -> Iterator[tuple[str, Source]]:
    """What the statements may say that begin level with each other, with the line that each begins on.

    How many of the lines that follow are each cell's settles whose each is. Readings that end open are left out.
    """
    at = 0
    while at < len(units):
        heads: list[Line] = []
        while at < len(units) and BULLET.match(units[at].text):
            heads.append(units[at])
            at += 1
        start = at
        while at < len(units) and not BULLET.match(units[at].text):
            at += 1
        rest = units[start:at]
        if (level := _level(heads, rest)) and len(rest) <= MOST_LINES:
            yield from _readings(level, rest)
        at += not (heads or rest)


def _level(heads: Sequence[Line], rest: Sequence[Line]) -> Sequence[Line]:
    """The last of the heads that stand beside each other, not one below the other; none where nothing says so."""
    lines = [heads[-1], *rest] if heads else rest
    touched = len({line.number for line in lines}) < len(lines)
    count = 1
    while count < min(len(heads), MOST_CELLS):
        left, right = heads[-count - 1], heads[-count]
        beside = left.number == right.number or OPEN_END.search(left.text) or (touched and count == 1)
        if not beside:
            break
        count += 1
    return heads[-count:] if count > 1 and rest else ()


def _readings(heads: Sequence[Line], rest: Sequence[Line]) -> Iterator[tuple[str, Source]]:
    for turns in dict.fromkeys(_turns(len(rest), len(heads))):
        cells = [[BULLET.sub("", head.text, count=1)] for head in heads]
        for cell, line in zip(turns, rest, strict=True):
            cells[cell].append(line.text)
        if not any(OPEN_END.search(cell[-1]) for cell in cells):
            yield from ((join(cell), head.source) for cell, head in zip(cells, heads, strict=True))


def _turns(lines: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Whose each line may be: cells take turns until they end."""
    for lengths in _shares(lines, cells):
        left = list(lengths)
        turns: list[int] = []
        while any(left):
            for cell in range(cells):
                if left[cell]:
                    turns.append(cell)
                    left[cell] -= 1
        yield tuple(turns)


def _shares(lines: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way to share so many lines out among so many cells."""
    if cells == 1:
        yield (lines,)
        return
    for first in range(lines + 1):
        for others in _shares(lines - first, cells - 1):
            yield first, *others
