"""Tables of a text that keeps its columns by spaces, as `pdftotext -layout` writes it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from cahiers.documents.model import Source
from cahiers.documents.readers.txt.fragments import Piece, join
from cahiers.documents.readers.txt.headings import bare_words
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.documents.readers.txt.pieces import FUSING, RowPieces, title_forms, title_length
from cahiers.documents.readers.txt.placing import SURE, Place
from cahiers.methods import Method

SEGMENT: Final = re.compile(r"\S+(?: \S+)*")
APART: Final = re.compile(r"\S {3,}\S")
#: Starts count for a column where they are this near; glyphs are wider than the grid's cells here and there.
NEAR: Final = 1
FAR: Final = 4
#: Where words touch, those of the next column may begin that much before its edge.
AROUND: Final = 12
BULLET_WEIGHT: Final = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on a line with nothing wider than a space between them."""

    start: int
    text: str


@dataclass(slots=True)
class _CellLine:
    """A line of a table cut into its columns, the theme's first."""

    line: Line
    cells: list[str] = field(default_factory=list)
    #: Columns whose words a single space parts from those of the next, or of the one before.
    tight: frozenset[int] = frozenset()
    #: What the cells may be instead, by column, where words may be of two.
    others: Sequence[Mapping[int, str]] = ()
    #: The page that it stands on, counted, and whether no header row shows the columns there.
    chunk: int = 0
    headless: bool = False


def keeps_columns(parts: Sequence[TablePart]) -> bool:
    """Whether the header rows or the lines of the tables stand in columns."""
    lines = [line for part in parts for line in part.lines]
    headers = [header for part in parts for header in part.headers]
    apart = sum(1 for line in lines if APART.search(line.raw) or line.raw.startswith("    "))
    headed = sum(1 for header in headers if any(APART.search(line.raw) for line in header))
    return headed * 2 > len(headers) and apart * 4 > len(lines)


def segments(raw: str) -> list[Segment]:
    raw = raw.rstrip().replace("\u00a0", " ").expandtabs()
    return [Segment(match.start(), match[0]) for match in SEGMENT.finditer(raw)]


@dataclass(frozen=True, slots=True)
class CutTable:
    """A table's lines cut into columns, and where its theme cells begin, with their words."""

    lines: Sequence[_CellLine]
    themes: Sequence[tuple[int, list[str]]]
    columns: int
    chunks: Sequence[int]

    @property
    def repeats_themes(self) -> bool:
        """Whether a row names the theme of the row above, and no header parts them: each has a cell of its own."""
        return any(
            join(words) == join(before) and at not in self.chunks
            for (_, before), (at, words) in pairwise(self.themes)
        )

    def rows(self, *, merged: bool) -> list[tuple[RowPieces, list[Place]]]:
        """Rows with the place of each piece; theme cells may be `merged` over several rows."""
        found = []
        for number, (begin, words) in enumerate(self.themes):
            end = self.themes[number + 1][0] if number + 1 < len(self.themes) else len(self.lines)
            whole = self.lines[begin if number else 0 : end]
            first = begin if number else 0
            bounds = [
                0,
                *(at for at in (_merged(whole) if merged else ()) if first + at not in self.chunks),
                len(whole),
            ]
            for start, stop in pairwise(bounds):
                found.append(_row(whole[start:stop], [] if start else words, self.columns))
        return found


def cut_in_columns(
    part: TablePart, columns: Sequence[str], headings: Sequence[str], method: Method
) -> CutTable | None:
    """The table's lines in their columns; None where the header rows do not show where the columns are.

    `headings` are those of the theme's column and of `columns`.
    """
    cut: list[_CellLine] = []
    edges: list[int] | None = None
    for chunk, (header, lines) in enumerate(_sheets(part)):
        edges = _edges(header, lines, headings) if header else _edges_again(edges or [], lines)
        if edges is None:
            return None
        if header and lines and header[-1].page != lines[0].page:
            edges = _edges_again(edges, lines)
        begun = _begun(lines)
        for group in _groups(lines):
            own = _moved(edges, group)
            above: Sequence[str] | None = None
            for line in group:
                open_edges = {
                    edge
                    for column, edge in enumerate(own)
                    if edge in begun and (above is None or above[column])
                }
                cells, tight, others = _cells(line.raw, own, open_edges)
                cut.append(_CellLine(line, cells, tight, others, chunk, not header))
                above = cells
    return CutTable(cut, _themes(cut, part, method), len(columns), part.chunks)


def _sheets(part: TablePart) -> Iterator[tuple[Sequence[Line], Sequence[Line]]]:
    """The table's lines page by page with the header row above them, empty where it does not repeat.

    Each page has a scale of its own.
    """
    headers = dict(zip(part.chunks, part.headers, strict=True))
    starts = set(headers) | {
        at for at in range(1, len(part.lines)) if part.lines[at].page != part.lines[at - 1].page
    }
    bounds = sorted({0, *starts, len(part.lines)})
    for start, stop in pairwise(bounds):
        yield headers.get(start, ()), part.lines[start:stop]


def _groups(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Stretches of lines without an empty line between: each has its scale too."""
    bounds = [0, *(at for at in range(1, len(lines)) if lines[at].apart), len(lines)]
    for start, stop in pairwise(bounds):
        yield lines[start:stop]


def _bullets(line: Line) -> Iterator[int]:
    """Where bullets stand on a line."""
    for segment in segments(line.raw):
        if BULLET.match(segment.text):
            yield segment.start
        for match in re.finditer(rf"(?<= )[{FUSING}](?= ?\S)", segment.text):
            yield segment.start + match.start()


def _begun(lines: Sequence[Line]) -> frozenset[int]:
    """Where words begin on a page after more than a space, or a bullet does, and right beside."""
    found = {segment.start for line in lines for segment in segments(line.raw)}
    found |= {at for line in lines for at in _bullets(line)}
    return frozenset(at + side for at in found for side in range(-NEAR, NEAR + 1))


def _edges_again(edges: Sequence[int], lines: Sequence[Line]) -> list[int]:
    """Where columns begin on a page without header row: where bullets stand, if in as many places as columns."""
    counts = Counter(at for line in lines for at in _bullets(line))
    places: list[int] = []
    for at in sorted(counts):
        if places and at - places[-1] <= FAR:
            if counts[at] > counts[places[-1]]:
                places[-1] = at
            continue
        places.append(at)
    if len(places) == len(edges) and places[0] <= NEAR:
        return [0, *places[1:]]
    return _moved(edges, lines)


def _moved(edges: Sequence[int], lines: Sequence[Line]) -> list[int]:
    """Where columns begin among these lines: near where they do elsewhere, where most bullets stand."""
    starts = Counter(at for line in lines for at in _bullets(line))
    moved = list(edges)
    for index in range(1, len(edges)):
        low = (edges[index - 1] + edges[index]) // 2
        high = (edges[index] + edges[index + 1]) // 2 if index + 1 < len(edges) else edges[index] + 12
        near = [(starts[at], -at) for at in range(low, high) if starts[at]]
        if near:
            moved[index] = -max(near)[1]
    return moved


def _edges(header: Sequence[Line], lines: Sequence[Line], headings: Sequence[str]) -> list[int] | None:
    """Where each column begins: at the header's left or before it, where most lines of the body do."""
    starts = _header_starts(header, headings)
    if starts is None:
        return None
    weights: Counter[int] = Counter()
    for line in lines:
        for segment in segments(line.raw):
            weights[segment.start] += BULLET_WEIGHT if BULLET.match(segment.text) else 1
    edges = [0]
    for index in range(1, len(starts)):
        low = max(edges[-1] + 3, (starts[index - 1] + starts[index]) // 2)
        high = starts[index] + NEAR
        near = [(weights[at], at) for at in range(low, high + 1) if weights[at]]
        edges.append(min(max(near)[1], starts[index]) if near else starts[index])
    return edges


def _header_starts(header: Sequence[Line], headings: Sequence[str]) -> list[int] | None:
    """Leftmost place of each heading's words; None where one is not found or they do not go rightwards."""
    left = [Counter(bare_words(heading)) for heading in headings]
    starts: list[int | None] = [None] * len(headings)
    for line in header:
        for segment in segments(line.raw):
            words = Counter(bare_words(segment.text))
            near = [index for index in range(len(headings)) if words and not words - left[index]]
            if not near:
                continue
            known = [(abs(at - segment.start), index) for index in near if (at := starts[index]) is not None]
            index = min(known)[1] if known and min(known)[0] <= 12 else near[0]
            left[index] -= words
            here = starts[index]
            starts[index] = segment.start if here is None else min(here, segment.start)
    found = [start for start in starts if start is not None]
    if len(found) < len(headings) or found != sorted(set(found)):
        return None
    return found


def _cells(
    raw: str, edges: Sequence[int], open_edges: Set[int]
) -> tuple[list[str], frozenset[int], list[Mapping[int, str]]]:
    """Words of each column on a line, the columns whose words touch, and what the cells may be instead.

    A segment that begins a column over an edge goes on into the next one; only at `open_edges` may one be cut where
    there is no bullet.
    """
    cells = [""] * len(edges)
    tight: set[int] = set()
    others: list[Mapping[int, str]] = []
    for segment in segments(raw):
        met: set[int] = set()
        before: int | None = None
        for start, text in _split(segment, edges, open_edges):
            column = max(index for index, edge in enumerate(edges) if edge <= start + NEAR or not index)
            after = edges[column + 1] if column + 1 < len(edges) else 10_000
            if cells[column] and start == segment.start and after - start <= FAR:
                # Nothing stands apart inside of a cell.
                column += 1
                after = edges[column + 1] if column + 1 < len(edges) else 10_000
            cells[column] = f"{cells[column]} {text}".strip()
            # A bullet tells where a cell begins, however near the words before it.
            if before is not None and not BULLET.match(text):
                met |= {before, column}
            before = column
            if start + len(text) - after > FAR:
                met |= {column, column + 1}
        if len(met) > 1:
            tight |= met
            others += _other_cuts(segment, edges, min(met))
    return cells, frozenset(tight), others


def _other_cuts(segment: Segment, edges: Sequence[int], column: int) -> Iterator[Mapping[int, str]]:
    """Each way to cut a segment in two between a column and the next, near the edge; the last is not to cut it."""
    edge = edges[column + 1] - segment.start
    for match in re.finditer(r"(?<= )\S", segment.text):
        if edge - AROUND <= match.start() <= edge + FAR:
            yield {column: segment.text[: match.start()].strip(), column + 1: segment.text[match.start() :]}
    yield {column: segment.text, column + 1: ""}


def _split(segment: Segment, edges: Sequence[int], open_edges: Set[int]) -> Iterator[tuple[int, str]]:
    """The segment cut where a word begins at a column's edge, or a bullet not far from it."""
    start, text = segment.start, segment.text
    for edge in edges:
        at = _word_near(segment.text, edge - segment.start, only_bullets=edge not in open_edges)
        cut = 0 if at is None else at - (len(segment.text) - len(text))
        if cut > 1:
            yield start, text[:cut].strip()
            # What follows stands in the column, wherever wider glyphs have pushed it.
            start, text = edge, text[cut:]
    yield start, text


def _word_near(text: str, at: int, *, only_bullets: bool) -> int | None:
    """Where a word begins near that place, a bullet sooner than another and from further off."""
    starts = [
        begin for begin in range(max(at - FAR, 2), min(at + FAR + 1, len(text))) if text[begin - 1] == " "
    ]
    bullets = [begin for begin in starts if text[begin] in FUSING]
    near = [
        begin
        for begin in starts
        if abs(begin - at) <= 2 * NEAR and text[begin - 2] not in FUSING and text[begin] not in ":;?!»"
    ]
    near = [] if only_bullets else near
    return min(bullets or near, key=lambda begin: abs(begin - at), default=None)


def _themes(cut: Sequence[_CellLine], part: TablePart, method: Method) -> list[tuple[int, list[str]]]:
    """First line of each row with the words of its theme cell: rows begin where a theme's title does."""
    themed = [(index, line.cells[0]) for index, line in enumerate(cut) if line.cells[0]]
    texts = [BULLET.sub("", text, count=1) if BULLET.match(text) else text for _, text in themed]
    marked = [BULLET.match(text) is not None for _, text in themed]
    forms = title_forms(part.title, texts, marked, method)
    starts: list[tuple[int, list[str]]] = []
    at = 0
    while at < len(texts):
        length = title_length(texts[at:], marked[at:], forms)
        if length or not starts:
            starts.append((_top(cut, themed[at][0]), texts[at : at + max(length, 1)]))
        else:
            starts[-1][1].append(texts[at])
        at += max(length, 1)
    return starts or [(0, [])]


def _merged(lines: Sequence[_CellLine]) -> Iterator[int]:
    """Where rows begin that share one theme cell: text stops in a column and begins again, level with the others."""
    last: dict[int, int] = {}
    for at, line in enumerate(lines):
        filled = [column for column, text in enumerate(line.cells) if column and text]
        level = len(filled) > 1 and all(BULLET.match(line.cells[column]) for column in filled)
        if level and any(at - last[column] > 1 for column in filled if column in last) and not line.cells[0]:
            yield at
            last.clear()
        last |= dict.fromkeys(filled, at)


def _top(cut: Sequence[_CellLine], index: int) -> int:
    """First line of a row whose theme cell begins there: the line above, where only its baseline is higher."""
    if index and not any(BULLET.match(cell) for cell in cut[index].cells[1:]):
        above = cut[index - 1]
        if (
            not above.cells[0]
            and not cut[index].line.apart
            and any(BULLET.match(cell) for cell in above.cells[1:])
        ):
            return index - 1
    return index


def _row(lines: Sequence[_CellLine], theme: Sequence[str], columns: int) -> tuple[RowPieces, list[Place]]:
    row = RowPieces(list(theme), lines[0].line.source if lines else None)
    places: list[Place] = []
    #: The piece of each line of a column, with the line's number.
    stood: list[list[tuple[int, Piece]]] = [[] for _ in range(columns)]
    for column in range(columns):
        own = [(at, line) for at, line in enumerate(lines) if line.cells[column + 1]]
        for index, (at, line) in enumerate(own):
            text, tight = line.cells[column + 1], column + 1 in line.tight
            match = BULLET.match(text)
            opens = bool(
                line.headless and match is None and stood[column] and row.pieces[-1].chunk < line.chunk
            )
            if match is None and index and not opens:
                row.pieces[-1].lines.append(text)
                row.pieces[-1].mended |= tight
            else:
                words = text[match.end() :].strip() if match else text
                piece = Piece([words], line.line.source, match is not None, mended=tight, goes_on=opens)
                piece.chunk, piece.block = line.chunk, len(row.pieces)
                row.pieces.append(piece)
                places.append(Place(column, SURE, column))
            stood[column].append((at, row.pieces[-1]))
    for at, line in enumerate(lines):
        for other in line.others:
            for column, text in other.items():
                if column:
                    row.others += _reading(stood[column - 1], at, text)
    return row, places


def _reading(stood: Sequence[tuple[int, Piece]], at: int, text: str) -> Iterator[tuple[str, Source]]:
    """The statement that a column has on a line, its words there being these; nothing where it says the same."""
    piece = next((piece for number, piece in reversed(stood) if number <= at), None)
    if piece is None:
        return
    numbers = [number for number, own in stood if own is piece]
    if (match := BULLET.match(text)) and at == numbers[0]:
        text = text[match.end() :].strip()
    lines = [text if number == at else line for number, line in zip(numbers, piece.lines, strict=True)]
    if at not in numbers:
        lines.insert(sum(1 for number in numbers if number < at), text)
    said = join(lines)
    if said and said != piece.text:
        yield said, piece.source
