"""What speaks for a piece standing in a column: the width of its lines, what it looks like, where it was met before."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.matching import FEEDBACK_COLUMN, fold
from cahiers.documents.readers.txt.fragments import Piece
from cahiers.documents.readers.txt.metrics import Metric
from cahiers.methods import Stage

# Scores are natural logarithms of odds, roughly: 1 is a hint, 3 is nearly sure.
CUE: Final = 1.0
MORE_CUES: Final = 0.5
KNOWN: Final = 2.5
NUMBER: Final = 8.0
NOT_A_NUMBER: Final = -1.0
NO_CUE: Final = -0.3
#: Faces differ and bold runs wider: widths are known to about a hundredth.
TOLERANCE: Final = 0.012
#: Score lost for a hundredth of the width and at most: a line cannot be too long, but authors break lines early.
TOO_LONG: Final = (0.6, 5.0)
WOULD_FIT: Final = (0.4, 7.0)
#: The part of a word that a line takes: up to a hyphen, which may end it.
WORD: Final = re.compile(r"[^\s-]+-?|-")
#: Widths are learnt from so many pieces a column at most.
SAMPLE: Final = 200
CANDIDATES: Final = 40


@dataclass(frozen=True, slots=True)
class Span:
    """Column widths that a piece allows: its longest line, and the shortest that would have held one word more."""

    longest: float
    fitting: float

    def fit(self, width: float) -> float:
        """Score of a column of that width: 0 where it suits, below where a line is too long or broke too early."""
        over = self.longest / width - 1 - TOLERANCE
        under = width / self.fitting - 1 - TOLERANCE
        score = 0.0
        if over > 0:
            score -= min(TOO_LONG[1], TOO_LONG[0] * 100 * over)
        if under > 0:
            score -= min(WOULD_FIT[1], WOULD_FIT[0] * 100 * under)
        return score


def breaks(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Each wrapped line with what it would have been with the first word of the next."""
    found = []
    for line, after in pairwise(lines):
        word = WORD.match(after)
        if word is not None:
            found.append((line, line + ("" if line.endswith("-") else " ") + word[0]))
    return found


def span_of(piece: Piece, measure: Metric) -> Span:
    longest = max(measure(line) for line in piece.lines)
    fitting = min((measure(longer) for _, longer in breaks(piece.lines)), default=math.inf)
    return Span(longest, max(fitting, 0.1))


def width_of(spans: Sequence[Span]) -> float | None:
    """Width that suits a column's pieces best; None where none wraps or there are none."""
    spans = spans[:: max(1, len(spans) // SAMPLE)]
    wrapped = [span for span in spans if span.fitting != math.inf]
    if not wrapped:
        return None
    candidates = sorted({span.longest for span in spans if span.longest} | {span.fitting for span in wrapped})
    candidates = candidates[:: max(1, len(candidates) // CANDIDATES)]

    def score(width: float) -> tuple[float, float]:
        bound = width / (1 + TOLERANCE), width * (1 + TOLERANCE)
        # Most pieces suit most widths: those that do are not worked out.
        odd = (span for span in spans if span.longest > bound[1] or span.fitting < bound[0])
        return sum(span.fit(width) for span in odd), -width

    return max(candidates, key=score)


@lru_cache(maxsize=64)
def _patterns(stage: Stage) -> dict[str, tuple[re.Pattern[str], ...]]:
    return {
        column.kind: tuple(re.compile(cue, re.IGNORECASE) for cue in column.cues) for column in stage.columns
    }


def looks(text: str, stage: Stage) -> dict[str, float]:
    """Score of each kind of the stage by what the statement looks like."""
    text = text.replace("'", "’")[:300]
    scores = {}
    for kind, patterns in _patterns(stage).items():
        matches = sum(1 for pattern in patterns if pattern.search(text))
        scores[kind] = (CUE + MORE_CUES * (matches - 1)) if matches else (NO_CUE if patterns else 0.0)
    return scores


def content_scores(
    piece: Piece, columns: Sequence[str], stage: Stage, known: Mapping[str, frozenset[str]]
) -> list[float]:
    """Score of each column by what the piece says; `known` has the kinds of statements met before, by folded text."""
    kinds = looks(piece.text, stage)
    before = known.get(fold(piece.text), frozenset())
    scores = []
    for column in columns:
        if column == FEEDBACK_COLUMN:
            scores.append(_number_score(piece.text))
        else:
            scores.append(kinds[column] + (KNOWN if column in before else 0.0))
    return scores


def _number_score(text: str) -> float:
    if not text or NUMBERS.fullmatch(text):
        return NUMBER
    return NOT_A_NUMBER


def known_kinds(placed: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Kinds of statements by folded text."""
    known: dict[str, frozenset[str]] = {}
    for kind, text in placed:
        known[fold(text)] = known.get(fold(text), frozenset()) | {kind}
    return known
