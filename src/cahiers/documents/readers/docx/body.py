"""Paragraphs and tables of a Word document, in their order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from lxml import etree

from cahiers.documents.blocks import Block, Cell, Table
from cahiers.documents.model import Source
from cahiers.documents.readers import flow
from cahiers.documents.readers.asides import Aside, Asides
from cahiers.documents.readers.docx.styles import Numbering, Styles, W, is_on, level_of, list_place_of, value
from cahiers.documents.readers.docx.words import MC, Words, is_placeholder, preferred
from cahiers.documents.readers.flow import FIRST_ROWS, MAX_SPAN, Place

WRAPPERS: Final = frozenset(W + tag for tag in ("ins", "moveTo", "smartTag", "customXml", "sdtContent"))


@dataclass(slots=True, kw_only=True)
class Body:
    """Reads blocks; `targets` are the addresses of links by relation."""

    styles: Styles
    numbering: Numbering
    targets: Mapping[str, str]
    asides: Asides = field(default_factory=Asides)
    _tables: int = field(default=0, init=False)
    _paragraphs: int = field(default=0, init=False)

    def blocks(self, container: etree._Element, place: Place) -> Iterator[Block]:
        """Blocks of a body, cell or text box."""
        words: Words | None = None
        for element in _unwrapped(container):
            if element.tag == W + "tbl":
                yield from self._table(element, place)
                continue
            if words is None:
                words = Words(self.styles, self.targets)
            properties = element.find(W + "pPr")
            style = self.styles.paragraph(value(properties, "pStyle"))
            words.take(element, style)
            if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
                continue
            if not style.derived:
                yield from self._paragraph(words, properties, place)
            words = None
        if words is not None:
            yield from self._paragraph(words, None, place)

    def _paragraph(self, words: Words, properties: etree._Element | None, place: Place) -> Iterator[Block]:
        style = self.styles.paragraph(value(properties, "pStyle"))
        if place.cell is None:
            self._paragraphs += 1
        source = place.cell or Source(cell=f"paragraphe {self._paragraphs}")
        self.asides.tell(Aside.HIDDEN, "".join(words.hidden), source)
        self.asides.pictures += words.pictures
        yield from words.lines.paragraphs(
            role=style.role,
            listed=self.numbering.draws(list_place_of(properties, style.list_place)),
            level=level_of(properties, style.level),
            source=source,
        )
        if place.flowing and style.role is None:
            for target in words.lines.unseen_targets():
                yield flow.address(target, source)
        for content in words.boxes:
            if place.cell is None and _holds_columns(content):
                yield from self.blocks(content, place)
                continue
            inside = Place(cell=source, flowing=place.flowing)
            box = flow.box(tuple(flow.flatten(self.blocks(content, inside))))
            if box is not None:
                yield box

    def _table(self, element: etree._Element, place: Place) -> Iterator[Block]:
        rows = list(_rows(element))
        cells = [cell for row in rows[:2] for cell in _cells(row)]
        if len(cells) == 1 and _holds_columns(cells[0]):
            # A frame of one cell around the real tables.
            yield from self.blocks(cells[0], place)
            return
        if place.cell is None:
            self._tables += 1
        table = self._grid(rows, place, flowing=place.flowing and len(cells) == 1)
        if table is not None:
            yield table

    def _grid(self, rows: list[etree._Element], place: Place, *, flowing: bool) -> Table | None:
        merged: frozenset[int] = frozenset()
        grid = []
        for number, row in enumerate(rows, start=1):
            cells, merged = self._row(row, number, place, merged, flowing=flowing)
            grid.append(cells)
        header_rows = next((index for index, row in enumerate(rows) if not _is_header(row)), len(rows))
        source = place.cell or Source(cell=f"tableau {self._tables}")
        return flow.table(grid, header_rows=header_rows, source=source)

    def _row(
        self, row: etree._Element, number: int, place: Place, merged: frozenset[int], *, flowing: bool
    ) -> tuple[tuple[Cell, ...], frozenset[int]]:
        """Cells of a row, and the columns at which a cell that spans rows stands."""
        cells: list[Cell] = []
        spanning = set()
        column = _number(value(row.find(W + "trPr"), "gridBefore"), 0)
        if column:
            cells.append(Cell(span=column))
        for element in _cells(row):
            properties = element.find(W + "tcPr")
            span = _number(value(properties, "gridSpan"), 1) or 1
            if _merge(properties, "hMerge") == "continue" and cells:
                last = cells.pop()
                cells.append(Cell(paragraphs=last.paragraphs, span=last.span + span, source=last.source))
                column += span
                continue
            merge = _merge(properties, "vMerge")
            source = place.cell or flow.cell_source(self._tables, number, column + 1)
            if merge is not None:
                spanning.add(column)
            if merge == "continue" and column in merged:
                cells.append(Cell(span=span, continues=True, source=source))
            else:
                paragraphs = flow.flatten(self.blocks(element, Place(cell=source, flowing=flowing)))
                cells.append(Cell(paragraphs=tuple(paragraphs), span=span, source=source))
            column += span
        return tuple(cells), frozenset(spanning)


def _unwrapped(container: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, out of content controls, tags and tracked insertions."""
    for child in container:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag in WRAPPERS or (child.tag == W + "sdt" and not is_placeholder(child)):
            yield from _unwrapped(child)
        elif child.tag == MC + "AlternateContent":
            yield from _unwrapped(preferred(child))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """Rows that are not struck out by a tracked deletion."""
    for row in _parts(table, W + "tr"):
        properties = row.find(W + "trPr")
        if properties is None or properties.find(W + "del") is None:
            yield row


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return _parts(row, W + "tc")


def _parts(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS or child.tag == W + "sdt":
            yield from _parts(child, tag)


def _holds_columns(cell: etree._Element) -> bool:
    """Whether tables of several columns stand in the cell or box; its first rows tell."""
    return any(len(list(_cells(row))) > 1 for row in islice(cell.iter(W + "tr"), FIRST_ROWS))


def _is_header(row: etree._Element) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and bool(is_on(properties, "tblHeader"))


def _merge(properties: etree._Element | None, tag: str) -> str | None:
    """What `w:vMerge` or `w:hMerge` says ("continue" where it says nothing); None for a cell not merged that way."""
    element = properties.find(W + tag) if properties is not None else None
    return None if element is None else element.get(W + "val") or "continue"


def _number(text: str | None, default: int) -> int:
    return min(int(text), MAX_SPAN) if text is not None and text.isdecimal() and len(text) < 7 else default
