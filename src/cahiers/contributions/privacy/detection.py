"""Runs of characters that may tell who someone is: found by their shape, decided by a person.

Shapes are those of French writing: numbers as the national plan spells them, names behind a civility or a word that
announces a child. A list of names would find more and flag half of the language: Rose, Martin, Claire are words too.
What is found and missed is measured by `python -m bench.privacy`.
"""

from typing import NamedTuple

from cahiers.contributions.privacy.names import names
from cahiers.contributions.privacy.shapes import shapes


class Found(NamedTuple):
    """`start` and `end` count characters of the text, from 0."""

    kind: str
    start: int
    end: int


def find(text: str) -> list[Found]:
    """In the order they stand; where two overlap, the longer one."""
    found = {Found(*one) for one in shapes(text)} | {Found(*one) for one in names(text)}
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end, one.kind)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept
