"""Reads OpenDocument texts: our own by their styles, those that people made in the template by what they show."""

import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

from lxml import etree

from cahiers.documents import intake
from cahiers.documents.blocks import Block
from cahiers.documents.errors import Unreadable
from cahiers.documents.model import Source, Synthesis
from cahiers.documents.readers import flow, package
from cahiers.documents.readers.asides import Asides, Document
from cahiers.documents.readers.flow import Place
from cahiers.documents.readers.odt.body import TABLE, Body
from cahiers.documents.readers.odt.styles import STYLE, Styles
from cahiers.documents.readers.odt.words import FORM, LOEXT, OFFICE, Deletions, ticks_of
from cahiers.methods import Method

WHAT: Final = "LibreOffice"
CONTENT: Final = "content.xml"
#: The second is all that a file has, besides its manifest, which a recent LibreOffice has protected by a password.
PARTS: Final = re.compile(r"content\.xml|encrypted-package")
#: A picture in a flat file, longer than the parser takes.
PICTURE: Final = re.compile(rb"(?<=<office:binary-data>)[^<]*")
RUNNING: Final = (STYLE + "header", STYLE + "footer")
MANIFEST: Final = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
MEDIA_TYPES: Final = (
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
)


class OdtReader:
    name = "odt"

    def accepts(self, stream: BinaryIO, filename: str) -> bool:
        if _is_flat(stream):
            return True
        # Spreadsheets and slides have the same parts; the media type stands first, unpacked, for this use.
        if package.claims(stream, filename, part=PARTS, extensions=("odt", "ott")):
            start = intake.head(stream, 160)
            return b"mimetypeapplication/" not in start or any(
                b"mimetype" + kind + b"PK" in start for kind in MEDIA_TYPES
            )
        return False

    def read(self, stream: BinaryIO, method: Method) -> Synthesis:
        return document_of(stream).synthesis(method)


READER = OdtReader()


def blocks_of(stream: BinaryIO) -> tuple[Block, ...]:
    """Blocks of an odt file. Raises Unreadable."""
    return document_of(stream).blocks


def document_of(stream: BinaryIO) -> Document:
    """An odt file; macros are not looked at. Raises Unreadable."""
    styles: etree._Element | None
    if _is_flat(stream):
        intake.check_size(stream)
        data = PICTURE.sub(b"", stream.read())
        intake.check_xml(data, WHAT)
        styles = content = package.parse(data, CONTENT, WHAT)
    else:
        with intake.open_package(stream, WHAT) as archive:
            _refuse_encrypted(archive)
            content = package.xml(archive, CONTENT, WHAT)
            styles = package.xml_if_any(archive, "styles.xml", WHAT)
    _rename_tables(content)
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise Unreadable(f"Ce fichier {WHAT} n’est pas un document texte.")
    asides = Asides()
    body = Body(
        styles=Styles(styles, content),
        ticks=ticks_of(text.iter(FORM + "checkbox")),
        asides=asides,
        deletions=Deletions(text),
    )
    try:
        blocks = tuple(body.blocks(text, Place()))
        for titles in _running_titles(styles):
            place = Place(cell=Source(cell="en-tête"))
            asides.running += (line.text for line in flow.flatten(body.blocks(titles, place)))
        return Document(blocks, asides)
    except RecursionError:
        raise Unreadable(f"Le fichier {WHAT} imbrique trop de tableaux les uns dans les autres.") from None


def _is_flat(stream: BinaryIO) -> bool:
    """Whether the file is one XML document, without a package around its parts."""
    start = intake.head(stream, 4096)
    is_markup = start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    return is_markup and b"<office:document" in start and any(kind in start for kind in MEDIA_TYPES)


def _rename_tables(content: etree._Element) -> None:
    """LibreOffice names the tables inside shapes its own way."""
    for element in content.iter(f"{LOEXT}*"):
        name = etree.QName(element).localname
        if name.startswith("table"):
            element.tag = TABLE + name


def _running_titles(styles: etree._Element | None) -> Iterator[etree._Element]:
    """Headers and footers, of the first page and of left ones too."""
    for page in styles.iter(STYLE + "master-page") if styles is not None else ():
        yield from (part for part in page if isinstance(part.tag, str) and part.tag.startswith(RUNNING))


def _refuse_encrypted(archive: zipfile.ZipFile) -> None:
    """Passwords encrypt the parts but not the zip: the manifest says so."""
    manifest = package.xml_if_any(archive, "META-INF/manifest.xml", WHAT)
    if manifest is not None and next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
        raise Unreadable(f"Le fichier {WHAT} est protégé par un mot de passe : enregistrez-le sans.")
