"""What stands beside the text of a Word or OpenDocument file is told, and is no item."""

import io
import zipfile

import pytest

from cahiers.documents import formats
from cahiers.documents.errors import Unreadable
from cahiers.documents.model import Warning
from cahiers.documents.readers import docx as docx_reader
from cahiers.documents.readers import odt as odt_reader
from cahiers.documents.readers.asides import Aside
from tests.documents.packages import ODT_TYPE, W_NAMESPACES, docx, odt, package, texts
from tests.documents.readers.word import METHOD, cell, par, run, table

BAR = par("THEMATIQUE N°1 : Enseigner et apprendre")
HEADER = "".join(map(cell, ("Thématique", "RETEX", "Irritants", "Points forts")))
ROW = cell("") + cell("1") + cell(par(run("► Vu") + run("et tu", "<w:vanish/>"))) + cell("")


def warnings(**parts: str) -> list[tuple[str, str | None]]:
    found = docx_reader.READER.read(docx(BAR + table(HEADER, ROW), beside=parts), METHOD)
    assert found.themes[0].stages["diagnosis"][0].cells["irritant"][0].text == "Vu"
    return [(warning.message, warning.text) for warning in found.warnings[1:]]


def test_notes_comments_and_hidden_words_of_word() -> None:
    notes = f'<w:footnote w:type="separator">{par("—")}</w:footnote><w:footnote w:id="2">{par("Une note")}</w:footnote>'
    comments = f"<w:comment>{par('Un')}{par('avis')}</w:comment><w:comment>{par('')}</w:comment>"
    assert warnings(footnotes=notes, comments=comments) == [
        (Aside.NOTE, "Une note"),
        (Aside.COMMENT, "Un avis"),
    ]
    assert docx_reader.document_of(docx(par(run("x", "<w:vanish/>")))).asides.warnings[0].text == "x"


def test_headers_and_footers_that_say_more_than_the_document() -> None:
    header = table(cell("Bassin d’Ornel") + cell("Page 2 / 3")) + par("Enseigner et apprendre")
    assert warnings(header=header, footer=par("Bassin d’Ornel")) == [(Aside.RUNNING, "Bassin d’Ornel")]


@pytest.mark.parametrize(
    ("content", "message"),
    [("<w:comment>", "n’est pas du XML lisible"), ("<w:x/>" * 50_001, "trop longs")],
)
def test_an_abnormal_part_beside_does_not_keep_the_text_from_being_read(content: str, message: str) -> None:
    ((said, _),) = warnings(comments=content)
    assert message in said


def test_what_comes_from_another_file_is_told() -> None:
    assert warnings(aFChunk="") == [(Aside.ELSEWHERE, "word/aFChunk9.xml")]


def test_pictures_are_counted() -> None:
    picture = par("<w:r><w:drawing><a:blip xmlns:a='a'/></w:drawing></w:r>")
    assert docx_reader.document_of(docx(picture * 2)).asides.pictures == 2
    frame = "<text:p><draw:frame><draw:image/></draw:frame></text:p>"
    assert odt_reader.document_of(odt(frame * 3)).asides.pictures == 3


def test_the_same_of_opendocument() -> None:
    body = (
        "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Une note</text:p>"
        "</text:note-body></text:note><office:annotation><text:p>Un avis</text:p></office:annotation>"
        '<text:span text:style-name="H">caché</text:span>b</text:p>'
        '<text:section text:display="none"><text:p>Une partie</text:p></text:section>'
    )
    look = '<style:text-properties text:display="none"/>'
    hidden = f'<style:style style:family="text" style:name="H">{look}</style:style>'
    found = odt_reader.document_of(odt(body, automatic=hidden))
    assert texts(found.blocks) == ["ab"]
    assert [(warning.message, warning.text) for warning in found.asides.warnings] == [
        (Aside.HIDDEN, "caché"),
        (Aside.NOTE, "Une note"),
        (Aside.COMMENT, "Un avis"),
        (Aside.HIDDEN, "Une partie"),
    ]


def test_running_titles_of_opendocument() -> None:
    footer = "<style:footer-first><text:p>Bassin d’Ornel</text:p></style:footer-first>"
    page = f"<style:master-page>{footer}</style:master-page>"
    body = "<text:p>THEMATIQUE N°1 : Enseigner et apprendre</text:p>"
    found = odt_reader.READER.read(odt(body, styles=page), METHOD)
    assert found.warnings == (Warning(message=Aside.RUNNING, text="Bassin d’Ornel"),)


@pytest.mark.parametrize("shape", ["draw:custom-shape", "draw:text-box"])
def test_a_table_in_a_box_is_a_table(shape: str) -> None:
    own = "loext:table" if shape == "draw:custom-shape" else "table:table"
    cells = "".join(f"<{own}-cell><text:p>{text}</text:p></{own}-cell>" for text in "ab")
    inside = f"<{own}><{own}-row>{cells}</{own}-row></{own}>"
    assert texts(odt_reader.blocks_of(odt(f"<text:p><{shape}>{inside}</{shape}></text:p>"))) == [
        [[["a"], ["b"]]]
    ]
    box = f"<w:r><w:pict><w:txbxContent>{table(cell('a') + cell('b'))}</w:txbxContent></w:pict></w:r>"
    assert texts(docx_reader.blocks_of(docx(par(box)))) == [[[["a"], ["b"]]]]


def test_the_main_part_may_have_any_number() -> None:
    document = f"<w:document {W_NAMESPACES}><w:body>{par('a')}</w:body></w:document>"
    file = package({"word/document31.xml": document})
    assert docx_reader.READER.accepts(file, "x")
    assert texts(docx_reader.blocks_of(io.BytesIO(file.getvalue()))) == ["a"]


def test_a_flat_file_is_read_but_for_what_was_deleted_in_it() -> None:
    content = odt(
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion/></text:changed-region>'
        '</text:tracked-changes><text:p>a<text:change-start text:change-id="c"/>b</text:p>'
        '<text:p>c<text:change-end text:change-id="c"/>d</text:p>'
    )
    with zipfile.ZipFile(content) as archive:
        flat = archive.read("content.xml").decode()
    flat = flat.replace("office:document-content", "office:document").replace(
        "<office:document ", f'<office:document office:mimetype="{ODT_TYPE}" '
    )
    file = io.BytesIO(flat.encode())
    assert formats.detect(file, "a.fodt") is odt_reader.READER
    assert texts(odt_reader.blocks_of(file)) == ["a", "d"]


def test_rich_text_is_refused_by_its_name() -> None:
    file = io.BytesIO(rb"{\rtf1 texte}")
    with pytest.raises(Unreadable, match="RTF"):
        formats.detect(file, "a.docx").read(file, METHOD)
