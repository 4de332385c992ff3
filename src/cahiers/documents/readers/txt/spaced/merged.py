"""Finds the rows that share a theme cell: their cells begin level, and end each where its text does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

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

    `level` is what each cell tells that begins on a row's first line, but one; `blank` what an empty line above does.
    """

    row: float
    level: float
    hole: Sequence[float]
    blank: float = 0.0
    #: Whether the lines of all columns are level.
    is_level: bool = True


IN_STEP: Final = Step(row=1.5, level=0.3, hole=(0.0, 3.0, 6.0, 9.0, 12.0))
DRIFTING: Final = Step(row=1.0, level=0.7, hole=(0.0, 1.0, 3.0, 5.0, 7.0), is_level=False)
#: So many lines may be left free at a page's end, lest a paragraph be cut.
KEPT_TOGETHER: Final = 2
#: More lines than that no theme cell stands beside.
MOST_LINES: Final = 400

#: What empty lines tell that stand between rows and nowhere else; the share of them that no row may begin below.
BLANK: Final = 6.0
INSIDE: Final = 0.1
#: So many of them are no chance.
ENOUGH: Final = 3


class Level(NamedTuple):
    """A line's cells after the theme's, and which page it stands on.

    `apart` says that there is an empty line above, `beneath` that there is one of a theme cell alone.
    """

    cells: Sequence[str]
    page: int
    apart: bool = False
    beneath: bool = False


def step_of(tables: Sequence[Sequence[Level]]) -> Step:
    """How the cells of a stage's tables go down the page, by the lines that statements go on with."""
    wrapped = holes = parted = inside = 0
    for levels in tables:
        stack = _Columns(levels)
        for column, own in enumerate(stack.filled):
            for above, at in pairwise(own):
                if levels[above].page == levels[at].page and not BULLET.match(levels[at].cells[column]):
                    wrapped += 1
                    holes += stack.free(column, above + 1, at) > 0
        for before, level in pairwise(levels):
            if level.apart and level.page == before.page:
                parted += 1
                inside += not _is_top(level) or sum(map(bool, level.cells)) == 1
    step = DRIFTING if holes > wrapped * OUT_OF_STEP else IN_STEP
    are_between = parted >= ENOUGH and inside <= parted * INSIDE
    return replace(step, blank=BLANK) if are_between else step


def _is_top(level: Level) -> bool:
    """Whether the line begins a statement in each column that has text there."""
    return any(map(BULLET.match, level.cells)) and all(_opens(text, level) for text in level.cells if text)


def _opens(text: str, level: Level) -> bool:
    """Whether a text of the line begins a statement: an author may leave the bullet out below an empty line."""
    return BULLET.match(text) is not None or (level.apart and text[0].isupper())


def rows_beside(levels: Sequence[Level], step: Step) -> list[int]:
    """Indexes of the lines that rows begin on, the first line's left out."""
    if not 1 < len(levels) <= MOST_LINES:
        return []
    return _Rows(levels, step).bounds()


class _Columns:
    """Where each column of some lines has text."""

    def __init__(self, levels: Sequence[Level]) -> None:
        self.levels = levels
        columns = range(len(levels[0].cells) if levels else 0)
        self.filled = [[at for at, level in enumerate(levels) if level.cells[column]] for column in columns]
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
        """Lines that rows may begin on."""
        for at, level in enumerate(self.levels):
            if at and _is_top(level):
                yield at

    def _row(self, top: int, stop: int) -> float:
        """Cost of a row from line `top` up to line `stop`."""
        cells, page, apart, beneath = self.levels[top]
        apart = apart or (beneath and self.step.is_level)
        cost = self.step.row
        if top:
            is_new = page != self.levels[top - 1].page
            cost += NEW_PAGE if is_new else self.step.blank * (1 - 2 * apart)
            cost -= self.step.level * (sum(map(bool, cells)) - 1)
            cost -= NUMBER * any(_is_number(text) for text in cells)
        for column, nexts in enumerate(self.nexts):
            first = nexts[top]
            if first >= stop:
                cost += EMPTY
                continue
            cost += CUT * bool(top and not _opens(self.levels[first].cells[column], self.levels[first]))
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
            if BULLET.match(self.levels[at].cells[column]):
                free = self.stack.free(column, above + 1, at)
                free -= KEPT_TOGETHER * (self.levels[at].page != self.levels[above].page)
                costs[at + 1] = self.step.hole[min(max(free, 0), len(self.step.hole) - 1)]
        return list(accumulate(costs))


def _is_number(text: str) -> bool:
    return bool(text) and NUMBERS.fullmatch(BULLET.sub("", text, count=1)) is not None
