"""Leaves out what belongs to the paper and not to the text: running headers and footers, page numbers, watermarks."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final

from cahiers.documents.readers.pdf.lines import Line
from cahiers.documents.readers.pdfium.pieces import Page, Piece

#: Points by which a running line may stand higher or lower from page to page.
DRIFT: Final = 3.0
PAGE_NUMBER: Final = re.compile(r"(?:page\s*)?[-–|]?\s*#\s*(?:(?:/|sur|de|of)\s*#)?\s*[-–|]?", re.IGNORECASE)
#: Letters this many times larger than the usual ones, at one place on most pages, are no content.
WATERMARK: Final = 1.8


def without_watermarks(pages: Sequence[Page]) -> list[Page]:
    """The pages without the large words that stand across most of them."""
    sizes = [piece.size for page in pages for piece in page.pieces]
    if len(pages) < 3 or not sizes:
        return list(pages)
    large = WATERMARK * median(sizes)
    seen = Counter(_place(piece) for page in pages for piece in page.pieces if piece.size > large)
    marks = {place for place, count in seen.items() if count >= max(3, len(pages) * 0.6)}
    return [
        replace(page, pieces=tuple(p for p in page.pieces if p.size <= large or _place(p) not in marks))
        for page in pages
    ]


def _place(piece: Piece) -> tuple[str, int, int]:
    return piece.text.strip(), round(piece.x0 / DRIFT), round(piece.y / DRIFT)


@dataclass(slots=True, kw_only=True)
class Sheet:
    """What stands on a page outside of its tables, and where these stand (top and bottom of each)."""

    height: float
    lines: list[Line]
    tables: list[tuple[float, float]] = field(default_factory=list)


def without_running_lines(sheets: Sequence[Sheet]) -> list[list[Line]]:
    """Each sheet's lines without those that run through the document at its pages' edges."""
    top = _Edge(sheets, top=True)
    bottom = _Edge(sheets, top=False)
    kept = []
    for sheet in sheets:
        running = {id(line) for edge in (top, bottom) for line in edge.running(sheet)}
        kept.append([line for line in sheet.lines if id(line) not in running])
    return kept


class _Edge:
    """One edge of the pages: the lines that recur there."""

    def __init__(self, sheets: Sequence[Sheet], *, top: bool) -> None:
        self.top = top
        self.pages = len(sheets)
        self.seen = Counter(
            place for sheet in sheets for place in {self._where(line, sheet) for line in sheet.lines}
        )
        self.bodies = [self._body(sheet) for sheet in sheets]

    def running(self, sheet: Sheet) -> list[Line]:
        """Lines of the sheet, from the edge inwards, up to the first that is text."""
        found = []
        for line in self._inwards(sheet):
            distance = self._distance(line.y, sheet)
            if any(
                self._distance(start if self.top else end, sheet) < distance for start, end in sheet.tables
            ):
                break
            if not self._runs(line, sheet, distance):
                break
            found.append(line)
        return found

    def _runs(self, line: Line, sheet: Sheet, distance: float) -> bool:
        if _is_page_number(line) and distance < sheet.height * 0.14:
            return True
        count = self._count(line, sheet)
        if count < 2 or _is_tabular(line) or distance > sheet.height * 0.2:
            return False
        if count >= max(3, self.pages * 0.5):
            return True
        intruding = sum(body < distance for body in self.bodies)
        return intruding <= (1 if self.pages > 3 else 0)

    def _count(self, line: Line, sheet: Sheet) -> int:
        words, height = self._where(line, sheet)
        return sum(self.seen[words, height + shift] for shift in (-1, 0, 1))

    def _body(self, sheet: Sheet) -> float:
        """Distance from the edge to the first table or line that does not recur."""
        distances = [self._distance(start if self.top else end, sheet) for start, end in sheet.tables]
        distances += [
            self._distance(line.y, sheet)
            for line in sheet.lines
            if self._count(line, sheet) < 2 and not _is_page_number(line)
        ]
        return min(distances, default=sheet.height)

    def _inwards(self, sheet: Sheet) -> list[Line]:
        return sorted(sheet.lines, key=lambda line: self._distance(line.y, sheet))

    def _distance(self, y: float, sheet: Sheet) -> float:
        return y if self.top else sheet.height - y

    def _where(self, line: Line, sheet: Sheet) -> tuple[str, int]:
        return _words(line), round(self._distance(line.y, sheet) / DRIFT)


def _words(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split()))


def _is_page_number(line: Line) -> bool:
    return PAGE_NUMBER.fullmatch(_words(line)) is not None


def _is_tabular(line: Line) -> bool:
    """Whether the line is the header row of a table without rules: three words or more, far apart, no number."""
    gaps = sum(
        after.x0 - before.x1 > 2 * line.size
        for before, after in zip(line.pieces, line.pieces[1:], strict=False)
    )
    return gaps >= 2 and "#" not in _words(line)
