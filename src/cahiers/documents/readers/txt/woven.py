"""Puts in order blocks that were extracted across columns, line by line: each line is given its column again."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.matching import FEEDBACK_COLUMN, fold
from cahiers.documents.model import Source, Warning
from cahiers.documents.readers.txt.fragments import OPEN_END, join
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.documents.readers.txt.pieces import FUSING

#: Shorter blocks are not worth the doubt, longer ones no page has.
FEWEST: Final = 6
MOST: Final = 200
#: So many lines of a stage are looked at closely: a search costs a millisecond a line.
MOST_IN_ALL: Final = 2_000
BEAM: Final = 40
#: By how much reading across columns must make better sense, and for each line.
BETTER: Final = 2.0
BETTER_EACH: Final = 0.05
#: The same below a header row whose own lines came across columns.
BETTER_BELOW: Final = 0.5
#: A line this much wider than most has the words of two cells.
TOO_WIDE: Final = 1.25
#: Words that follow each other elsewhere are not parted for less than this share of the width.
SAID: Final = 0.3
#: Sentences that end open where a bullet follows: without as many, nothing is woven.
BROKEN: Final = 1
# Scores are natural logarithms of odds, roughly.
TITLE: Final = 3.0
NO_TITLE: Final = -8.0
ASTRAY: Final = -2.0
NUMBER: Final = 3.0
NO_NUMBER: Final = -1.5
LEFT_OPEN: Final = -2.5
OPEN: Final = 1.5
LOWER: Final = 0.7
PAIR: Final = 1.5
UPPER: Final = -1.0
SHORT: Final = -2.0
NOT_BELOW: Final = -6.0
RESUMED: Final = -5.0
FROM_BEFORE: Final = -1.0
LEVEL: Final = -0.1
SKIPPED: Final = -0.3
FULL_END: Final = -1.5
FILLED: Final = 0.85
#: A line that goes on was filled to this share of the widest.
FULL: Final = 0.6
#: Other readings are told where they are no less likely than that, so many statements a block.
NEAR: Final = 4.0
OTHERS: Final = 12
OTHERWISE: Final = (
    "Autre lecture possible d’un énoncé dont les lignes sont mêlées à celles d’autres cellules."
)
FUSED: Final = re.compile(rf"(?<=\S)\s+(?=[{FUSING}]\s*\S)")


@dataclass(frozen=True, slots=True)
class _State:
    """Lines up to one in their columns: each column's last one and its level, counted downwards; the row's first."""

    score: float
    column: int = -1
    level: int = 0
    top: int = 0
    tails: tuple[int | None, ...] = ()
    levels: tuple[int, ...] = ()
    before: "_State | None" = None


def unwoven(
    part: TablePart,
    columns: Sequence[str],
    titles: Sequence[str],
    spare: int,
    pairs: Set[tuple[str, str]],
    others: list[Warning],
) -> TablePart:
    """The table with its woven blocks column after column, row by row; `titles` are what theme cells say, folded.

    At most `spare` lines are looked at closely; `pairs` are words that follow each other in the text.
    Readings that are about as likely are added to `others`.
    """
    lines: list[Line] = []
    named: dict[int, str] = {}
    moved: dict[int, int] = {}
    changed = False
    for start, stop in _runs(part):
        moved[start] = len(lines)
        block = [unit for line in part.lines[start:stop] for unit in _units(line)]
        order = None
        below_woven = start in part.woven
        if below_woven:
            block = _untouched(block, pairs)
        if FEWEST <= len(block) <= min(MOST, spare):
            loom = _Loom(columns, titles, block, pairs)
            loom.least = BETTER_BELOW if below_woven else BETTER + BETTER_EACH * len(block)
            spare -= len(block) if loom.is_broken else 0
            order = loom.unwoven()
        if order is None:
            moved |= {at: len(lines) + at - start for at in range(start, stop)}
            lines += part.lines[start:stop]
            continue
        changed = True
        others += [
            Warning(message=OTHERWISE, text=text, source=source) for text, source in loom.others.items()
        ]
        for line, column in order:
            if column is not None:
                named[len(lines)] = column
            lines.append(line)
    if not changed:
        return part
    # What was said of a line goes with it.
    named |= {moved[at]: column for at, column in part.named.items() if at in moved}
    headed = [(moved[at], column) for at, column in part.headed if at in moved]
    chunks = [moved.get(at, len(lines)) for at in part.chunks]
    return replace(part, lines=lines, named=named, headed=headed, chunks=chunks)


def _runs(part: TablePart) -> Iterator[tuple[int, int]]:
    """Stretches of lines with nothing between."""
    marks = set(part.chunks)
    start = 0
    for at in range(1, len(part.lines) + 1):
        if at == len(part.lines) or part.lines[at].apart or at in marks:
            yield start, at
            start = at


def _units(line: Line) -> list[Line]:
    """The line cut before the bullets that join cells."""
    return [replace(line, raw=text, text=text) for text in FUSED.split(line.text)]


def _untouched(block: Sequence[Line], pairs: Set[tuple[str, str]]) -> list[Line]:
    """The lines, those of two cells cut: only a line that fills its cell touches the words of the next."""
    widths = sorted(METRICS[0](line.text) for line in block)
    usual = widths[len(widths) * 4 // 5] * TOO_WIDE
    widest = max((width for width in widths if width <= usual), default=0.0)
    found: list[Line] = []
    for line in block:
        words = line.text.split()
        texts = [line.text]
        if METRICS[0](line.text) > usual and len(words) > 1:
            cut = min(
                range(1, len(words)),
                key=lambda at: (
                    abs(METRICS[0](" ".join(words[:at])) - widest)
                    + widest * SAID * ((words[at - 1].lower(), words[at].lower()) in pairs)
                ),
            )
            texts = [" ".join(words[:cut]), " ".join(words[cut:])]
        found += [replace(line, raw=text, text=text) for text in texts]
    return found


class _Loom:
    """Search for the likeliest columns of a block's lines."""

    def __init__(
        self,
        columns: Sequence[str],
        titles: Sequence[str],
        block: Sequence[Line],
        pairs: Set[tuple[str, str]] = frozenset(),
    ) -> None:
        self.pairs = pairs
        self.columns = columns
        self.block = block
        self.titles = [f" {title} " for title in titles]
        self.openings = list(titles)
        self.bare = [BULLET.sub("", line.text, count=1) for line in block]
        self.marked = [BULLET.match(line.text) is not None for line in block]
        widths = sorted(METRICS[0](text) for text in self.bare)
        # The widest are of two cells at times.
        self.widest = widths[len(widths) * 4 // 5] if widths else 0.0
        self.opens = [self._opens_row(at) for at in range(len(block))]
        self.words = [
            [self._word(at, column) for column in range(len(columns) + 1)] for at in range(len(block))
        ]
        self.ends = [self._end(text) for text in self.bare]
        #: By how much another order must make better sense.
        self.least = BETTER + BETTER_EACH * len(block)
        #: Statements of other readings that are about as likely.
        self.others: dict[str, Source] = {}
        self.joints: dict[tuple[int, int], float] = {}
        self.plain, broken = self._as_it_is()
        self.is_broken = broken >= BROKEN

    def unwoven(self) -> list[tuple[Line, str | None]] | None:
        """Lines in order, each that opens a cell with its column; None where the block reads well as it is."""
        if not self.is_broken:
            return None
        best, *near = self._search()
        if best.score - self.plain < self.least:
            return None
        own = self._statements(best)
        for state in near:
            if best.score - state.score < NEAR:
                self.others |= {
                    text: source
                    for text, source in self._statements(state).items()
                    if text not in own and len(self.others) < OTHERS
                }
        return list(self._in_order(best))

    def _statements(self, end: _State) -> dict[str, Source]:
        """What the statements say, with the line that each begins on."""
        found: list[tuple[list[str], Source]] = []
        last: dict[int, list[str]] = {}
        for at, column in enumerate(_path(end)):
            if column and (self.marked[at] or column not in last):
                last[column] = []
                found.append((last[column], self.block[at].source))
            if column:
                last[column].append(self.bare[at])
        return {join(lines): source for lines, source in found}

    def _as_it_is(self) -> tuple[float, int]:
        """Score of the block read downwards, and how many sentences a bullet breaks then."""
        score, broken = self._said(0), 0
        for at in range(1, len(self.block)):
            score += self._said(at)
            if self.marked[at]:
                if OPEN_END.search(self.bare[at - 1]) or self._is_cut_title(at - 1):
                    score += LEFT_OPEN
                    broken += 1
            else:
                score += self._joint(at - 1, at)
        return score, broken

    def _said(self, at: int) -> float:
        """The most that the words of a line say for some column."""
        return max(0.0, *self.words[at])

    def _opens_row(self, at: int) -> bool:
        words = fold(self.bare[at])
        return bool(words) and any(title == words or title.startswith(f"{words} ") for title in self.openings)

    def _ends_title(self, tail: int | None, at: int) -> bool:
        """Whether the line is the rest of the title that line `tail` begins; it may be one by itself too."""
        if tail is None or self.marked[at]:
            return False
        words = fold(f"{self.bare[tail]} {self.bare[at]}")
        return any(f" {words} " in title for title in self.titles)

    def _is_cut_title(self, at: int) -> bool:
        words = fold(self.bare[at])
        return (
            bool(words)
            and any(title.startswith(f"{words} ") for title in self.openings)
            and words not in self.openings
        )

    def _joint(self, tail: int, at: int) -> float:
        """Score of a line that goes on with line `tail`."""
        if (tail, at) not in self.joints:
            text, before = self.bare[at], self.bare[tail]
            score = LOWER if text[:1].islower() else UPPER if text[:1].isupper() else 0.0
            if OPEN_END.search(before):
                score += OPEN
            if METRICS[0](f"{before} {text.split()[0]}") < self.widest * FULL:
                score += SHORT
            if (*before.lower().split()[-1:], *text.lower().split()[:1]) in self.pairs:
                score += PAIR
            self.joints[tail, at] = score
        return self.joints[tail, at]

    def _search(self) -> list[_State]:
        """The likeliest columns of the lines, and the next ones."""
        count = len(self.columns) + 1
        states = [_State(0.0, tails=(None,) * count, levels=(-9,) * count)]
        for at in range(len(self.block)):
            best: dict[tuple[object, ...], _State] = {}
            for state in states:
                for column in range(count):
                    after = self._put(state, at, column)
                    depths = tuple(max(level - after.level, -2) for level in after.levels)
                    key = (column, after.tails, depths, after.top == after.level)
                    if key not in best or best[key].score < after.score:
                        best[key] = after
            states = sorted(best.values(), key=lambda state: -state.score)[:BEAM]
        return states

    def _put(self, state: _State, at: int, column: int) -> _State:
        level = state.level + (column <= state.column)
        score = state.score + self.words[at][column] + (LEVEL if level > state.level else 0.0)
        tail = state.tails[column]
        top = level if column == 0 and self.opens[at] and not self._ends_title(tail, at) else state.top
        if self.marked[at]:
            if tail is not None and state.levels[column] == level - 1:
                score += (self.ends[tail] if column else 0.0) - SKIPPED
            if column and level not in (top, state.levels[column] + 1):
                score += RESUMED
        elif tail is None:
            score += FROM_BEFORE if level == 0 else 0.0 if column == 0 else NOT_BELOW
        elif state.levels[column] == level - 1:
            score += self._joint(tail, at)
        else:
            score += NOT_BELOW if column else 0.0
        score += self._left(state, column, level)
        tails = (*state.tails[:column], at, *state.tails[column + 1 :])
        levels = (*state.levels[:column], level, *state.levels[column + 1 :])
        return _State(score, column, level, top, tails, levels, state)

    def _left(self, state: _State, column: int, level: int) -> float:
        """Score of the columns that end above, being passed over on a level."""
        levels = state.levels
        if level == state.level:
            ended = [own for own in range(state.column + 1, column) if levels[own] == level - 1]
        else:
            ended = [own for own in range(state.column + 1, len(levels)) if levels[own] == state.level - 1]
            ended += [own for own in range(column) if levels[own] == state.level]
        return sum(self.ends[tail] for own in ended if own and (tail := state.tails[own]) is not None)

    def _end(self, tail: str) -> float:
        """Score of a cell that ends with that line."""
        if OPEN_END.search(tail):
            return LEFT_OPEN
        return FULL_END if METRICS[0](tail) > self.widest * FILLED else SKIPPED

    def _word(self, at: int, column: int) -> float:
        """Score of a column by what the line says."""
        words = fold(self.bare[at])
        is_title = bool(words) and any(f" {words} " in title for title in self.titles)
        if column == 0:
            return TITLE if is_title else NO_TITLE
        if self.columns[column - 1] == FEEDBACK_COLUMN:
            return NUMBER if NUMBERS.fullmatch(self.bare[at]) else NO_NUMBER
        return ASTRAY if is_title else 0.0

    def _in_order(self, end: _State) -> Iterator[tuple[Line, str | None]]:
        placed = _path(end)
        rows: list[list[list[int]]] = [[[] for _ in range(len(self.columns) + 1)]]
        for at, column in enumerate(placed):
            themes = rows[-1][0]
            opens = (
                column == 0 and self.opens[at] and not self._ends_title(themes[-1] if themes else None, at)
            )
            if opens and any(any(cell) for cell in rows[-1]):
                rows.append([[] for _ in range(len(self.columns) + 1)])
            rows[-1][column].append(at)
        first = True
        for row in rows:
            for column, cell in enumerate(row):
                for index, at in enumerate(cell):
                    line = self.block[at]
                    head = self.block[0]
                    if first:
                        line = replace(
                            line, empty=head.empty, spaced=head.spaced, opens_page=head.opens_page, woven=True
                        )
                    else:
                        line = replace(line, empty=int(index == 0), spaced=0, opens_page=False, woven=True)
                    first = False
                    opens = index == 0 and column > 0 and self.marked[at]
                    yield line, self.columns[column - 1] if opens else None


def _path(end: _State) -> list[int]:
    """Columns of the lines up to a state's."""
    placed: list[int] = []
    here: _State | None = end
    while here is not None and here.column >= 0:
        placed.append(here.column)
        here = here.before
    return placed[::-1]
