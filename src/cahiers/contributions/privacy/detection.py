"""Runs of characters that may tell who someone is: found by their shape, decided by a person.

Shapes are those of French writing: numbers as the national plan spells them, names behind a civility or a word that
announces a child. A list of names would find more and flag half of the language: Rose, Martin, Claire are words too.
What is found and missed is measured by `python -m bench.privacy`.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from cahiers.contributions.privacy import names, shapes
from cahiers.contributions.privacy.looks import Span

LOOKS: Final = shapes.LOOKS + names.LOOKS
#: Characters under which a word is one that comes again and again.
OFTEN: Final = 32


class Found(NamedTuple):
    """`start` and `end` count characters of the text, from 0."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Found]:
    """In the order they stand; where two overlap, the longer one."""
    signs = 0
    for word in text.split():
        signs |= _known_signs(word) if len(word) < OFTEN else _signs(word)
    if not signs:
        return []
    return apart(one for at, look in enumerate(LOOKS) if signs >> at & 1 for one in look.spans(text))


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


def _signs(word: str) -> int:
    """A bit for each of LOOKS whose key the word has."""
    return sum(1 << at for at, look in enumerate(LOOKS) if look.key.search(word))


_known_signs = lru_cache(maxsize=1 << 14)(_signs)
