"""What is known of a table whose lines came across its cells, and what it says of words that may belong together."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.matching import fold
from cahiers.documents.readers.txt.evidence import looks
from cahiers.documents.readers.txt.fragments import OPEN_END
from cahiers.documents.readers.txt.narrow import BEGINNING, END, LONG, ONE_LETTER
from cahiers.documents.readers.txt.stops import Stops
from cahiers.methods import Stage

# Scores are natural logarithms of odds, roughly.
OPEN: Final = 1.5
LOWER: Final = 0.7
PAIR: Final = 1.5
UPPER: Final = -1.0
#: A statement of an earlier stage begins so.
BEGUN: Final = 2.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of a table's cells: its columns, what theme cells say, folded, and what the text says elsewhere.

    `pairs` are words that follow each other on a line, `said` how often, `words` all of them, folded; `known` has the
    kinds of earlier stages' statements, folded; in a `bare` table capitals stand for bullets.
    """

    stage: Stage
    columns: Sequence[str]
    titles: Sequence[str]
    pairs: Set[tuple[str, str]] = frozenset()
    words: Set[str] = frozenset()
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    known: Mapping[str, Set[str]] = field(default_factory=dict)
    stops: Stops = field(default_factory=Stops)
    bare: bool = False

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

    def follows(self, before: str, after: str) -> float:
        """Score of words that go on with others, as a sentence."""
        score = LOWER if after[:1].islower() else UPPER if after[:1].isupper() else 0.0
        if OPEN_END.search(before):
            score += OPEN
        score += self.stops.goes_on(before)
        return score + PAIR * bool(before and after and _pair(before, after) in self.pairs)

    def is_said(self, before: str, after: str) -> bool:
        """Whether the words on both sides of a place on a line follow each other elsewhere too."""
        return self.said[_pair(before, after)] > 1

    def is_cut(self, before: str, after: str) -> bool:
        """Whether a column too narrow for a word has cut it between the two lines."""
        begun, ended = BEGINNING.fullmatch(before), END.match(after)
        if begun is None or ended is None or not ended[1].islower():
            return False
        whole = fold(begun[1] + ended[1])
        is_letter = len(ended[1]) == 1 and ended[1] not in ONE_LETTER
        return len(whole) >= LONG and (whole in self.words or is_letter)

    def is_title(self, text: str) -> bool:
        """Whether the words are of a theme's cell."""
        words = fold(text)
        return bool(words) and any(f" {words} " in f" {title} " for title in self.titles)

    def opens_title(self, text: str) -> bool:
        words = fold(text)
        return bool(words) and any(f"{title} ".startswith(f"{words} ") for title in self.titles)

    def cuts_title(self, text: str) -> bool:
        """Whether the words begin a theme's cell and are not one."""
        return fold(text) not in self.titles and self.opens_title(text)


def _pair(before: str, after: str) -> tuple[str, str]:
    """The words on both sides of a place."""
    return before.lower().split()[-1], after.lower().split()[0]
