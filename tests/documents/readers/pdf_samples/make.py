"""Makes the samples: documents of the template in the looks that authors give them, exported by LibreOffice.

`python -m tests.documents.readers.pdf_samples.make` writes the PDF files beside this one. It needs python-docx and
LibreOffice; the tests need neither.
"""

import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from cahiers.documents import session_form as form
from cahiers.documents.model import Meeting, Row, Synthesis, ThemeBlock
from cahiers.methods import Method, Stage, get
from tests.documents.readers.pdf_samples.content import sample

HERE = Path(__file__).parent
METHOD = get("etats-generaux")


@dataclass(frozen=True, kw_only=True)
class Looks:
    """How an author sets the template, and how the file is exported. `seed` makes the content."""

    seed: int
    tagged: bool = False
    rows_each: int = 4
    themes: int = 2
    lines: str = "single"
    inner_lines: bool = True
    thickness: int = 4
    bullet: str = "►"
    hanging: bool = False
    size: float = 10
    font: str | None = None
    green: tuple[int, int, int] = (0, 128, 0)
    justified: bool = False
    header: str | None = None
    boxes: bool = True
    shade: str | None = "D9E2F3"
    merged: bool = False
    whole_rows: bool = False
    theme_bullet: bool = True


SAMPLES = {
    "plain": Looks(seed=1),
    "plain-tagged": Looks(seed=1, tagged=True, themes=1),
    "header-no-boxes": Looks(seed=2, header="Interne", boxes=False),
    "thick-hanging": Looks(seed=3, thickness=18, bullet="•", hanging=True, size=11, green=(112, 173, 71)),
    "list-double-tagged": Looks(
        seed=4, tagged=True, themes=1, bullet="list", lines="double", theme_bullet=False
    ),
    "list-serif": Looks(seed=5, bullet="list", font="DejaVu Serif", theme_bullet=False),
    "merged-theme": Looks(seed=6, merged=True, shade=None, lines="dashed"),
    "level-lines": Looks(seed=7, inner_lines=False, hanging=True, font="DejaVu Sans Condensed"),
    "no-lines-tagged": Looks(seed=8, tagged=True, themes=1, lines="nil", size=9),
    "whole-rows-justified": Looks(seed=9, whole_rows=True, justified=True, bullet="-"),
    "large-tagged": Looks(seed=10, tagged=True, themes=1, size=13, header="Document de travail"),
}


def source(looks: Looks) -> Synthesis:
    """What the sample was made of."""
    return sample(METHOD, looks.seed, themes=looks.themes, rows_each=looks.rows_each)


@dataclass
class _Author:
    looks: Looks
    document: Any = field(default_factory=docx.Document)

    def write(self, synthesis: Synthesis) -> None:
        section = self.document.sections[0]
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21)
        for side in ("left", "right", "top", "bottom"):
            setattr(section, f"{side}_margin", Cm(1.8))
        if self.looks.header:
            section.header.paragraphs[0].text = self.looks.header
        self._page_number(section.footer.paragraphs[0])
        for meeting in synthesis.meetings:
            self._session(meeting)
        for theme in synthesis.themes:
            self._theme(theme)

    def _page_number(self, paragraph: Any) -> None:
        paragraph.add_run("Synthèse – page ")
        for kind in ("begin", None, "end"):
            run = paragraph.add_run()
            mark = OxmlElement("w:instrText" if kind is None else "w:fldChar")
            if kind is None:
                mark.text = "PAGE"
            else:
                mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)

    def _session(self, meeting: Meeting) -> None:
        table = self._table(2)
        lines = [
            ([METHOD.territory_heading], [meeting.label]),
            ([form.DATES_LABEL], list(meeting.dates_text)),
            ([form.FORMAT_LABEL, form.FORMAT_PROMPT], [form.write_format(meeting.format)]),
            ([form.FACILITATORS_LABEL], [meeting.facilitators_note or ""]),
            ([form.PARTICIPANTS_LABEL, form.PARTICIPANTS_PROMPT], [""]),
        ]
        for person in meeting.participants:
            counts = [f"{form.COUNT_LABEL} : {person.count}"]
            if person.establishments is not None:
                counts.append(f"{form.ESTABLISHMENTS_LABEL} : {person.establishments}")
            lines.append(([f"☒ {person.label}"], counts))
        for label, value in lines:
            cells = table.add_row().cells
            self._fill(cells[0], label, bold=True)
            self._fill(cells[1], value)
        self.document.add_page_break()

    def _theme(self, theme: ThemeBlock) -> None:
        self._paragraph(f"{METHOD.theme_word} N°{theme.number} : {theme.title}", 14)
        self._paragraph("1. Retour d’expérience :", 12)
        self._paragraph("■ Lors des ateliers, deux ou trois retours d’expérience sont présentés.")
        for sheet in theme.feedback:
            words = [f"RETEX {sheet.number} ({sheet.scope})", *sheet.text.split("\n"), *sheet.links]
            if self.looks.boxes:
                self._fill(self._table(1).add_row().cells[0], words)
                self.document.add_paragraph()
            else:
                for line in words:
                    self._paragraph(line)
        for index, stage in enumerate(METHOD.stages):
            if index:
                self._paragraph(f"{index + 1}. {stage.title}", 12)
            self._stage(stage, theme)
            self._paragraph(stage.caption)
        self.document.add_page_break()

    def _stage(self, stage: Stage, theme: ThemeBlock) -> None:
        headings = [METHOD.theme_heading, *(["RETEX"] if stage.cites_feedback else [])]
        headings += [column.heading for column in stage.columns]
        table = self._table(len(headings))
        header = table.add_row()
        header._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, heading in zip(header.cells, headings, strict=True):
            self._fill(cell, [heading], bold=True)
            if self.looks.shade:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:fill"), self.looks.shade)
                cell._tc.get_or_add_tcPr().append(shade)
        first = None
        for row in theme.stages[stage.key]:
            first = self._row(table.add_row(), row, stage, theme, first)

    def _row(self, drawn: Any, row: Row, stage: Stage, theme: ThemeBlock, first: Any) -> Any:
        if self.looks.whole_rows:
            drawn._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = drawn.cells
        if self.looks.merged and first is not None:
            first = first.merge(cells[0])
        else:
            first = cells[0]
            self._fill(first, [theme.title], bulleted=self.looks.theme_bullet)
        column = 1
        if stage.cites_feedback:
            self._fill(cells[1], [", ".join(map(str, row.feedback))], bulleted=True)
            column = 2
        for cell, kind in zip(cells[column:], stage.kinds, strict=True):
            items = row.cells[kind]
            self._fill(
                cell, [item.text for item in items], [item.emphasised for item in items], bulleted=True
            )
        return first

    def _table(self, columns: int) -> Any:
        table = self.document.add_table(rows=0, cols=columns)
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            edge = OxmlElement(f"w:{side}")
            bare = not self.looks.inner_lines and columns > 2 and side in ("left", "right", "insideV")
            edge.set(qn("w:val"), "nil" if bare else self.looks.lines)
            edge.set(qn("w:sz"), str(self.looks.thickness))
            borders.append(edge)
        table._tbl.tblPr.append(borders)
        return table

    def _fill(
        self,
        cell: Any,
        lines: list[str],
        emphasised: list[bool] | None = None,
        *,
        bulleted: bool = False,
        bold: bool = False,
    ) -> None:
        for index, text in enumerate(lines):
            paragraph = cell.add_paragraph() if index else cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            if bulleted and self.looks.bullet == "list":
                paragraph.style = "List Bullet"
            elif bulleted and self.looks.hanging:
                paragraph.paragraph_format.left_indent = Cm(0.5)
                paragraph.paragraph_format.first_line_indent = Cm(-0.5)
                text = f"{self.looks.bullet}\t{text}"
            elif bulleted:
                text = f"{self.looks.bullet} {text}"
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(self.looks.size), bold or None
            if self.looks.font:
                run.font.name = self.looks.font
            if self.looks.justified:
                paragraph.alignment = 3
            if emphasised and emphasised[index]:
                run.bold, run.font.color.rgb = True, RGBColor(*self.looks.green)

    def _paragraph(self, text: str, size: float | None = None) -> None:
        run = self.document.add_paragraph().add_run(text)
        run.font.size, run.bold = Pt(size or self.looks.size), size is not None


def make(looks: Looks, method: Method, path: Path) -> None:
    """Writes the sample as a PDF file at `path`."""
    author = _Author(looks)
    author.write(source(looks))
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, f"{path.stem}.docx")
        author.document.save(draft)
        told = f'{{"UseTaggedPDF":{{"type":"boolean","value":"{str(looks.tagged).lower()}"}}}}'
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
        command += [f"pdf:writer_pdf_Export:{told}", "--outdir", str(path.parent), str(draft)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)


if __name__ == "__main__":
    for name, looks in SAMPLES.items():
        make(looks, METHOD, HERE / f"{name}.pdf")
