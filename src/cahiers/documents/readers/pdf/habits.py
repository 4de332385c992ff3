"""How a document is set: its bullets, its alignment, whether its file keeps the spaces at the ends of lines."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from cahiers.documents.readers.pdf.cut_words import words_of
from cahiers.documents.readers.pdf.lines import CERTAIN, Line
from cahiers.documents.readers.pdf.paragraphs import Setting, pitch_of
from cahiers.documents.readers.pdf.tables import CellText, TableText, themes_of
from cahiers.documents.readers.pdfium.pieces import Page

#: Points between a table's side and its text, and by which a line that is full may be shorter than the next.
PADDING: Final = 4.0
LONG: Final = 40.0
#: One cell in so many may open with a sign by chance: where a page parts a statement.
FEW: Final = 40
BOXES: Final = tuple("☐☒☑")
#: Of so many lines, two are most often of one paragraph.
MANY: Final = 5
#: A double sign amid a line, with what stands before it.
DOUBLE_SIGN: Final = re.compile(r"[^:;!?][:;!?](?=\s)")
#: So many full lines show where they end.
ENOUGH: Final = 5


def habits_of(pages: Sequence[Page], parts: Sequence[TableText | Line]) -> Setting:
    """The document's habits, and how far its lines outside of tables reach."""
    prose = [part for part in parts if isinstance(part, Line)]
    tables = [part for part in parts if isinstance(part, TableText)]
    wraps = list(_wraps(tables))
    capitals = _capitals(tables)
    lines = [*prose, *(line for cell in _cells(tables) for line in cell.lines)]
    vocabulary = _vocabulary(lines)
    return Setting(
        left=min((line.x0 for line in prose), default=0.0),
        right=_right(prose, tables),
        bullets=_bullets(tables),
        addresses=frozenset(address for page in pages for address in page.links),
        spaced=_most(line.wrapped for line, _ in wraps),
        exact=any(page.hanging_spaces for page in pages)
        and any(piece.tag is not None for page in pages for piece in page.pieces)
        and _most(line.wrapped for line, _ in wraps),
        pitch=_pitch(tables),
        justified=_most(right - line.x1 < 1.5 for line, right in wraps),
        capitals=capitals,
        stops=capitals and _stops(tables),
        tight=_tight(lines),
        themes=themes_of(tables),
        vocabulary=vocabulary,
        words=words_of((line.text for line in lines), vocabulary),
    )


def _right(prose: Sequence[Line], tables: Sequence[TableText]) -> float:
    """How far lines outside of tables reach: as the longest do, or as cells may where few are long."""
    side = max((table.xs[-1] - PADDING for table in tables), default=0.0)
    reach = sorted(line.x1 for line in prose)
    long = [right for right in reach if right > side - LONG]
    return reach[-1] if len(long) >= ENOUGH or (reach and reach[-1] > side) else side


def _cells(tables: Sequence[TableText]) -> Iterator[CellText]:
    return (cell for table in tables for row in table.rows for cell in row.cells)


def _wraps(tables: Sequence[TableText]) -> Iterator[tuple[Line, float]]:
    """Lines that another follows, not opened by a bullet, each with the right side of its column's text."""
    for table in tables:
        reach: dict[tuple[int, int], float] = {}
        for cell in _cells([table]):
            key = cell.column, cell.span
            reach[key] = max([reach.get(key, 0.0), *(line.x1 for line in cell.lines)])
        for cell in _cells([table]):
            for line, after in zip(cell.lines, cell.lines[1:], strict=False):
                if after.bullet is None:
                    yield line, reach[cell.column, cell.span]


def _pitch(tables: Sequence[TableText]) -> float:
    """The usual distance between two lines of a cell that has many, in multiples of their letters' size."""
    pitches = [pitch_of(cell.lines) for cell in _cells(tables) if len(cell.lines) >= MANY]
    return median(pitches) if pitches else 0.0


def _most(answers: Iterator[bool]) -> bool:
    """Whether at least six of ten say yes, and there are enough to tell."""
    told = list(answers)
    return len(told) >= 8 and sum(told) * 10 >= len(told) * 6


def _bullets(tables: Sequence[TableText]) -> frozenset[str]:
    """Bullets that open cells, with those that are never anything else."""
    firsts = Counter(cell.lines[0].bullet for cell in _cells(tables) if cell.lines)
    few = sum(firsts.values()) / FEW
    return CERTAIN | {bullet for bullet, count in firsts.items() if bullet is not None and count >= few}


def _capitals(tables: Sequence[TableText]) -> bool:
    """Whether no bullets but capital letters open the cells of tables in columns; boxes to tick are none."""
    firsts = [
        cell.lines[0]
        for cell in _cells([table for table in tables if len(table.xs) > 3])
        if cell.lines and cell.lines[0].bullet not in BOXES
    ]
    opened = [line.text[:1].isupper() for line in firsts if line.text[:1].isalpha()]
    bulleted = sum(line.bullet is not None for line in firsts)
    return _most(iter(opened)) and bulleted < len(firsts) / FEW


def _stops(tables: Sequence[TableText]) -> bool:
    """Whether a stop ends nearly all cells of tables in columns that say more than a few words."""
    ends = [
        cell.lines[-1].text.rstrip()
        for cell in _cells([table for table in tables if len(table.xs) > 3])
        if cell.column and len(cell.lines) >= MANY
    ]
    return len(ends) >= ENOUGH and sum(text.endswith(".") for text in ends) * 10 >= len(ends) * 9


def _tight(lines: Sequence[Line]) -> bool:
    """Whether words touch the double signs after them, most often."""
    signs = [sign[0] for line in lines for sign in DOUBLE_SIGN.finditer(line.text)]
    return sum(sign[0].isalnum() for sign in signs) * 2 > len(signs)


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """Words that neither begin a line nor end it without a space: they are whole, and a capital is a name's."""
    found = set()
    for line in lines:
        for before, word in pairwise(line.text.split()[: None if line.wrapped else -1]):
            found.add(word.lower())
            # After a sign, a capital may open a sentence.
            if before[-1].isalnum():
                found.add(word)
    return frozenset(found)
