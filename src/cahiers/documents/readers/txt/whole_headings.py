"""Makes the headings of tables whole whose words a column too narrow for them has cut in two, without a hyphen."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from cahiers.documents.matching import fold
from cahiers.documents.readers.txt.lines import Line, move_end, plain, without
from cahiers.documents.readers.txt.spaced.edges import SEGMENT, Segment, segments
from cahiers.documents.readers.txt.wording import names_of
from cahiers.methods import Method

WORD: Final = re.compile(r"\S+")
#: How far apart, in places, the lines of a heading may begin, the glyphs being of several widths.
NEAR: Final = 2
#: So many letters of a heading's first word stand on its first line at least.
LEAST: Final = 2
#: On how many lines the next of a heading's lines may come, those of other columns being a little higher.
LEVELS: Final = 2

#: What a heading has of a line: which one, where it begins there, and its words.
Stretch = tuple[int, Segment]


def whole_headings(lines: Sequence[Line], method: Method) -> list[Line]:
    """The lines, the end of each cut word of a heading beside its beginning."""
    known = {_letters(name): name for name in sorted(_names(method))}
    found = _Finder(lines, known).lines()
    return list(without(found, {at for at, line in enumerate(found) if not line.text}))


def _names(method: Method) -> set[str]:
    """What the method's columns may be named."""
    named = [own for stage in method.stages for own in names_of(stage, method).values()]
    return {name for names in named for name in names}


def _letters(text: str) -> str:
    return fold(text).replace(" ", "")


@dataclass(slots=True)
class _Finder:
    """Looks for headings whose letters, down a column, are those of a name while their words are not."""

    found: list[Line]
    known: dict[str, str]
    begun: set[str]
    may_begin: re.Pattern[str]

    def __init__(self, lines: Sequence[Line], known: dict[str, str]) -> None:
        self.found = list(lines)
        self.known = known
        self.begun = {name[:end] for name in known for end in range(1, len(name) + 1)}
        opened = sorted(
            {re.escape(begun) for name in known.values() for begun in (name[:LEAST], name[:LEAST].upper())}
        )
        self.may_begin = re.compile(rf"(?<!\S)(?:{'|'.join(opened)})")

    def lines(self) -> list[Line]:
        for at in range(len(self.found) - 1):
            while (heading := self._heading(at)) is not None:
                self._mend(*heading)
        return self.found

    def _heading(self, at: int) -> tuple[Sequence[Stretch], set[int]] | None:
        """The longest heading that begins on a line and has a word cut; with where its words end, in letters."""
        best: tuple[Sequence[Stretch], set[int]] | None = None
        most = 0
        raw = plain(self.found[at].raw)
        for match in self.may_begin.finditer(raw):
            words = SEGMENT.match(raw, match.start())
            assert words is not None
            for stretches, letters in self._down(at, Segment(match.start(), words[0]), ""):
                ends = set(accumulate(map(len, fold(self.known[letters]).split())))
                if len(letters) > most and _is_cut(stretches, ends):
                    best, most = (stretches, ends), len(letters)
        return best

    def _down(self, at: int, segment: Segment, above: str) -> Iterator[tuple[list[Stretch], str]]:
        """The ways that a heading may go on from there, with its letters; `above` are those before."""
        for end in [*_word_starts(segment)[1:], len(segment.text)]:
            own = Segment(segment.start, segment.text[:end].strip())
            letters = above + _letters(own.text)
            if letters not in self.begun:
                return
            if letters in self.known:
                yield [(at, own)], letters
            below, rest = self._below(at, own)
            if rest is not None:
                for stretches, whole in self._down(below, rest, letters):
                    yield [(at, own), *stretches], whole

    def _below(self, at: int, segment: Segment) -> tuple[int, Segment | None]:
        """What stands right below, and on which line."""
        for below in range(at + 1, min(at + 1 + LEVELS, len(self.found))):
            if self.found[below].apart:
                break
            for own in segments(self.found[below].raw):
                for start in _word_starts(own):
                    if abs(own.start + start - segment.start) <= NEAR:
                        return below, Segment(own.start + start, own.text[start:])
        return at, None

    def _mend(self, stretches: Sequence[Stretch], ends: set[int]) -> None:
        """Moves the ends of cut words to the lines of their beginnings, from the heading's last line up."""
        reached = list(accumulate(len(_letters(own.text)) for _, own in stretches))
        pairs = list(zip(pairwise(stretches), reached, strict=False))
        for ((at, above), (below, segment)), letters in reversed(pairs):
            if letters not in ends:
                end = plain(self.found[below].raw)[segment.start :].split()[0]
                move_end(self.found, (at, above.start + len(above.text)), (below, segment.start), end)


def _is_cut(stretches: Sequence[Stretch], ends: set[int]) -> bool:
    reached = list(accumulate(len(_letters(own.text)) for _, own in stretches))
    return any(letters not in ends for letters in reached)


def _word_starts(segment: Segment) -> list[int]:
    return [match.start() for match in WORD.finditer(segment.text)]
