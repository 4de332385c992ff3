"""Blocks as the body of a Word document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.blocks import Block, Cell, Paragraph, Role, Run, Table, TableKind
from cahiers.documents.writers.docx.styles import (
    GAP_STYLE,
    LINK_STYLE,
    TABLE_STYLE,
    list_number,
    style_id,
    twips,
)
from cahiers.documents.writers.layout import (
    Placed,
    address,
    attribute,
    caption_after,
    is_right_to_left,
    placed,
    text,
    widths_of,
    with_breaks,
)
from cahiers.documents.writers.looks import DEEP, GREEN, LOOKS, PALE, TEXT_WIDTH, bullet_of

#: A feedback box has no lines but a thick edge.
_BOX_EDGES: Final = (
    "<w:tblBorders>"
    + '<w:top w:val="nil"/>'
    + f'<w:left w:val="single" w:sz="36" w:space="0" w:color="{DEEP}"/>'
    + '<w:bottom w:val="nil"/><w:right w:val="nil"/>'
    + "</w:tblBorders>"
)
_BOX_MARGINS: Final = (
    '<w:tblCellMar><w:top w:w="68" w:type="dxa"/><w:left w:w="170" w:type="dxa"/>'
    '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="170" w:type="dxa"/></w:tblCellMar>'
)
_EMPTY_CELL: Final = Paragraph(runs=())


@dataclass(slots=True)
class Body:
    """Renders blocks; `links` collects the addresses that they lead to, in order."""

    links: list[str] = field(default_factory=list)

    def render(self, blocks: Sequence[Block]) -> str:
        return "".join(self._blocks(blocks))

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        after_table = False
        for index, (block, opens_page) in enumerate(with_breaks(blocks)):
            if isinstance(block, Paragraph):
                yield self._paragraph(block, opens_page=opens_page)
            else:
                if after_table or opens_page or block.kind is TableKind.FEEDBACK:
                    yield _gap(opens_page=opens_page)
                yield self._table(block, caption_after(blocks, index))
            after_table = isinstance(block, Table)
        if after_table or not blocks:
            yield _gap()

    # Paragraphs

    def _paragraph(self, paragraph: Paragraph, *, opens_page: bool = False) -> str:
        properties = _properties(paragraph, opens_page=opens_page)
        return f"<w:p>{properties}{self._words(paragraph)}</w:p>"

    def _words(self, paragraph: Paragraph) -> str:
        runs = "".join(_run(run) for run in paragraph.runs if run.text)
        target = address(paragraph.text) if paragraph.role is Role.FEEDBACK_LINK else None
        if target is None:
            return runs
        self.links.append(target)
        style = f'<w:rPr><w:rStyle w:val="{LINK_STYLE}"/></w:rPr>'
        shown = f"<w:r>{style}{_text(paragraph.text)}</w:r>"
        return f'<w:hyperlink r:id="{link_id(len(self.links))}" w:history="1">{shown}</w:hyperlink>'

    # Tables

    def _table(self, table: Table, caption: str | None) -> str:
        widths = [twips(share * TEXT_WIDTH) for share in widths_of(table)]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        rows = "".join(
            self._row(row, widths, table, header=index < table.header_rows)
            for index, row in enumerate(placed(table))
        )
        return f"<w:tbl>{_table_properties(table, sum(widths), caption)}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def _row(self, row: Sequence[Placed], widths: Sequence[int], table: Table, *, header: bool) -> str:
        properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if header else ""
        cells = "".join(self._cell(cell, widths, _fill(cell, table, header=header)) for cell in row)
        return f"<w:tr>{properties}{cells}</w:tr>"

    def _cell(self, place: Placed, widths: Sequence[int], fill: str | None) -> str:
        cell = place.cell
        width = sum(widths[place.column : place.column + cell.span])
        parts = [f'<w:tcW w:w="{width}" w:type="dxa"/>']
        if cell.span > 1:
            parts.append(f'<w:gridSpan w:val="{cell.span}"/>')
        if cell.continues:
            parts.append("<w:vMerge/>")
        elif place.rows > 1:
            parts.append('<w:vMerge w:val="restart"/>')
        if fill is not None:
            parts.append(f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>')
        content = "".join(self._paragraph(paragraph) for paragraph in _paragraphs(cell))
        return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{content}</w:tc>"


def link_id(number: int) -> str:
    """Relation of the link of that number, from 1."""
    return f"rIdLink{number}"


def _paragraphs(cell: Cell) -> tuple[Paragraph, ...]:
    """A cell must hold a paragraph, be it empty."""
    return cell.paragraphs or (_EMPTY_CELL,)


def _properties(paragraph: Paragraph, *, opens_page: bool) -> str:
    parts = []
    role = paragraph.role
    if role is not None:
        parts.append(f'<w:pStyle w:val="{style_id(role)}"/>')
    if opens_page:
        parts.append("<w:pageBreakBefore/>")
    if paragraph.listed != (role is not None and LOOKS[role].listed):
        number = list_number(bullet_of(role)) if paragraph.listed else 0
        parts.append(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
    if is_right_to_left(paragraph.text):
        parts.append("<w:bidi/>")
    return f"<w:pPr>{''.join(parts)}</w:pPr>" if parts else ""


def _run(run: Run) -> str:
    properties = f'<w:rStyle w:val="{style_id(run.role)}"/>' if run.role is not None else ""
    if run.emphasised:
        properties += f'<w:b/><w:bCs/><w:color w:val="{GREEN}"/>'
    if is_right_to_left(run.text):
        properties += "<w:rtl/>"
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{_text(run.text)}</w:r>"


def _text(value: str) -> str:
    """Text of a run; tabs and line ends are elements of their own."""
    if "\t" not in value and "\n" not in value:
        return f'<w:t xml:space="preserve">{text(value)}</w:t>'
    lines = (
        "<w:tab/>".join(f'<w:t xml:space="preserve">{text(piece)}</w:t>' for piece in line.split("\t"))
        for line in value.split("\n")
    )
    return "<w:br/>".join(lines)


def _gap(*, opens_page: bool = False) -> str:
    page = "<w:pageBreakBefore/>" if opens_page else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{GAP_STYLE}"/>{page}</w:pPr></w:p>'


def _table_properties(table: Table, width: int, caption: str | None) -> str:
    first_row = "1" if table.header_rows else "0"
    first_column = "1" if table.kind is TableKind.SESSION else "0"
    return (
        f'<w:tblPr><w:tblStyle w:val="{TABLE_STYLE}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        + (_BOX_EDGES if table.kind is TableKind.FEEDBACK else "")
        + '<w:tblLayout w:type="fixed"/>'
        + (_BOX_MARGINS if table.kind is TableKind.FEEDBACK else "")
        + f'<w:tblLook w:val="0000" w:firstRow="{first_row}" w:lastRow="0" w:firstColumn="{first_column}"'
        + ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        + (f"<w:tblCaption w:val={attribute(caption)}/>" if caption else "")
        + "</w:tblPr>"
    )


def _fill(place: Placed, table: Table, *, header: bool) -> str | None:
    label = table.kind is TableKind.SESSION and place.column == 0
    return PALE if header or label or table.kind is TableKind.FEEDBACK else None
