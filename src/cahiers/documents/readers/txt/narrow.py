"""Makes words whole that a column too narrow for them has cut in two, without a hyphen."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from cahiers.documents.matching import fold
from cahiers.documents.readers.txt.headings import Headings
from cahiers.documents.readers.txt.lines import Line, move_end, without
from cahiers.documents.readers.txt.spaced.edges import Segment, segments
from cahiers.methods import Method

#: Only a word of so many letters is wider than a column.
LONG: Final = 8
#: How far apart, in places, the two parts of a word may begin, the glyphs being of several widths.
NEAR: Final = 2
#: On how many lines the next of a column's lines may come, those of other columns being a little higher.
LEVELS: Final = 2
#: How many lines of the next page are looked at for the end of a word: a header row and some more.
REACH: Final = 14
#: A beginning that a column's width cuts has its line for itself, but for a bullet and words of the next column.
BEGINNING: Final = re.compile(r"(?:[^\w\s]\s?)?(?:[^\W\d_]{1,2}[’'])?([^\W\d_]{4,})(?= |$)")
END: Final = re.compile(r"([^\W\d_]+)[).,;:]?(?= |$)")
#: Words and units of one letter: all others are ends.
ONE_LETTER: Final = frozenset("aàyôoghklm")
#: Words that end alike share so many letters; a text of so many words shows how words end.
ENDING: Final = 3
ENOUGH: Final = 300


def whole_words(lines: Sequence[Line], method: Method) -> list[Line]:
    """The lines, with the end of each cut word beside its beginning: cells, headings and titles read alike then."""
    mended = _Mending(lines, method).lines()
    return list(without(mended, {at for at, line in enumerate(mended) if not line.text}))


class _Mending:
    """A word is known to be cut where the text or the method has it whole, or where its parts end and begin like none.

    A beginning that ends like no other word of the text is no word, nor is an end of one letter.
    """

    def __init__(self, lines: Sequence[Line], method: Method) -> None:
        self.found = list(lines)
        self.headings = Headings(method)
        words = [fold(word) for line in lines for word in line.text.split()]
        texts = [
            method.theme_heading,
            *(column.heading for stage in method.stages for column in stage.columns),
        ]
        texts += [name for theme in method.themes for name in (theme.title, *theme.aliases)]
        #: Words of the template, and those met after others on a line.
        self.inner = {word for text in texts for word in fold(text).split()}
        self.counts = Counter(part for word in words for part in fold(word).split()) + Counter(self.inner)
        self.inner |= {
            fold(word) for line in lines for own in segments(line.raw) for word in own.text.split()[1:]
        }
        #: Whether columns are kept: cells are mended when they are known then, but for the themes'.
        self.spaced = sum("   " in line.raw.strip() for line in lines) * 4 > len(lines)
        #: Beginnings that nothing below goes on with: where they stand.
        self.open: list[tuple[int, Segment, str]] = []
        #: Whether some cell's line is the last letter of a word.
        self.lone = any(_is_lone(own.text) for line in lines for own in segments(line.raw))
        self.endings = Counter(word[-ENDING:] for word in self.counts if len(word) > ENDING)

    def lines(self) -> list[Line]:
        for at in range(len(self.found) - 1):
            if len(self.found[at].text) >= LONG:
                # From the right: what is made longer moves what stands to the right of it.
                for segment in reversed(segments(self.found[at].raw)):
                    self._mend(at, segment)
        for at, segment, begun in self.open:
            self._mend_over(at, segment, begun)
        return self.found

    def _mend(self, at: int, segment: Segment) -> None:
        begun = BEGINNING.match(segment.text)
        if begun is None or len(begun[1]) < LONG - 3:
            return
        below, rest = self._below(at, segment)
        if rest is not None and self.spaced and segment.start > NEAR:
            touches = begun.end() < len(segment.text)
            if not (touches and _is_lone(rest.text)):
                return
        if rest is not None:
            ended = END.match(rest.text)
            is_alone = begun.end() == len(segment.text) or self._is_touched(
                at, segment.start + begun.end() + 1
            )
            if ended is not None and self._is_cut(begun, ended, segment, is_alone=is_alone):
                move_end(self.found, (at, segment.start + begun.end()), (below, rest.start), ended[0])
                self.counts[fold(begun[1] + ended[1])] += 1
        elif begun.end() == len(segment.text):
            self.open.append((at, segment, begun[1]))

    def _below(self, at: int, segment: Segment) -> tuple[int, Segment | None]:
        """What stands below a segment, and on which line: baselines of other columns may come between."""
        stop = segment.start + len(segment.text)
        for below in range(at + 1, min(at + 1 + LEVELS, len(self.found))):
            if self.found[below].apart:
                break
            for own in segments(self.found[below].raw):
                if abs(own.start - segment.start) <= NEAR:
                    return below, own
                if own.start < stop and own.start + len(own.text) > segment.start:
                    return below, None
        return at, None

    def _is_touched(self, at: int, start: int) -> bool:
        """Whether words at that place of a line are the next column's: lines above and below begin there too."""
        near = (*self.found[max(at - 1, 0) : at], *self.found[at + 1 : at + 2])
        return all(any(abs(own.start - start) < NEAR for own in segments(line.raw)) for line in near)

    def _is_cut(
        self, begun: re.Match[str], ended: re.Match[str], segment: Segment, *, is_alone: bool
    ) -> bool:
        if not ended[1][0].islower():
            return False
        whole, one = fold(begun[1] + ended[1]), fold(begun[1])
        if len(whole) < LONG or len(whole.split()) > 1:
            return False
        is_letter = len(ended[1]) == 1 and ended[1] not in ONE_LETTER
        if segment.start > 0 and _is_lone(ended.string):
            return True
        if self.counts[whole] or (is_letter and one not in self.inner):
            is_part = self.endings[one[-ENDING:]] == 1 and self._is_no_word(fold(ended[1]))
            return is_alone or is_part
        is_odd = self.endings[one[-ENDING:]] == 1 and self._is_no_word(fold(ended[1]))
        return is_alone and len(one) >= LONG and is_odd and len(self.counts) >= ENOUGH

    def _is_no_word(self, end: str) -> bool:
        """Whether an end only begins lines."""
        return end not in (ONE_LETTER if len(end) == 1 else self.inner)

    def _mend_over(self, at: int, segment: Segment, begun: str) -> None:
        """Mends a word that the end of a page cuts too."""
        one = fold(begun)
        ends = {word[len(one) :] for word in self.counts if word.startswith(one) and word != one}
        ends = {end for end in ends if self._is_no_word(end)}
        for below in range(at + 1, min(at + 1 + REACH, len(self.found))) if ends or self.lone else ():
            if self.found[below].page == self.found[at].page:
                if any(abs(own.start - segment.start) <= NEAR for own in segments(self.found[below].raw)):
                    return
                continue
            # Below a header row cells are known.
            if self.spaced and segment.start > NEAR and self.headings.find(self.found, below) is not None:
                return
            for other in segments(self.found[below].raw):
                ended = END.match(other.text)
                is_end = ended is not None and ended[1].islower() and fold(ended[1]) in ends
                if ended is not None and (is_end or self._is_open_above(at, segment, other)):
                    stop = segment.start + len(segment.text)
                    move_end(self.found, (at, stop), (below, other.start), ended[0])
                    return

    def _is_open_above(self, at: int, segment: Segment, end: Segment) -> bool:
        """Whether an end of one letter is of that segment: no open one of its page is nearer to its column."""
        if not _is_lone(end.text) or segment.start == 0:
            return False
        away = [
            (abs(own.start - end.start), -other)
            for other, own, _ in self.open
            if self.found[other].page == self.found[at].page
        ]
        return min(away) == (abs(segment.start - end.start), -at)


def _is_lone(text: str) -> bool:
    """Whether a cell's line has one letter, and no word of one: where columns are kept, it ends the word above it."""
    return len(text) == 1 and text.islower() and text not in ONE_LETTER
