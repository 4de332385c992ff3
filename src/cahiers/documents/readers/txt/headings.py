"""Finds the header rows of stage tables in running text, where they stand broken over lines and fused."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cahiers.documents.matching import FEEDBACK_COLUMN, THEME_COLUMN, fold
from cahiers.documents.readers.txt.lines import Line
from cahiers.methods import Method, Stage

#: A header row takes up to a line a word in the narrowest columns.
MAX_LINES: Final = 30
#: A page's end may cut all headings of a row but one: so many begin above it.
TORN: Final = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A header cell: the column that it names and its words."""

    column: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A header row found: how many lines it takes and the columns that it did not name."""

    stage: Stage
    length: int
    missing: tuple[Heading, ...]


def _rest(heading: Heading, lacking: Counter[str]) -> Heading:
    """The end of a heading that is begun; the whole of any other."""
    rest = heading.words[len(heading.words) - lacking.total() :]
    return Heading(heading.column, rest) if Counter(rest) == lacking else heading


@lru_cache(maxsize=4096)
def bare_words(text: str) -> tuple[str, ...]:
    """Folded words without the mark of the plural."""
    return tuple(word.rstrip("s") if len(word) > 3 else word for word in fold(text).split())


class Headings:
    """The header rows of a method's stages."""

    def __init__(self, method: Method) -> None:
        self._stages = [(stage, self._headings(stage, method)) for stage in method.stages]
        self._theme = Heading(THEME_COLUMN, bare_words(method.theme_heading))
        #: Those of all headings.
        self.words = {word for _, headings in self._stages for heading in headings for word in heading.words}
        #: All but the themes'.
        self.all = tuple(
            heading for _, headings in self._stages for heading in headings if heading.column != THEME_COLUMN
        )
        self._first = {heading.words[0] for _, headings in self._stages for heading in headings}

    @staticmethod
    def _headings(stage: Stage, method: Method) -> tuple[Heading, ...]:
        named = [(THEME_COLUMN, method.theme_heading)]
        if stage.cites_feedback and method.feedback is not None:
            named.append((FEEDBACK_COLUMN, method.feedback.word))
        named += [(column.kind, column.heading) for column in stage.columns]
        return tuple(Heading(column, bare_words(text)) for column, text in named)

    def columns(self, stage: Stage) -> tuple[str, ...]:
        """Columns of the stage's table after the theme's, in order."""
        headings = next(headings for own, headings in self._stages if own is stage)
        return tuple(heading.column for heading in headings if heading.column != THEME_COLUMN)

    def begins_one(self, text: str) -> bool:
        """Whether the first word of a text is that of a heading."""
        words = bare_words(text.split()[0])
        return bool(words) and words[0] in self._first

    def others(self, stage: Stage) -> tuple[Heading, ...]:
        """Headings of the stage's table but the theme's."""
        headings = next(headings for own, headings in self._stages if own is stage)
        return tuple(heading for heading in headings if heading.column != THEME_COLUMN)

    def find(
        self, lines: Sequence[Line], start: int, *, themed: bool = False, expected: Stage | None = None
    ) -> HeaderRow | None:
        """Header row that begins at that line; None where none does.

        The theme's heading and one other must be whole, or all but the theme's; in the `expected` stage it is enough
        that one is and others begin. `themed` says that the theme's stands above already.
        """
        first = bare_words(lines[start].text)
        if not first or first[0] not in self._first or lines[start].text[0].islower():
            return None
        rows = [
            row
            for stage, headings in self._stages
            if (row := self._read(lines, start, stage, headings, themed, stage is expected))
        ]
        return min(
            rows, key=lambda row: (len(row.missing) / len(row.stage.columns), -row.length), default=None
        )

    def begins(self, lines: Sequence[Line], start: int, expected: Stage | None) -> bool:
        """Whether a header row, or the theme's heading alone, begins at that line."""
        return self.find(lines, start, expected=expected) is not None or self.theme_alone(lines, start) > 0

    def theme_alone(self, lines: Sequence[Line], start: int) -> int:
        """How many lines the theme's heading takes there, standing alone; 0 where it does not."""
        for length in range(1, 5):
            words = tuple(word for line in lines[start : start + length] for word in bare_words(line.text))
            if words == self._theme.words:
                return length
            if words != self._theme.words[: len(words)]:
                return 0
        return 0

    def is_theme_cut(self, lines: Sequence[Line], start: int) -> bool:
        """Whether the theme's heading begins there and the lines of another come before its end."""
        words = bare_words(lines[start].text)
        return self._theme.words[: len(words)] == words and not self.theme_alone(lines, start)

    def _read(
        self,
        lines: Sequence[Line],
        start: int,
        stage: Stage,
        headings: tuple[Heading, ...],
        themed: bool,
        expected: bool,
    ) -> HeaderRow | None:
        left = Counter(word for heading in headings for word in heading.words)
        length = 0
        for line in lines[start : start + MAX_LINES]:
            words = Counter(bare_words(line.text))
            if not words or words - left:
                break
            left -= words
            length += 1
        missing = []
        torn = 0
        for heading in reversed(headings):
            # Words shared by several headings are lacking from the last ones.
            lacking = Counter(heading.words) & left
            if lacking:
                left -= lacking
                missing.append(_rest(heading, lacking))
                torn += len(missing[-1].words) < len(heading.words)
        found = len(headings) - len(missing)
        whole = all(heading.column != THEME_COLUMN for heading in missing)
        is_row = found + themed >= 2 and (whole or themed or len(missing) == 1)
        is_torn = expected and found > 0 and found + torn >= TORN
        return HeaderRow(stage, length, tuple(reversed(missing))) if length and (is_row or is_torn) else None

    def name(self, text: str, missing: Sequence[Heading]) -> Heading | None:
        """Heading among the missing ones that the text is; None where it is none."""
        words = bare_words(text)
        return next((heading for heading in missing if heading.words == words), None)
