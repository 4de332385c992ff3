"""Sets a synthesis in the template as an author would in a word processor, in a given look (needs python-docx)."""

import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from bench.unseen.content import METHOD
from bench.unseen.looks import Look
from cahiers.documents import session_form as form
from cahiers.documents.model import Feedback, Item, Meeting, Row, Synthesis, ThemeBlock
from cahiers.methods import Stage

TEXT_WIDTH: Final = 26.1
SIDES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
DRAWN: Final = {
    "horizontal": ("top", "bottom", "insideH"),
    "outer": ("top", "left", "bottom", "right"),
    "single": SIDES,
    "dotted": SIDES,
    "none": (),
}
PROMPTS: Final = {
    "diagnosis": (
        "■ Lors des ateliers, deux ou trois récits tirés des fiches sont présentés, puis discutés.",
        "- Qu’est-ce qui a bien fonctionné ?",
        "- Qu’est-ce qui n’a pas bien fonctionné ?",
    ),
    "projections": ("■ Au cours de cet atelier, les participants se projettent dans l’école de demain.",),
    "action_plan": (
        "■ Au cours de cet atelier, les participants élaborent un plan d’action très concret.",
        "- Les acteurs mobilisés : « Qui » Quels sont les acteurs porteurs de l’action ?",
    ),
}


def write(synthesis: Synthesis, look: Look, path: Path, seed: int) -> None:
    """Writes the document as a .docx file."""
    _Author(look, random.Random(seed)).write(synthesis, path)


def _element(name: str, **values: str) -> Any:
    element = OxmlElement(name)
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    return element


class _Author:
    def __init__(self, look: Look, dice: random.Random) -> None:
        self.look = look
        self.dice = dice
        self.document: Any = docx.Document()

    def write(self, synthesis: Synthesis, path: Path) -> None:
        section = self.document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Cm(1.8))
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = self.look.font, Pt(self.look.size)
        normal.paragraph_format.space_after = Pt(self.look.spacing)
        if self.look.heads:
            section.header.paragraphs[0].text = "Interne"
            section.footer.paragraphs[0].text = "Synthèse régionale"
        for meeting in synthesis.meetings:
            self._session(meeting)
        for index, theme in enumerate(synthesis.themes):
            self._theme(theme)
            if index + 1 < len(synthesis.themes):
                self.document.add_page_break()
        self.document.save(path)

    def _session(self, meeting: Meeting) -> None:
        people = [
            person.name + (f" ({person.note})" if person.note else "") + (f", {person.role}" if person.role else "")
            for person in meeting.facilitators
        ]  # fmt: skip
        people += [meeting.facilitators_note] if meeting.facilitators_note else []
        lines = [
            ([METHOD.territory_heading], [meeting.label]),
            ([form.DATES_LABEL], list(meeting.dates_text)),
            ([form.FORMAT_LABEL, form.FORMAT_PROMPT], [form.write_format(meeting.format)]),
            ([form.FACILITATORS_LABEL], people),
            ([form.PARTICIPANTS_LABEL, form.PARTICIPANTS_PROMPT], [""]),
        ]
        for person in meeting.participants:
            count = "" if person.count is None else f" {person.count}"
            counts = [f"{form.COUNT_LABEL} :{count}" + (f" ({person.note})" if person.note else "")]
            if person.establishments is not None:
                counts.append(f"{form.ESTABLISHMENTS_LABEL} : {person.establishments}")
            lines.append(([f"{'☒' if person.checked else '☐'} {person.label}"], counts))
        table = self._table(2)
        for label, value in lines:
            cells = table.add_row().cells
            self._fill(cells[0], label)
            self._fill(cells[1], value)
        self._dress(table)
        self.document.add_page_break()

    def _theme(self, theme: ThemeBlock) -> None:
        bar = f"{METHOD.theme_word} N°{theme.number} : {theme.title}"
        if self.look.bars:
            table = self._table(1)
            self._fill(table.add_row().cells[0], [bar], bold=True)
            self._dress(table)
        else:
            self._paragraph(bar, bold=True)
        self._paragraph("1. Retour d’expérience :", bold=True)
        for index, stage in enumerate(METHOD.stages):
            if index:
                self._paragraph(f"{index + 1}. {stage.title}", bold=True)
            for prompt in PROMPTS[stage.key]:
                self._paragraph(prompt)
            if stage.cites_feedback:
                for sheet in theme.feedback:
                    self._sheet(sheet)
                self._paragraph("Retours d’expérience présentés lors des ateliers")
            self._stage(stage, theme)
            self._paragraph(stage.caption)

    def _sheet(self, sheet: Feedback) -> None:
        scope = f" ({sheet.scope})" if sheet.scope else ""
        words = [f"RETEX {sheet.number}{scope}", *sheet.text.split("\n"), *sheet.links]
        if not self.look.bars:
            for line in words:
                self._paragraph(line)
            return
        table = self._table(1)
        self._fill(table.add_row().cells[0], words)
        self._dress(table)
        self.document.add_paragraph()

    def _stage(self, stage: Stage, theme: ThemeBlock) -> None:
        headings = [METHOD.theme_heading, *(["RETEX"] if stage.cites_feedback else [])]
        headings += [column.heading for column in stage.columns]
        rows = theme.stages.get(stage.key, ())
        cut = len(rows)
        if self.look.split_tables and len(rows) > 1 and self.dice.random() < 0.5:
            cut = len(rows) // 2
        for part in (rows[:cut], rows[cut:]):
            if part:
                self._rows(part, stage, theme, headings)
                self.document.add_paragraph()

    def _rows(self, rows: Sequence[Row], stage: Stage, theme: ThemeBlock, headings: Sequence[str]) -> None:
        table = self._table(len(headings))
        header = table.add_row()
        if self.look.repeats:
            header._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))
        for cell, heading in zip(header.cells, headings, strict=True):
            self._fill(cell, [heading], bold=True, centred=self.look.centred)
        alike = len({row.theme_text for row in rows}) == 1
        first: Any = None
        for row in rows:
            drawn = table.add_row()
            if self.look.whole_rows:
                drawn._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            cells = list(drawn.cells)
            if self.look.merged and alike and first is not None:
                first = first.merge(cells[0])
            else:
                first = cells[0]
                self._fill(first, [row.theme_text or theme.title], bulleted=self.look.theme_bullet)
            lists = [[Item(text=text) for text in self._cited(row)]] if stage.cites_feedback else []
            lists += [list(row.cells.get(kind, ())) for kind in stage.kinds]
            for cell, items in zip(cells[1:], lists, strict=True):
                self._fill(cell, [item.text for item in items], items, bulleted=True)
                if items and self.dice.random() < self.look.empty_ends:
                    cell.add_paragraph()
        self._dress(table)

    @staticmethod
    def _cited(row: Row) -> list[str]:
        numbers = [", ".join(map(str, row.feedback))] if row.feedback else []
        return [*numbers, *row.feedback_text]

    def _table(self, columns: int) -> Any:
        table = self.document.add_table(rows=0, cols=columns)
        table.style = "Normal Table" if self.look.lines == "none" else self.look.style
        return table

    def _dress(self, table: Any) -> None:
        """Lines, fills and widths of a table that is filled."""
        look = self.look
        if look.lines != "style":
            borders = _element("w:tblBorders")
            for side in SIDES:
                drawn = side in DRAWN[look.lines]
                kind = ("dotted" if look.lines == "dotted" else "single") if drawn else "nil"
                borders.append(_element(f"w:{side}", val=kind, sz="24" if look.lines == "outer" else "4"))
            table._tbl.tblPr.append(borders)
        if look.padding:
            margins = _element("w:tblCellMar")
            for side in ("top", "left", "bottom", "right"):
                margins.append(_element(f"w:{side}", w=str(look.padding), type="dxa"))
            table._tbl.tblPr.append(margins)
        if look.fill and len(table.columns) > 1:
            self._paint(table)
        if (shares := self._shares(table)) is not None:
            table.autofit = False
            for row in table.rows:
                for cell, share in zip(row.cells, shares, strict=True):
                    cell.width = Cm(TEXT_WIDTH * share / sum(shares))

    def _paint(self, table: Any) -> None:
        for index, row in enumerate(table.rows):
            if index == 0 or (self.look.fill == "bands" and index % 2 == 0):
                colour = "1F497D" if self.look.fill == "header" else "DDE6F0"
                for cell in row._tr.tc_lst:
                    cell.get_or_add_tcPr().append(_element("w:shd", val="clear", fill=colour))

    def _shares(self, table: Any) -> Sequence[int] | None:
        columns = len(table.columns)
        if columns == 4 and self.look.widths:
            # Diagnosis and projections have four columns each.
            is_first = "RETEX" in [cell.text for cell in table.rows[0].cells]
            return self.look.widths[0 if is_first else 1]
        return next((shares for shares in self.look.widths if len(shares) == columns), None)

    def _fill(
        self,
        cell: Any,
        lines: Iterable[str],
        items: Sequence[Item] = (),
        *,
        bulleted: bool = False,
        bold: bool = False,
        centred: bool = False,
    ) -> None:
        for index, text in enumerate(lines):
            paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
            if bulleted:
                paragraph.add_run(f"{self.look.bullet} ")
            run = paragraph.add_run(text)
            run.bold = bold or None
            paragraph.alignment = 1 if centred else None
            if items and items[index].emphasised:
                run.bold, run.font.color.rgb = True, RGBColor(0, 0xB0, 0x50)

    def _paragraph(self, text: str, *, bold: bool = False) -> None:
        self.document.add_paragraph().add_run(text).bold = bold or None
