"""Reads OpenDocument texts: our own by their styles, those that people made in the template by what they show."""

import zipfile
from typing import BinaryIO, Final

from cahiers.documents import intake
from cahiers.documents.blocks import Block
from cahiers.documents.errors import Unreadable
from cahiers.documents.interpret import interpret
from cahiers.documents.model import Synthesis
from cahiers.documents.readers import package
from cahiers.documents.readers.flow import Place
from cahiers.documents.readers.odt.body import Body
from cahiers.documents.readers.odt.styles import Styles
from cahiers.documents.readers.odt.words import FORM, OFFICE, ticks_of
from cahiers.methods import Method

WHAT: Final = "LibreOffice"
CONTENT: Final = "content.xml"
#: All that a file has, besides its manifest, which a recent LibreOffice has protected by a password.
SEALED: Final = "encrypted-package"
MANIFEST: Final = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
MEDIA_TYPES: Final = (
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
)


class OdtReader:
    name = "odt"

    def accepts(self, stream: BinaryIO, filename: str) -> bool:
        # Spreadsheets and slides have the same parts; the media type stands first, unpacked, for this use.
        if package.claims(stream, filename, parts=(CONTENT, SEALED), extensions=("odt", "ott")):
            start = intake.head(stream, 160)
            return b"mimetypeapplication/" not in start or any(
                b"mimetype" + kind + b"PK" in start for kind in MEDIA_TYPES
            )
        return False

    def read(self, stream: BinaryIO, method: Method) -> Synthesis:
        return interpret(blocks_of(stream), method)


READER = OdtReader()


def blocks_of(stream: BinaryIO) -> tuple[Block, ...]:
    """Blocks of an odt file. Headers, footers, notes, comments and macros are not looked at. Raises Unreadable."""
    with intake.open_package(stream, WHAT) as archive:
        _refuse_encrypted(archive)
        content = package.xml(archive, CONTENT, WHAT)
        styles = package.xml_if_any(archive, "styles.xml", WHAT)
    text = content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise Unreadable(f"Ce fichier {WHAT} n’est pas un document texte.")
    body = Body(styles=Styles(styles, content), ticks=ticks_of(text.iter(FORM + "checkbox")))
    try:
        return tuple(body.blocks(text, Place()))
    except RecursionError:
        raise Unreadable(f"Le fichier {WHAT} imbrique trop de tableaux les uns dans les autres.") from None


def _refuse_encrypted(archive: zipfile.ZipFile) -> None:
    """Passwords encrypt the parts but not the zip: the manifest says so."""
    manifest = package.xml_if_any(archive, "META-INF/manifest.xml", WHAT)
    if manifest is not None and next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
        raise Unreadable(f"Le fichier {WHAT} est protégé par un mot de passe : enregistrez-le sans.")
