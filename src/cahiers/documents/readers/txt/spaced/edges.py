"""Where columns begin in a text that keeps them by spaces."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

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
#: The same of one that touches the words before it, which may have pushed it.
PUSHED: Final = 2
#: Words go on so far right of their bullet.
HANGING: Final = 2
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


def bullets(line: Line, inner: re.Pattern[str]) -> Iterator[int]:
    """Where bullets stand on a line."""
    for segment in segments(line.raw):
        if BULLET.match(segment.text):
            yield segment.start
        for match in inner.finditer(segment.text):
            yield segment.start + match.start()


def begun(lines: Sequence[Line], inner: re.Pattern[str]) -> frozenset[int]:
    """Where words begin on a page after more than a space, or a bullet does, and right beside."""
    found = {segment.start for line in lines for segment in segments(line.raw)}
    found |= {at for line in lines for at in bullets(line, inner)}
    return frozenset(at + side for at in found for side in range(-NEAR, NEAR + 1))


def moved(edges: Sequence[int], lines: Sequence[Line], inner: re.Pattern[str]) -> list[int]:
    """Where columns begin among these lines: near where they do elsewhere, where most bullets stand, and words."""
    weights: Counter[int] = Counter()
    words: Counter[int] = Counter()
    for line in lines:
        free = {segment.start for segment in segments(line.raw)}
        marks = set(bullets(line, inner))
        for at in marks:
            weights[at] += BULLET_WEIGHT if at in free else PUSHED
        words.update(free - marks)
    for at in weights:
        weights[at] += sum(words[at + side] for side in range(HANGING + 1))
    found = list(edges)
    for index in range(1, len(edges)):
        low = (edges[index - 1] + edges[index]) // 2
        high = (edges[index] + edges[index + 1]) // 2 if index + 1 < len(edges) else edges[index] + 12
        near = [(weights[at], -at) for at in range(low, high) if weights[at]]
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
    places = _apart(sorted(marked))
    if len(places) == len(starts) and _are_under(places, starts):
        return [0, *places[1:]]
    edges = [0]
    # Theme cells may begin further to the right than the words above them.
    theme = max([at for at in weights if at <= min(starts[0] + AROUND, starts[1] - FAR)], default=0)
    for index in range(1, len(starts)):
        low, middle = (edges[-1] if index > 1 else theme) + 3, (starts[index - 1] + starts[index]) // 2
        high = starts[index] + NEAR
        # Headings may be centred over their cells: then these begin far to the left, with bullets.
        low = max(low, starts[index - 1] + FAR)
        near = [
            (weights[at], at) for at in range(low, high + 1) if weights[at] and (at >= middle or at in marked)
        ]
        # Headings that touch are pushed to the left, those below them are not.
        beyond = starts[index + 1] - FAR if index + 1 < len(starts) else high + AROUND
        # Bullets may stand a little to the right of the heading, as lists do.
        ahead = beyond if index in touching else min((starts[index] + beyond) // 2, high + AROUND)
        right = [(weights[at], -at) for at in range(high, ahead) if at in marked]
        edges.append(min(max(near)[1], starts[index]) if near else -max(right)[1] if right else starts[index])
    return edges


def names_all(header: Sequence[Line], headings: Sequence[str]) -> bool:
    """Whether a header row has all words of the headings, from left to right, and no other."""
    words = Counter(word for line in header for word in bare_words(line.text))
    own = Counter(word for heading in headings for word in bare_words(heading))
    return words == own and _header_starts(header, headings) is not None


def _apart(places: Sequence[int]) -> list[int]:
    """The first of the places that are near each other."""
    return [at for index, at in enumerate(places) if not index or at - places[index - 1] > FAR]


def _are_under(places: Sequence[int], starts: Sequence[int]) -> bool:
    """Whether each column's bullets stand right of the heading before its own, and left of the one after."""
    befores, afters = (0, *starts), (*starts[1:], places[-1] + 1)
    return all(before <= at < after for before, at, after in zip(befores, places, afters, strict=False))


def _headed(found: Sequence[Segment], left: Sequence[Counter[str]]) -> Iterator[tuple[Segment, bool]]:
    """The segments, cut where one has words of several headings, and whether what is before touches them.

    `left` are the words still missing of each heading.
    """

    def is_of_one(text: str) -> bool:
        words = Counter(bare_words(text))
        return any(not words - own for own in left)

    for segment in found:
        begins = [match.start() for match in re.finditer(r"\S+", segment.text)]
        at = 0
        for start, stop in _parts(segment.text, begins, is_of_one) or [(0, len(segment.text))]:
            yield Segment(segment.start + start, segment.text[start:stop].strip()), at > 0
            at = stop


def _parts(text: str, begins: Sequence[int], is_of_one: Callable[[str], bool]) -> list[tuple[int, int]]:
    """The text in as few parts of one heading as it can be cut into where words begin, the first ones short."""
    best: dict[int, list[tuple[int, int]]] = {0: []}
    for stop in [*begins[1:], len(text)]:
        known = [best[start] + [(start, stop)] for start in best if is_of_one(text[start:stop])]
        if known:
            best[stop] = min(known, key=len)
    return best.get(len(text), [])


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
