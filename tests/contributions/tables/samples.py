"""Fictional exports, and the short ways that tests have to read them."""

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from cahiers import methods
from cahiers.contributions.tables import (
    Mapping,
    Problem,
    Record,
    Structure,
    Table,
    Tally,
    open_table,
    propose,
    recognise,
    records,
)

METHOD = methods.get("etats-generaux")

#: A questionnaire as a spreadsheet saves it.
HEADER = [
    "Horodatage de saisie",
    "Vous êtes",
    "Commune",
    "Thème",
    "Quelles difficultés rencontrez-vous ?",
    "Nombre de personnes",
]
LINES = [
    [
        "03/11/2026 10:22",
        "Parent d’élève",
        "Laval",
        "Égal accès",
        "Le réseau tombe dès que deux classes s’en servent.",
        "1",
    ],
    [
        "03/11/2026 11:05",
        "Enseignante",
        "Mayenne",
        "Formation",
        "Les ateliers du mercredi sont trop loin ; on n’y va plus.",
        "12",
    ],
    [
        "04/11/2026 09:41",
        "Élève",
        "Laval",
        "Égal accès",
        "Je révise sur un téléphone,\nà deux avec ma sœur.",
        "2",
    ],
    [
        "04/11/2026 18:00",
        "Parent d’élève",
        "Évron",
        "Gouvernance",
        "Personne ne dit qui décide des achats de matériel.",
        "",
    ],
]


def as_csv(
    rows: Sequence[Sequence[str]],
    *,
    separator: str = ";",
    encoding: str = "utf-8",
    end: str = "\r\n",
    quoting: int = 0,
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(*sheets: Sequence[Sequence[Any]]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    book.close()
    return stream.getvalue()


def as_ods(rows: Sequence[Sequence[str]], name: str = "Réponses") -> bytes:
    from odfdo import Cell, Document, Row
    from odfdo import Table as Sheet

    document = Document("ods")
    document.body.clear()
    sheet = Sheet(name)
    for values in rows:
        row = Row()
        for value in values:
            row.append_cell(Cell(value))
        sheet.append_row(row)
    document.body.append(sheet)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_zip(**files: bytes | str) -> bytes:
    """Names with a double underscore for the dot."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return stream.getvalue()


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def opened(data: bytes | str, name: str = "reponses.csv", *, structure: Structure | None = None) -> Table:
    return open_table(io.BytesIO(data.encode() if isinstance(data, str) else data), name, structure=structure)


def proposed(table: Table) -> Mapping:
    return propose(table, recognise(table), METHOD)


def read(table: Table, mapping: Mapping | None = None, tally: Tally | None = None) -> list[Record | Problem]:
    return list(records(table, mapping or proposed(table), tally=tally))


def said(table: Table, mapping: Mapping | None = None) -> list[Record]:
    """Records alone; a problem fails the test."""
    found = read(table, mapping)
    assert all(isinstance(one, Record) for one in found), found
    return [one for one in found if isinstance(one, Record)]


def problems(table: Table, mapping: Mapping | None = None) -> list[Problem]:
    return [one for one in read(table, mapping) if isinstance(one, Problem)]
