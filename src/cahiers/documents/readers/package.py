"""Zipped XML documents (docx, odt): whose a file is, and its parts parsed without entities or network."""

import re
import zipfile
from collections.abc import Collection
from pathlib import PurePath
from typing import BinaryIO, Final

from lxml import etree

from cahiers.documents import intake
from cahiers.documents.errors import Unreadable

#: Two hundred pages by Word have fewer; many more would take over five seconds to read.
MAX_TAGS: Final = 500_000
MAX_ATTRIBUTES: Final = 1_000_000


def claims(stream: BinaryIO, filename: str, *, part: re.Pattern[str], extensions: Collection[str]) -> bool:
    """Whether a zip lists such a part, or a file so named cannot be opened: its reader says why. Never raises."""
    if any(part.fullmatch(name) for name in intake.zip_parts(stream)):
        return True
    if PurePath(filename).suffix.lstrip(".").lower() not in extensions:
        return False
    start = intake.head(stream, 8)
    try:
        return (
            not start
            or start.startswith((intake.OLE, intake.RTF))
            or (start[:2] == b"PK" and not zipfile.is_zipfile(stream))
        )
    except OSError:
        return False
    finally:
        stream.seek(0)


def xml(archive: zipfile.ZipFile, name: str, what: str) -> etree._Element:
    """Root of a part. Raises Unreadable where it is missing, abnormal or no XML."""
    return parse(intake.xml_part(archive, name, what), name, what)


def xml_if_any(archive: zipfile.ZipFile, name: str, what: str) -> etree._Element | None:
    """Root of a part that documents may lack."""
    return xml(archive, name, what) if name in archive.NameToInfo else None


def parse(data: bytes, name: str, what: str) -> etree._Element:
    """Root of the XML in `data`; comments and processing instructions are left out. Raises Unreadable."""
    if data.count(b"<") > MAX_TAGS or data.count(b"=") > MAX_ATTRIBUTES:
        raise Unreadable(
            f"Le fichier {what} est démesuré : « {name} » contient trop d’éléments pour être lu."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # a row that a program copied has the identifiers of the other
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        raise Unreadable(f"Le fichier {what} est abîmé : « {name} » n’est pas du XML lisible.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(
            f"Le fichier {what} déclare des entités XML, ce qu’aucun document sain ne fait : il est refusé."
        )
    return root
