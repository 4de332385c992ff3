"""Finds tables by the words of their header rows, where no lines part their columns."""

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.landmarks import Landmarks
from cahiers.documents.matching import THEME_COLUMN, fold, stage_of_headers
from cahiers.documents.readers.pdf.cells import Grid
from cahiers.documents.readers.pdf.headed_rows import grid_of
from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdf.white import GUTTER, Span, spans_of
from cahiers.documents.readers.pdfium.pieces import Page, merged
from cahiers.methods import Method

#: A header row takes up to so many lines.
MAX_HEADER: Final = 8
#: Points that Word and LibreOffice leave between a cell's side and its text; a drawn side may be further off.
PADDING: Final = 5.4
WIDEST_PADDING: Final = 16.0
#: Points by which headings may stand elsewhere on another page.
DRIFT: Final = 6.0
#: Sizes of letters between two lines of a header, and between a table and what follows it at its left side.
PITCH: Final = 1.8
APART: Final = 2.2
#: Points of white that no table has inside.
FAR: Final = 60.0
#: Lines that recur on this share of the pages, and on three at least, are no rows.
RECURRENT: Final = 0.4
#: Words of so many letters may be broken where a column is narrow.
LONG_WORD: Final = 6
#: The shortest beginning of a caption that is known as one.
BEGINNING: Final = 25


@dataclass(frozen=True, slots=True)
class _Header:
    lines: int
    spans: tuple[Span, ...]


def recurrent(pages: Sequence[Sequence[Line]]) -> frozenset[tuple[str, int]]:
    """Lines that recur at one height on many pages: their words, digits masked, and that height."""
    seen = Counter(place for lines in pages for place in {_place(line) for line in lines})
    return frozenset(place for place, count in seen.items() if count >= max(3, len(pages) * RECURRENT))


def _place(line: Line) -> tuple[str, int]:
    return "".join("#" if c.isdigit() else c for c in line.text.strip()), round(line.y / 3)


@dataclass(slots=True)
class HeadedTables:
    """Tables page after page.

    `xs` are the sides of the one that the page before ended with, `last` what it held; `sides` those of all tables, by
    where the words of their headers stand.
    """

    method: Method
    running: frozenset[tuple[str, int]]
    xs: list[float] | None = None
    last: Grid | None = None
    sides: dict[tuple[Span, ...], list[float]] = field(default_factory=dict)
    _landmarks: Landmarks = field(init=False)
    _headings: list[set[str]] = field(init=False)
    _closed_up: list[str] = field(init=False)
    _words: frozenset[str] = field(init=False)
    _broken: frozenset[str] = field(init=False)
    _captions: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self._landmarks = Landmarks(self.method)
        headings = [self.method.theme_heading]
        headings += [column.heading for stage in self.method.stages for column in stage.columns]
        headings += [self.method.feedback.word] if self.method.feedback is not None else []
        self._headings = [_words(heading) for heading in headings]
        self._closed_up = [_closed_up(heading) for heading in headings]
        self._words = frozenset().union(*self._headings)
        # Narrow columns break long words.
        long = [word for word in self._words if len(word) >= LONG_WORD]
        self._broken = frozenset(
            part for word in long for at in range(1, len(word)) for part in (word[:at], word[at:])
        )
        self._captions = [fold(stage.caption) for stage in self.method.stages]

    def grids(self, page: Page, lines: Sequence[Line]) -> tuple[list[Grid], list[Line]]:
        """Tables among the lines of a page, and the other lines."""
        grids: list[Grid] = []
        others: list[Line] = []
        before, self.xs = self.xs, None
        at = 0
        while at < len(lines):
            header = self._header(page, lines, at)
            xs = before if header is None and not grids else None
            if header is not None:
                body = at + header.lines
                xs = self._known(header, self._sides(header, page, lines[at], lines[body:]))
            elif xs is not None and self._is_running(lines[at]):
                xs = None
            elif xs is not None and self._stop(lines, at, xs) == at:
                before = xs = None
            if xs is None:
                others.append(lines[at])
                at += 1
                continue
            first = header.lines if header is not None else 0
            stop = self._stop(lines, at + first, xs)
            rest_of = self.last if before is not None else None
            self.last = grid_of(page, lines[at:stop], xs, first, rest_of)
            grids.append(self.last)
            before = None
            self.xs = xs if all(map(self._is_running, lines[stop:])) else None
            at = stop
        return grids, others

    def _is_running(self, line: Line) -> bool:
        return _place(line) in self.running

    def _header(self, page: Page, lines: Sequence[Line], at: int) -> _Header | None:
        """The header row that begins there, unless lines part its columns."""
        if len(spans_of(lines[at])) < 2 or not self._names(lines[at]):
            return None
        found: _Header | None = None
        columns: list[tuple[Span, str]] = []
        for index, line in enumerate(lines[at : at + MAX_HEADER]):
            if not self._names(line) or (index and line.y - lines[at + index - 1].y > PITCH * line.size):
                break
            columns = _with(columns, line)
            if found is not None and not all(self._is_of_one(text) for _, text in columns):
                break
            header = stage_of_headers([text for _, text in columns], self.method)
            if header is not None and header.columns[0] == THEME_COLUMN and None not in header.columns:
                found = _Header(index + 1, tuple(span for span, _ in columns))
        return found if found is not None and not _is_ruled(found, page, lines[at]) else None

    def _names(self, line: Line) -> bool:
        """Whether all the words of a line are of headings."""
        words = _words(line.text)
        return bool(words) and words <= self._words | self._broken

    def _is_of_one(self, text: str) -> bool:
        """Whether the words are of one heading, and parts of words are so in their order."""
        words = _words(text)
        if not words <= self._words:
            return any(_closed_up(text) in heading for heading in self._closed_up)
        return any(words <= heading for heading in self._headings)

    def _sides(self, header: _Header, page: Page, line: Line, lines: Sequence[Line]) -> list[float]:
        """Sides of the columns: as the header's cells are painted, or as they are drawn, or left of where text begins.

        The header begins with `line`, and `lines` follow it.
        """
        spans = header.spans
        if painted := _painted(header, page, line):
            return painted
        rough = [
            spans[0][0] - DRIFT,
            *((a[1] + b[0]) / 2 for a, b in itertools.pairwise(spans)),
            spans[-1][1],
        ]
        body = [span for line in lines[: self._stop(lines, 0, rough, loose=True)] for span in spans_of(line)]
        drawn = [x for area in page.areas for x in (area.x0, area.x1)]
        drawn += [x for rule in merged(page.across) for x in (rule.start, rule.end)]
        drawn += [rule.at for rule in page.down]
        xs = []
        for index, span in enumerate(spans):
            low = spans[index - 1][1] if index else 0.0
            left = min([span[0], *(x0 for x0, _ in body if low < x0 <= span[0] + 3)])
            near = [x for x in drawn if 0 < left - x <= WIDEST_PADDING]
            xs.append(max(near, default=left - PADDING))
        reach = max(x1 for _, x1 in (*spans, *body))
        beyond = [x for x in drawn if -1 < x - reach <= page.width / 3]
        return [*xs, min(beyond, default=reach + PADDING)]

    def _known(self, header: _Header, xs: list[float]) -> list[float]:
        """The sides, further left where a table with the same header showed them so: centred headings tell little."""
        alike = next((spans for spans in self.sides if _same(spans, header.spans)), header.spans)
        known = self.sides.get(alike, xs)
        self.sides[alike] = [*map(min, known[:-1], xs[:-1]), max(known[-1], xs[-1])]
        return self.sides[alike]

    def _stop(self, lines: Sequence[Line], start: int, xs: Sequence[float], *, loose: bool = False) -> int:
        """Index of the first line from `start` that is not the table's; `loose` where its columns are known roughly."""
        for at in range(start, len(lines)):
            line, above = lines[at], lines[at - 1] if at > start else None
            if self._is_running(line) and all(map(self._is_running, lines[at:])):
                return at
            spans = spans_of(line, () if loose else xs)
            is_left = len(spans) == 1 and spans[0][0] < xs[1]
            gap = 0.0 if above is None else line.y - above.y
            if gap > FAR or (is_left and (gap > APART * line.size or self._is_landmark(line))):
                return at
            if len(spans) == 1 and self._is_caption(line):
                return at
            if self._names(line) and len(spans) > 1 and self._begins_header(lines, at):
                return at
            if not loose and any(s[0] < x - 2 and s[1] > x + PADDING + 2 for s in spans for x in xs[1:-1]):
                return at
        return len(lines)

    def _begins_header(self, lines: Sequence[Line], at: int) -> bool:
        return fold(lines[at].text).startswith(fold(self.method.theme_heading).split()[0])

    def _is_landmark(self, line: Line) -> bool:
        text = line.text.strip()
        marks = self._landmarks
        return (
            marks.theme(text) is not None
            or marks.is_heading(text)
            or marks.is_prompt(text)
            or self._is_caption(line)
        )

    def _is_caption(self, line: Line) -> bool:
        """Whether the line is a table's caption, or the beginning of one."""
        folded = fold(line.text)
        return self._landmarks.is_caption(line.text) or (
            len(folded) >= BEGINNING and any(caption.startswith(folded) for caption in self._captions)
        )


def _words(text: str) -> set[str]:
    return {word.rstrip("s") if len(word) > 3 else word for word in fold(text).split()}


def _closed_up(text: str) -> str:
    return fold(text).replace(" ", "")


def _with(columns: Sequence[tuple[Span, str]], line: Line) -> list[tuple[Span, str]]:
    """The columns of a header with the words of its next line."""
    found = list(columns)
    for span in spans_of(line):
        text = " ".join(piece.text for piece in line.pieces if span[0] - 1 <= piece.x0 <= span[1])
        for index, (own, before) in enumerate(found):
            if own[0] - GUTTER < span[1] and span[0] < own[1] + GUTTER:
                found[index] = (min(own[0], span[0]), max(own[1], span[1])), f"{before} {text}"
                break
        else:
            found.append((span, text))
    return sorted(found)


def _is_ruled(header: _Header, page: Page, line: Line) -> bool:
    """Whether lines part the columns of the header, or those of the row below it."""
    left, right = header.spans[0][0] + GUTTER, header.spans[-1][0]
    top, bottom = line.y - line.size, line.y + line.size * PITCH * header.lines
    return any(left < rule.at < right and rule.start < bottom and rule.end > top for rule in page.down)


def _painted(header: _Header, page: Page, line: Line) -> list[float]:
    """Sides of the painted cells that the header's words stand in, one each and side by side; none elsewhere."""
    areas = {
        (round(area.x0, 1), round(area.x1, 1))
        for area in page.areas
        if area.y0 <= line.pieces[0].middle <= area.y1
    }
    cells = []
    for x0, x1 in header.spans:
        around = [area for area in areas if area[0] <= x0 and x1 <= area[1] + 1]
        cells.append(min(around, key=lambda area: area[1] - area[0], default=(0.0, 0.0)))
    if any(left == right or abs(left[1] - right[0]) > PADDING for left, right in itertools.pairwise(cells)):
        return []
    return [*(x0 for x0, _ in cells), cells[-1][1]]


def _same(ones: Sequence[Span], others: Sequence[Span]) -> bool:
    return len(ones) == len(others) and all(
        abs(x - y) <= DRIFT
        for one, other in zip(ones, others, strict=True)
        for x, y in zip(one, other, strict=True)
    )
