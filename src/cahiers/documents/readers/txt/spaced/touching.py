"""Cuts the words of a line into columns, where they touch too."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.documents.readers.txt.spaced.edges import AROUND, FAR, NEAR, Segment, segments

#: How much less likely words begin to the right of their column than to the left.
TO_THE_RIGHT: Final = 2.5
#: Spaces that are wider than any inside of a cell.
WIDE: Final = 4
#: What stands apart in a column's last part, one in so many, is of the next one.
NARROW: Final = 5
#: Text is justified where one line in so many has more stretches of words than columns; the words of a cell then end
#: so many letters before the next column.
JUSTIFIED: Final = 25
APART: Final = 1
#: Where the words of one column may touch the number that those before end with: what follows is of no ordinal or unit.
SEAM: Final = re.compile(r"(?<=\d)(?!(?:[a-z]|er|re|ère|ème|nd|nde|[A-Z])s?\b)[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Cut:
    """A line cut into columns: their words, and where these begin, -1 where there are none.

    `tight` has the columns whose words touch those of another, `others` what the cells may be instead, by column.
    """

    cells: list[str]
    starts: list[int]
    tight: frozenset[int] = frozenset()
    others: Sequence[Mapping[int, str]] = ()


def is_justified(lines: Sequence[Line], columns: int) -> bool:
    """Whether words stand apart inside of cells: lines have more stretches of them than the table has columns."""
    stretched = sum(1 for line in lines if len(segments(line.raw)) > columns)
    return stretched * JUSTIFIED > len(lines)


def cut(
    raw: str,
    edges: Sequence[int],
    open_edges: Set[int],
    inner: re.Pattern[str],
    *,
    justified: bool = False,
) -> Cut:
    """The line's words in columns.

    A segment that begins a column over an edge goes on into the next one; only at `open_edges` may one be cut where
    there is none of the `inner` bullets. Where text is `justified`, the last words of a cell stand apart too.
    """
    cells, starts = [""] * len(edges), [-1] * len(edges)
    tight: set[int] = set()
    others: list[Mapping[int, str]] = []
    end = 0
    for segment in segments(raw):
        #: What the segment is cut into, by column.
        parts: dict[int, str] = {}
        met: set[int] = set()
        before: int | None = None
        for start, text in _split(segment, edges, open_edges, inner):
            column = max(index for index, edge in enumerate(edges) if edge <= start + NEAR or not index)
            after = edges[column + 1] if column + 1 < len(edges) else 10_000
            # Nothing stands apart inside of a cell, least of all a bullet.
            inside = cells[column] or start - edges[column] > FAR
            reach = AROUND if cells[column] and BULLET.match(text) else FAR
            if start - end >= WIDE:
                reach = max(reach, (after - edges[column]) // NARROW)
            last = justified and cells[column] and start + len(text) <= after - APART
            if start == segment.start and inside and after - start <= reach and not last:
                column += 1
                after = edges[column + 1] if column + 1 < len(edges) else 10_000
            starts[column] = start if starts[column] < 0 else starts[column]
            cells[column] = f"{cells[column]} {text}".strip()
            parts[column] = f"{parts.get(column, '')} {text}".strip()
            # A bullet tells where a cell begins, however near the words before it.
            if before is not None and not BULLET.match(text):
                met |= {before, column}
            before = column
            if start + len(text) - after > (-2 * NEAR if after in open_edges else FAR):
                met |= {column, column + 1}
        end = segment.start + len(segment.text)
        if len(met) > 1:
            tight |= met
            for column in sorted(met & set(parts)):
                others += _other_cuts(segment, parts, edges, column)
    return Cut(cells, starts, frozenset(tight), others)


def _other_cuts(
    segment: Segment, parts: Mapping[int, str], edges: Sequence[int], column: int
) -> Iterator[Mapping[int, str]]:
    """Each way to part a column's words from the next one's, near the edge; the last is not to part them.

    `parts` are the words of each column as the segment was cut.
    """
    text = f"{parts[column]} {parts.get(column + 1, '')}".strip()
    if column + 1 >= len(edges) or (column + 1 not in parts and column != max(parts)):
        return
    edge = edges[column + 1] - segment.start - max(segment.text.find(parts[column]), 0)
    for match in re.finditer(r"(?<= )\S", text):
        if edge - AROUND <= match.start() <= edge + FAR:
            yield {column: text[: match.start()].strip(), column + 1: text[match.start() :]}
    if 1 < edge < len(text) and " " not in text[edge - 1 : edge + 1]:
        # The words of two cells may have nothing between.
        yield {column: text[:edge], column + 1: text[edge:]}
    yield {column: text, column + 1: ""}


def _split(
    segment: Segment, edges: Sequence[int], open_edges: Set[int], inner: re.Pattern[str]
) -> Iterator[tuple[int, str]]:
    """The segment cut where a word begins at a column's edge, or a bullet not far from it."""
    start, text = segment.start, segment.text
    marks = {match.start() for match in inner.finditer(text)}
    for edge in edges:
        place = edge - segment.start
        # No cell is so much wider than its column: where words go far beyond, some are of the next one.
        reach = AROUND if len(segment.text) - place > 2 * FAR else FAR
        near = _word_near(segment.text, place, marks, FAR, only_bullets=edge not in open_edges)
        wide = _word_near(segment.text, place, marks, reach, only_bullets=edge not in open_edges)
        at = near if near is not None else wide
        done = 0 if at is None else at - (len(segment.text) - len(text))
        if done > 1:
            yield start, text[:done].strip()
            # What follows stands in the column, wherever wider glyphs have pushed it.
            start, text = edge, text[done:]
    yield start, text


def _word_near(text: str, at: int, marks: Set[int], reach: int, *, only_bullets: bool) -> int | None:
    """Where a word begins so far from that place, a bullet sooner than another and from further off."""
    bullets = [begin for begin in marks if begin > 1 and at - AROUND <= begin <= at + FAR]
    if bullets or only_bullets or at > len(text):
        return min(bullets, key=lambda begin: abs(begin - at), default=None)
    # Words that touch those before them are pushed to the left, if anywhere.
    near = [
        begin
        for begin in range(max(at - reach, 2), min(at + 2 * NEAR + 1, len(text)))
        if (text[begin - 1] == " " or SEAM.match(text, begin))
        and begin - 2 not in marks
        and text[begin] not in ":;?!»"
    ]
    return min(near, key=lambda begin: max(at - begin, (begin - at) * TO_THE_RIGHT), default=None)
