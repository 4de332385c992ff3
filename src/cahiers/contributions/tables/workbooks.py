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
from cahiers.contributions.tables.plain_rows import NotPlain, Row, plain_rows, plain_strings
from cahiers.contributions.tables.streams import Opener, guarded
from cahiers.contributions.tables.strings import SharedStrings
from cahiers.documents.errors import Unreadable
from cahiers.documents.readers.cell_formats import CellFormats, shown_number
from cahiers.documents.readers.package import xml, xml_if_any

EXCEL: Final = "Excel"
DAMAGED: Final = "Le classeur Excel est abîmé : son contenu ne se lit pas."
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
            remarks.append(f"La feuille « {title} » est laissée de côté. {error}")
        except KeyError:
            remarks.append(f"La feuille « {title} » manque au fichier.")
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
    done = 0
    try:
        with part() as stream:
            for text in plain_strings(stream):
                yield _unescaped(text)
                done += 1
    except NotPlain:
        with part() as stream:
            for number, (_, element) in enumerate(_parsed(stream, "si")):
                if number >= done:
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
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


@lru_cache(maxsize=1 << 13)
def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _letters(at: int) -> str:
    """Column of a cell that does not say it, by its place in the row."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)


def _rows(part: Opener, shown: _Shown) -> Iterator[Line]:
    """Rows that hold something; those past a row of no plain form are read by a parser, from the first on."""
    last = 0
    try:
        with part() as stream:
            for row in plain_rows(stream):
                last = row.number
                if line := _line(row, shown):
                    yield line
    except NotPlain:
        for row in _parsed_rows(part):
            if row.number > last and (line := _line(row, shown)):
                yield line


def _line(row: Row, shown: _Shown) -> Line | None:
    cells: list[str] = []
    strings = shown.strings
    first, known = strings.first, len(strings.first)
    for letters, style, kind, value in row.cells:
        at = _column(letters)
        if at > len(cells):
            if at >= MAX_COLUMNS:
                break
            cells.extend([""] * (at - len(cells)))
        if kind == "s":
            number = int(value) if value else -1
            cells.append(first[number] if 0 <= number < known else strings[number] if value else "")
        else:
            cells.append(_shown(value, kind, style, shown) if value else "")
    return Line(row.number, cells) if cells else None


def _shown(value: str, kind: str, style: str, shown: _Shown) -> str:
    """What a cell shows; of a formula, the result that the spreadsheet stored."""
    if not kind or kind == "n":
        return shown.number(value, style or "0") if style or not value.isdecimal() else value
    if kind == "b":
        return "oui" if value.strip() in ("1", "true") else "non"
    if kind == "e":
        return ""
    return _unescaped(value)


def _parsed_rows(part: Opener) -> Iterator[Row]:
    number = 0
    with part() as stream:
        for _, row in _parsed(stream, "row"):
            number = int(row.get("r") or number + 1)
            cells = []
            for at, cell in enumerate(row):
                letters = (cell.get("r") or "").rstrip("0123456789") or _letters(at)
                kind = cell.get("t") or ""
                if kind == "inlineStr":
                    inline = cell.find("{*}is")
                    cells.append((letters, "", "str", _text(inline) if inline is not None else ""))
                else:
                    cells.append((letters, cell.get("s") or "", kind, cell.findtext("{*}v") or ""))
            packages.forget(row)
            yield Row(number, cells)
