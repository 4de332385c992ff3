"""Finds where rows begin in tables whose cells stand in the middle of their rows, not at the top."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from cahiers.documents.readers.txt.parts import BULLET

#: A line's cells, the theme's first, and which page it stands on.
Level = tuple[Sequence[str], int]
#: How many lines a row's cells are off the top, at least, for one that they are off the middle.
LIKELIER: Final = 2.0
#: Lines that the cells of a row may be off its top, where baselines differ.
USUAL: Final = 2.0
#: So many lines off the top counts a statement that a row's first line would cut.
CUT: Final = 8.0
#: The same of words without bullet that a capital opens, where others have one.
UNMARKED: Final = 1.0
#: A table of fifty rows takes some thousands of comparisons; beyond so many, rows are left where they are.
MOST: Final = 100_000


def tops(
    levels: Sequence[Level], themes: Sequence[tuple[int, int]], firsts: Sequence[int]
) -> list[int] | None:
    """First line of each row; None where cells stand at the top of their rows, which are `firsts` then.

    `themes` are the first and the last line of each theme cell, one a row.
    """
    if len(themes) < 2:
        return None
    rows = _Rows(levels)
    found = rows.between(themes)
    if found is None:
        return None
    bounds = [0, *found, len(levels)]
    middle = sum(rows.off_middle(*own) for own in pairwise(bounds)) + sum(map(rows.cut, found))
    top = sum(rows.off_top(*own) for own in pairwise([0, *firsts[1:], len(levels)]))
    top += sum(map(rows.cut, firsts[1:]))
    return bounds[:-1] if top > LIKELIER * middle + USUAL * len(themes) else None


class _Rows:
    def __init__(self, levels: Sequence[Level]) -> None:
        self.levels = levels
        columns = range(len(levels[0][0]) if levels else 0)
        self.filled = [[at for at, (cells, _) in enumerate(levels) if cells[column]] for column in columns]
        #: The first line of each page after the first.
        self.pages = [at for at in range(1, len(levels)) if levels[at][1] != levels[at - 1][1]]
        self.has_bullets = any(BULLET.match(text) for cells, _ in levels for text in cells[1:])

    def between(self, themes: Sequence[tuple[int, int]]) -> list[int] | None:
        """The rows' first lines but the first one's, as near to the middle of each row as its cells can stand.

        None for a table too long for any author.
        """
        best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
        gaps = [range(last + 1, first + 1) for (_, last), (first, _) in pairwise(themes)]
        if sum(len(above) * len(below) for above, below in pairwise(gaps)) > MOST:
            return None
        for gap in gaps:
            best = {
                at: min(
                    (cost + self.off_middle(start, at) + self.cut(at), [*tops, at])
                    for start, (cost, tops) in best.items()
                )
                for at in gap
            }
        ends = (
            (cost + self.off_middle(start, len(self.levels)), tops) for start, (cost, tops) in best.items()
        )
        return min(ends)[1]

    def off_middle(self, start: int, stop: int) -> float:
        """How many lines the cells of a row are off its middle; on a page that ends in it, or off its top."""
        cost = 0.0
        for begin, end, is_last in self._parts(start, stop):
            spans = list(self._spans(begin, end))
            middle = min(first for first, _ in spans) + max(last for _, last in spans)
            off = sum(abs(first + last - middle) / 2 for first, last in spans)
            cost += off if is_last else min(off, self.off_top(begin, end))
        return cost

    def off_top(self, start: int, stop: int) -> float:
        """How many lines the cells of a row begin below its first one."""
        return float(sum(first - start for first, _ in self._spans(start, stop)))

    def cut(self, at: int) -> float:
        """How many lines off it counts that a row begins there: statements may go on."""
        cost = 0.0
        for column, own in enumerate(self.filled[1:], start=1):
            index = bisect_left(own, at)
            if index < len(own):
                cost = max(cost, self._cut(self.levels[own[index]][0][column]))
        return cost

    def _cut(self, text: str) -> float:
        if BULLET.match(text):
            return 0.0
        if text[0].islower():
            return CUT
        return UNMARKED if self.has_bullets else 0.0

    def _parts(self, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
        """The row's lines page by page, and whether it ends there."""
        bounds = [start, *self.pages[bisect_right(self.pages, start) : bisect_left(self.pages, stop)], stop]
        for begin, end in pairwise(bounds):
            yield begin, end, end == stop

    def _spans(self, start: int, stop: int) -> Iterator[tuple[int, int]]:
        """First and last line of each cell of a row."""
        for own in self.filled:
            begin, end = bisect_left(own, start), bisect_left(own, stop)
            if begin < end:
                yield own[begin], own[end - 1]
