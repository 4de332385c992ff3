"""A document that people made in the template, with Word's habits, before and after LibreOffice; and spoilt files."""

import io
import zipfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.shared import RGBColor
from docx.table import _Cell
from hypothesis import given, settings
from hypothesis import strategies as st

from cahiers.documents.errors import DocumentError
from cahiers.documents.formats import reader, writer
from cahiers.documents.model import Feedback, Item, Synthesis
from cahiers.documents.normal import equal, normalise
from cahiers.methods import get
from tests.documents.writers.office import converted, needs_office, synthesis

METHOD = get("etats-generaux")
NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{uri}"'
    for prefix, uri in (
        ("w", "openxmlformats.org/wordprocessingml/2006/main"),
        ("mc", "openxmlformats.org/markup-compatibility/2006"),
        ("wp", "openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "openxmlformats.org/drawingml/2006/main"),
        ("wps", "microsoft.com/office/word/2010/wordprocessingShape"),
        ("w14", "microsoft.com/office/word/2010/wordml"),
    )
)


def xml(text: str) -> object:
    head, _, rest = text.partition(">")
    head, closed = (head[:-1], "/") if head.endswith("/") else (head, "")
    return parse_xml(f"{head} {NAMESPACES}{closed}>{rest}")


def tick(cell: _Cell, checked: bool, label: str) -> None:
    """A check box of Word's developer tools, then its label."""
    mark = "☒" if checked else "☐"
    cell.paragraphs[0]._p.append(
        xml(
            f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(checked)}"/></w14:checkbox></w:sdtPr>'
            f"<w:sdtContent><w:r><w:t>{mark}</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    cell.paragraphs[0].add_run(f" {label} ")


def old_tick(cell: _Cell, checked: bool, label: str) -> None:
    """A check box of Word's old forms, then its label."""
    state = "<w:checked/>" if checked else ""
    for part in (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val=""/><w:enabled/><w:checkBox><w:sizeAuto/>'
        f'<w:default w:val="0"/>{state}</w:checkBox></w:ffData></w:fldChar></w:r>',
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>",
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ):
        cell.paragraphs[0]._p.append(xml(part))
    cell.paragraphs[0].add_run(f" {label}")


def text_box(lines: tuple[str, ...]) -> object:
    inside = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    return xml(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="0"'
        ' distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="8000000" cy="900000"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="Zone"/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
        'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="8000000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
    )


def add_table(document: object, *rows: tuple[tuple[str, ...], ...]) -> object:
    """Rows of cells as lines; "* " asks for Word's own bullet, "! " for bold and green."""
    table = document.add_table(rows=0, cols=len(rows[0]))  # type: ignore[attr-defined]
    for row in rows:
        for cell, lines in zip(table.add_row().cells, row, strict=True):
            for index, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                if "* " in line:
                    paragraph.style = "List Bullet"
                run = paragraph.add_run(line.replace("* ", "").replace("! ", ""))
                if "! " in line:
                    run.bold, run.font.color.rgb = True, RGBColor(0, 0xB0, 0x50)
    return table


@cache
def made_by_people() -> bytes:
    document = Document()
    form = add_table(
        document,
        (("Nom de la Région académique",), ("Bocage-et-Mers",)),
        (("Date(s) et lieu(x) de la session",), ("Le 12 octobre 2026 : Brive-le-Fort",)),
        (("Format de la session",), ()),
        (("Animateurs des sessions",), ("Aline Ferrand, Déléguée au numérique", "Noé Karam")),
        (("Participants",), ()),
        ((), ("Nombre de participants : 24 (dont 3 doctorants)",)),
        ((), ("Nombre de participants :",)),
    )
    cells = [row.cells for row in form.rows]  # type: ignore[attr-defined]
    for checked, label in ((False, "Présentiel"), (True, "Distanciel"), (False, "Les 2")):
        tick(cells[2][1], checked, label)
    old_tick(cells[5][0], True, "Chercheurs")
    old_tick(cells[6][0], False, "Opérateurs")
    document.add_heading("THEMATIQUE N°2 : Un égal accès au numérique pour tous", 1)
    document.add_heading("1. Retour d’expérience", 2)
    for number in (1, 2):
        lines = (f"RETEX {number} (académie)", "Un récit.", f"https://exemple.fr/{number}")
        document.add_paragraph()._p.append(text_box(lines))
    document.add_paragraph("Retours d’expérience présentés lors des ateliers")
    diagnosis = add_table(
        document,
        (("Thématique concernée",), ("RETEX",), ("Irritants",), ("Points forts",)),
        (
            ("Un égal accès au numérique pour tous",),
            ("► 1",),
            ("► Zones", "► Débit"),
            ("* Prêts", "* ! Liens"),
        ),
        ((), ("1, 2",), ("- Coût des données",), ("• Solidarité",)),
    )
    diagnosis.cell(1, 0).merge(diagnosis.cell(2, 0))  # type: ignore[attr-defined]
    document.add_paragraph("Diagnostic des points forts et irritants")
    document.add_heading("2. Projections", 2)
    head = (("Thématique",), ("Irritants principaux",), ("Besoin",), ("Axes d’amélioration ou leviers",))
    title = ("Un égal accès au numérique pour tous",)
    add_table(document, head, (title, ("* Zones",), ("* Couvrir",), ("* ! Former",)))
    document.add_paragraph()
    add_table(document, (title, ("* Coûts",), ("* Aider",), ("* Équiper",)))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(stream: io.BytesIO, name: str) -> Synthesis:
    return reader(name).read(stream, METHOD)


def test_a_document_that_people_made_is_read_whole() -> None:
    found = normalise(read(io.BytesIO(made_by_people()), "docx"))
    (meeting,) = found.meetings
    assert (meeting.label, meeting.format) == ("Bocage-et-Mers", "remote")
    assert [person.name for person in meeting.facilitators] == ["Aline Ferrand", "Noé Karam"]
    assert [(p.label, p.checked, p.count, p.note) for p in meeting.participants] == [
        ("Chercheurs", True, 24, "dont 3 doctorants"),
        ("Opérateurs", False, None, None),
    ]
    (theme,) = found.themes
    assert (theme.key, theme.number) == ("access", 2)
    assert theme.feedback == tuple(
        Feedback(number=number, scope="académie", text="Un récit.", links=(f"https://exemple.fr/{number}",))
        for number in (1, 2)
    )
    first, second = theme.stages["diagnosis"]
    assert (first.feedback, second.feedback) == ((1,), (1, 2))
    assert first.cells["strength"] == (Item(text="Prêts"), Item(text="Liens", emphasised=True))
    assert second.cells["irritant"] == (Item(text="Coût des données"),)
    assert [row.cells["lever"][0].text for row in theme.stages["projections"]] == ["Former", "Équiper"]
    assert found.warnings == ()


@needs_office
def test_the_same_document_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    original = read(io.BytesIO(made_by_people()), "docx")
    as_odt = converted(made_by_people(), "docx", "odt", tmp_path)
    assert equal(read(as_odt, "odt"), original)
    again = converted(as_odt.getvalue(), "odt", "docx", tmp_path)
    assert equal(read(again, "docx"), original)


@cache
def whole(name: str) -> bytes:
    stream = io.BytesIO()
    writer(name).write(synthesis(), METHOD, stream)
    return stream.getvalue()


def read_or_refused(content: bytes, name: str) -> None:
    stream = io.BytesIO(content)
    reader(name).accepts(stream, f"x.{name}")
    with suppress(DocumentError):
        reader(name).read(stream, METHOD)


@pytest.mark.parametrize("name", ["docx", "odt"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_spoilt_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = bytearray(whole(name))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[at] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(content[: data.draw(st.integers(0, len(content)))]), name)
    read_or_refused(bytes(content), name)


@pytest.mark.parametrize(
    ("name", "part"), [("docx", "word/document.xml"), ("docx", "word/styles.xml"), ("odt", "content.xml")]
)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_a_part_with_its_elements_shuffled_is_read_or_refused(
    name: str, part: str, data: st.DataObject
) -> None:
    """Well-formed nonsense: attribute values and tags are exchanged for others of the same file."""
    with zipfile.ZipFile(io.BytesIO(whole(name))) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    pieces = parts[part].split(b'"')
    for _ in range(data.draw(st.integers(1, 40))):
        one, other = (1 + 2 * data.draw(st.integers(0, len(pieces) // 2 - 1)) for _ in range(2))
        pieces[one], pieces[other] = pieces[other], pieces[one]
    parts[part] = b'"'.join(pieces)
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as archive:
        for filename, content in parts.items():
            archive.writestr(filename, content)
    read_or_refused(spoilt.getvalue(), name)
