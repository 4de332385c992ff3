"""Search for the likeliest columns of lines that were extracted across cells, level by level."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.matching import FEEDBACK_COLUMN
from cahiers.documents.readers.txt.fragments import OPEN_END
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.documents.readers.txt.weaving.frame import Frame
from cahiers.documents.readers.txt.weaving.saying import Saying, Told
from cahiers.documents.readers.txt.weaving.states import Path, State, keep, likeliest, path, paths
from cahiers.documents.readers.txt.weaving.strands import (
    CLOSE,
    TOLERANCE,
    TOUCHING,
    Strand,
    Widths,
    broke,
    first_word,
    strands_of,
)

#: So many readings are kept at a word, none of them less likely than the best by more than that.
BEAM: Final = 80
FAR: Final = 9.0
# Scores are natural logarithms of odds, roughly.
TITLE: Final = 3.0
NO_TITLE: Final = -8.0
ASTRAY: Final = -2.0
NUMBER: Final = 3.0
NO_NUMBER: Final = -1.5
LEFT_OPEN: Final = -2.5
#: A small letter begins a statement where capitals do.
SMALL: Final = -2.0
#: The two make a word of the text.
WHOLE: Final = 3.0
NOT_BELOW: Final = -6.0
#: Spaces between statements put a column a line behind at times.
LATE: Final = -2.0
RESUMED: Final = -5.0
FROM_BEFORE: Final = -1.0
LEVEL: Final = -0.1
SKIPPED: Final = -0.3
#: In lines: the space above a statement, mostly 3 points; how late a line comes at most that is right below another,
#: and one that is a line late; how far apart lines stand that are joined.
SPACE: Final = 0.2
ON_TIME: Final = 0.1
LATEST: Final = 1.1
BESIDE: Final = 0.5
#: The least that a line is below one that came before it and stands to its right.
BELOW: Final = 0.02
FULL_END: Final = -1.0
FILLED: Final = 0.85
#: A line is cut where no bullet says so; where its two words follow each other elsewhere; over a column.
CUT: Final = -0.5
SAID: Final = -1.5
OVER: Final = -4.0
#: Score lost for what a line leaves free, in sizes of the type, that the next cell's words were joined to, and at most.
APART: Final = (2.0, 4.0)
NOT_JOINED: Final = -1.5
#: Lines are as wide as in no column of the table.
ELSEWHERE: Final = -1.0
#: Where it is wider by that, a line is of two cells.
WIDER: Final = 0.1
#: Readings count that are no less likely than that beside the best.
NEAR: Final = 4.0


class Loom:
    """Search for the likeliest columns of a block's lines."""

    def __init__(
        self, frame: Frame, block: Sequence[Line], fused: re.Pattern[str], widths: Widths, least: float
    ) -> None:
        self.frame = frame
        self.block = block
        self.widths = widths
        self.columns = len(frame.columns) + 1
        #: By how much another order must make better sense.
        self.least = least
        self.strands = strands_of(block, fused, widths, bare=frame.bare)
        self.words: dict[tuple[int, int], list[float]] = {}
        self.joints: dict[tuple[int, int, int, int], float] = {}
        self.fused = sum(1 for line in block if fused.search(line.text))
        self.widest = max(widths.line(line.text) for line in block)
        self.plain, self.flaws, self.broken = self._as_it_is()
        self.saying = Saying(frame, block)
        #: How much better sense the best order makes, and what other orders that are about as likely would say.
        self.gain = 0.0
        self.told = Told({}, {})
        self.statements: list[tuple[int, list[str]]] = []
        self.path: Path = []

    # As it is

    def _as_it_is(self) -> tuple[float, float, int]:
        """Score of the block read downwards, what of it is lost by its lines' breaks, and its broken sentences."""
        score = flaws = 0.0
        broken = 0
        group: list[Line] = []
        for at, line in enumerate(self.block):
            if at and BULLET.match(line.text):
                own, flaw = self._statement(group)
                ends = self.frame.stops.ends(group[-1].text)
                score, flaws = score + own + ends, flaws + flaw
                if OPEN_END.search(group[-1].text) or self.frame.cuts_title(group[-1].text):
                    score, flaws, broken = score + LEFT_OPEN, flaws + LEFT_OPEN, broken + 1
                group = []
            group.append(line)
        own, flaw = self._statement(group)
        return score + own, flaws + flaw, broken

    def _statement(self, lines: Sequence[Line]) -> tuple[float, float]:
        """The most that one statement is worth in some column, and what it loses by its lines' widths."""
        texts = [BULLET.sub("", line.text, count=1) for line in lines]
        says = self.frame.says(texts[0]) if BULLET.match(lines[0].text) else [0.0] * (self.columns - 1)
        sizes = [self.widths.line(line.text) for line in lines]
        joints = 0.0
        for before, after in pairwise(texts):
            joints += self.frame.follows(before, after)
        longer = [
            size + self.widths.measure(f" {first_word(after)}")
            for size, after in zip(sizes, texts[1:], strict=False)
        ]
        best = (-1e9, 0.0)
        for column in range(1, self.columns):
            lost = sum(self.widths.over(size, column) for size in sizes)
            lost += sum(self.widths.broke(one, column) for one in longer)
            best = max(best, (says[column - 1] + joints + lost, lost))
        # Cells of another table may stand there.
        lost = sum(broke(one, self.widest) for one in longer)
        best = max(best, (joints + lost + ELSEWHERE, lost))
        title = self.frame.is_title(" ".join(texts))
        return (max(TITLE, best[0]), 0.0) if title else best

    def is_joined(self) -> bool:
        """Whether a line is wider than any cell whose width is known, and its beginning fills one."""
        room = max((own or 0.0 for own in self.widths.columns), default=0.0)
        return any(
            whole.width > room * (1 + WIDER)
            and not whole.joins
            and any(own.joins and own.width <= room * (1 + TOLERANCE) for own in strands)
            for strands in self.strands
            for whole in strands
            if room and not whole.follows
        )

    # The search

    def search(self, beam: int = BEAM) -> bool:
        """Whether another order makes better sense; what each reads is kept."""
        ends = self._ends(beam)
        if not ends:
            return False
        self.gain = ends[0].score - self.plain
        self.path = path(ends[0])
        moves = self.gain >= self.least
        as_it_is = math.exp(min(-self.gain, 0.0))
        self.told = self.saying.told(self._readings(ends), self.path if moves else None, as_it_is)
        if moves:
            self.statements = self._lines(self.path)
        return moves

    def _ends(self, beam: int) -> list[State]:
        """The likeliest columns of all strands, and the next ones."""
        count = self.columns
        at = {0: [State(0.0, -1, 0, 0, (None,) * count, (-9,) * count)]}
        for start, strands in enumerate(self.strands):
            states = sorted(at.pop(start, []), key=likeliest)[:beam]
            states = [state for state in states if state.score >= states[0].score - FAR]
            for strand in strands:
                found = [
                    (self._put(state, strand, column), state, column)
                    for state in states
                    for column in range(state.column + 1 if strand.follows else 0, count)
                ]
                least = max((one[0] for one in found), default=0.0) - FAR
                best: dict[tuple[object, ...], State] = {}
                for score, state, column in found:
                    if score >= least:
                        keep(
                            best,
                            state,
                            strand,
                            column,
                            score,
                            self._top(state, strand, column),
                            self._level(state, strand, column)[0],
                        )
                at.setdefault(strand.stop, []).extend(best.values())
        return sorted(at.pop(len(self.strands), []), key=likeliest)

    def _readings(self, ends: Sequence[State]) -> Iterator[tuple[float, Path]]:
        """How likely the columns of the strands are beside the best reading's: all that are not far from it."""
        best = max(ends[0].score, self.plain)
        for end in ends:
            lost = best - end.score
            if lost < NEAR:
                for gap, way in paths(end, NEAR - lost):
                    yield math.exp(-lost - gap), way

    def _put(self, state: State, strand: Strand, column: int) -> float:
        """Score of a reading that goes on with the strand in that column."""
        level, late = self._level(state, strand, column)
        score = state.score + self._words(strand)[column] + self.widths.over(strand.width, column)
        score += (LEVEL if column <= state.column else 0.0) + self._beside(state, strand, column)
        tail, top = state.tails[column], self._top(state, strand, column)
        follows = tail is not None and late <= ON_TIME
        if strand.marked:
            score += SMALL * (self.frame.bare and strand.text[:1].islower())
            if follows and tail is not None and column:
                score += self._end(tail, column) - SKIPPED
            elif column and level > top + BELOW:
                is_near = level <= top + 1 + BELOW or (tail is not None and late <= LATEST)
                score += LATE if is_near else RESUMED
        elif tail is None:
            score += FROM_BEFORE if level < BELOW else 0.0 if column == 0 else NOT_BELOW
        elif column == 0:
            score += (
                0.0 if self._continues_title(tail, strand) or self.frame.opens_title(strand.text) else LATE
            )
        elif late <= LATEST and state.levels[column] >= top - BELOW:
            score += self._joint(tail, strand, column) + (0.0 if follows else LATE)
        else:
            score += NOT_BELOW
        return score + self._left(state, column, level)

    def _level(self, state: State, strand: Strand, column: int) -> tuple[float, float]:
        """How far down the strand stands, in lines, and how much further than right below its column's last one."""
        if state.tails[column] is None:
            return state.level + (column <= state.column), 0.0
        below = state.levels[column] + 1 + SPACE * strand.marked
        if strand.follows:
            return state.level, max(abs(below - state.level) - BESIDE + ON_TIME, 0.0)
        level = max(below, state.level + BELOW * (column <= state.column))
        return level, level - below

    def _beside(self, state: State, strand: Strand, column: int) -> float:
        """Score of a strand beside those on its line, and beside the one before it, level with it on another."""
        score = 0.0
        if strand.joins:
            free = self.widths.free(strand.width, column)
            if free is not None and free > TOUCHING:
                score -= min(APART[1], APART[0] * (free - TOUCHING))
        if strand.follows:
            score += OVER * (column - state.column - 1)
            if not strand.marked:
                score += CUT + SAID * (
                    state.strand is not None and self.frame.is_said(state.strand.text, strand.text)
                )
        elif column == state.column + 1 and state.strand is not None:
            free = self.widths.free(state.strand.width, state.column)
            if free is not None and free < CLOSE:
                score += NOT_JOINED
        return score

    def _top(self, state: State, strand: Strand, column: int) -> float:
        if column or self._continues_title(state.tails[0], strand) or not self.frame.opens_title(strand.text):
            return state.top
        return self._level(state, strand, column)[0]

    def _left(self, state: State, column: int, level: float) -> float:
        """Score of the columns that end above, their next line having its place before the one that came."""
        score = 0.0
        for own, tail in enumerate(state.tails):
            if tail is None or own in (0, column):
                continue
            below = state.levels[own] + 1
            is_late = _is_passed(below, own, level, column)
            if is_late and not _is_passed(below, own, state.level, state.column):
                score += self._end(tail, own)
        return score

    def _end(self, tail: Strand, column: int) -> float:
        """Score of a statement that ends with that strand."""
        if OPEN_END.search(tail.text):
            return LEFT_OPEN
        is_full = tail.width > self.widths.of(column) * FILLED
        return (FULL_END if is_full else SKIPPED) + self.frame.stops.ends(tail.text)

    def _joint(self, tail: Strand, strand: Strand, column: int) -> float:
        """Score of a strand that goes on with another."""
        key = (tail.start, tail.stop, strand.start, column)
        if key not in self.joints:
            self.joints[key] = WHOLE
            if strand.marked or not self.frame.is_cut(tail.text, strand.text):
                width = tail.width + strand.longer
                self.joints[key] = self.frame.follows(tail.text, strand.text) + self.widths.broke(
                    width, column
                )
        return self.joints[key]

    def _continues_title(self, tail: Strand | None, strand: Strand) -> bool:
        return tail is not None and not strand.marked and self.frame.is_title(f"{tail.text} {strand.text}")

    def _words(self, strand: Strand) -> list[float]:
        """Score of each column by what the strand says, the theme's first."""
        key = (strand.start, strand.stop)
        if key not in self.words:
            is_title = self.frame.is_title(strand.text)
            is_number = NUMBERS.fullmatch(strand.text) is not None
            says = self.frame.says(strand.text) if strand.marked else [0.0] * (self.columns - 1)
            self.words[key] = [
                TITLE if is_title else NO_TITLE,
                *(
                    (NUMBER if is_number else NO_NUMBER)
                    if column == FEEDBACK_COLUMN
                    else score + ASTRAY * is_title
                    for column, score in zip(self.frame.columns, says, strict=True)
                ),
            ]
        return self.words[key]

    # What the order reads

    @staticmethod
    def _lines(path: Path) -> list[tuple[int, list[str]]]:
        """The lines of each statement as written, with its column."""
        found: list[tuple[int, list[str]]] = []
        last: dict[int, list[str]] = {}
        for column, strand in path:
            if strand.marked or column not in last:
                last[column] = []
                found.append((column, last[column]))
            last[column].append(strand.raw)
        return found

    def in_order(self) -> Iterator[tuple[Line, str | None]]:
        """The strands as lines, row by row and column after column, each that opens a cell with its column."""
        rows: list[list[list[Strand]]] = [[[] for _ in range(self.columns)]]
        for column, strand in self.path:
            themes = rows[-1][0]
            opens = column == 0 and self.frame.opens_title(strand.text)
            if opens and self._continues_title(themes[-1] if themes else None, strand):
                opens = False
            if opens and any(rows[-1]):
                rows.append([[] for _ in range(self.columns)])
            rows[-1][column].append(strand)
        head = self.block[0]
        first = True
        for row in rows:
            for column, cell in enumerate(row):
                for index, (strand, text) in enumerate(zip(cell, self.saying.whole(cell), strict=True)):
                    if not text:
                        continue
                    line = replace(strand.line, raw=text, text=text, woven=True)
                    if first:
                        line = replace(line, empty=head.empty, spaced=head.spaced, opens_page=head.opens_page)
                    else:
                        line = replace(line, empty=int(index == 0), spaced=0, opens_page=False)
                    first = False
                    named = index == 0 and column > 0 and strand.marked
                    yield line, self.frame.columns[column - 1] if named else None


def _is_passed(below: float, own: int, level: float, column: int) -> bool:
    """Whether a line that far down in its own column would have come before the one at that level of the other."""
    return below <= level if own < column else below < level - BESIDE
