"""Writes a document as Word does, through python-docx."""

import random
from pathlib import Path
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bench.examined.pages import Cell, Document, Paragraph, Run, Table

ALIGNMENTS: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
SIDES: Final = {
    "all": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "outer": ("top", "left", "bottom", "right"),
    "rows": ("top", "bottom", "insideH"),
    "none": (),
}
GREEN: Final = RGBColor(0x2E, 0x7D, 0x32)


def _element(name: str, **attributes: object) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


class Writer:
    """One document being written; `rng` cuts runs as corrections leave them."""

    def __init__(self, document: Document, rng: random.Random) -> None:
        self.source = document
        self.rng = rng
        self.file = docx.Document()
        style: Any = self.file.styles["Normal"]
        style.font.name, style.font.size = document.font, Pt(document.size)
        style.paragraph_format.space_after = Pt(0)
        section = self.file.sections[0]
        long, short = Cm(29.7), Cm(21)
        section.page_width, section.page_height = (long, short) if document.landscape else (short, long)
        section.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
        section.left_margin = section.right_margin = Cm(document.margin)
        section.top_margin = section.bottom_margin = Cm(document.margin)
        self._lists()
        if document.page_header:
            section.header.paragraphs[0].text = document.page_header
        if document.footer is not None:
            self._footer(section.footer.paragraphs[0], document.footer)

    def _lists(self) -> None:
        numbering: Any = self.file.part.numbering_part.element
        abstract = _element("w:abstractNum", abstractNumId=90)
        for level, sign in enumerate(self.source.bullets):
            own = _element("w:lvl", ilvl=level)
            own.append(_element("w:start", val=1))
            own.append(_element("w:numFmt", val="bullet"))
            own.append(_element("w:lvlText", val=sign or "•"))
            own.append(_element("w:lvlJc", val="left"))
            properties = _element("w:pPr")
            properties.append(_element("w:ind", left=227 * (level + 1), hanging=227))
            own.append(properties)
            abstract.append(own)
        numbering.insert(0, abstract)
        number = _element("w:num", numId=90)
        number.append(_element("w:abstractNumId", val=90))
        numbering.append(number)

    def _footer(self, paragraph: Any, text: str) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text)
        for kind in ("begin", None, "end"):
            run = paragraph.add_run()._r
            if kind:
                run.append(_element("w:fldChar", fldCharType=kind))
            else:
                code = _element("w:instrText")
                code.text = "PAGE"
                run.append(code)

    def save(self, path: Path) -> None:
        for block in self.source.blocks:
            if isinstance(block, Table):
                self.table(block)
            else:
                made = self.file.add_paragraph()
                if block.heading:
                    # A heading of the navigation pane that keeps the author's own look.
                    properties = made._p.get_or_add_pPr()
                    properties.append(_element("w:outlineLvl", val=block.heading - 1))
                self.paragraph(made, block)
        self.file.save(str(path))

    def paragraph(self, made: Any, source: Paragraph) -> None:
        form = made.paragraph_format
        form.space_after = Pt(source.after)
        made.alignment = ALIGNMENTS[source.align]
        if source.indent:
            form.left_indent = Cm(source.indent)
        form.page_break_before = source.breaks or None
        properties = made._p.get_or_add_pPr()
        if source.level is not None:
            numbers = properties.get_or_add_numPr()
            numbers.append(_element("w:ilvl", val=source.level))
            numbers.append(_element("w:numId", val=90))
        if source.shade:
            properties.append(_element("w:shd", val="clear", color="auto", fill=source.shade))
        for run in source.runs:
            for piece in self._pieces(run):
                own = made.add_run(piece)
                own.font.size = Pt(source.size)
                own.bold = run.bold or None
                if run.green:
                    own.font.color.rgb = GREEN
        if source.comment and made.runs:
            self.file.add_comment(made.runs, text=source.comment, author="Relecture", initials="R")

    def _pieces(self, run: Run) -> list[str]:
        if not self.source.fragments or len(run.text) < 8:
            return [run.text]
        cut = self.rng.randrange(2, len(run.text) - 2)
        return [run.text[:cut], run.text[cut:]]

    def table(self, source: Table) -> None:
        made: Any = self.file.add_table(rows=len(source.rows), cols=len(source.widths))
        made.autofit = False
        borders = _element("w:tblBorders")
        for side in SIDES[source.borders]:
            borders.append(_element(f"w:{side}", val="single", sz=4, space=0, color="444444"))
        made._tbl.tblPr.append(borders)
        for column, width in zip(made.columns, source.widths, strict=True):
            column.width = Cm(width)
        for index, row in enumerate(source.rows):
            properties = made.rows[index]._tr.get_or_add_trPr()
            if source.whole_rows:
                properties.append(_element("w:cantSplit"))
            if index < source.headers:
                properties.append(_element("w:tblHeader"))
            cells = made.rows[index].cells
            for place, cell in enumerate(row):
                if not cell.covered:
                    self.cell(cells[place], cell, source.widths[place])
        for index, row in enumerate(source.rows):
            for place, cell in enumerate(row):
                if cell.rows > 1 or cell.columns > 1:
                    last = made.cell(index + cell.rows - 1, place + cell.columns - 1)
                    merged = made.cell(index, place).merge(last)
                    for extra in merged.paragraphs[len(cell.paragraphs) :]:
                        extra._p.getparent().remove(extra._p)

    def cell(self, made: Any, source: Cell, width: float) -> None:
        made.width = Cm(width)
        if source.middle:
            made.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        if source.shade:
            made._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=source.shade))
        for index, paragraph in enumerate(source.paragraphs):
            self.paragraph(made.paragraphs[0] if not index else made.add_paragraph(), paragraph)


def write(document: Document, path: Path, rng: random.Random) -> None:
    """Writes the docx file."""
    Writer(document, rng).save(path)
