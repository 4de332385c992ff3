"""Tables out of XLSX workbooks, a row at a time.

Parsed here: python-calamine and openpyxl both hold all strings of the workbook, and calamine all cells of a sheet,
in memory, which a million answers make a gigabyte.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import BinaryIO, Final

from lxml import etree

from cahiers.contributions.tables import packages
from cahiers.contributions.tables.heads import MAX_COLUMNS
from cahiers.contributions.tables.lines import tabled
from cahiers.contributions.tables.model import Line, Table
from cahiers.contributions.tables.streams import Opener, guarded
from cahiers.contributions.tables.strings import SharedStrings
from cahiers.documents.errors import Unreadable
from cahiers.documents.readers.cell_formats import CellFormats, shown_number
from cahiers.documents.readers.package import xml, xml_if_any

EXCEL: Final = "Excel"
DAMAGED: Final = "Le classeur Excel est abîmé : son contenu ne se lit pas."
MAX_SHEETS: Final = 50
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NS: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT: Final = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"


def tables(opener: Opener, name: str) -> tuple[list[Table], list[str]]:
    """Tables of a workbook's sheets, and remarks about sheets without any. Raises Unreadable."""
    book = packages.archive(opener)
    found: list[Table] = []
    remarks: list[str] = []
    sheets = list(guarded(_sheets(book), DAMAGED))[:MAX_SHEETS]
    if not sheets:
        raise Unreadable("Le classeur Excel n’a pas de feuille de calcul.")
    show = next(guarded(iter([_Shown(book)]), DAMAGED), None) if sheets else None
    for title, path in sheets:
        part = packages.part(book, path)
        try:
            packages.undeclared(part)
            shown = show or _Shown(book)
            raw = _rows_of(part, shown)
            label = title if len(sheets) > 1 else name
            found.append(tabled(raw, name=label, format="xlsx", exact=False))
        except Unreadable as error:
            remarks.append(f"La feuille « {title} » est laissée de côté. {error}")
        except KeyError:
            remarks.append(f"La feuille « {title} » manque au fichier.")
    if not found:
        raise Unreadable(remarks[0] if remarks else DAMAGED)
    return found, remarks


def _rows_of(part: Opener, shown: "_Shown") -> Callable[[], Iterator[Line]]:
    return lambda: _rows(part, shown)


def _sheets(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet of cells, hidden ones last."""
    paths: dict[str, str] = {}
    for element in xml(book, "xl/_rels/workbook.xml.rels", EXCEL):
        kind = (element.get("Type") or "").rpartition("/")[2]
        if kind == "worksheet" and element.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/xl", element.get("Target") or ""))
            paths[element.get("Id") or ""] = target.lstrip("/")
    sheets = list(xml(book, "xl/workbook.xml", EXCEL).iterfind("{*}sheets/{*}sheet"))
    sheets.sort(key=lambda sheet: sheet.get("state") in ("hidden", "veryHidden"))
    for sheet in sheets:
        relation = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        if str(relation) in paths:
            yield sheet.get("name") or "", paths[str(relation)]


class _Shown:
    """What a workbook's cells show: its shared strings and number formats."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        formats = CellFormats(xml_if_any(book, "xl/styles.xml", EXCEL), None)
        properties = xml(book, "xl/workbook.xml", EXCEL).find("{*}workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.strings = SharedStrings(_strings(book))

        @lru_cache(maxsize=1 << 13)
        def number(value: str, style: str) -> str:
            code = formats.number_format(int(style))
            try:
                return shown_number(value, code, since_1904=since_1904)
            except (ValueError, OverflowError):
                return value

        self.number = number


def _strings(book: zipfile.ZipFile) -> Iterator[str]:
    name = next((name for name in book.NameToInfo if name.lower() == "xl/sharedstrings.xml"), None)
    if name is None:
        return
    part = packages.part(book, name)
    packages.undeclared(part)
    with part() as stream:
        for _, element in _parsed(stream, "si"):
            yield _text(element)
            packages.forget(element)


def _parsed(stream: BinaryIO, tag: str) -> Iterator[tuple[str, etree._Element]]:
    return iter(
        etree.iterparse(
            stream,
            tag=(_NS + tag, _STRICT + tag),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
        )
    )


def _text(element: etree._Element) -> str:
    """Text of a string item, or of its runs; phonetic readings are left aside."""
    pieces = [
        element.findtext("{*}t") or "",
        *(run.findtext("{*}t") or "" for run in element.iterfind("{*}r")),
    ]
    text = "".join(pieces)
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@lru_cache(maxsize=1 << 13)
def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _rows(part: Opener, shown: _Shown) -> Iterator[Line]:
    number = 0
    with part() as stream:
        for _, row in _parsed(stream, "row"):
            number = int(row.get("r") or number + 1)
            cells: list[str] = []
            for cell in row:
                reference = cell.get("r")
                if reference:
                    at = _column(reference.rstrip("0123456789"))
                    if at >= MAX_COLUMNS or at < 0:
                        break
                    if at > len(cells):
                        cells.extend([""] * (at - len(cells)))
                cells.append(_cell(cell, shown) if len(cell) else "")
            packages.forget(row)
            if cells:
                yield Line(number, cells)


def _cell(cell: etree._Element, shown: _Shown) -> str:
    """What the cell shows; of a formula, the result that the spreadsheet stored."""
    kind = cell.get("t")
    value = cell[-1].text or ""
    if kind == "s":
        return shown.strings[int(value)] if value else ""
    if kind is None or kind == "n":
        style = cell.get("s")
        return shown.number(value, style or "0") if value and (style or not value.isdecimal()) else value
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return _text(inline) if inline is not None else ""
    if kind == "b":
        return "oui" if value.strip() in ("1", "true") else "non"
    if kind == "e":
        return ""
    return value
