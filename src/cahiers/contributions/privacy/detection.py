"""Runs of characters that may tell who someone is: found by their shape, decided by a person.

Shapes are those of French writing: numbers as the national plan spells them, names behind a civility or a word that
announces a child. A list of names would find more and flag half of the language: Rose, Martin, Claire are words too.
What is found and missed is measured by `python -m bench.privacy`.
"""

import re
from collections.abc import Iterable
from functools import cache, reduce
from operator import or_
from typing import Final, NamedTuple

from cahiers.contributions.privacy import names, shapes
from cahiers.contributions.privacy.looks import Span

LOOKS: Final = shapes.LOOKS + names.LOOKS
#: Characters under which a word is one that comes again and again, and how many of these are remembered.
OFTEN: Final = 32
REMEMBERED: Final = 1 << 14


class Found(NamedTuple):
    """`start` and `end` count characters of the text, from 0."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Found]:
    """In the order they stand; where two overlap, the longer one."""
    signs = reduce(or_, map(_SIGNS.__getitem__, text.split()), 0)
    spans = [one for at in _places(signs) for one in LOOKS[at].spans(text)] if signs else []
    return apart(spans) if spans else []


def apart(spans: Iterable[Span]) -> list[Found]:
    """Spans in their order, the longer one of two that overlap."""
    kept: list[Found] = []
    for one in sorted({Found(*span) for span in spans}, key=lambda one: (one.start, -one.end, one.kind)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


#: Figures of a number past its second, at which no key looks: numbers are as many as lines.
_FURTHER: Final = re.compile(r"(?<=[0-9][0-9])[1-9]")


class _Signs(dict[str, int]):
    """By word, a bit for each of LOOKS whose key it has; filled as words are met."""

    def __missing__(self, word: str) -> int:
        if (alike := _FURTHER.sub("0", word)) != word:
            return self[alike]
        found = sum(1 << at for at, look in enumerate(LOOKS) if look.key.search(word))
        if len(word) < OFTEN:
            if len(self) >= REMEMBERED:
                self.clear()
            self[word] = found
        return found


_SIGNS: Final = _Signs()


@cache
def _places(signs: int) -> list[int]:
    return [at for at in range(len(LOOKS)) if signs >> at & 1]
