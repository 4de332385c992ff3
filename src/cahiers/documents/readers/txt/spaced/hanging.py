"""Brings bullets that stand far before their words near to them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.documents.readers.txt.pieces import DASHES, FUSING
from cahiers.documents.readers.txt.spaced.edges import SEGMENT, segments

SIGNS: Final = rf"[{DASHES}{FUSING}\uf0a7\uf0b7\uf0d8\uf0fc]"
HANGING: Final = re.compile(rf"(?<!\S){SIGNS}(?=   +(?!{SIGNS}(?:\s|$))\S)")
#: A bullet that a column too narrow for the word after it leaves alone on its line.
ALONE: Final = re.compile(rf"(?<!\S){SIGNS}(?=   +{SIGNS}(?:\s|$)|\s*$)")

#: Share of the bullets that hang, at least, where some do.
USUAL: Final = 0.1
#: One bullet alone for so many that hang shows that these are alone too, and the words another column's.
NARROW: Final = 4


def near_bullets(lines: Sequence[Line]) -> list[Line]:
    """The lines with one space between each bullet and its words.

    The bullets are moved where the lines that statements go on with begin below the words, else these are.
    """
    plain = [line.raw.replace("\u00a0", " ").expandtabs() for line in lines]
    found = [(match, SEGMENT.search(raw, match.end())) for raw in plain for match in HANGING.finditer(raw)]
    opened = sum(1 for raw in plain for segment in segments(raw) if BULLET.match(f"{segment.text} "))
    alone = sum(len(ALONE.findall(raw)) for raw in plain)
    # A bullet may stand so by chance, where words that touch have moved others.
    if not found or len(found) < USUAL * opened or alone * NARROW > len(found):
        return list(lines)
    bullets = {match.start() for match, _ in found}
    words = {match.start() for _, match in found if match is not None}
    starts = [segment.start for raw in plain for segment in segments(raw)]
    below_words = sum(at in words for at in starts) - len(found)
    below_bullets = sum(at in bullets for at in starts) - len(found)
    return [
        replace(line, raw=_near(raw, moves_bullets=below_words > below_bullets))
        for line, raw in zip(lines, plain, strict=True)
    ]


def _near(raw: str, *, moves_bullets: bool) -> str:
    """The line with the words after each bullet a space from it, and all that follows in its place."""
    for match in reversed(list(HANGING.finditer(raw))):
        words = SEGMENT.search(raw, match.end())
        assert words is not None
        free = " " * (words.start() - match.end() - 1)
        before, after = (free, "") if moves_bullets else ("", free)
        raw = f"{raw[: match.start()]}{before}{match[0]} {words[0]}{after}{raw[words.end() :]}"
    return raw
