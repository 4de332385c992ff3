"""Gives the numbers of a text the space before their units that extraction dropped, where the text has it elsewhere."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.readers.txt.lines import Line

UNITS: Final = r"(h|min|km|m|%|€)(?!\w)"
APART: Final = re.compile(rf"\d\s{UNITS}")
#: With one of the spaces that follow, lest what stands in columns move.
TOGETHER: Final = re.compile(rf"(?<![\w.,-])(\d+){UNITS}(?: (?= ))?")
#: So many times oftener apart, a unit is never meant to touch its number.
OFTENER: Final = 5


def spaced(lines: Sequence[Line]) -> list[Line]:
    """The lines, each number apart from its unit where the text's habit is clear."""
    apart = Counter(unit for line in lines for unit in APART.findall(line.text))
    together = Counter(unit for line in lines for _, unit in TOGETHER.findall(line.text))
    usual = {unit for unit, count in together.items() if apart[unit] >= OFTENER * count}
    if not usual:
        return list(lines)

    def mended(match: re.Match[str]) -> str:
        return f"{match[1]} {match[2]}" if match[2] in usual else match[0]

    return [
        replace(line, raw=TOGETHER.sub(mended, line.raw), text=TOGETHER.sub(mended, line.text))
        if TOGETHER.search(line.text)
        else line
        for line in lines
    ]
