"""Search for the likeliest columns of lines that were extracted across cells, level by level."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.matching import FEEDBACK_COLUMN, fold
from cahiers.documents.model import Source
from cahiers.documents.readers.txt.evidence import looks
from cahiers.documents.readers.txt.fragments import OPEN_END, join
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.methods import Stage

#: So many readings are kept at a line: those of level cells differ only where a sentence ends.
BEAM: Final = 160
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
#: A statement of an earlier stage begins so.
BEGUN: Final = 2.0
#: Sentences that end open where a bullet follows: without as many, nothing is woven.
BROKEN: Final = 1
#: Other readings are told where they are no less likely than that, so many statements a block.
NEAR: Final = 4.0
OTHERS: Final = 24


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of a table's cells: its columns, what theme cells say, folded, and what the text says elsewhere.

    `pairs` are words that follow each other on a line, `known` the kinds of earlier stages' statements, folded.
    """

    stage: Stage
    columns: Sequence[str]
    titles: Sequence[str]
    pairs: Set[tuple[str, str]] = frozenset()
    known: Mapping[str, Set[str]] = field(default_factory=dict)

    def says(self, text: str) -> list[float]:
        """Score of each column by the line that a statement begins with."""
        kinds = looks(text, self.stage)
        words = fold(text)
        met = {
            kind
            for whole, own in self.known.items()
            if words and whole.startswith(words) and whole[len(words) : len(words) + 1] in ("", " ")
            for kind in own
        }
        return [kinds.get(column, 0.0) + BEGUN * (column in met) for column in self.columns]


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


class Loom:
    """Search for the likeliest columns of a block's lines."""

    def __init__(self, frame: Frame, block: Sequence[Line], least: float) -> None:
        self.frame = frame
        self.columns = frame.columns
        self.block = block
        self.titles = [f" {title} " for title in frame.titles]
        self.openings = list(frame.titles)
        self.bare = [BULLET.sub("", line.text, count=1) for line in block]
        self.marked = [BULLET.match(line.text) is not None for line in block]
        widths = sorted(METRICS[0](text) for text in self.bare)
        # The widest are of two cells at times.
        self.widest = widths[len(widths) * 4 // 5] if widths else 0.0
        self.opens = [self._opens_row(at) for at in range(len(block))]
        self.words = [self._words(at) for at in range(len(block))]
        self.ends = [self._end(text) for text in self.bare]
        #: By how much another order must make better sense.
        self.least = least
        #: Statements of other readings that are about as likely.
        self.others: dict[str, Source] = {}
        self.joints: dict[tuple[int, int], float] = {}
        self.plain, broken = self._as_it_is()
        self.is_broken = broken >= BROKEN
        #: How much better sense the best order makes.
        self.gain = 0.0

    def unwoven(self) -> list[tuple[Line, str | None]] | None:
        """Lines in order, each that opens a cell with its column; None where the block reads as well as it is.

        Statements of readings that are about as likely are kept in `others`.
        """
        states = self._search()
        best = states[0]
        self.gain = best.score - self.plain
        as_it_is = self._as_blocks([1] * len(self.block))
        own = self._statements(best) if self.gain >= self.least else as_it_is
        readings = [
            self._statements(state) for state in states if max(best.score, self.plain) - state.score < NEAR
        ]
        if self.gain < 2 * NEAR:
            readings.append(as_it_is)
        for reading in readings:
            self.others |= {
                text: source
                for text, source in reading.items()
                if text not in own and len(self.others) < OTHERS
            }
        return list(self._in_order(best)) if self.gain >= self.least else None

    def _statements(self, end: _State) -> dict[str, Source]:
        return self._as_blocks(_path(end))

    def _as_blocks(self, columns: Sequence[int]) -> dict[str, Source]:
        """What the statements say in these columns, with the line that each begins on."""
        found: list[tuple[list[str], Source]] = []
        last: dict[int, list[str]] = {}
        for at, column in enumerate(columns):
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
            room = METRICS[0](f"{before} {text.split()[0]}") / (self.widest or 1.0)
            score += SHORT * min(max((FILLED - room) / (FILLED - FULL), 0.0), 1.0)
            if (*before.lower().split()[-1:], *text.lower().split()[:1]) in self.frame.pairs:
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

    def _words(self, at: int) -> list[float]:
        """Score of each column by what the line says, the theme's first."""
        words = fold(self.bare[at])
        is_title = bool(words) and any(f" {words} " in title for title in self.titles)
        is_number = NUMBERS.fullmatch(self.bare[at]) is not None
        says = self.frame.says(self.bare[at]) if self.marked[at] else [0.0] * len(self.columns)
        return [
            TITLE if is_title else NO_TITLE,
            *(
                (NUMBER if is_number else NO_NUMBER)
                if column == FEEDBACK_COLUMN
                else score + ASTRAY * is_title
                for column, score in zip(self.columns, says, strict=True)
            ),
        ]

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
