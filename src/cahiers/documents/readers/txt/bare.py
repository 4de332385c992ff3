"""Marks where statements begin in a text in reading order whose tables have no bullets: by capitals, stops and room."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain, pairwise
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.model import OTHER_READING, Warning
from cahiers.documents.readers.txt.fragments import Piece, join
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.documents.readers.txt.spaced.edges import segments
from cahiers.documents.readers.txt.spaced.openings import (
    MARK,
    OPENING,
    ROOM,
    SPARE,
    STOPS,
    begins,
    is_open,
    names,
    room,
)

#: Tables have bullets where one line in so many has one.
BULLETED: Final = 20
#: Share of the blocks that capitals open at least.
USUAL: Final = 0.6
#: Share of a column that a line leaves free on which no statement goes on, however it ends.
BROKEN: Final = 0.5
#: The widest lines but one in so many, which may be glued ones, show a column's width.
GLUED: Final = 10
#: How many lines below its last one a statement goes on at most.
REACH: Final = 120
ONE: Final = f"{OTHER_READING} de deux énoncés sans puce, qui n’en sont peut-être qu’un."
TWO: Final = f"{OTHER_READING} d’une partie d’un énoncé sans puce, qui est peut-être un énoncé à part."

#: A piece with its column.
Placed = tuple[int, Piece]


def are_bulleted(parts: Sequence[TablePart]) -> bool:
    """Whether bullets begin lines or cells of the tables."""
    lines = [line for part in parts for line in part.lines]
    bulleted = sum(1 for line in lines if any(BULLET.match(own.text) for own in segments(line.raw)))
    return bulleted * BULLETED > len(lines)


def are_opened(parts: Sequence[TablePart]) -> bool:
    """Whether capitals, in place of bullets, begin blocks of lines."""
    blocks = [line.text.lstrip(OPENING)[:1] for part in parts for line in part.lines if line.apart]
    firsts = [first for first in blocks if first.isalpha()]
    is_opened = bool(firsts) and sum(map(str.isupper, firsts)) >= USUAL * len(firsts)
    return is_opened and not are_bulleted(parts)


def marked(parts: Sequence[TablePart]) -> list[TablePart]:
    """The parts, with a bullet before each line that a capital opens, or that stands below a full stop."""
    known = frozenset(names(line.text for part in parts for line in part.lines))
    return [
        _marked(
            part, {at for at, pair in enumerate(pairwise(chain([None], part.lines))) if _opens(*pair, known)}
        )
        for part in parts
    ]


def _opens(above: Line | None, line: Line | None, known: Set[str]) -> bool:
    if line is None or BULLET.match(line.text) or NUMBERS.fullmatch(line.text):
        return False
    if line.apart and line.text[0].isdigit():
        return True
    before = "" if above is None or line.apart else above.text
    return begins(before, line.text, 0.0, known)


def _marked(part: TablePart, starts: Set[int]) -> TablePart:
    lines = [
        replace(line, text=MARK + line.text) if at in starts else line for at, line in enumerate(part.lines)
    ]
    return replace(part, lines=lines)


def parted(parts: Sequence[TablePart], placed: Sequence[Placed]) -> list[TablePart]:
    """The parts, with a bullet before each line too whose first word had room on the line above in its column."""
    widths = _widths(placed)
    lines = [line for part in parts for line in part.lines]
    places = {line.number: at for at, line in enumerate(lines)}
    numbers = {
        number
        for column, piece in placed
        for number, (above, text) in zip(_numbers(piece, lines, places), pairwise(piece.lines), strict=False)
        if _parts(above, text, widths[column])
    }
    return [
        _marked(part, {at for at, line in enumerate(part.lines) if line.number in numbers}) for part in parts
    ]


def _parts(above: str, text: str, width: float) -> bool:
    """Whether a line had so much room for the next one's first word that this begins another statement."""
    if is_open(above):
        return room(above, text, width) > BROKEN
    return room(above, text, width) > (SPARE if text[0].islower() else ROOM)


def _numbers(piece: Piece, lines: Sequence[Line], places: Mapping[int, int]) -> Iterator[int]:
    """Where the lines of a piece stand after its first, as far as they are found; `places` has the lines' indexes."""
    at = places.get(piece.source.line or 0)
    for text in piece.lines[1:]:
        if at is None:
            return
        below = range(at + 1, min(at + REACH, len(lines)))
        at = next((on for on in below if lines[on].text == text), None)
        if at is not None:
            yield lines[at].number


def _widths(placed: Sequence[Placed]) -> dict[int, float]:
    """How wide the lines of each column are."""
    widths: dict[int, list[float]] = {}
    for column, piece in placed:
        widths.setdefault(column, []).extend(METRICS[0](line) for line in piece.lines)
    return {column: sorted(own)[-1 - len(own) // GLUED] for column, own in widths.items() if own}


def joined(placed: Sequence[Placed]) -> Iterator[Warning]:
    """Two statements that follow each other as one, where the first fills its last line and ends in a full stop."""
    widths = _widths(placed)
    for (column, piece), (_, below) in pairwise(placed):
        is_full = piece.text.endswith(STOPS) and not below.gap and bool(below.text)
        if is_full and room(piece.lines[-1], below.text, widths[column]) < ROOM:
            yield Warning(message=ONE, text=join([*piece.lines, *below.lines]), source=piece.source)


def parts_of(statements: Iterable[Sequence[Placed]]) -> Iterator[Warning]:
    """Each part of a statement alone, parted where a line left room for the next one's first word.

    `statements` are their pieces, in order.
    """
    found = [
        (own[0][0], own[0][1].source, [line for _, piece in own for line in piece.lines])
        for own in statements
    ]
    widths = _widths([(column, Piece(lines, source, bulleted=False)) for column, source, lines in found])
    for column, source, lines in found:
        for at, (above, text) in enumerate(pairwise(lines), start=1):
            if not text or is_open(above):
                continue
            if room(above, text, widths[column]) > ROOM or text[0].isdigit():
                for part in (lines[:at], lines[at:]):
                    yield Warning(message=TWO, text=join(part), source=source)
