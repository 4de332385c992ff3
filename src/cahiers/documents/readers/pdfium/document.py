"""Opens a PDF file and goes through its pages."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pypdfium2.raw as pdfium

from cahiers.documents.readers.pdfium.contents import TooMuch, page_of
from cahiers.documents.readers.pdfium.pieces import Page

MAX_PAGES: Final = 400
#: Points; four metres. Larger pages are drawings.
MAX_SIDE: Final = 12_000
#: Pieces of text, lines and areas in all; a synthesis of 60 pages has 8,000.
MAX_MARKS: Final = 60_000


class Broken(Exception):
    """pdfium cannot open the file, or one of its pages."""


class Locked(Exception):
    """The file wants a password."""


def pages_of(data: bytearray) -> Iterator[Page]:
    """Every page in turn. Raises Broken, Locked or TooMuch."""
    marks = 0
    with _opened(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count <= 0:
            raise Broken
        if count > MAX_PAGES:
            raise TooMuch
        for index in range(count):
            page = _page(document, index)
            marks += len(page.pieces) + len(page.across) + len(page.down) + len(page.areas)
            if marks > MAX_MARKS:
                raise TooMuch
            yield page


@contextmanager
def _opened(data: bytearray) -> Iterator[Any]:
    pdfium.FPDF_InitLibrary()
    buffer = (ctypes.c_char * len(data)).from_buffer(data)
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        raise Locked if locked else Broken
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _page(document: Any, index: int) -> Page:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise Broken
    text = None
    try:
        if max(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)) > MAX_SIDE:
            raise TooMuch
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            raise Broken
        return page_of(document, page, text, index + 1)
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
