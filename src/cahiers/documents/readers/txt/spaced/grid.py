"""Tables of a text that keeps its columns by spaces, as `pdftotext -layout` writes it."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from cahiers.documents.matching import FEEDBACK_COLUMN
from cahiers.documents.readers.txt.fragments import Piece, Reading, join
from cahiers.documents.readers.txt.likely_words import LikelyWords
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.documents.readers.txt.pieces import RowPieces, title_forms, title_length
from cahiers.documents.readers.txt.placing import SURE, Place
from cahiers.documents.readers.txt.spaced import centred, openings
from cahiers.documents.readers.txt.spaced.cut_words import reach_of, whole
from cahiers.documents.readers.txt.spaced.edges import begun, edges_of, inner_bullets, moved, names_all
from cahiers.documents.readers.txt.spaced.hanging import near_bullets
from cahiers.documents.readers.txt.spaced.headless import Above, edges_again
from cahiers.documents.readers.txt.spaced.merged import Level, Step, rows_beside
from cahiers.documents.readers.txt.spaced.touching import Cut, cut, is_justified
from cahiers.methods import Method

#: So many lines above show where the cells of a line begin.
LEVELS: Final = 2
APART: Final = re.compile(r"\S {3,}\S")
MARK: Final = "► "


@dataclass(slots=True)
class _CellLine:
    """A line of a table cut into its columns, the theme's first.

    `chunk` counts the page that it stands on; `headless` says that no header row shows the columns there.
    """

    line: Line
    cut: Cut
    chunk: int = 0
    headless: bool = False

    @property
    def cells(self) -> Sequence[str]:
        return self.cut.cells


def keeps_columns(parts: Sequence[TablePart]) -> bool:
    """Whether the header rows or the lines of the tables stand in columns."""
    lines = [line for part in parts for line in part.lines]
    headers = [header for part in parts for header in part.headers]
    apart = sum(1 for line in lines if APART.search(line.raw) or line.raw.startswith("    "))
    headed = sum(1 for header in headers if any(APART.search(line.raw) for line in header))
    return headed * 2 > len(headers) and apart * 4 > len(lines)


@dataclass(frozen=True, slots=True)
class CutTable:
    """A table's lines cut into columns, and where its theme cells begin, with their words."""

    lines: Sequence[_CellLine]
    themes: Sequence[tuple[int, list[str]]]
    columns: int
    chunks: Sequence[int]
    #: The column that cites sheets, the theme's not counted.
    cites: int | None = None

    @property
    def repeats_themes(self) -> bool:
        """Whether a row names the theme of the row above, and no header parts them: each has a cell of its own."""
        return any(
            join(words) == join(before) and at not in self.chunks
            for (_, before), (at, words) in pairwise(self.themes)
        )

    def levels(self) -> list[Level]:
        """The lines; what begins a cell that cites sheets has a bullet there."""
        found: list[Level] = []
        sheets, is_empty = "", False
        for line in self.lines:
            cells, above = list(line.cells[1:]), sheets
            if self.cites is not None:
                sheets = cells[self.cites]
                if sheets and not BULLET.match(sheets) and (line.line.apart or not above):
                    cells[self.cites] = MARK + sheets
            found.append(Level(cells, line.chunk, line.line.apart, is_empty))
            is_empty = not any(cells)
        return found

    def rows(self, step: Step | None, words: LikelyWords) -> list[tuple[RowPieces, list[Place]]]:
        """Rows with the place of each piece; theme cells may be merged over several rows, where a `step` is given.

        `words` tell where a narrow column cuts one.
        """
        found = []
        reach = [reach_of([line.cells[column + 1] for line in self.lines]) for column in range(self.columns)]
        levels = self.levels()
        for number, (begin, theme) in enumerate(self.themes):
            end = self.themes[number + 1][0] if number + 1 < len(self.themes) else len(self.lines)
            begin = begin if number else 0
            own = self.lines[begin:end]
            shared = rows_beside(levels[begin:end], step) if step is not None else []
            bounds = [0, *shared, len(own)]
            for start, stop in pairwise(bounds):
                found.append(_row(own[start:stop], [] if start else theme, reach, words))
        return found


def cut_in_columns(
    part: TablePart, columns: Sequence[str], headings: Sequence[str], method: Method
) -> CutTable | None:
    """The table's lines in their columns; None where the header rows do not show where the columns are.

    `headings` are those of the theme's column and of `columns`.
    """
    part = _themed(replace(part, lines=near_bullets(part.lines)), headings)
    found: list[_CellLine] = []
    edges: list[int] | None = None
    inner = inner_bullets(part.lines)
    justified = is_justified(part.lines, len(columns) + 1)
    titles = title_forms(part.title, [], [], method)

    def edges_below(known: Sequence[int], below: Sequence[Line]) -> list[int]:
        return edges_again(Above(known, _ends(found, len(columns) + 1), titles), below, inner)

    for chunk, (header, lines) in enumerate(_sheets(part)):
        edges = edges_of(header, lines, headings) if header else edges_below(edges or [], lines)
        if edges is None:
            return None
        if header and lines and header[0].page != lines[0].page:
            edges = edges_below(edges, lines)
        begins = begun([*header, *lines], inner)
        for group in _groups(lines):
            own = moved(edges, group, inner)
            above: list[Cut] = []
            for line in group:
                above.append(_cut(line, own, above[-LEVELS:], begins, inner, justified=justified))
                found.append(_CellLine(line, above[-1], chunk, not header))
    themes = _themes(found, part, method)
    tops = [at for at, _ in themes]
    openings.keep_dashes([line.cut.cells for line in found], tops)
    openings.mark([line.cut.cells for line in found], tops)
    cites = columns.index(FEEDBACK_COLUMN) if FEEDBACK_COLUMN in columns else None
    return CutTable(found, themes, len(columns), part.chunks, cites)


def _themed(part: TablePart, headings: Sequence[str]) -> TablePart:
    """The table with an empty column for its theme, where its header rows name every column but that one."""
    if not part.headers or not all(names_all(header, headings[1:]) for header in part.headers):
        return part
    theme = f"{headings[0]}   "
    room = " " * len(theme)
    headers = [
        tuple(
            replace(line, raw=(room if at else theme) + line.raw.expandtabs())
            for at, line in enumerate(header)
        )
        for header in part.headers
    ]
    return replace(
        part,
        headers=headers,
        lines=[replace(line, raw=room + line.raw.expandtabs()) for line in part.lines],
    )


def _ends(found: Sequence[_CellLine], columns: int) -> list[str]:
    """What each column's last cell ends with, the theme's left out: nothing where it is empty."""
    ends = [""] * columns
    for line in reversed(found):
        for column in range(1, columns):
            ends[column] = ends[column] or line.cells[column]
        if BULLET.match(line.cells[0]) or all(ends[1:]):
            break
    return ends


def _cut(
    line: Line,
    edges: Sequence[int],
    above: Sequence[Cut],
    begins: Set[int],
    inner: re.Pattern[str],
    *,
    justified: bool,
) -> Cut:
    """The line's words in columns: a cell goes on where it began on the lines above, wherever others begin."""
    if not above:
        return cut(line.raw, edges, begins & set(edges), inner, justified=justified)
    # Where baselines of two columns differ, the lines of these take turns.
    starts = [
        max(own) if own[-1] < 0 else own[-1] for own in zip(*(one.starts for one in above), strict=True)
    ]
    near = [start if start >= 0 else edge for start, edge in zip(starts, edges, strict=True)]
    near[0] = edges[0]
    if near != sorted(set(near)):
        near = list(edges)
    open_edges = {edge for edge, start in zip(near, starts, strict=True) if start >= 0}
    found = cut(line.raw, near, open_edges & begins, inner, justified=justified)
    if found.tight and near != list(edges):
        again = cut(line.raw, edges, begins & set(edges), inner, justified=justified)
        return found if again.tight else again
    return found


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


def _themes(cut: Sequence[_CellLine], part: TablePart, method: Method) -> list[tuple[int, list[str]]]:
    """First line of each row with the words of its theme cell: rows begin where a theme's title does."""
    themed = _with_lone_bullets([(index, line.cells[0]) for index, line in enumerate(cut) if line.cells[0]])
    texts = [BULLET.sub("", text, count=1) if BULLET.match(text) else text for _, text in themed]
    marked = [BULLET.match(text) is not None for _, text in themed]
    forms = title_forms(part.title, texts, marked, method)
    starts: list[tuple[int, list[str]]] = []
    #: First and last line of each theme cell.
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(texts):
        length = title_length(texts[at:], marked[at:], forms)
        last = at + max(length, 1) - 1
        if length or not starts:
            starts.append((_top(cut, themed[at][0]), texts[at : last + 1]))
            spans.append((themed[at][0], themed[last][0]))
        else:
            starts[-1][1].append(texts[at])
            spans[-1] = (spans[-1][0], themed[last][0])
        at = last + 1
    tops = centred.tops([(line.cells, line.chunk) for line in cut], spans, [top for top, _ in starts])
    if tops is not None:
        return [(top, words) for top, (_, words) in zip(tops, starts, strict=True)]
    return starts or [(0, [])]


def _with_lone_bullets(cells: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """The theme's lines, each bullet that stands alone on one being put before the next."""
    found: list[tuple[int, str]] = []
    lone: tuple[int, str] | None = None
    for index, text in cells:
        if BULLET.fullmatch(text):
            lone = lone or (index, text)
        else:
            found.append((lone[0], f"{lone[1]} {text}") if lone else (index, text))
            lone = None
    return found


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


def _row(
    lines: Sequence[_CellLine], theme: Sequence[str], reach: Sequence[float], words: LikelyWords
) -> tuple[RowPieces, list[Place]]:
    """`reach` has how wide each column is but the theme's."""
    row = RowPieces(list(theme), lines[0].line.source if lines else None)
    places: list[Place] = []
    #: The piece of each line of a column, with the line's number.
    stood: list[list[tuple[int, Piece]]] = [[] for _ in reach]
    for column in range(len(reach)):
        own = [(at, line) for at, line in enumerate(lines) if line.cells[column + 1]]
        for index, (at, line) in enumerate(own):
            text, tight = line.cells[column + 1], column + 1 in line.cut.tight
            match = BULLET.match(text)
            above = stood[column][-1][1].chunk if stood[column] else lines[0].chunk
            opens = line.headless and match is None and above < line.chunk
            if match is None and index and not opens:
                row.pieces[-1].lines.append(text)
                row.pieces[-1].mended |= tight
            else:
                own_words = text[match.end() :].strip() if match else text
                piece = Piece([own_words], line.line.source, match is not None, mended=tight, goes_on=opens)
                piece.chunk, piece.block, piece.adrift = line.chunk, len(row.pieces), line.headless
                row.pieces.append(piece)
                places.append(Place(column, SURE, column))
            stood[column].append((at, row.pieces[-1]))
    for piece, spot in zip(row.pieces, places, strict=True):
        piece.lines, others = whole(piece.lines, reach[spot.column], words)
        for at, said in others:
            texts = [said if at == index else text for index, text in enumerate(piece.lines)]
            row.others.append(Reading(piece, texts, len(texts), cut=True))
    for at, line in enumerate(lines):
        for other in line.cut.others:
            for column, text in other.items():
                if column:
                    row.others += _reading(stood[column - 1], at, text)
    return row, places


def _reading(stood: Sequence[tuple[int, Piece]], at: int, text: str) -> Iterator[Reading]:
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
        yield Reading(piece, lines, len(piece.lines))
