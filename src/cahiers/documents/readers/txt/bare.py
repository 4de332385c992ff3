"""Marks where statements begin in a text in reading order whose tables have no bullets: by capitals and full stops."""

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import chain, pairwise
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.documents.readers.txt.spaced.openings import MARK, OPENING, begins, names

#: Tables have bullets where one line in so many has one.
BULLETED: Final = 20
#: Share of the blocks that capitals open at least.
USUAL: Final = 0.6


def marked(parts: Sequence[TablePart]) -> list[TablePart]:
    """The parts, with a bullet before each line that begins a statement, if lines have none and capitals open cells."""
    lines = [line for part in parts for line in part.lines]
    bulleted = sum(1 for line in lines if BULLET.match(line.text))
    firsts = [first for line in lines if line.apart and (first := line.text.lstrip(OPENING)[:1]).isalpha()]
    if bulleted * BULLETED > len(lines) or sum(map(str.isupper, firsts)) < USUAL * len(firsts) or not firsts:
        return list(parts)
    known = frozenset(names(line.text for line in lines))
    return [_marked(part, known) for part in parts]


def _marked(part: TablePart, known: Set[str]) -> TablePart:
    lines = [
        replace(line, text=MARK + line.text) if _opens(above, line, known) else line
        for above, line in pairwise(chain([None], part.lines))
        if line is not None
    ]
    return replace(part, lines=lines)


def _opens(above: Line | None, line: Line, known: Set[str]) -> bool:
    if BULLET.match(line.text) or NUMBERS.fullmatch(line.text):
        return False
    before = "" if above is None or line.apart else above.text
    return begins(before, line.text, 0.0, known)
