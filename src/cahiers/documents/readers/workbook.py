"""An xlsx file as sheets of cells, with what each shows and whether it is emphasised.

Parsed here rather than by a spreadsheet library: those build the whole grid that a sheet spans, and a few cells at
its far corner, or one merged area, then cost gigabytes.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO, Final

from lxml import etree

from cahiers.documents.errors import Unreadable
from cahiers.documents.intake import open_package, xml_part
from cahiers.documents.model import Source, Warning
from cahiers.documents.normal import tidy
from cahiers.documents.readers.cell_formats import CellFormats, Looks, shown_number
from cahiers.documents.readers.package import MAX_ATTRIBUTES, xml

EXCEL: Final = "Excel"
#: A synthesis of 60 pages has about 100,000 tags; lines are forgotten once read, so that more fit than in a tree.
MAX_TAGS: Final = 1_500_000
#: Kinds of parts that hold words beside the cells, and the elements that do.
BESIDE: Final = {"comments": "{*}comment", "drawing": "{*}txBody"}
NO_RESULT: Final = (
    "Formule dont le classeur n’a pas enregistré le résultat : ouvrez-le et enregistrez-le de nouveau."
)
TOO_MANY: Final = (
    "Les commentaires, formes et formules sans résultat sont trop nombreux : les suivants ne sont pas dits."
)
MAX_ASIDES: Final = 5_000
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that is not empty; `place` is its sheet and reference."""

    text: str
    emphasised: bool
    place: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines that hold something, by their 1-based number, top to bottom; each by 0-based column."""

    name: str
    lines: dict[int, dict[int, SheetCell]]


@dataclass(frozen=True, slots=True)
class Book:
    """`asides` tell what stands beside the cells, or has no text to read."""

    sheets: tuple[Sheet, ...]
    has_macros: bool
    asides: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """A shared string: what it says and which of its characters are emphasised, where its runs differ."""

    text: str
    emphasised: bool | None


@dataclass(slots=True)
class _Package:
    """A workbook's parts that all sheets share."""

    archive: zipfile.ZipFile
    formats: CellFormats
    strings: list[_Text] = field(default_factory=list)
    since_1904: bool = False
    asides: list[Warning] = field(default_factory=list)

    def tell(self, message: str, text: str, place: str) -> None:
        if len(self.asides) < MAX_ASIDES:
            self.asides.append(Warning(message=message, text=text, source=Source(cell=place)))
        elif len(self.asides) == MAX_ASIDES:
            self.asides.append(Warning(message=TOO_MANY))


def read_book(stream: BinaryIO) -> Book:
    """Visible sheets in their order. Raises Unreadable."""
    archive = open_package(stream, EXCEL)
    try:
        return _read_book(archive)
    except (etree.XMLSyntaxError, ValueError, LookupError, OverflowError):
        raise Unreadable("Le fichier Excel est abîmé : son contenu ne se lit pas.") from None


def _read_book(archive: zipfile.ZipFile) -> Book:
    folder, workbook = "xl", "xl/workbook.xml"
    root = xml(archive, workbook, EXCEL)
    parts = dict(_relations(archive, folder, "workbook.xml"))
    kinds = dict(parts.values())
    looks = CellFormats(
        xml(archive, kinds["styles"], EXCEL) if "styles" in kinds else None,
        xml(archive, kinds["theme"], EXCEL) if "theme" in kinds else None,
    )
    properties = root.find("{*}workbookPr")
    package = _Package(archive=archive, formats=looks)
    package.since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    if "sharedStrings" in kinds:
        package.strings = list(_strings(package, kinds["sharedStrings"]))
    found = []
    for element in root.iterfind("{*}sheets/{*}sheet"):
        relation = next((value for name, value in element.attrib.items() if str(name).endswith("}id")), "")
        kind, path = parts.get(str(relation), ("", ""))
        if kind == "worksheet":
            name = element.get("name") or ""
            found.append(Sheet(name, dict(_lines(package, name, path))))
            _look_beside(package, name, path)
    macros = any(name.lower().endswith("vbaproject.bin") for name in archive.namelist())
    return Book(tuple(found), macros, tuple(package.asides))


def _look_beside(package: _Package, sheet: str, path: str) -> None:
    """Comments of a sheet and the words of the shapes drawn on it."""
    folder, part = posixpath.split(path)
    for _, (kind, target) in _relations(package.archive, folder, part):
        if kind not in BESIDE or target not in package.archive.NameToInfo:
            continue
        for element in _elements(package, target, BESIDE[kind]):
            text = tidy("".join(str(piece) for piece in element.itertext()))
            place = f"{sheet}!{element.get('ref')}" if element.get("ref") else f"feuille « {sheet} »"
            if text:
                package.tell("Texte laissé de côté, dans un commentaire ou une forme.", text, place)


def _relations(archive: zipfile.ZipFile, folder: str, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Identifier, then kind and path, of each part that `part` refers to inside the package."""
    if f"{folder}/_rels/{part}.rels" not in archive.NameToInfo and part != "workbook.xml":
        return
    for element in xml(archive, f"{folder}/_rels/{part}.rels", EXCEL):
        if not isinstance(element.tag, str) or element.get("TargetMode") == "External":
            continue
        target = element.get("Target") or ""
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield element.get("Id") or "", ((element.get("Type") or "").rpartition("/")[2], path)


def _part(archive: zipfile.ZipFile, path: str) -> bytes:
    data = xml_part(archive, path, EXCEL)
    if data.count(b"<") > MAX_TAGS or data.count(b"=") > MAX_ATTRIBUTES:
        raise Unreadable(
            "Le fichier Excel est trop grand : supprimez-en les feuilles et les cellules inutiles."
        )
    return data


def _elements(package: _Package, path: str, tag: str) -> Iterator[etree._Element]:
    """Elements of a part one after the other, each forgotten once it is used."""
    data = _part(package.archive, path)
    events = etree.iterparse(
        BytesIO(data), events=("end",), tag=tag, resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in events:
        yield element
        element.clear()
        while element.getprevious() is not None:
            parent = element.getparent()
            if parent is None:
                break
            del parent[0]


def _strings(package: _Package, path: str) -> Iterator[_Text]:
    for element in _elements(package, path, "{*}si"):
        yield _text(element, package.formats)


def _text(element: etree._Element, formats: CellFormats) -> _Text:
    """Text of a string item: its `t`, or those of its runs (`r`); phonetic readings are left aside."""
    plain = element.findtext("{*}t") or ""
    runs = element.findall("{*}r")
    if not runs:
        return _Text(_unescaped(plain), None)
    pieces = [(_unescaped(run.findtext("{*}t") or ""), formats.run_looks(run.find("{*}rPr"))) for run in runs]
    marked = sum(len(text.strip()) for text, looks in pieces if looks is Looks.EMPHASISED)
    inherited = sum(len(text.strip()) for text, looks in pieces if looks is Looks.INHERITED)
    total = sum(len(text.strip()) for text, _ in pieces)
    text = plain + "".join(text for text, _ in pieces)
    return _Text(text, None if inherited * 2 > total else marked * 2 > total)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def _lines(package: _Package, name: str, path: str) -> Iterator[tuple[int, dict[int, SheetCell]]]:
    number = 0
    for element in _elements(package, path, "{*}row"):
        number = int(element.get("r") or number + 1)
        cells = dict(_cells(package, name, number, element))
        if cells:
            yield number, cells


def _cells(
    package: _Package, sheet: str, number: int, row: etree._Element
) -> Iterator[tuple[int, SheetCell]]:
    column = -1
    for element in row.iterchildren("{*}c"):
        match = _REFERENCE.fullmatch(element.get("r") or "")
        column = _column(match[1]) if match else column + 1
        style = int(element.get("s") or 0)
        text, emphasised = _shown(package, element, style)
        # A result that is the empty text is said to be a text.
        if not text and element.get("t") != "str" and (formula := element.findtext("{*}f")):
            package.tell(NO_RESULT, f"={formula}", f"{sheet}!{_letters(column)}{number}")
        if text.strip():
            if emphasised is None:
                emphasised = package.formats.is_emphasised(style)
            yield column, SheetCell(text, emphasised, f"{sheet}!{_letters(column)}{number}")


def _shown(package: _Package, element: etree._Element, style: int) -> tuple[str, bool | None]:
    """What the cell shows; of a formula, the result that the spreadsheet stored."""
    kind = element.get("t") or "n"
    if kind == "inlineStr":
        inline = element.find("{*}is")
        found = _text(inline, package.formats) if inline is not None else _Text("", None)
        return found.text, found.emphasised
    value = element.findtext("{*}v") or ""
    if kind == "s":
        found = package.strings[int(value)] if value else _Text("", None)
        return found.text, found.emphasised
    if kind == "b":
        return ("VRAI" if value.strip() in ("1", "true") else "FAUX"), None
    if kind == "n" and value:
        return shown_number(value, package.formats.number_format(style), since_1904=package.since_1904), None
    return _unescaped(value), None


def _column(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
