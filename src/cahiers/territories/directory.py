"""Reads the directory of schools, as published or as a team keeps it: a CSV file of any encoding and separator."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import BinaryIO, Final

from charset_normalizer import from_bytes

from cahiers.documents import intake
from cahiers.documents.errors import Unreadable
from cahiers.documents.matching import fold

SAMPLE: Final = 64 * 1024
SEPARATORS: Final = ";,\t|"
#: Records, from the top, among which the header is looked for: spreadsheets often begin with a title.
TOP: Final = 10
LEGACY: Final = ["cp1252", "mac_roman"]
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
FOREIGN: Final = {intake.ZIP: "un classeur", intake.OLE: "un ancien classeur", intake.PDF: "un PDF"}


class Field(StrEnum):
    """What a column holds; the value is its name in French messages."""

    UAI = "numéro UAI"
    NAME = "nom"
    COMMUNE = "commune"
    DEPARTMENT = "département"
    ACADEMY = "académie"
    KIND = "type"
    BASIN = "bassin"


#: Headers, folded, from the surest to the vaguest; those of the ministry's two directories come first.
HEADERS: Final[Mapping[Field, Sequence[str]]] = {
    field: names.split(", ")
    for field, names in {
        Field.UAI: "numero uai, identifiant de l etablissement, uai, code uai, n uai, no uai, uai etablissement, rne,"
        " code rne, numero rne, code etablissement, identifiant",
        Field.NAME: "nom etablissement, appellation officielle, nom de l etablissement, nom d etablissement,"
        " libelle etablissement, nom, etablissement, denomination, denomination principale",
        Field.COMMUNE: "nom commune, libelle commune, nom de la commune, commune, ville",
        Field.DEPARTMENT: "code departement, departement, libelle departement, nom departement, code du departement,"
        " nom du departement, numero departement, dept, dep",
        Field.ACADEMY: "code academie, academie, libelle academie, nom academie, nom de l academie",
        Field.KIND: "type etablissement, type d etablissement, type, nature uai libe, libelle nature, nature",
        Field.BASIN: "libelle bassin formation, bassin, nom bassin, nom du bassin, libelle bassin, bassin de formation,"
        " bassin d education, bassin d education et de formation, bassin formation, bef, code bassin formation,"
        " code bassin",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Line:
    """A record: where it begins in the file, counted from 1, and its cells without idle spaces."""

    number: int
    cells: Mapping[Field, str]

    def __getitem__(self, field: Field) -> str:
        """Text of the cell, empty where the file has no such column."""
        return self.cells.get(field, "")


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that is no CSV."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """An opened file and how it was understood; `columns` gives the header of each field as written."""

    stream: BinaryIO
    encoding: str
    separator: str
    header: tuple[str, ...]
    columns: Mapping[Field, str]

    def lines(self) -> Iterator[Line | Broken]:
        """Records below the header, one at a time, blank ones left out; the stream is left open."""
        places = {field: self.header.index(column) for field, column in self.columns.items()}
        below = False
        for number, record in _records(self.stream, self.encoding, self.separator):
            if isinstance(record, csv.Error):
                yield Broken(number, _reason(record))
            elif not below:
                below = tuple(record) == self.header
            elif any(cell.strip() for cell in record):
                yield Line(
                    number, {field: _clean(record[at]) for field, at in places.items() if at < len(record)}
                )


def opened(stream: BinaryIO) -> Directory:
    """The directory that a seekable stream holds. Raises Unreadable."""
    start = intake.head(stream, SAMPLE)
    if not start.strip():
        raise Unreadable("Le fichier est vide : vérifiez qu’il a bien été enregistré ou téléchargé.")
    for signature, what in FOREIGN.items():
        if start.startswith(signature):
            raise Unreadable(f"Ce fichier est {what}, non un CSV : enregistrez la feuille au format CSV.")
    encoding = _encoding(stream, start)
    separator, header = _header(stream, encoding)
    columns = _columns(header)
    if missing := [field for field in (Field.UAI, Field.NAME) if field not in columns]:
        seen = (
            f"Colonnes reconnues : {', '.join(columns.values())}."
            if columns
            else "Aucune colonne n’est reconnue."
        )
        raise Unreadable(
            f"Il manque une colonne : {' et '.join(missing)}. {seen}"
            " Les intitulés attendus sont par exemple « numero_uai » et « nom_etablissement »."
        )
    return Directory(stream=stream, encoding=encoding, separator=separator, header=header, columns=columns)


def _header(stream: BinaryIO, encoding: str) -> tuple[str, tuple[str, ...]]:
    """The separator and the record, among the first ones, that give the most columns known here."""
    best: tuple[str, tuple[str, ...]] = (SEPARATORS[0], ())
    for separator in SEPARATORS:
        for _, record in islice(_records(stream, encoding, separator), TOP):
            if not isinstance(record, csv.Error) and len(_columns(record)) > len(_columns(best[1])):
                best = separator, tuple(record)
    return best


def _columns(record: Sequence[str]) -> dict[Field, str]:
    """The surest header of each field, as written."""
    folded = {fold(cell.replace("_", " ")): cell for cell in reversed(record)}
    found = {}
    for field, names in HEADERS.items():
        if name := next((name for name in names if name in folded), None):
            found[field] = folded[name]
    return found


def _records(
    stream: BinaryIO, encoding: str, separator: str
) -> Iterator[tuple[int, "list[str] | csv.Error"]]:
    """Each record, or what is wrong with it, after the number of the line where it begins."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    reader = csv.reader(text, delimiter=separator, strict=True)
    try:
        while True:
            number = reader.line_num + 1
            try:
                yield number, next(reader)
            except csv.Error as error:
                yield number, error
            except StopIteration:
                return
    finally:
        text.detach()


def _reason(error: csv.Error) -> str:
    if "unexpected end" in str(error) or "field larger" in str(error):
        return "un guillemet ouvert sur cette ligne n’est jamais refermé"
    return "un guillemet est mal placé"


def _clean(cell: str) -> str:
    return " ".join(cell.replace("\0", "").split())


def _encoding(stream: BinaryIO, start: bytes) -> str:
    """UTF-8 where nearly all of its longer characters are sound, else what Windows or old Macs save French in."""
    for mark, encoding in MARKS:
        if start.startswith(mark):
            return encoding
    # Surrogates stand for bytes that are not UTF-8; the replacement character may be the file's own.
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    longer = broken = 0
    sample = bytearray()
    while chunk := stream.read(SAMPLE):
        text = decoder.decode(chunk)
        longer += len(text) - len(text.encode("ascii", "ignore"))
        wrong = len(text) - len(text.encode("utf-8", "ignore").decode("utf-8"))
        broken += wrong
        if wrong and len(sample) < SAMPLE:
            sample += b"\n".join(line for line in chunk.splitlines() if not line.isascii())
    stream.seek(0)
    if broken * 20 <= longer:
        return "utf-8"
    best = from_bytes(bytes(sample[:SAMPLE]), cp_isolation=LEGACY).best()
    return best.encoding if best else "cp1252"
