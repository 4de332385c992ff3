"""A page's structure tree: which marked content belongs to which paragraph, cell and row."""

import ctypes
from typing import Any, Final

import pypdfium2.raw as pdfium

from cahiers.documents.readers.pdfium.pieces import Path, Tag

MAX_DEPTH: Final = 40
#: Elements looked at on one page; a table of a thousand rows of six cells stays below.
MAX_ELEMENTS: Final = 40_000
ROWS: Final = frozenset(["TR"])
CELLS: Final = frozenset(["TD", "TH"])
#: What lies inside a paragraph, or inside of a list item, and makes no paragraph of its own.
INLINE: Final = frozenset(
    [
        "Span",
        "Link",
        "Reference",
        "Annot",
        "Quote",
        "Code",
        "Em",
        "Strong",
        "Sub",
        "Lbl",
        "LBody",
        "Note",
        "NonStruct",
    ]
)


def tags_of(page: Any) -> dict[int, Tag]:
    """Tag of each marked content of the page by its number; empty where the page has no structure."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        walk = _Walk()
        for index in range(min(pdfium.FPDF_StructTree_CountChildren(tree), MAX_ELEMENTS)):
            walk.visit(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), (index,), None, None, None)
        return walk.tags
    finally:
        pdfium.FPDF_StructTree_Close(tree)


class _Walk:
    def __init__(self) -> None:
        self.tags: dict[int, Tag] = {}
        self.budget = MAX_ELEMENTS

    def visit(
        self, element: Any, path: Path, block: Path | None, row: Path | None, cell: Path | None
    ) -> None:
        self.budget -= 1
        if not element or self.budget < 0 or len(path) > MAX_DEPTH:
            return
        kind = _type(element)
        if kind in ROWS:
            row, cell, block = path, None, None
        elif kind in CELLS:
            cell, block = path, None
        elif kind not in INLINE:
            block = path
        for index in range(min(pdfium.FPDF_StructElement_CountChildren(element), MAX_ELEMENTS)):
            self.budget -= 1
            if self.budget < 0:
                return
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            if child:
                self.visit(child, (*path, index), block, row, cell)
                continue
            number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            if number >= 0:
                self.tags[number] = Tag(block=block or path, row=row, cell=cell)


def _type(element: Any) -> str:
    buffer = (ctypes.c_char * 64)()
    length = pdfium.FPDF_StructElement_GetType(element, buffer, 64)
    return bytes(buffer)[: max(length - 2, 0)].decode("utf-16-le", "replace") if 0 < length <= 64 else ""
