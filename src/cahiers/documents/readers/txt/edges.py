"""Where columns begin in a text that keeps them by spaces."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from cahiers.documents.matching import fold
from cahiers.documents.readers.txt.headings import bare_words
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.documents.readers.txt.pieces import DASHES, FUSING

SEGMENT: Final = re.compile(r"\S+(?: \S+)*")
#: Starts count for a column where they are this near; glyphs are wider than the grid's cells here and there.
NEAR: Final = 1
FAR: Final = 4
#: Where words touch, those of the next column may begin that much before its edge.
AROUND: Final = 12
BULLET_WEIGHT: Final = 3
#: What another scale costs, by its logarithm, in places of difference.
STRETCH: Final = 20.0
#: Bullets after other words on a line: a dash is one where it parts them from what begins like a statement.
INNER: Final = re.compile(rf"(?<= )[{FUSING}](?= ?\S)")
INNER_DASH: Final = re.compile(rf"(?<![{DASHES}])[{DASHES}](?= [A-ZÉÈÊÀÂÎÔÇŒ«\d])")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on a line with nothing wider than a space between them."""

    start: int
    text: str


def segments(raw: str) -> list[Segment]:
    raw = raw.rstrip().replace("\u00a0", " ").expandtabs()
    return [Segment(match.start(), match[0]) for match in SEGMENT.finditer(raw)]


def inner_bullets(lines: Sequence[Line]) -> re.Pattern[str]:
    """What marks a statement after other words on a line, by the bullet that most statements have."""
    firsts = Counter(
        segment.text[0] for line in lines for segment in segments(line.raw) if BULLET.match(segment.text)
    )
    usual = firsts.most_common(1)
    return INNER_DASH if usual and usual[0][0] in DASHES else INNER


def _bullets(line: Line, inner: re.Pattern[str]) -> Iterator[int]:
    """Where bullets stand on a line."""
    for segment in segments(line.raw):
        if BULLET.match(segment.text):
            yield segment.start
        for match in inner.finditer(segment.text):
            yield segment.start + match.start()


def begun(lines: Sequence[Line], inner: re.Pattern[str]) -> frozenset[int]:
    """Where words begin on a page after more than a space, or a bullet does, and right beside."""
    found = {segment.start for line in lines for segment in segments(line.raw)}
    found |= {at for line in lines for at in _bullets(line, inner)}
    return frozenset(at + side for at in found for side in range(-NEAR, NEAR + 1))


def edges_again(
    edges: Sequence[int], lines: Sequence[Line], inner: re.Pattern[str], titles: Sequence[str]
) -> list[int]:
    """Where columns begin on a page without header row; `titles` are what theme cells say, folded.

    Where bullets stand, or else words, if in as many places as columns; else where the scale puts them that suits
    bullets best, each of their places being of another column. What stands at the left is of a theme cell if it reads
    like one.
    """
    bullets = Counter(at for line in lines for at in _bullets(line, inner))
    words = Counter(segment.start for line in lines for segment in segments(line.raw))
    themed = any(_is_titled(line, titles) for line in lines)
    if not themed and (found := _without_theme(edges, _places(bullets))) is not None:
        return found
    for counts in (bullets, bullets + words):
        places = _places(counts)
        if len(places) == len(edges) and places[0] <= NEAR:
            return [0, *places[1:]]
    found = _scaled(edges, [at for at in _places(bullets) if at > NEAR])
    # Words begin where columns do.
    near = [min(_places(bullets + words), key=lambda at: abs(at - edge), default=edge) for edge in found]
    snapped = [at if abs(at - edge) <= 2 * FAR else edge for at, edge in zip(near, found, strict=True)]
    return snapped if snapped == sorted(set(snapped)) else found


def _is_titled(line: Line, titles: Sequence[str]) -> bool:
    """Whether the line begins at the left with words of a theme's title."""
    first = next(iter(segments(line.raw)), None)
    if first is None or first.start > NEAR:
        return False
    words = fold(BULLET.sub("", first.text, count=1))
    return bool(words) and any(f" {words} " in f" {title} " for title in titles)


def _without_theme(edges: Sequence[int], places: Sequence[int]) -> list[int] | None:
    """Where columns begin on a page whose theme cells are empty, its text being moved to the left; None for another."""
    if not places or places[0] > NEAR or len(places) >= len(edges):
        return None
    best, found = math.inf, None
    for own in combinations(range(1, len(edges)), len(places)):
        widths = [edges[column] - edges[own[0]] for column in own]
        scale = sum(places) / (sum(widths) or 1) if sum(places) else 1.0
        cost = sum(abs(at - scale * width) for at, width in zip(places, widths, strict=True))
        cost += STRETCH * abs(math.log(scale or 1.0))
        if cost < best:
            near = dict(zip(own, places, strict=True))
            moved_edges = [
                near.get(column, round(scale * (edge - edges[own[0]]))) for column, edge in enumerate(edges)
            ]
            if moved_edges == sorted(set(moved_edges)):
                best, found = cost, moved_edges
    return found


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


def _scaled(edges: Sequence[int], places: Sequence[int]) -> list[int]:
    """The edges on another scale, some of them moved to these places."""
    best, found = math.inf, list(edges)
    for own in combinations(range(1, len(edges)), len(places)):
        scale = sum(places) / (sum(edges[column] for column in own) or 1) if own else 1.0
        near = dict(zip(own, places, strict=True))
        cost = sum(abs(at - scale * edges[column]) for column, at in near.items()) + STRETCH * abs(
            math.log(scale)
        )
        if cost < best:
            moved_edges = [near.get(column, round(scale * edge)) for column, edge in enumerate(edges)]
            if moved_edges == sorted(set(moved_edges)):
                best, found = cost, moved_edges
    return found


def moved(edges: Sequence[int], lines: Sequence[Line], inner: re.Pattern[str]) -> list[int]:
    """Where columns begin among these lines: near where they do elsewhere, where most bullets stand."""
    starts = Counter(at for line in lines for at in _bullets(line, inner))
    found = list(edges)
    for index in range(1, len(edges)):
        low = (edges[index - 1] + edges[index]) // 2
        high = (edges[index] + edges[index + 1]) // 2 if index + 1 < len(edges) else edges[index] + 12
        near = [(starts[at], -at) for at in range(low, high) if starts[at]]
        if near:
            found[index] = -max(near)[1]
    return found


def edges_of(header: Sequence[Line], lines: Sequence[Line], headings: Sequence[str]) -> list[int] | None:
    """Where each column begins: at the header's left or before it, where most lines of the body do."""
    found = _header_starts(header, headings)
    if found is None:
        return None
    starts, touching = found
    weights: Counter[int] = Counter()
    marked: set[int] = set()
    for line in lines:
        for segment in segments(line.raw):
            has_bullet = BULLET.match(segment.text) is not None
            weights[segment.start] += BULLET_WEIGHT if has_bullet else 1
            marked |= {segment.start} if has_bullet else set()
    edges = [0]
    for index in range(1, len(starts)):
        low, middle = edges[-1] + 3, (starts[index - 1] + starts[index]) // 2
        high = starts[index] + NEAR
        # Headings may be centred over their cells: then these begin far to the left, with bullets.
        low = max(low, starts[index - 1] + FAR)
        near = [
            (weights[at], at) for at in range(low, high + 1) if weights[at] and (at >= middle or at in marked)
        ]
        # Headings that touch are pushed to the left, those below them are not.
        beyond = starts[index + 1] - FAR if index + 1 < len(starts) else high + AROUND
        right = [(weights[at], -at) for at in range(high, beyond) if at in marked and index in touching]
        edges.append(min(max(near)[1], starts[index]) if near else -max(right)[1] if right else starts[index])
    return edges


def _headed(found: Sequence[Segment], left: Sequence[Counter[str]]) -> Iterator[tuple[Segment, bool]]:
    """The segments, cut where one has words of two headings, and whether what is before touches them.

    `left` are the words still missing of each heading.
    """

    def is_of_one(text: str) -> bool:
        words = Counter(bare_words(text))
        return any(not words - own for own in left)

    for segment in found:
        cuts = [match.start() for match in re.finditer(r"(?<= )\S", segment.text)]
        cut = next((at for at in cuts if is_of_one(segment.text[:at]) and is_of_one(segment.text[at:])), None)
        if cut is None or is_of_one(segment.text):
            yield segment, False
        else:
            yield Segment(segment.start, segment.text[:cut].strip()), False
            yield Segment(segment.start + cut, segment.text[cut:]), True


def _header_starts(header: Sequence[Line], headings: Sequence[str]) -> tuple[list[int], set[int]] | None:
    """Leftmost place of each heading's words, and which of them touch the words before.

    None where one is not found or they do not go rightwards.
    """
    left = [Counter(bare_words(heading)) for heading in headings]
    starts: list[int | None] = [None] * len(headings)
    touching: set[int] = set()
    for line in header:
        for segment, touches in _headed(segments(line.raw), left):
            words = Counter(bare_words(segment.text))
            near = [index for index in range(len(headings)) if words and not words - left[index]]
            if not near:
                continue
            known = [(abs(at - segment.start), index) for index in near if (at := starts[index]) is not None]
            index = min(known)[1] if known and min(known)[0] <= 12 else near[0]
            left[index] -= words
            touching |= {index} if touches else set()
            here = starts[index]
            starts[index] = segment.start if here is None else min(here, segment.start)
    found = [start for start in starts if start is not None]
    if len(found) < len(headings) or found != sorted(set(found)):
        return None
    return found, touching
