"""Gives a text the spaces that extraction dropped, where the text has them elsewhere."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from cahiers.documents.readers.txt.lines import Line

UNITS: Final = r"(h|min|km|m|%|€)(?!\w)"
APART: Final = re.compile(rf"\d\s{UNITS}")
#: With one of the spaces that follow, lest what stands in columns move.
TOGETHER: Final = re.compile(rf"(?<![\w.,-])(\d+){UNITS}(?: (?= ))?")
#: Words of one character that are alone on a line, or in its cell, come glued: extraction takes them for one word.
GLUED: Final = re.compile(r"(?:^|(?<=\s\s))(\w)([^\W\d_]|[»:;?!%€])(?=\s\s|\s*$)(?: (?= ))?")
#: So many times oftener apart, a unit is never meant to touch its number.
OFTENER: Final = 5


def spaced(lines: Sequence[Line]) -> list[Line]:
    """The lines, each number apart from its unit, and words of one character apart, where that is the text's habit."""
    glued = {line.number for line in lines if GLUED.search(line.raw)}
    apart = Counter(unit for line in lines for unit in APART.findall(line.text))
    together = Counter(unit for line in lines for _, unit in TOGETHER.findall(GLUED.sub(" ", line.raw)))
    usual = {unit for unit, count in apart.items() if count >= OFTENER * together[unit]}
    pairs = Counter(pair for line in lines if glued for pair in _pairs(line.text))
    words = Counter(word for line in lines if glued for word in line.text.split())

    def parted(match: re.Match[str]) -> str:
        one, other = match.groups()
        if one.isdigit():
            return match[0]
        # A word of two letters is one that the text has more often.
        whole = words[one + other] * other.isalpha()
        return f"{one} {other}" if 0 < pairs[_pair(one, other)] >= whole else match[0]

    def mended(match: re.Match[str]) -> str:
        return f"{match[1]} {match[2]}" if match[2] in usual else match[0]

    found = []
    for line in lines:
        raw = GLUED.sub(parted, line.raw) if line.number in glued else line.raw
        raw = TOGETHER.sub(mended, raw)
        found.append(line if raw == line.raw else replace(line, raw=raw, text=" ".join(raw.split())))
    return found


def _pairs(text: str) -> Iterator[str]:
    """Words of one character with the word before, as far as that counts."""
    for one, other in pairwise(text.split()):
        if len(other) == 1:
            yield _pair(one, other)


def _pair(one: str, other: str) -> str:
    """What is alike of two words: any word before a sign."""
    return f"{one} {other}" if other.isalpha() else other
