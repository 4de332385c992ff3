"""First look at a file's bytes: size, signature, and what a zipped document may hold."""

import re
import zipfile
from collections.abc import Collection
from typing import BinaryIO, Final

from cahiers.documents.errors import Unreadable

MIB: Final = 1024 * 1024
#: A 60-page synthesis with pictures stays under 20 MiB; 64 leaves room and keeps one worker within its memory.
MAX_BYTES: Final = 64 * MIB
MAX_TEXT_BYTES: Final = 8 * MIB
#: What all parts may weigh once unzipped, what one XML part may, and how many parts there may be.
MAX_UNZIPPED: Final = 256 * MIB
MAX_XML_PART: Final = 48 * MIB
MAX_PARTS: Final = 4_000
MAX_DIRECTORY: Final = 2 * MIB

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RTF: Final = b"{\\rtf"
PDF: Final = b"%PDF-"


def head(stream: BinaryIO, size: int = 1024) -> bytes:
    """First bytes; the stream is left at its start."""
    stream.seek(0)
    start = stream.read(size)
    stream.seek(0)
    return start


def length(stream: BinaryIO) -> int:
    """Size in bytes; the stream is left at its start."""
    size = stream.seek(0, 2)
    stream.seek(0)
    return size


def check_size(stream: BinaryIO, limit: int = MAX_BYTES) -> None:
    """Raises Unreadable for an empty file or one over `limit` bytes."""
    size = length(stream)
    if size == 0:
        raise Unreadable(
            "Le fichier est vide (0 octet) : vérifiez qu’il a bien été enregistré ou téléchargé."
        )
    if size > limit:
        raise Unreadable(
            f"Le fichier pèse {size // MIB} Mio, plus que les {limit // MIB} Mio admis :"
            " retirez-en les images ou découpez-le."
        )


def zip_parts(stream: BinaryIO) -> Collection[str]:
    """Parts that a zip archive lists; none for other bytes. Never raises."""
    if not head(stream, 4).startswith(ZIP):
        return ()
    if _directory_size(stream) > MAX_DIRECTORY:
        return ()
    try:
        with zipfile.ZipFile(stream) as archive:
            return archive.NameToInfo
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return ()
    finally:
        stream.seek(0)


def _directory_size(stream: BinaryIO) -> int:
    """Bytes that the archive's end record says its list of parts takes; 0 where there is no such record."""
    size = length(stream)
    stream.seek(max(0, size - 65_557))  # the record, and the longest comment that may follow it
    end = stream.read()
    stream.seek(0)
    at = end.rfind(b"PK\x05\x06")
    return int.from_bytes(end[at + 12 : at + 16], "little") if 0 <= at <= len(end) - 22 else 0


def open_package(stream: BinaryIO, what: str) -> zipfile.ZipFile:
    """The zipped document, once its size, encryption and unpacked weight are known to be harmless.

    `what` names the format in messages ("Word", "LibreOffice"). Raises Unreadable.
    """
    check_size(stream)
    start = head(stream, 8)
    if start.startswith(OLE):
        raise Unreadable(
            f"Le fichier {what} est protégé par un mot de passe ou dans un ancien format :"
            " enregistrez-le sans mot de passe, au format actuel."
        )
    if start.startswith(RTF):
        raise Unreadable(
            "Le fichier est au format RTF, que l’on ne lit pas : enregistrez-le en docx ou en odt."
        )
    if _directory_size(stream) > MAX_DIRECTORY:
        # Opening reads the whole list of parts: a million of them would take seconds and half a gigabyte.
        raise Unreadable(f"Le fichier {what} contient un nombre démesuré de parties : il est refusé.")
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Unreadable(f"Le fichier {what} est tronqué ou abîmé : il ne s’ouvre pas.") from None
    infos = archive.infolist()
    if any(info.flag_bits & 0x1 for info in infos):
        raise Unreadable(f"Le fichier {what} est protégé par un mot de passe : enregistrez-le sans.")
    if len(infos) > MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNZIPPED:
        raise Unreadable(
            f"Le fichier {what} gonfle démesurément une fois décompressé ({len(infos)} parties) : il est refusé."
        )
    return archive


def xml_part(archive: zipfile.ZipFile, name: str, what: str) -> bytes:
    """Bytes of an XML part, checked: present, whole, of a sane size, and without a document type or entity.

    The declared size is not trusted: reading stops at the limit. Raises Unreadable.
    """
    try:
        with archive.open(name) as part:
            data = part.read(MAX_XML_PART + 1)
    except KeyError:
        raise Unreadable(f"Le fichier {what} est incomplet : il lui manque « {name} ».") from None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        raise Unreadable(f"Le fichier {what} est tronqué ou abîmé : « {name} » ne se lit pas.") from None
    except Exception as error:  # zlib.error and lzma.LZMAError share no useful base class
        if type(error).__module__ not in {"zlib", "lzma", "_lzma", "bz2"}:
            raise
        raise Unreadable(f"Le fichier {what} est abîmé : « {name} » ne se décompresse pas.") from None
    check_xml(data, what)
    return data


def check_xml(data: bytes, what: str) -> None:
    """Raises Unreadable for XML beyond measure, or with a document type or entity."""
    if len(data) > MAX_XML_PART:
        raise Unreadable(f"Le fichier {what} gonfle démesurément une fois décompressé : il est refusé.")
    if re.search(rb"<!(DOCTYPE|ENTITY)", data[:65536].replace(b"\0", b""), re.IGNORECASE):
        raise Unreadable(
            f"Le fichier {what} déclare des entités XML, ce qu’aucun document sain ne fait : il est refusé."
        )
