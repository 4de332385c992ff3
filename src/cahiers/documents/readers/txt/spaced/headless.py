"""Where columns begin on a page that has no header row."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.matching import fold
from cahiers.documents.readers.txt.fragments import OPEN_END
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.mending import END
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.documents.readers.txt.spaced.edges import FAR, NEAR, bullets, segments

#: What another scale costs, by its logarithm, in places of difference; and what is no likely sequel.
STRETCH: Final = 20.0
UNLIKELY: Final = 15.0


@dataclass(frozen=True, slots=True)
class Above:
    """What is known from the page before: its columns' edges, and what each column's cell ends with there.

    `titles` are what theme cells say, folded.
    """

    edges: Sequence[int]
    ends: Sequence[str]
    titles: Sequence[str]

    def cost(self, openings: Mapping[int, str]) -> float:
        """Cost of a page that begins so, by column: with the rest of a statement, or another one."""
        found = 0.0
        for column, end in enumerate(self.ends):
            opening = openings.get(column, "")
            goes_on = bool(opening) and not BULLET.match(opening)
            is_number = NUMBERS.fullmatch(BULLET.sub("", end, count=1)) is not None
            is_closed = not end or END.search(end) is not None or is_number
            is_open = OPEN_END.search(end) is not None
            found += UNLIKELY * (is_closed if goes_on else is_open)
        return found


def edges_again(above: Above, lines: Sequence[Line], inner: re.Pattern[str]) -> list[int]:
    """Where columns begin on a page without header row.

    Where bullets stand, or else words, if in as many places as columns; else where the scale and what the page before
    ends with suit them best, each of their places being of another column. What stands at the left is of a theme cell
    if it reads like one.
    """
    marks = Counter(at for line in lines for at in bullets(line, inner))
    words = Counter(segment.start for line in lines for segment in segments(line.raw))
    edges = above.edges
    themed = any(_is_titled(line, above.titles) for line in lines)
    places = _places(marks)
    if not themed and places and places[0] <= NEAR and len(places) < len(edges):
        return _fitted(above, places, lines, to_left=True)
    for counts in (marks, marks + words):
        places = _places(counts)
        if len(places) == len(edges) and places[0] <= NEAR:
            return [0, *places[1:]]
    inside = [at for at in _places(marks + words) if at > NEAR]
    if len(inside) >= len(edges):
        inside = [at for at in _places(marks) if at > NEAR]
    found = _fitted(above, inside, lines, to_left=False)
    # Words begin where columns do.
    near = [min(_places(marks + words), key=lambda at: abs(at - edge), default=edge) for edge in found]
    snapped = [at if abs(at - edge) <= 2 * FAR else edge for at, edge in zip(near, found, strict=True)]
    return snapped if snapped == sorted(set(snapped)) else found


def _is_titled(line: Line, titles: Sequence[str]) -> bool:
    """Whether the line begins at the left with words of a theme's title."""
    first = next(iter(segments(line.raw)), None)
    if first is None or first.start > NEAR:
        return False
    words = fold(BULLET.sub("", first.text, count=1))
    return bool(words) and any(f" {words} " in f" {title} " for title in titles)


def _places(counts: Counter[int]) -> list[int]:
    """The most usual of the places that are near each other."""
    places: list[int] = []
    for at in sorted(counts):
        if places and at - places[-1] <= FAR:
            if counts[at] > counts[places[-1]]:
                places[-1] = at
            continue
        places.append(at)
    return places


def _fitted(above: Above, places: Sequence[int], lines: Sequence[Line], *, to_left: bool) -> list[int]:
    """The edges on another scale, some of them moved to these places.

    `to_left` says that theme cells are empty, so that the first column that has text stands at the left.
    """
    edges = above.edges
    openings = {at: _opening(lines, at) for at in places}
    best, found = math.inf, list(edges)
    for own in combinations(range(1, len(edges)), len(places)):
        base = edges[own[0]] if to_left else 0
        widths = [edges[column] - base for column in own]
        scale = sum(places) / (sum(widths) or 1) if sum(places) else 1.0
        near = dict(zip(own, places, strict=True))
        cost = sum(abs(at - scale * width) for at, width in zip(places, widths, strict=True))
        cost += STRETCH * abs(math.log(scale))
        cost += above.cost({column: openings[at] for column, at in near.items()})
        if cost < best:
            moved = [near.get(column, round(scale * (edge - base))) for column, edge in enumerate(edges)]
            if moved == sorted(set(moved)):
                best, found = cost, moved
    return found


def _opening(lines: Sequence[Line], at: int) -> str:
    """The first words that stand there on a page."""
    return next((own.text for line in lines for own in segments(line.raw) if abs(own.start - at) <= NEAR), "")
