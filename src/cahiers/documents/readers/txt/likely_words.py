"""How likely a word is in a text: by how often the text has it, and by its letters."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.documents.readers.txt.spaced.edges import segments

#: A word, or what stands before another with an apostrophe.
WORD: Final = re.compile(r"[^\W\d_]+[’']?")
#: The first word of a stretch this long ends no word but by chance.
WIDE: Final = 24
#: What words count for that the text has nowhere, in occurrences a word that it has; and letters that it has not after
#: others, in letters.
UNSEEN: Final = 0.5
SMOOTHING: Final = 2.0
#: A letter that stands nowhere in the text.
ODD: Final = 0.002
#: Words of one letter; all others are ends of words.
ALONE: Final = frozenset("aàyôo")
#: So many letters tell the next one.
REACH: Final = 2


class LikelyWords:
    """What the words of a text are made of; those that may be parts of cut ones do not tell."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = list(lines)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often the text has each word, in small letters."""
        words: Counter[str] = Counter()
        for line in self._lines:
            for segment in segments(line.raw):
                text = BULLET.sub("", segment.text, count=1)
                inner = text if len(text) >= WIDE else text.partition(" ")[2]
                words.update(WORD.findall(inner.lower()))
        return Counter({word: count for word, count in words.items() if len(word) > 1 or word in ALONE})

    @cached_property
    def _sequences(self) -> tuple[Counter[str], Counter[str]]:
        """How often letters follow each other in words, up to three of them; and all but the last, whichever it is."""
        found: Counter[str] = Counter()
        before: Counter[str] = Counter()
        for word in self.counts:
            marked = f"{'^' * REACH}{word}$"
            for stop in range(REACH + 1, len(marked) + 1):
                for start in range(stop - REACH - 1, stop):
                    found[marked[start:stop]] += 1
                    before[marked[start : stop - 1]] += 1
        return found, before

    def cost(self, text: str) -> float:
        """The negative logarithm of how likely the words of a text are."""
        return sum(self._cost(word) for word in WORD.findall(text.lower()))

    def _cost(self, word: str) -> float:
        unseen = UNSEEN * len(self.counts) + 1
        marked = f"{'^' * REACH}{word}$"
        spelling = ODD if len(word) == 1 and word not in ALONE else 1.0
        spelling *= math.prod(
            self._letter(marked[stop - REACH - 1 : stop]) for stop in range(REACH + 1, len(marked) + 1)
        )
        return -math.log((self.counts[word] + unseen * spelling) / (self.counts.total() + unseen))

    def _letter(self, sequence: str) -> float:
        """How likely the last letter of a sequence is after the others."""
        if not sequence:
            return ODD
        found, before = self._sequences
        shorter = self._letter(sequence[1:])
        return (found[sequence] + SMOOTHING * shorter) / (before[sequence[:-1]] + SMOOTHING)
