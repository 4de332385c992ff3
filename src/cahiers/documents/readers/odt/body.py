"""Paragraphs and tables of an OpenDocument text, in their order."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from lxml import etree

from cahiers.documents.blocks import Block, Cell, Table
from cahiers.documents.model import Source
from cahiers.documents.readers import flow
from cahiers.documents.readers.asides import Aside, Asides, text_of
from cahiers.documents.readers.flow import FIRST_ROWS, MAX_SPAN, Place
from cahiers.documents.readers.odt.styles import TEXT, Styles, heading_level
from cahiers.documents.readers.odt.words import CHANGES, DRAW, Deletions, Words

TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

#: Pictures and objects of other programs, formulas among them.
IMAGES: Final = tuple(DRAW + tag for tag in ("image", "object", "object-ole"))
PARAGRAPHS: Final = frozenset((TEXT + "p", TEXT + "h"))
#: What only wraps blocks: sections, boxes, groups of shapes.
WRAPPERS: Final = frozenset((TEXT + "section", DRAW + "text-box", DRAW + "g", DRAW + "a"))
ROW_GROUPS: Final = frozenset(TABLE + tag for tag in ("table-header-rows", "table-rows", "table-row-group"))
#: A file may say once what stands many times; that many copies in all, so that small files stay small.
MAX_COPIES: Final = 10_000
MAX_ROWS: Final = 100_000


@dataclass(frozen=True, slots=True)
class _List:
    """Where a paragraph stands in a list; `opens` is True for the first of its item, which gets the bullet."""

    style: str | None = None
    level: int = 0
    opens: bool = False


@dataclass(slots=True, kw_only=True)
class Body:
    """Reads blocks; `ticks` are the check boxes of forms by identifier."""

    styles: Styles
    ticks: Mapping[str, str]
    asides: Asides = field(default_factory=Asides)
    deletions: Deletions | None = None
    _tables: int = field(default=0, init=False)
    _paragraphs: int = field(default=0, init=False)
    _copies_left: int = field(default=MAX_COPIES, init=False)

    def blocks(self, container: etree._Element, place: Place) -> Iterator[Block]:
        """Blocks of a body, cell or text box."""
        for element in container:
            yield from self._block(element, place, _List())

    def _block(self, element: etree._Element, place: Place, within: _List) -> Iterator[Block]:
        tag = element.tag
        if tag in PARAGRAPHS:
            yield from self._paragraph(element, place, within)
        elif tag == TEXT + "list":
            yield from self._list(element, place, within)
        elif tag == TEXT + "numbered-paragraph":
            level = heading_level(element.get(TEXT + "level")) or 1
            for child in element:
                yield from self._block(
                    child, place, _List(element.get(TEXT + "style-name"), level, opens=True)
                )
        elif tag == TABLE + "table":
            yield from self._table(element, place)
        elif tag in WRAPPERS:
            if element.get(TEXT + "display") == "none":
                hidden = text_of(self.blocks(element, Place(cell=place.cell or Source())))
                self.asides.tell(Aside.HIDDEN, hidden, place.cell)
                return
            for child in element:
                yield from self._block(child, place, within)
        elif tag in CHANGES and self.deletions is not None:
            self.deletions.meet(element)
        elif isinstance(tag, str) and tag.startswith(DRAW):
            yield from self._box(element, place)

    def _paragraph(self, element: etree._Element, place: Place, within: _List) -> Iterator[Block]:
        style = self.styles.get("paragraph", element.get(TEXT + "style-name"))
        if place.cell is None:
            self._paragraphs += 1
        source = place.cell or Source(cell=f"paragraphe {self._paragraphs}")
        words = Words(self.styles, self.ticks, self.deletions)
        words.take(element, style)
        level = heading_level(element.get(TEXT + "outline-level")) if element.tag == TEXT + "h" else None
        yield from words.lines.paragraphs(
            role=style.role,
            listed=within.opens and self.styles.draws(within.style or style.list_style, within.level),
            level=level or style.level,
            source=source,
        )
        if place.flowing and style.role is None:
            for target in words.lines.unseen_targets():
                yield flow.address(target, source)
        self._tell_asides(words, source)
        for drawing in words.drawings:
            if place.cell is None and _holds_columns(drawing):
                yield from self.blocks(drawing, place)
                continue
            if next(drawing.iter(*IMAGES), None) is not None:
                self.asides.pictures += 1
            yield from self._box(drawing, Place(cell=source, flowing=place.flowing))

    def _tell_asides(self, words: Words, source: Source) -> None:
        self.asides.tell(Aside.HIDDEN, "".join(words.hidden), source)
        for aside, elements in ((Aside.NOTE, words.notes), (Aside.COMMENT, words.comments)):
            for element in elements:
                self.asides.tell(aside, text_of(self.blocks(element, Place(cell=source))), source)

    def _list(self, element: etree._Element, place: Place, within: _List) -> Iterator[Block]:
        style = element.get(TEXT + "style-name") or within.style
        for item in element:
            opens = item.tag == TEXT + "list-item"
            for child in item:
                yield from self._block(child, place, _List(style, within.level + 1, opens=opens))
                opens = opens and child.tag not in PARAGRAPHS

    def _box(self, drawing: etree._Element, place: Place) -> Iterator[Block]:
        """A text frame or a shape with text, as a table of one cell."""
        inside = place if place.cell else Place(cell=Source(cell=f"paragraphe {self._paragraphs}"))
        box = flow.box(tuple(flow.flatten(self.blocks(drawing, inside))))
        if box is not None:
            yield box

    def _table(self, element: etree._Element, place: Place) -> Iterator[Block]:
        rows = list(_rows(element))
        cells = [cell for row in rows[:2] for cell in _own_cells(row)]
        if len(cells) == 1 and _holds_columns(cells[0]):
            # A frame of one cell around the real tables.
            yield from self.blocks(cells[0], place)
            return
        if place.cell is None:
            self._tables += 1
        table = self._grid(element, rows, place, flowing=place.flowing and len(cells) == 1)
        if table is not None:
            yield table

    def _grid(
        self, element: etree._Element, rows: list[etree._Element], place: Place, *, flowing: bool
    ) -> Table | None:
        grid = []
        spanning: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(self._copied(rows, "number-rows-repeated"), start=1):
            cells, spanning = self._row(row, number, place, spanning, flowing=flowing)
            grid.append(cells)
        headers = element.find(TABLE + "table-header-rows")
        return flow.table(
            grid,
            header_rows=0 if headers is None else sum(1 for _ in _rows(headers)),
            source=place.cell or Source(cell=f"tableau {self._tables}"),
        )

    def _row(
        self,
        row: etree._Element,
        number: int,
        place: Place,
        above: Mapping[int, tuple[int, int]],
        *,
        flowing: bool,
    ) -> tuple[tuple[Cell, ...], dict[int, tuple[int, int]]]:
        """Cells of a row; by column, for how many rows more and over how many columns a cell goes on below."""
        cells: list[Cell] = []
        below: dict[int, tuple[int, int]] = {}
        column = covered_to = 0
        for element in self._copied(_cells(row), "number-columns-repeated"):
            source = place.cell or flow.cell_source(self._tables, number, column + 1)
            covered = element.tag == TABLE + "covered-table-cell"
            if covered and column < covered_to:
                column += 1
                continue
            column = max(column, covered_to)
            rows_left, span = above.get(column, (0, 1)) if covered else (0, 1)
            if covered:
                cells.append(Cell(span=span, continues=rows_left > 0, source=source))
            else:
                span = _number(element, "number-columns-spanned")
                rows_left = _number(element, "number-rows-spanned", limit=MAX_ROWS)
                inside = Place(cell=source, flowing=flowing)
                paragraphs = flow.flatten(self.blocks(element, inside)) if len(element) else ()
                cells.append(Cell(paragraphs=tuple(paragraphs), span=span, source=source))
            if rows_left > 1:
                below[column] = (rows_left - 1, span)
            covered_to = column + span
            column += 1
        return tuple(cells), below

    def _copied(self, elements: Iterable[etree._Element], name: str) -> Iterator[etree._Element]:
        for element in elements:
            copies = min(_number(element, name) - 1, self._copies_left)
            self._copies_left -= copies
            for _ in range(1 + copies):
                yield element


def _rows(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == TABLE + "table-row":
            yield child
        elif child.tag in ROW_GROUPS:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return row.iterchildren(TABLE + "table-cell", TABLE + "covered-table-cell")


def _own_cells(row: etree._Element) -> Iterator[etree._Element]:
    return row.iterchildren(TABLE + "table-cell")


def _holds_columns(cell: etree._Element) -> bool:
    """Whether tables of several columns stand in the cell; its first rows tell."""
    return any(len(list(_own_cells(row))) > 1 for row in islice(cell.iter(TABLE + "table-row"), FIRST_ROWS))


def _number(element: etree._Element, name: str, *, limit: int = MAX_SPAN) -> int:
    text = element.get(TABLE + name) or "1"
    return max(1, min(int(text), limit)) if text.isdecimal() and len(text) < 10 else 1
