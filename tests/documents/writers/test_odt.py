"""The odt we write: read back by us, by odfdo and by LibreOffice."""

import io
import re
import zipfile

from lxml import etree
from odfdo import Document

from cahiers.documents.blocks import Role, RunRole
from cahiers.documents.model import Item
from cahiers.documents.readers.odt import READER
from cahiers.methods import get
from tests.documents.writers.office import parts, synthesis, written

METHOD = get("etats-generaux")
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def test_the_media_type_stands_first_unpacked() -> None:
    with zipfile.ZipFile(written(synthesis(), "odt")) as archive:
        first, *others = archive.infolist()
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert {info.compress_type for info in others} == {zipfile.ZIP_DEFLATED}


def test_the_page_lies_across_and_the_document_says_its_title_and_language() -> None:
    document = Document(written(synthesis(), "odt"))
    assert document.meta.title == "L’école & le <numérique> – Val d’Aube"
    assert document.meta.language == "fr-FR"
    layout = document.get_style("page-layout", "Page").get_properties()
    assert layout["style:print-orientation"] == "landscape"
    assert (layout["fo:page-width"], layout["fo:page-height"]) == ("29.7cm", "21cm")
    assert 'fo:language="fr" fo:country="FR"' in parts(written(synthesis(), "odt"))["styles.xml"]


def test_each_role_has_a_style_that_an_author_can_edit() -> None:
    document = Document(written(synthesis(), "odt"))
    for role in Role:
        assert document.get_style("paragraph", display_name=role.value) is not None, role
    for role in RunRole:
        assert document.get_style("text", display_name=role.value) is not None, role


def test_themes_and_parts_are_headings_for_navigation() -> None:
    headings = {
        str(h.text): h.get_attribute("text:outline-level")
        for h in Document(written(synthesis(), "odt")).body.headers
    }
    assert headings["THEMATIQUE N°1 : Garantir un égal accès au numérique pour tous"] == "1"
    assert headings["2. Projections"] == "2"


def test_header_rows_repeat_and_other_rows_may_split() -> None:
    body = parts(written(synthesis(), "odt"))["content.xml"]
    heads = re.findall(r"<table:table-header-rows>(.*?)</table:table-header-rows>", body)
    assert len(heads) == 6  # three stages, two themes
    assert all("Thématique concernée" in head for head in heads)
    keeping = re.findall(r'style:name="(\w+)" style:family="table-row"><[^>]*fo:keep-together="always"', body)
    assert len(keeping) == 1
    assert body.count(f'<table:table-row table:style-name="{keeping[0]}"') == 6


def test_bullets_are_list_formatting_and_emphasis_is_bold_green() -> None:
    files = parts(written(synthesis(), "odt"))
    body = files["content.xml"]
    cell = body[body.rindex("<table:table-cell", 0, body.index("► Former")) :]
    found = re.match(
        r"<table:table-cell[^>]*><text:list text:style-name=\"Cahiers_20_Puce\"><text:list-item>", cell
    )
    assert found is not None
    assert body.count("►") == 4  # the words of three items and of a citation, no bullet
    assert 'text:bullet-char="►"' in files["styles.xml"]
    span = re.search(r'<text:span text:style-name="(\w+)">► Former', body)
    assert span is not None
    look = re.search(rf'style:name="{span[1]}" style:family="text"><style:text-properties ([^/]*)/>', body)
    assert look is not None
    assert 'fo:color="#18753C"' in look[1]
    assert 'fo:font-weight="bold"' in look[1]


def test_sessions_and_themes_begin_pages() -> None:
    body = parts(written(synthesis(), "odt"))["content.xml"]
    breaking = re.findall(r'style:name="(\w+)"[^>]*>\s*<[^>]*fo:break-before="page"', body)
    uses = [
        len(re.findall(rf'table:style-name="{name}"|text:style-name="{name}"', body)) for name in breaking
    ]
    assert sum(uses) == 3  # the second session, two themes


def test_nothing_is_linked_but_web_addresses_of_feedback_sheets() -> None:
    files = parts(written(synthesis(), "odt"))
    assert sorted(files) == ["META-INF/manifest.xml", "content.xml", "meta.xml", "mimetype", "styles.xml"]
    assert re.findall(r'xlink:href="([^"]*)"', "".join(files.values())) == [
        "https://exemple.fr/a?b=1&amp;c=2"
    ]


def test_a_row_added_with_another_program_is_read_back() -> None:
    stream = written(synthesis(), "odt")
    files = parts(stream)
    root = etree.fromstring(files["content.xml"].encode())
    table_namespace = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    stage = next(t for t in root.iter(table_namespace + "table") if "Irritants" in "".join(t.itertext()))
    row = etree.SubElement(stage, table_namespace + "table-row")
    for words in ("Garantir un égal accès au numérique pour tous", "2", "► Zones blanches", "• Des prêts"):
        cell = etree.SubElement(row, table_namespace + "table-cell")
        etree.SubElement(cell, TEXT + "p").text = words
    edited = io.BytesIO()
    with zipfile.ZipFile(edited, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, etree.tostring(root) if name == "content.xml" else content)
    last = READER.read(edited, METHOD).themes[0].stages["diagnosis"][-1]
    assert last.feedback == (2,)
    assert last.cells["irritant"] == (Item(text="Zones blanches"),)
    assert last.cells["strength"] == (Item(text="Des prêts"),)
