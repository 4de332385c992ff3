"""Running heads and feet of pages: what stands at the edges of most of them, which is no content."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.landmarks import Landmarks
from cahiers.documents.matching import fold
from cahiers.documents.readers.txt.headings import Headings, bare_words
from cahiers.documents.readers.txt.lines import Line, without
from cahiers.documents.readers.txt.parts import BULLET
from cahiers.documents.session_form import boxes
from cahiers.methods import Method

PAGE_NUMBER: Final = re.compile(r"(?:page\s*)?\d{1,3}(?:\s*(?:/|sur)\s*\d{1,3})?", re.IGNORECASE)
#: The same, as it stands on every page: its own number with the same words around.
FOLIO: Final = re.compile(
    r"(?:[-–—]\s*)?(?:p(?:age|\.)?\s*)?(?P<own>\d{1,3})(?:\s*(?:/|sur)\s*\d{1,3})?(?:\s*[-–—])?",
    re.IGNORECASE,
)
#: Share of the pages that have it, and how many at least.
NUMBERED: Final = 0.75
FEWEST: Final = 4
#: So many lines at an edge, met so often, no longer than this.
EDGE_LINES: Final = 3
#: The theme's heading goes over no more lines.
HEADING_LINES: Final = 4
RECURRENCES: Final = 2
MAX_LENGTH: Final = 160
#: A line this short may be a word of a statement too.
SHORT: Final = 10
#: Share of the pages on which a line stands that is furniture wherever it stands.
THROUGHOUT: Final = 0.4
DIGITS: Final = re.compile(r"\d+")


def without_furniture(lines: Sequence[Line], method: Method) -> tuple[list[Line], list[str]]:
    """Lines without running heads and feet, and the words of those, each once."""
    found = _at_edges(lines, method) | _throughout(lines, method)
    found |= _elsewhere(lines, found)
    found |= _numbers(lines, found) | _folios(lines)
    names: dict[str, str] = {}
    for at in sorted(found):
        names.setdefault(_masked(lines[at]), lines[at].text)
    kept = list(without(_unglued(lines, [lines[at].text for at in found]), found))
    return kept, [name for name in names.values() if not name.isdigit()]


def _unglued(lines: Sequence[Line], names: Sequence[str]) -> list[Line]:
    """The lines without the furniture that extraction glued to them, taking away the hyphen that ended them."""
    own = {re.escape(name) for name in names if len(name) > SHORT and name[0].isupper()}
    if not own or lines[0].page is None:
        return list(lines)
    glued = re.compile(rf"(?<=[a-zà-ÿœ])(?:{'|'.join(sorted(own, key=len, reverse=True))})$")
    return [
        replace(line, raw=glued.sub("-", line.raw.rstrip()), text=glued.sub("-", line.text))
        if glued.search(line.text)
        else line
        for line in lines
    ]


def _throughout(lines: Sequence[Line], method: Method) -> set[int]:
    """Indexes of lines that stand alone on many pages, wherever a reading order put them there."""
    if not lines or lines[0].page is None:
        return set()
    landmarks, titles = Landmarks(method), _titles(method)
    headings = Headings(method).words
    alone = [
        at
        for at, line in enumerate(lines)
        if line.apart and (at + 1 == len(lines) or lines[at + 1].apart) and len(line.text) > SHORT
    ]
    pages: dict[str, set[int | None]] = {}
    for at in alone:
        pages.setdefault(lines[at].text, set()).add(lines[at].page)
    least = max(RECURRENCES + 1, len({line.page for line in lines}) * THROUGHOUT)
    common = {
        text
        for text, own in pages.items()
        if len(own) >= least
        and _may_recur(text, titles)
        and not landmarks.is_of_template(text)
        and not set(bare_words(text)) <= headings
    }
    return {at for at in alone if lines[at].text in common}


def _titles(method: Method) -> list[str]:
    """What stands on many pages and is content, folded."""
    titles = [fold(name) for theme in method.themes for name in (theme.title, *theme.aliases)]
    titles += [fold(stage.caption) for stage in method.stages]
    return titles + ([fold(method.feedback.caption)] if method.feedback is not None else [])


def _masked(line: Line) -> str:
    return DIGITS.sub("#", line.text)


def _at_edges(lines: Sequence[Line], method: Method) -> set[int]:
    """Indexes of short lines that recur at the edges of pages but for their numbers."""
    headings = Headings(method)
    landmarks = Landmarks(method)
    titles = _titles(method)
    found: set[int] = set()
    pages = len({line.page for line in lines})
    below = [at for at in range(1, len(lines)) if _is_below(lines, at, headings, landmarks)]
    for _ in range(EDGE_LINES):
        edges = [
            at
            for at in dict.fromkeys([*_edges(lines, found), *below])
            if at not in found
            and _may_recur(lines[at].text, titles)
            and not landmarks.is_of_template(lines[at].text)
            and not set(bare_words(lines[at].text)) <= headings.words
        ]
        counts = Counter(_masked(lines[at]) for at in edges)
        # Without form feeds the ends of pages are guessed: chance may repeat a line there once.
        least = RECURRENCES if lines and lines[0].page is not None else RECURRENCES + 1
        more = {at for at in edges if counts[_masked(lines[at])] >= max(least, _least(lines[at], pages))}
        if not more:
            break
        found |= more
    return found


def _is_below(lines: Sequence[Line], at: int, headings: Headings, landmarks: Landmarks) -> bool:
    """Whether the line touches what closes or heads a table, and nothing else: a foot with more of its page below."""
    if lines[at].page is None or lines[at].apart or (at + 1 < len(lines) and not lines[at + 1].apart):
        return False
    ends = (
        length
        for length in range(1, min(at, HEADING_LINES) + 1)
        if headings.theme_alone(lines, at - length) == length
    )
    return landmarks.is_caption(lines[at - 1].text) or any(ends)


def _least(line: Line, pages: int) -> float:
    """How often a line recurs if it is furniture: ends of statements recur too: lower case, figures, a word or two."""
    touches = line.page is not None and not line.apart
    is_end = line.text[0].islower() or (touches and (len(line.text) < SHORT or line.text[0].isdigit()))
    return max(RECURRENCES + 1, pages / 4) if is_end else RECURRENCES


def _elsewhere(lines: Sequence[Line], found: set[int]) -> set[int]:
    """Indexes of those that a reading order put amid their page, and that stand at the edge of many others.

    Lines that differ in their numbers must stand alone there.
    """
    if not lines or lines[0].page is None:
        return set()
    pages = len({line.page for line in lines})
    counts = Counter(_masked(lines[at]) for at in found)
    common = {text for text, count in counts.items() if count * 3 >= pages}
    same = {text for text in common if "#" not in text and len(text) > SHORT}
    return {
        at
        for at, line in enumerate(lines)
        if at not in found
        and (
            line.text in same
            or (_masked(line) in common and (line.apart or at + 1 == len(lines) or lines[at + 1].apart))
        )
    }


def _numbers(lines: Sequence[Line], found: set[int]) -> set[int]:
    """Indexes of page numbers that stand at an edge."""
    return {
        at
        for at in _edges(lines, found)
        if lines[at].page is not None and PAGE_NUMBER.fullmatch(lines[at].text) is not None
    }


def _folios(lines: Sequence[Line]) -> set[int]:
    """Indexes of the numbers that count the pages, wherever a reading order put them on theirs."""
    if not lines or lines[0].page is None:
        return set()
    counted: dict[tuple[str, int], dict[int, list[int]]] = {}
    for at, line in enumerate(lines):
        folio = FOLIO.fullmatch(line.text)
        if folio is not None and line.page is not None:
            counts = (_masked(line), int(folio["own"]) - line.page)
            counted.setdefault(counts, {}).setdefault(line.page, []).append(at)
    pages = len({line.page for line in lines})
    own = max(counted.values(), key=len, default={})
    if len(own) < max(FEWEST, NUMBERED * pages):
        return set()
    # A cell may hold the same number: it stands apart from what is above it.
    return {
        max(alike, key=lambda at: (_is_edge(lines, at), not lines[at].apart, at)) for alike in own.values()
    }


def _is_edge(lines: Sequence[Line], at: int) -> bool:
    return lines[at].opens_page or at + 1 == len(lines) or lines[at + 1].opens_page


def _may_recur(text: str, titles: Sequence[str]) -> bool:
    """Whether a line can be furniture: no statement, no line of a form, no part of a theme's title or a caption."""
    folded = fold(text)
    if (
        len(text) > MAX_LENGTH
        or BULLET.match(text)
        or boxes(text)
        or folded.startswith(("nombre d", "nom d"))
    ):
        return False
    return not any(folded in title for title in titles)


def _edges(lines: Sequence[Line], beyond: set[int]) -> list[int]:
    """Indexes of the first and last line of each page, those in `beyond` being passed over."""
    edges: list[int] = []
    top = True
    for at, line in enumerate(lines):
        top = top or line.opens_page
        if at in beyond:
            continue
        if top:
            edges.append(at)
            top = False
        after = at + 1
        while after in beyond and not lines[after].opens_page:
            after += 1
        if after >= len(lines) or lines[after].opens_page:
            edges.append(at)
    return list(dict.fromkeys(edges))
