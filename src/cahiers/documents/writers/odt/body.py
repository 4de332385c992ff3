"""Blocks as the content of an OpenDocument text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from cahiers.documents.blocks import Block, Paragraph, Role, Run, Table, TableKind
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
from cahiers.documents.writers.looks import DEEP, GREEN, LOOKS, PALE, RULE, TEXT_WIDTH, Bullet, bullet_of
from cahiers.documents.writers.odt.styles import BOLD, GAP_STYLE, LINK_STYLE, named

#: Spaces that an office suite would drop: at the ends of a run, and after another.
_SQUEEZED: Final = re.compile(r"^ |(?<= ) | $")

#: Between two tables, which Word would join where they touch.
_GAP: Final = f'<text:p text:style-name="{GAP_STYLE}"/>'


@dataclass(slots=True)
class Body:
    """Renders blocks; the automatic styles that they call for are collected by their XML, named in order."""

    _styles: dict[str, str] = field(default_factory=dict)
    _tables: int = 0

    def render(self, blocks: Sequence[Block]) -> str:
        """Children of `office:text`."""
        return "".join(self._blocks(blocks))

    def automatic_styles(self) -> str:
        """Styles that `render` has called for."""
        return "".join(xml.replace('""', f'"{name}"', 1) for xml, name in self._styles.items())

    def _style(self, family: str, rest: str, parent: str | None = None) -> str:
        """Name of the automatic style with that content."""
        behind = f' style:parent-style-name="{parent}"' if parent else ""
        xml = f'<style:style style:name="" style:family="{family}"{behind}>{rest}</style:style>'
        return self._styles.setdefault(xml, f"A{len(self._styles) + 1}")

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[str]:
        waiting: list[Paragraph] = []
        after_table = False
        for index, (block, opens_page) in enumerate(with_breaks(blocks)):
            if isinstance(block, Paragraph) and not opens_page:
                waiting.append(block)
            else:
                yield self._flow(waiting)
                waiting = []
                if isinstance(block, Paragraph):
                    yield self._paragraph(block, opens_page=True)
                else:
                    if after_table or block.kind is TableKind.FEEDBACK:
                        yield _GAP
                    yield self._table(block, caption_after(blocks, index), opens_page=opens_page)
            after_table = isinstance(block, Table)
        yield self._flow(waiting)
        if after_table or not blocks:
            yield _GAP

    # Paragraphs

    def _flow(self, paragraphs: Sequence[Paragraph]) -> str:
        """Paragraphs, neighbours with the same bullet in one list."""
        return "".join(
            "".join(map(self._paragraph, group)) if bullet is None else self._list(bullet, tuple(group))
            for bullet, group in groupby(paragraphs, key=_bullet)
        )

    def _list(self, bullet: Bullet, paragraphs: Sequence[Paragraph]) -> str:
        items = "".join(f"<text:list-item>{self._paragraph(item)}</text:list-item>" for item in paragraphs)
        return f'<text:list text:style-name="{named(bullet)}">{items}</text:list>'

    def _paragraph(self, paragraph: Paragraph, *, opens_page: bool = False) -> str:
        role = paragraph.role
        style = self._paragraph_style(paragraph, opens_page=opens_page)
        level = LOOKS[role].level if role is not None else paragraph.heading_level
        words = self._words(paragraph)
        if level is not None:
            return f'<text:h text:style-name="{style}" text:outline-level="{level}">{words}</text:h>'
        return f'<text:p text:style-name="{style}">{words}</text:p>'

    def _paragraph_style(self, paragraph: Paragraph, *, opens_page: bool) -> str:
        own = "Standard" if paragraph.role is None else named(paragraph.role)
        properties = 'fo:break-before="page"' if opens_page else ""
        if is_right_to_left(paragraph.text):
            # LibreOffice takes "end" for the right edge whatever the direction.
            properties += ' style:writing-mode="rl-tb" fo:text-align="end"'
        if not properties:
            return own
        return self._style("paragraph", f"<style:paragraph-properties {properties.strip()}/>", own)

    def _words(self, paragraph: Paragraph) -> str:
        words = "".join(self._run(run) for run in paragraph.runs if run.text)
        target = address(paragraph.text) if paragraph.role is Role.FEEDBACK_LINK else None
        if target is None:
            return words
        return (
            f'<text:a xlink:type="simple" xlink:href={attribute(target)} text:style-name="{LINK_STYLE}"'
            f' text:visited-style-name="{LINK_STYLE}">{words}</text:a>'
        )

    def _run(self, run: Run) -> str:
        words = _text(run.text)
        if run.emphasised:
            look = f'<style:text-properties fo:color="#{GREEN}" {BOLD}/>'
            words = f'<text:span text:style-name="{self._style("text", look)}">{words}</text:span>'
        if run.role is not None:
            words = f'<text:span text:style-name="{named(run.role)}">{words}</text:span>'
        return words

    # Tables

    def _table(self, table: Table, caption: str | None, *, opens_page: bool) -> str:
        self._tables += 1
        columns = "".join(
            f'<table:table-column table:style-name="{self._column_style(share)}"/>'
            for share in widths_of(table)
        )
        rows = [self._row(row, table, header=i < table.header_rows) for i, row in enumerate(placed(table))]
        head = "".join(rows[: table.header_rows])
        if head:
            head = f"<table:table-header-rows>{head}</table:table-header-rows>"
        title = f"<table:title>{text(caption)}</table:title>" if caption else ""
        return (
            f'<table:table table:name="Tableau {self._tables}" table:style-name='
            f'"{self._table_style(table, opens_page=opens_page)}">'
            f"{title}{columns}{head}{''.join(rows[table.header_rows :])}</table:table>"
        )

    def _table_style(self, table: Table, *, opens_page: bool) -> str:
        page = ' fo:break-before="page"' if opens_page else ""
        return self._style(
            "table",
            f'<style:table-properties style:width="{TEXT_WIDTH:g}cm" table:align="left" fo:margin-top="0cm"'
            f' fo:margin-bottom="0cm" table:border-model="collapsing" style:may-break-between-rows="true"{page}/>',
        )

    def _column_style(self, share: float) -> str:
        width = f'style:column-width="{share * TEXT_WIDTH:.3f}cm"'
        return self._style("table-column", f"<style:table-column-properties {width}/>")

    def _row(self, row: Sequence[Placed], table: Table, *, header: bool) -> str:
        keep = "always" if header else "auto"
        style = self._style("table-row", f'<style:table-row-properties fo:keep-together="{keep}"/>')
        cells = "".join(self._cell(place, table, header=header) for place in row)
        return f'<table:table-row table:style-name="{style}">{cells}</table:table-row>'

    def _cell(self, place: Placed, table: Table, *, header: bool) -> str:
        cell = place.cell
        if cell.continues:
            return "<table:covered-table-cell/>" * cell.span
        spans = f' table:number-columns-spanned="{cell.span}"' if cell.span > 1 else ""
        spans += f' table:number-rows-spanned="{place.rows}"' if place.rows > 1 else ""
        style = self._cell_style(table, header=header, column=place.column)
        content = self._flow(cell.paragraphs) or '<text:p text:style-name="Standard"/>'
        return (
            f'<table:table-cell table:style-name="{style}"{spans} office:value-type="string">{content}'
            "</table:table-cell>" + "<table:covered-table-cell/>" * (cell.span - 1)
        )

    def _cell_style(self, table: Table, *, header: bool, column: int) -> str:
        edges = f'fo:border="0.5pt solid #{RULE}"'
        if table.kind is TableKind.FEEDBACK:
            edges = (
                f'fo:border-left="4.5pt solid #{DEEP}" fo:border-top="none" fo:border-bottom="none"'
                ' fo:border-right="none"'
            )
        shaded = (
            header or table.kind is TableKind.FEEDBACK or (table.kind is TableKind.SESSION and column == 0)
        )
        fill = f' fo:background-color="#{PALE}"' if shaded else ""
        side = 0.3 if table.kind is TableKind.FEEDBACK else 0.17
        padding = f'fo:padding="0.11cm" fo:padding-left="{side}cm" fo:padding-right="{side}cm"'
        return self._style("table-cell", f"<style:table-cell-properties {edges} {padding}{fill}/>")


def _bullet(paragraph: Paragraph) -> Bullet | None:
    return bullet_of(paragraph.role) if paragraph.listed else None


def _text(value: str) -> str:
    """Text of a run; spaces beyond the first, tabs and line ends are elements of their own."""
    words = _SQUEEZED.sub("<text:s/>", text(value))
    return words.replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
