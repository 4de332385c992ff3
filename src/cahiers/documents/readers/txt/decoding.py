"""Bytes of a text file as text, in whatever encoding they were saved."""

import codecs
from typing import BinaryIO, Final

from charset_normalizer import from_bytes

from cahiers.documents import intake
from cahiers.documents.errors import Unreadable

#: What Windows, Word and old Macs save French text in, likeliest first; UTF-8 is tried before.
LEGACY: Final = ["cp1252", "mac_roman", "iso8859_15", "cp850"]
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Bytes that no text file holds: control characters but tab, newlines, form feed and a stray end-of-file mark.
BINARY: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
SIGNATURES: Final = (intake.ZIP, intake.OLE, intake.PDF, b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")
SAMPLE: Final = 64 * 1024


def looks_like_text(start: bytes) -> bool:
    """Whether a file that begins with these bytes can be text; a UTF-16 file without mark is."""
    if not start or start.startswith(SIGNATURES):
        return False
    if start.startswith(tuple(mark for mark, _ in MARKS)):
        return True
    return _utf16(start) is not None or _control_share(start) < 0.001


def decode(stream: BinaryIO) -> str:
    """Whole text, form feeds kept, any newline as "\\n". Raises Unreadable."""
    intake.check_size(stream, intake.MAX_TEXT_BYTES)
    stream.seek(0)
    data = stream.read(intake.MAX_TEXT_BYTES + 1)
    stream.seek(0)
    if not looks_like_text(data[:SAMPLE]):
        raise Unreadable("Ce fichier n’est pas du texte : il contient des données binaires.")
    text = _decode(data)
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")


def _decode(data: bytes) -> str:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if (order := _utf16(data[:SAMPLE])) is not None:
        return data.decode(order, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.count(b"\xc3") and error.start > 0 and _mostly_utf8(data):
            return data.decode("utf-8", errors="replace")
    best = from_bytes(data[:SAMPLE], cp_isolation=LEGACY).best()
    return data.decode(best.encoding if best is not None else "cp1252", errors="replace")


def _utf16(start: bytes) -> str | None:
    """Byte order of UTF-16 without mark: every other byte of Latin text is zero."""
    start = start[: len(start) // 2 * 2]
    half = len(start) // 2
    if half < 2:
        return None
    if start[1::2].count(0) * 2 > half and not start[::2].count(0):
        return "utf-16-le"
    if start[::2].count(0) * 2 > half and not start[1::2].count(0):
        return "utf-16-be"
    return None


def _control_share(start: bytes) -> float:
    return (len(start) - len(start.translate(None, BINARY))) / len(start)


def _mostly_utf8(data: bytes) -> bool:
    """Whether a text that is not quite UTF-8 was meant to be: a file cut or spoilt in a few places."""
    spoilt = data.decode("utf-8", errors="replace").count("\ufffd")
    good = sum(data.count(bytes([lead])) for lead in (0xC3, 0xC2, 0xE2))
    return spoilt * 20 < good
