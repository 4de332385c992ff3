"""A table out of a file, whatever its format: told by what it holds first, by its name where that does not say."""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO, Final

from cahiers.contributions.tables import archives, delimited, objects, ods, packages, structures
from cahiers.contributions.tables.model import Content, Table
from cahiers.contributions.tables.streams import DAMAGED, MAX_BYTES, Opener, shared, too_heavy
from cahiers.contributions.tables.structures import Structure
from cahiers.documents import intake
from cahiers.documents.errors import Unreadable

SHEET: Final = b"application/vnd.oasis.opendocument.spreadsheet"
#: Other files that people send, by how they begin.
FOREIGN: Final = (
    (intake.PDF, "un PDF"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"{\\rtf", "un document de traitement de texte"),
    (b"\x1f\x8b", "une archive gzip"),
    (b"7z\xbc\xaf", "une archive 7z"),
    (b"Rar!", "une archive RAR"),
)


def open_table(stream: BinaryIO, filename: str, *, structure: Structure | None = None) -> Table:
    """The likeliest table of a file; the others are in its `others`.

    The stream must stay open as long as the table is read, and nobody else may move it. `structure` (a .lss file,
    by `open_structure`) tells of a LimeSurvey export's codes. Raises Unreadable with one sentence, and nothing else,
    whatever the bytes.
    """
    opener = shared(stream)
    name = PurePath(filename.replace("\\", "/")).name or "tableau"
    tables, remarks = _guarded(opener, name, nested=False)
    if structure:
        tables = [structures.described(table, structure) for table in tables]
    first, *others = sorted(tables, key=_open_columns, reverse=True)
    return replace(first, remarks=(*first.remarks, *remarks), others=tuple(others))


def open_structure(stream: BinaryIO) -> Structure:
    """A LimeSurvey structure (.lss). Raises Unreadable."""
    return structures.read_structure(shared(stream))


def _open_columns(table: Table) -> int:
    return sum(1 for column in table.columns if column.content is Content.TEXT)


def _guarded(opener: Opener, name: str, *, nested: bool) -> tuple[list[Table], list[str]]:
    damaged = f"Le fichier « {name} » est abîmé : il ne se lit pas."
    try:
        return _tables(opener, name, nested=nested)
    except Unreadable:
        raise
    except DAMAGED:
        raise Unreadable(damaged) from None
    except Exception as error:  # zlib.error and lzma.LZMAError share no useful base class
        if type(error).__module__ not in {"zlib", "lzma", "_lzma", "bz2"}:
            raise
        raise Unreadable(damaged) from None


def _tables(opener: Opener, name: str, *, nested: bool) -> tuple[list[Table], list[str]]:
    with opener() as stream:
        start = stream.read(1 << 12)
        if not nested and stream.seek(0, 2) > MAX_BYTES:
            raise Unreadable(too_heavy())
    _refuse(start, name)
    if start.startswith((intake.ZIP, b"PK\x05\x06")):
        return _zipped(opener, name, nested=nested)
    suffix = PurePath(name).suffix.lower()
    if suffix == ".json" or (suffix not in (".csv", ".tsv", ".txt", ".tab") and objects.looks_like(start)):
        return [objects.table(opener, name)], []
    if objects.looks_like(start):
        try:
            return [objects.table(opener, name)], []
        except Unreadable:
            pass
    return [delimited.table(opener, name)], []


def _refuse(start: bytes, name: str) -> None:
    """Raises Unreadable for what is known to be no table, saying what to do."""
    if not start.strip(b"\0 \t\r\n"):
        raise Unreadable("Le fichier est vide : vérifiez qu’il a bien été enregistré ou téléchargé.")
    if start.startswith(intake.OLE):
        raise Unreadable(
            "Ce classeur est protégé par un mot de passe ou dans un ancien format (.xls) : enregistrez-le sans mot de"
            " passe, en .xlsx ou en CSV."
        )
    if structures.is_structure(start):
        raise Unreadable(
            "C’est la structure d’un questionnaire LimeSurvey (.lss) : joignez aussi ses réponses, exportées en CSV."
        )
    for signature, what in FOREIGN:
        if start.startswith(signature):
            raise Unreadable(
                f"Ce fichier est {what}, non un tableau : il faut un fichier CSV, XLSX, ODS ou JSON."
            )
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if bare.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        raise Unreadable(
            f"« {name} » est une page web ou du XML : ouvrez-le dans un tableur et enregistrez-le en .xlsx ou en CSV."
        )


def _zipped(opener: Opener, name: str, *, nested: bool) -> tuple[list[Table], list[str]]:
    names, kind = _parts(packages.archive(opener))
    if "xl/workbook.xml" in names:
        # Here, for to load what only workbooks need takes longer than to open most tables.
        from cahiers.contributions.tables import workbooks

        return workbooks.tables(opener, name)
    if kind == SHEET or (name.lower().endswith(".ods") and "content.xml" in names):
        return ods.tables(opener, name)
    if "[Content_Types].xml" in names or kind.startswith(b"application/vnd.oasis"):
        raise Unreadable(
            "Ce fichier est un document, non un tableau : il faut un fichier CSV, XLSX, ODS ou JSON."
        )
    if nested:
        raise Unreadable("C’est une archive dans une archive.")
    return archives.tables(opener, lambda part, named: _guarded(part, named, nested=True))


def _parts(opened: zipfile.ZipFile) -> tuple[Sequence[str], bytes]:
    kind = b""
    if "mimetype" in opened.NameToInfo and opened.getinfo("mimetype").file_size < 200:
        kind = opened.read("mimetype").strip()
    return opened.namelist(), kind
