"""Lines that were extracted across cells, as the strands that they may be made of: words of one cell each."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cahiers.documents.readers.txt.evidence import WORD, Span, breaks, width_of
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.metrics import METRICS, Metric, overflow
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.documents.readers.txt.spaced.openings import MARK, OPENING

#: In sizes of the type: what a line leaves free of its cell at most, where extraction joins it to the next cell's.
TOUCHING: Final = 1.2
#: Such a line may leave as much free, widths being what they are.
LOOSE: Final = 2.0
#: The same below which the next cell's line, level with it, would have been joined.
CLOSE: Final = 0.35
#: Faces differ: widths are known to a fiftieth; to a fifth where they are guessed.
TOLERANCE: Final = 0.02
GUESSED: Final = 0.2
#: Score lost for a hundredth of the width that a line is too long, and at most; and where a word would have fitted.
TOO_LONG: Final = (0.6, 6.0)
WOULD_FIT: Final = (0.4, 4.0)
#: The most that is lost where a word would have fitted in a column of unknown width.
HINT: Final = 2.0
#: Widths are learnt from so many wrapped statements.
ENOUGH: Final = 3
#: The face is told by so many.
SAMPLE: Final = 60
#: So many lines are of one cell, but for the widest; few are much shorter than the widest of these.
USUAL: Final = 0.8


@dataclass(frozen=True, slots=True)
class Widths:
    """How wide the cells of a table are, the theme's first, None where unknown: `usual` stands for these.

    All in sizes of the type, as `measure` gives them; `marks` says whether a bullet takes room from its line alone.
    """

    measure: Metric
    marks: bool
    usual: float
    columns: Sequence[float | None]

    def line(self, text: str) -> float:
        """Width of a line as it stands, with its bullet."""
        return self.measure(text if self.marks else BULLET.sub("", text, count=1))

    def of(self, column: int) -> float:
        return self.columns[column] or self.usual

    def over(self, width: float, column: int) -> float:
        """Score of a line in a column: lost where it is too long."""
        room, known = self.of(column), self.columns[column] is not None
        over = width / room - 1 - (TOLERANCE if known else GUESSED)
        return -min(TOO_LONG[1], TOO_LONG[0] * 100 * over) if over > 0 else 0.0

    def broke(self, longer: float, column: int) -> float:
        """Score of a line that breaks before a word with which it would have been so long."""
        if self.columns[column] is None:
            return max(broke(longer, self.usual, GUESSED), -HINT)
        return broke(longer, self.of(column))

    def free(self, width: float, column: int) -> float | None:
        room = self.columns[column]
        return None if room is None else room - width


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Strand:
    """Words of one cell on one line, from word `start` of the block to word `stop`.

    `longer` is what its first word would add to the line above; `follows` and `joins` say whether words of other cells
    stand before and after it on its line.
    """

    start: int
    stop: int
    line: Line
    raw: str
    text: str
    marked: bool
    width: float
    longer: float
    follows: bool
    joins: bool


def broke(longer: float, room: float, tolerance: float = TOLERANCE) -> float:
    """Score of a line that breaks in a cell before a word with which it would have been so long."""
    under = room / (longer or 0.1) - 1 - tolerance
    return -min(WOULD_FIT[1], WOULD_FIT[0] * 100 * under) if under > 0 else 0.0


def first_word(text: str) -> str:
    word = WORD.match(text)
    return word[0] if word else ""


def strands_of(
    block: Sequence[Line], fused: re.Pattern[str], widths: Widths, *, bare: bool = False
) -> list[list[Strand]]:
    """The strands that may begin at each word of the block; a bullet within a line begins one.

    In `bare` tables a strand may begin a statement where a capital opens it, and may always go on with one: what was
    marked as a beginning was by the line above, which may be of another cell.
    """
    found: list[list[Strand]] = []
    for line in block:
        cells = [text.split() for text in fused.split(line.text)]
        for index, words in enumerate(cells):
            base = len(found)
            found += [[] for _ in words]
            last = index == len(cells) - 1
            for start, stop in _spans(words, widths):
                raw = " ".join(words[start:stop])
                mark = BULLET.match(raw)
                text = raw[mark.end() :] if mark else raw
                strand = Strand(
                    start=base + start,
                    stop=base + stop,
                    line=line,
                    raw=raw,
                    text=text,
                    marked=mark is not None,
                    width=widths.line(raw),
                    longer=widths.measure(f" {first_word(text)}"),
                    follows=bool(index or start),
                    joins=not (last and stop == len(words)),
                )
                found[base + start].append(strand)
                if bare and mark is not None and text:
                    found[base + start].append(replace(strand, raw=text, marked=False))
                elif bare and text.lstrip(OPENING)[:1].isupper():
                    found[base + start].append(replace(strand, raw=MARK + raw, marked=True))
    return found


def _spans(words: Sequence[str], widths: Widths) -> Iterator[tuple[int, int]]:
    """Stretches of the words that one cell may hold: a line is joined to the next cell's where it fills its own."""
    starts = [0]
    for start in starts:
        yield start, len(words)
        for stop in range(start + 1, len(words)):
            if BULLET.fullmatch(f"{words[start]} ") and stop == start + 1:
                continue
            if _fills(" ".join(words[start:stop]), widths):
                yield start, stop
                if stop not in starts:
                    starts.append(stop)


def _fills(text: str, widths: Widths) -> bool:
    """Whether the text fills some cell, or most lines where widths are unknown."""
    width = widths.line(text)
    for room in widths.columns:
        if room is None and -GUESSED * widths.usual <= widths.usual - width <= widths.usual / 3:
            return True
        if room is not None and -TOLERANCE * room <= room - width <= LOOSE:
            return True
    return False


def unknown(columns: int) -> Widths:
    """Widths before any is learnt."""
    return Widths(METRICS[0], True, 1.0, (None,) * columns)


def usual_in(block: Sequence[Line], fused: re.Pattern[str], widths: Widths) -> Widths:
    """The widths, those that are unknown being what most lines of one cell have at most in the block.

    Bullets that stand alone on their lines, their words being elsewhere, show no width.
    """
    sizes = sorted(size for line in block for text in fused.split(line.text) if (size := widths.line(text)))
    if not sizes:
        return widths
    return replace(widths, usual=sizes[max(min(int(len(sizes) * USUAL), len(sizes) - 2), 0)])


Statement = tuple[int, Sequence[str]]


def learnt(woven: Sequence[Statement], level: Sequence[Statement], before: Widths) -> Widths:
    """Widths that suit best the lines of statements, each with its column; their bullets stand before them.

    Those that were put in order are surer than those of other blocks, which may be of another table.
    """
    wrapped = [lines for _, lines in (*woven, *level) if len(lines) > 1][:SAMPLE]

    def cost(widths: Widths) -> float:
        paragraphs = [breaks(_bare(lines, widths.marks)) for lines in wrapped]
        return overflow(paragraphs, widths.measure)

    best = min(
        (
            replace(before, measure=measure, marks=marks)
            for measure in METRICS[:-1]
            for marks in (True, False)
        ),
        key=cost,
    )
    found = [
        _width(woven, column, best) or _width((*woven, *level), column, best)
        for column in range(len(before.columns))
    ]
    return replace(best, columns=tuple(found))


def _width(statements: Sequence[Statement], column: int, widths: Widths) -> float | None:
    """Width of a column by enough of its statements."""
    spans = [_span(_bare(lines, widths.marks), widths.measure) for own, lines in statements if own == column]
    return width_of(spans) if sum(1 for span in spans if span.fitting != math.inf) >= ENOUGH else None


def _bare(lines: Sequence[str], marks: bool) -> Sequence[str]:
    return lines if marks else [BULLET.sub("", lines[0], count=1), *lines[1:]]


def _span(lines: Sequence[str], measure: Metric) -> Span:
    fitting = min((measure(longer) for _, longer in breaks(lines)), default=math.inf)
    return Span(max(measure(line) for line in lines), max(fitting, 0.1))
