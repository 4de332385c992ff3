"""Zip archives that may be hostile: opened, weighed, their parts read no further than is sane."""

import zipfile
from typing import Final

from lxml import etree

from cahiers.contributions.tables.streams import DAMAGED, MAX_BYTES, Opener, too_heavy
from cahiers.documents import intake
from cahiers.documents.errors import Unreadable
from cahiers.documents.intake import MAX_PARTS

#: A part that announces more than this many times its weight in the archive unfolds without end.
MAX_RATIO: Final = 1000


def archive(opener: Opener) -> zipfile.ZipFile:
    """The archive, once its parts are known to be few, of a sane size and not encrypted. Raises Unreadable."""
    stream = opener()
    if intake._directory_size(stream) > intake.MAX_DIRECTORY:
        raise Unreadable("L’archive contient un nombre démesuré de fichiers : elle est refusée.")
    try:
        opened = zipfile.ZipFile(stream)
    except DAMAGED:
        raise Unreadable("Le fichier est tronqué ou abîmé : il ne s’ouvre pas.") from None
    infos = opened.infolist()
    if any(info.flag_bits & 0x1 for info in infos):
        raise Unreadable("Le fichier est protégé par un mot de passe : enregistrez-le sans.")
    if len(infos) > MAX_PARTS:
        raise Unreadable(f"L’archive contient {len(infos)} fichiers : elle est refusée.")
    for info in infos:
        if info.file_size > 1 << 20 and info.file_size > MAX_RATIO * info.compress_size:
            raise Unreadable("Le fichier gonfle démesurément une fois déplié : il est refusé.")
    if sum(info.file_size for info in infos) > MAX_BYTES:
        raise Unreadable(too_heavy())
    return opened


def part(opened: zipfile.ZipFile, name: str) -> Opener:
    """What opens a part; zipfile stops at the size that the part announces."""
    return lambda: opened.open(name)  # type: ignore[return-value]


def undeclared(opener: Opener) -> None:
    """Raises Unreadable where XML declares a document type, as no sane workbook does."""
    with opener() as stream:
        start = stream.read(1 << 16)
    if b"<!doctype" in start.replace(b"\0", b"").lower() or b"<!entity" in start.replace(b"\0", b"").lower():
        raise Unreadable(
            "Le fichier déclare des entités XML, ce qu’aucun fichier sain ne fait : il est refusé."
        )


def forget(element: etree._Element) -> None:
    """Free an element that was read and those before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
