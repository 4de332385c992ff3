"""Reads Word documents: our own by their styles, those that people made in the template by what they show."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from cahiers.documents import intake
from cahiers.documents.blocks import Block
from cahiers.documents.errors import Unreadable
from cahiers.documents.model import Source, Synthesis, Warning
from cahiers.documents.readers import flow, package
from cahiers.documents.readers.asides import NAMES, Aside, Asides, Document, text_of
from cahiers.documents.readers.docx.body import Body
from cahiers.documents.readers.docx.styles import Numbering, Styles, W
from cahiers.documents.readers.flow import Place
from cahiers.methods import Method

WHAT: Final = "Word"
#: Word on the web numbers its main part.
MAIN_PART: Final = re.compile(r"word/document\d*\.xml")
EXTENSIONS: Final = ("docx", "docm", "dotx", "dotm", "doc", "rtf")
RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: Kinds of parts that hold what stands beside the text.
BESIDE: Final = {
    "footnotes": Aside.NOTE,
    "endnotes": Aside.NOTE,
    "comments": Aside.COMMENT,
    "header": Aside.RUNNING,
    "footer": Aside.RUNNING,
}
#: Kinds of parts whose words Word shows in the text without their being there.
ELSEWHERE: Final = ("aFChunk", "subDocument")
#: Elements of such parts that are read in all; a hundred pages of comments have fewer.
MAX_BESIDE: Final = 50_000
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
        return package.claims(stream, filename, part=MAIN_PART, extensions=EXTENSIONS)

    def read(self, stream: BinaryIO, method: Method) -> Synthesis:
        return document_of(stream).synthesis(method)


READER = DocxReader()


def blocks_of(stream: BinaryIO) -> tuple[Block, ...]:
    """Blocks of a docx file. Raises Unreadable."""
    return document_of(stream).blocks


def document_of(stream: BinaryIO) -> Document:
    """A docx file; macros are not looked at. Raises Unreadable."""
    with intake.open_package(stream, WHAT) as archive:
        try:
            return _Reading(archive).document()
        except RecursionError:
            raise Unreadable(
                f"Le fichier {WHAT} imbrique trop de tableaux les uns dans les autres."
            ) from None


class _Reading:
    """Reads the main part of an archive, and those that it names."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._main = _main_part(archive)
        self._relations = list(_relations(archive, self._main))
        self._asides = Asides()
        self._body = Body(
            styles=Styles(self._named("styles")),
            numbering=Numbering(self._named("numbering")),
            targets={key: target for key, kind, target in self._relations if kind == "hyperlink"},
            asides=self._asides,
        )

    def document(self) -> Document:
        body = _xml(self._archive, self._main).find(W + "body")
        if body is None:
            raise Unreadable(f"Le fichier {WHAT} est abîmé : « {self._main} » n’a pas de texte.")
        blocks = tuple(self._body.blocks(body, Place()))
        self._look_beside()
        return Document(blocks, self._asides)

    def _named(self, kind: str) -> etree._Element | None:
        """Root of the one part of that kind, by its usual name where none is named."""
        usual = f"{posixpath.dirname(self._main)}/{kind}.xml"
        name = next((target for _, own, target in self._relations if own == kind), usual)
        return _xml(self._archive, name) if name in self._archive.NameToInfo else None

    def _look_beside(self) -> None:
        """Reads notes, comments, headers and footers; one that is abnormal does not keep the text from being read."""
        for _, kind, target in self._relations:
            if kind in ELSEWHERE:
                self._asides.tell(Aside.ELSEWHERE, target)
        left = MAX_BESIDE
        parts = {target: BESIDE[kind] for _, kind, target in self._relations if kind in BESIDE}
        for name, aside in parts.items():
            if name not in self._archive.NameToInfo:
                continue
            try:
                root = _xml(self._archive, name)
            except Unreadable as error:
                self._asides.warnings.append(Warning(message=str(error)))
                continue
            left -= sum(1 for _ in root.iter())
            if left < 0:
                self._asides.tell(Aside.TOO_LONG, name)
                return
            self._take_beside(root, aside)

    def _take_beside(self, root: etree._Element, aside: Aside) -> None:
        inside = Place(cell=Source(cell=aside.name.lower()))
        if aside is Aside.RUNNING:
            self._asides.running += (line.text for line in flow.flatten(self._body.blocks(root, inside)))
            return
        notes = (note for note in root if note.get(W + "type") in (None, "normal"))
        for number, note in enumerate(notes, start=1):
            place = Source(cell=f"{NAMES[aside]} {number}")
            self._asides.tell(aside, text_of(self._body.blocks(note, inside)), place)


def _main_part(archive: zipfile.ZipFile) -> str:
    for name in archive.NameToInfo:
        if MAIN_PART.fullmatch(name):
            return name
    raise Unreadable(f"Le fichier {WHAT} est incomplet : il lui manque « word/document.xml ».")


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element:
    data = intake.xml_part(archive, name, WHAT)
    for strict, usual in STRICT:
        if strict in data:
            data = data.replace(strict, usual)
    return package.parse(data, name, WHAT)


def _relations(archive: zipfile.ZipFile, main: str) -> Iterator[tuple[str, str, str]]:
    """Identifier, kind and target of what the main part refers to: a part's name, or an address of the web."""
    folder, name = posixpath.split(main)
    if (part := f"{folder}/_rels/{name}.rels") not in archive.NameToInfo:
        return
    for relation in _xml(archive, part).iter(RELATION):
        kind, target = (relation.get("Type") or "").rpartition("/")[2], relation.get("Target") or ""
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield relation.get("Id") or "", kind, target
