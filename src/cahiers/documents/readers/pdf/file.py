"""Opens PDF files with pdfium, within bounds that no document of the kind comes near."""

import ctypes
import re
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, Final

import pypdfium2.raw as pdfium

from cahiers.documents.errors import Unreadable
from cahiers.documents.intake import MIB, check_size
from cahiers.documents.readers.pdf.contents import TooMuch, page_of
from cahiers.documents.readers.pdf.pieces import Page

MAX_PAGES: Final = 400
MAX_UNPACKED: Final = 192 * MIB
#: Points; four metres. Larger pages are drawings.
MAX_SIDE: Final = 12_000
#: Seconds after which no further page is read: a document of 400 pages takes four.
PATIENCE: Final = 4.5
#: pdfium keeps global state: one thread at a time.
LOCK: Final = threading.Lock()

BROKEN: Final = "Le fichier PDF est tronqué ou abîmé : il ne s’ouvre pas. Exportez-le à nouveau."
TOO_MUCH: Final = (
    "Le fichier PDF est trop complexe ou trop long pour une synthèse : exportez-le à nouveau depuis votre"
    " traitement de texte, ou découpez-le."
)
LOCKED: Final = (
    "Le fichier PDF est protégé par un mot de passe : enregistrez-le sans protection, puis réessayez."
)
SCANNED: Final = (
    "Le fichier PDF ne contient aucun texte, seulement des images de pages (un scan, sans doute) : passez-le par"
    " une reconnaissance de caractères, ou envoyez le document d’origine (Word ou LibreOffice)."
)


def read_pages(stream: BinaryIO) -> list[Page]:
    """Every page of the file. Raises Unreadable."""
    check_size(stream)
    stream.seek(0)
    data = stream.read()
    _check_weight(data)
    with LOCK:
        pages = list(_pages(data))
    if not any(page.pieces for page in pages):
        raise Unreadable(SCANNED)
    return pages


def _pages(data: bytes) -> Iterator[Page]:
    started = time.monotonic()
    with _opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count <= 0:
            raise Unreadable(BROKEN)
        if count > MAX_PAGES:
            raise Unreadable(
                f"Le fichier PDF a {count} pages, plus que les {MAX_PAGES} admises : découpez-le par région."
            )
        for index in range(count):
            if time.monotonic() - started > PATIENCE:
                raise Unreadable(TOO_MUCH)
            yield _page(document, index)


def _page(document: Any, index: int) -> Page:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise Unreadable(BROKEN)
    text = None
    try:
        if max(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)) > MAX_SIDE:
            raise Unreadable(TOO_MUCH)
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            raise Unreadable(BROKEN)
        return page_of(document, page, text, index + 1)
    except TooMuch:
        raise Unreadable(TOO_MUCH) from None
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    pdfium.FPDF_InitLibrary()
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Unreadable(LOCKED if locked else BROKEN)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _check_weight(data: bytes) -> None:
    """Refuses streams that swell: pdfium unpacks each at once and would take the memory of the whole machine."""
    if re.search(
        rb"/(FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)\s*/(FlateDecode|Fl|LZWDecode|LZW)\b", data
    ):
        raise Unreadable(TOO_MUCH)
    if len(data) > MIB and re.search(rb"/(LZWDecode|RunLengthDecode)\b", data):
        raise Unreadable(TOO_MUCH)
    left = MAX_UNPACKED
    for match in re.finditer(rb"stream\r?\n(?=[\x08-\x78])", data):
        left -= _unpacked(data, match.end(), left)
        if left <= 0:
            raise Unreadable(TOO_MUCH)


def _unpacked(data: bytes, start: int, limit: int) -> int:
    """How many bytes the deflated stream at `start` gives, counted up to `limit`."""
    inflater = zlib.decompressobj()
    size = 0
    pending = data[start : start + MIB]
    start += len(pending)
    try:
        while pending and not inflater.eof and size <= limit:
            size += len(inflater.decompress(pending, MIB))
            pending = inflater.unconsumed_tail
            if not pending:
                pending = data[start : start + MIB]
                start += len(pending)
    except zlib.error:
        pass
    return size
