"""The docx we write: read back by us, by python-docx and by LibreOffice."""

import io
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph as DocxParagraph

from cahiers.documents.blocks import Role, RunRole, paragraph
from cahiers.documents.model import Item, Row
from cahiers.documents.readers.docx import READER
from cahiers.documents.writers.docx import render
from cahiers.methods import get
from tests.documents.writers.office import parts, synthesis, written

METHOD = get("etats-generaux")


def test_the_page_lies_across_and_the_document_says_its_title_and_language() -> None:
    document = Document(written(synthesis(), "docx"))
    (section,) = document.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    assert document.core_properties.title == "L’école & le <numérique> – Val d’Aube"
    assert document.core_properties.language == "fr-FR"
    lang = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:val")) == "fr-FR"
    assert section.footer.paragraphs[0].text.startswith("L’école & le <numérique> – Val d’Aube\tPage ")


def test_each_role_has_a_style_that_an_author_can_edit() -> None:
    styles = Document(written(synthesis(), "docx")).styles
    for role in (*Role, *RunRole):
        assert styles[role.value].quick_style, role


def test_themes_and_parts_are_headings_for_navigation() -> None:
    document = Document(written(synthesis(), "docx"))
    levels = {}
    for par in document.paragraphs:
        outline = par.style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if outline is not None:
            levels[par.text] = int(outline.get(qn("w:val"))) + 1
    assert levels["THEMATIQUE N°1 : Garantir un égal accès au numérique pour tous"] == 1
    assert levels["2. Projections"] == 2


def stage_tables(document: object) -> Iterable[DocxTable]:
    return [table for table in document.tables if table.rows[0].cells[0].text.startswith("Thématique")]  # type: ignore[attr-defined]


def test_header_rows_repeat_and_other_rows_may_split() -> None:
    for table in stage_tables(Document(written(synthesis(), "docx"))):
        header, *others = [row._tr.trPr for row in table.rows]
        assert header.find(qn("w:tblHeader")) is not None
        assert all(row is None or row.find(qn("w:cantSplit")) is None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def drawn_bullet(document: object, par: DocxParagraph) -> str:
    numbering = par.style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    root = document.part.numbering_part.element  # type: ignore[attr-defined]
    number = root.num_having_numId(int(numbering.get(qn("w:val"))))
    levels = root.findall(qn("w:abstractNum"))[number.abstractNumId.val]
    return str(levels.find(f"{qn('w:lvl')}/{qn('w:lvlText')}").get(qn("w:val")))


def test_bullets_are_list_formatting_and_emphasis_is_bold_green() -> None:
    document = Document(written(synthesis(), "docx"))
    first = next(iter(stage_tables(document)))
    items = first.rows[1].cells[2].paragraphs
    assert [par.text for par in items[:3]] == ["► Former les équipes", "- un tiret en tête", "=SOMME(A1:A9)"]
    assert {drawn_bullet(document, par) for par in items} == {"►"}
    assert [bool(par.runs[0].bold) for par in items[:4]] == [True, False, False, True]
    assert items[0].runs[0].font.color.rgb == RGBColor(0x18, 0x75, 0x3C)


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.03928 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(colour[i : i + 2]) for i in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_colour_of_text_is_legible() -> None:
    colours = set(
        re.findall(r'<w:color w:val="(\w{6})"', "".join(parts(written(synthesis(), "docx")).values()))
    ) - {"FFFFFF"}
    assert len(colours) >= 4
    for colour in colours:
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5, colour
        assert (luminance("E6ECF5") + 0.05) / (luminance(colour) + 0.05) >= 4.5, colour


def test_sessions_and_themes_begin_pages() -> None:
    body = parts(written(synthesis(), "docx"))["word/document.xml"]
    assert body.count("<w:pageBreakBefore/>") == 3  # the second session, two themes
    first = body.index("<w:pageBreakBefore/>")
    assert body.index("Aline Ferrand") < first < body.index("Val d’Aube – départements")


def test_nothing_is_linked_but_web_addresses_of_feedback_sheets() -> None:
    files = parts(written(synthesis(), "docx"))
    assert not [name for name in files if "media" in name or "vba" in name or "embed" in name]
    targets = re.findall(r'Target="([^"]*)" TargetMode="External"', files["word/_rels/document.xml.rels"])
    assert targets == ["https://exemple.fr/a?b=1&amp;c=2"]


@pytest.mark.parametrize(
    "address", ["https://[", "https://a b", "javascript:alert(1)", "https://é\u202e.fr", "http://"]
)
def test_an_address_that_office_suites_refuse_is_no_link(address: str) -> None:
    document = render([paragraph(address, Role.FEEDBACK_LINK)], title="")
    assert "TargetMode" not in parts(io.BytesIO(document))["word/_rels/document.xml.rels"]


def test_a_row_added_with_another_program_is_read_back() -> None:
    document = Document(written(synthesis(), "docx"))
    row = next(iter(stage_tables(document))).add_row()
    row.cells[0].text = "Garantir un égal accès au numérique pour tous"
    row.cells[1].text = "2"
    row.cells[2].text = "► Zones blanches\n► Débit trop faible"
    bold = row.cells[3].paragraphs[0].add_run("Des prêts de tablettes")
    bold.bold, bold.font.color.rgb = True, RGBColor(0, 0xB0, 0x50)
    edited = io.BytesIO()
    document.save(edited)
    rows = READER.read(edited, METHOD).themes[0].stages["diagnosis"]
    assert len(rows) == 4
    assert without_empty_cells(rows[-1]) == Row(
        cells={
            "irritant": (Item(text="Zones blanches"), Item(text="Débit trop faible")),
            "strength": (Item(text="Des prêts de tablettes", emphasised=True),),
        },
        feedback=(2,),
    )


def without_empty_cells(row: Row) -> Row:
    return replace(row, cells={kind: items for kind, items in row.cells.items() if items})


def test_an_empty_document_opens() -> None:
    Document(io.BytesIO(render([], title="")))
