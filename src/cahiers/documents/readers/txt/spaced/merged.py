"""Finds the rows that share a theme cell: their cells begin level, and end each where its text does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.readers.txt.parts import BULLET

# Costs are negative natural logarithms of odds, roughly.
NEW_PAGE: Final = 2.0
EMPTY: Final = 1.5
CUT: Final = 8.0
#: A row cites its sheets once.
NUMBER: Final = 6.0
#: A cell whose text begins one line of its neighbours below the row's top, and further below.
LATE: Final = (0.0, 3.0, 6.0)
#: Share of the wrapped lines that a neighbour's line stands before: more, and paragraphs have moved cells out of step.
OUT_OF_STEP: Final = 0.05


@dataclass(frozen=True, slots=True)
class Step:
    """How the cells of a table go down the page: what a row more costs, and a hole of so many lines inside a cell.

    `level` is what each cell tells that begins on a row's first line, but one.
    """

    row: float
    level: float
    hole: Sequence[float]


IN_STEP: Final = Step(row=1.5, level=0.3, hole=(0.0, 3.0, 6.0, 9.0, 12.0))
DRIFTING: Final = Step(row=1.0, level=0.7, hole=(0.0, 1.0, 3.0, 5.0, 7.0))
#: So many lines may be left free at a page's end, lest a paragraph be cut.
KEPT_TOGETHER: Final = 2
#: More lines than that no theme cell stands beside.
MOST_LINES: Final = 400

#: A line's cells after the theme's, and which page it stands on.
Level = tuple[Sequence[str], int]


def step_of(levels: Sequence[Level]) -> Step:
    """How the cells of a table go down the page, by the lines that statements go on with."""
    stack = _Columns(levels)
    wrapped = holes = 0
    for column, own in enumerate(stack.filled):
        for above, at in pairwise(own):
            if levels[above][1] == levels[at][1] and not BULLET.match(levels[at][0][column]):
                wrapped += 1
                holes += stack.free(column, above + 1, at) > 0
    return DRIFTING if holes > wrapped * OUT_OF_STEP else IN_STEP


def rows_beside(levels: Sequence[Level], step: Step) -> list[int]:
    """Indexes of the lines that rows begin on, the first line's left out."""
    if not 1 < len(levels) <= MOST_LINES:
        return []
    return _Rows(levels, step).bounds()


class _Columns:
    """Where each column of some lines has text."""

    def __init__(self, levels: Sequence[Level]) -> None:
        self.levels = levels
        columns = range(len(levels[0][0]) if levels else 0)
        self.filled = [[at for at, (cells, _) in enumerate(levels) if cells[column]] for column in columns]
        #: How many of a column's lines stand above each line.
        self.above = [self._above(own) for own in self.filled]

    def free(self, column: int, start: int, stop: int) -> int:
        """The most lines that another column has between."""
        return max(
            (own[stop] - own[start] for other, own in enumerate(self.above) if other != column), default=0
        )

    def _above(self, own: Sequence[int]) -> list[int]:
        marks = [0] * (len(self.levels) + 1)
        for at in own:
            marks[at + 1] = 1
        return list(accumulate(marks))


class _Rows:
    def __init__(self, levels: Sequence[Level], step: Step) -> None:
        self.levels = levels
        self.step = step
        self.stack = _Columns(levels)
        #: The first line with text from each line on; none is the end.
        self.nexts = [self._nexts(own) for own in self.stack.filled]
        #: What the holes above each line cost in sum, if no row begins there.
        self.holes = [self._holes(column, own) for column, own in enumerate(self.stack.filled)]

    def bounds(self) -> list[int]:
        tops = [0, *self._tops(), len(self.levels)]
        best = {0: (0.0, 0)}
        for index, stop in enumerate(tops[1:], start=1):
            best[stop] = min((best[top][0] + self._row(top, stop), top) for top in tops[:index])
        found = []
        top = best[len(self.levels)][1]
        while top:
            found.append(top)
            top = best[top][1]
        return found[::-1]

    def _tops(self) -> Iterator[int]:
        """Lines that begin a statement in each column that has text there."""
        for at, (cells, _) in enumerate(self.levels):
            texts = [text for text in cells if text]
            if at and texts and all(BULLET.match(text) for text in texts):
                yield at

    def _row(self, top: int, stop: int) -> float:
        """Cost of a row from line `top` up to line `stop`."""
        cells, page = self.levels[top]
        cost = self.step.row
        if top:
            cost += NEW_PAGE * (page != self.levels[top - 1][1])
            cost -= self.step.level * (sum(map(bool, cells)) - 1)
            cost -= NUMBER * any(_is_number(text) for text in cells)
        for column, nexts in enumerate(self.nexts):
            first = nexts[top]
            if first >= stop:
                cost += EMPTY
                continue
            cost += CUT * bool(top and not BULLET.match(self.levels[first][0][column]))
            cost += LATE[min(self.stack.free(column, top, first), len(LATE) - 1)]
            cost += self.holes[column][stop] - self.holes[column][first + 1]
        return cost

    def _nexts(self, own: Sequence[int]) -> list[int]:
        nexts = [len(self.levels)] * (len(self.levels) + 1)
        for at in own:
            nexts[at] = at
        for at in range(len(self.levels) - 1, -1, -1):
            nexts[at] = min(nexts[at], nexts[at + 1])
        return nexts

    def _holes(self, column: int, own: Sequence[int]) -> list[float]:
        costs = [0.0] * (len(self.levels) + 1)
        for above, at in pairwise(own):
            if BULLET.match(self.levels[at][0][column]):
                free = self.stack.free(column, above + 1, at)
                free -= KEPT_TOGETHER * (self.levels[at][1] != self.levels[above][1])
                costs[at + 1] = self.step.hole[min(max(free, 0), len(self.step.hole) - 1)]
        return list(accumulate(costs))


def _is_number(text: str) -> bool:
    return bool(text) and NUMBERS.fullmatch(BULLET.sub("", text, count=1)) is not None
