"""Reads Word documents: our own by their styles, those that people made in the template by what they show."""

import posixpath
import zipfile
from typing import BinaryIO, Final

from lxml import etree

from cahiers.documents import intake
from cahiers.documents.blocks import Block
from cahiers.documents.errors import Unreadable
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Synthesis
from cahiers.documents.readers import package
from cahiers.documents.readers.docx.body import Body
from cahiers.documents.readers.docx.styles import Numbering, Styles, W
from cahiers.documents.readers.flow import Place
from cahiers.methods import Method

WHAT: Final = "Word"
#: Word on the web numbers its main part.
MAIN_PARTS: Final = ("word/document.xml", "word/document2.xml")
EXTENSIONS: Final = ("docx", "docm", "dotx", "doc")
RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: "Strict" files name the same things otherwise.
STRICT: Final = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)


class DocxReader:
    name = "docx"

    def accepts(self, stream: BinaryIO, filename: str) -> bool:
        return package.claims(stream, filename, parts=MAIN_PARTS, extensions=EXTENSIONS)

    def read(self, stream: BinaryIO, method: Method) -> Synthesis:
        return interpret(blocks_of(stream), method)


READER = DocxReader()


def blocks_of(stream: BinaryIO) -> tuple[Block, ...]:
    """Blocks of a docx file. Headers, footers, notes, comments and macros are not looked at. Raises Unreadable."""
    with intake.open_package(stream, WHAT) as archive:
        main = _main_part(archive)
        folder = posixpath.dirname(main)
        document = _xml(archive, main)
        styles = _xml_if_any(archive, f"{folder}/styles.xml")
        numbering = _xml_if_any(archive, f"{folder}/numbering.xml")
        targets = _targets(archive, f"{folder}/_rels/{posixpath.basename(main)}.rels")
    body = document.find(W + "body")
    if body is None:
        raise Unreadable(f"Le fichier {WHAT} est abîmé : « {main} » n’a pas de texte.")
    reading = Body(styles=Styles(styles), numbering=Numbering(numbering), targets=targets)
    try:
        return tuple(reading.blocks(body, Place()))
    except RecursionError:
        raise Unreadable(f"Le fichier {WHAT} imbrique trop de tableaux les uns dans les autres.") from None


def _main_part(archive: zipfile.ZipFile) -> str:
    for name in MAIN_PARTS:
        if name in archive.NameToInfo:
            return name
    raise Unreadable(f"Le fichier {WHAT} est incomplet : il lui manque « {MAIN_PARTS[0]} ».")


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element:
    data = intake.xml_part(archive, name, WHAT)
    for strict, usual in STRICT:
        if strict in data:
            data = data.replace(strict, usual)
    return package.parse(data, name, WHAT)


def _xml_if_any(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    return _xml(archive, name) if name in archive.NameToInfo else None


def _targets(archive: zipfile.ZipFile, name: str) -> dict[str, str]:
    """Addresses of links by relation."""
    root = _xml_if_any(archive, name)
    if root is None:
        return {}
    return {
        relation.get("Id") or "": relation.get("Target") or ""
        for relation in root.iter(RELATION)
        if (relation.get("Type") or "").endswith("/hyperlink")
    }
