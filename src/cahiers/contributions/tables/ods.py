"""Tables out of ODS workbooks, a row at a time."""

from collections.abc import Callable, Iterator
from typing import BinaryIO, Final

from lxml import etree

from cahiers.contributions.tables import packages
from cahiers.contributions.tables.heads import MAX_COLUMNS
from cahiers.contributions.tables.lines import tabled
from cahiers.contributions.tables.model import Line, Table
from cahiers.contributions.tables.streams import Opener, guarded
from cahiers.documents.errors import Unreadable

DAMAGED: Final = "Le classeur est abîmé : son contenu ne se lit pas."
MAX_SHEETS: Final = 50
#: Times that a filled row may say it is repeated; empty ones are counted without being made.
MAX_REPEATED: Final = 1000
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def tables(opener: Opener, name: str) -> tuple[list[Table], list[str]]:
    """Tables of a workbook's sheets, and remarks about sheets without any. Raises Unreadable."""
    book = packages.archive(opener)
    if "content.xml" not in book.NameToInfo:
        raise Unreadable("Le classeur est incomplet : il lui manque son contenu.")
    part = packages.part(book, "content.xml")
    packages.undeclared(next(guarded(iter([part]), DAMAGED)))
    titles = list(guarded(_titles(part), DAMAGED))[:MAX_SHEETS]
    found: list[Table] = []
    remarks: list[str] = []
    for index, title in enumerate(titles):
        try:
            label = title if len(titles) > 1 else name
            found.append(tabled(_rows_of(part, index), name=label, format="ods", exact=False))
        except Unreadable as error:
            remarks.append(f"La feuille « {title} » est laissée de côté. {error}")
    if not found:
        raise Unreadable(remarks[0] if remarks else "Le classeur n’a pas de feuille de calcul.")
    return found, remarks


def _rows_of(part: Opener, sheet: int) -> Callable[[], Iterator[Line]]:
    return lambda: _rows(part, sheet)


def _titles(part: Opener) -> Iterator[str]:
    with part() as stream:
        for event, element in _events(stream):
            if event == "start" and element.tag == f"{_TABLE}table":
                yield element.get(f"{_TABLE}name") or ""
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                packages.forget(element)


def _events(stream: BinaryIO) -> Iterator[tuple[str, etree._Element]]:
    return iter(
        etree.iterparse(
            stream,
            events=("start", "end"),
            tag=(f"{_TABLE}table", f"{_TABLE}table-row"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
    )


def _rows(part: Opener, sheet: int) -> Iterator[Line]:
    at, number = -1, 1
    with part() as stream:
        for event, element in _events(stream):
            if element.tag == f"{_TABLE}table":
                at += event == "start"
                if at > sheet:
                    return
            elif event == "end":
                if at == sheet:
                    repeated = _times(element, "number-rows-repeated")
                    cells = _cells(element)
                    for copy in range(min(repeated, MAX_REPEATED) if any(cells) else 0):
                        yield Line(number + copy, list(cells))
                    number += repeated
                packages.forget(element)


def _times(element: etree._Element, name: str) -> int:
    value = element.get(_TABLE + name) or "1"
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1


def _cells(row: etree._Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        text = _shown(cell) if len(cell) else ""
        times = min(_times(cell, "number-columns-repeated"), MAX_COLUMNS - len(cells))
        cells.extend([text] * times)
        if len(cells) >= MAX_COLUMNS:
            break
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _shown(cell: etree._Element) -> str:
    if cell.get(f"{_OFFICE}value-type") == "date":
        return (cell.get(f"{_OFFICE}date-value") or "").replace("T", " ")
    return "\n".join(_paragraph(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p"))


def _paragraph(paragraph: etree._Element) -> str:
    pieces: list[str] = [paragraph.text or ""]
    for element in paragraph.iterdescendants():
        if element.tag == f"{_TEXT}s":
            count = element.get(f"{_TEXT}c") or "1"
            pieces.append(" " * (int(count) if count.isdecimal() and len(count) < 4 else 1))
        elif element.tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif element.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif isinstance(element.tag, str):
            pieces.append(element.text or "")
        pieces.append(element.tail or "")
    return "".join(pieces)
