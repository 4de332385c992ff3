"""Remarks out of a CSV file as people save it: any usual encoding and separator."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cahiers.textkit.model import Passage

_SEPARATORS = ",;\t|"
_LARGEST_CELL = 1_000_000


class Unreadable(ValueError):
    """The file cannot be read as asked; the message, in French, tells what to do."""


@dataclass(frozen=True)
class Columns:
    """Headings of the columns to read; None where the file has none."""

    text: str
    by: str | None = None
    id: str | None = None
    author: str | None = None
    meeting: str | None = None
    weight: str | None = None

    @property
    def named(self) -> dict[str, str]:
        fields = {
            "text": self.text,
            "by": self.by,
            "id": self.id,
            "author": self.author,
            "meeting": self.meeting,
        }
        return {name: heading for name, heading in {**fields, "weight": self.weight}.items() if heading}


def read_csv(path: Path, columns: Columns) -> tuple[list[Passage], int]:
    """The passages, and how many rows had no text. Rows without an id get their line's number in the table."""
    csv.field_size_limit(_LARGEST_CELL)
    text = _decoded(path)
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        headings = [heading.strip() for heading in next(reader, [])]
        places = _places(headings, columns)
        return _collected(reader, places)
    except csv.Error as error:
        raise Unreadable(f"{path.name}, ligne {reader.line_num} : {error}") from error


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _places(headings: list[str], columns: Columns) -> dict[str, int]:
    places = {}
    for name, heading in columns.named.items():
        if heading not in headings:
            raise Unreadable(
                f"Pas de colonne « {heading} ». Colonnes du fichier : {', '.join(headings) or 'aucune'}."
            )
        places[name] = headings.index(heading)
    return places


def _collected(rows: Iterator[list[str]], places: dict[str, int]) -> tuple[list[Passage], int]:
    passages: list[Passage] = []
    seen: set[str] = set()
    empty = 0
    for line, row in enumerate(rows, start=2):
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        text = row[places["text"]] if places["text"] < len(row) else ""
        if not text.strip():
            empty += 1
            continue
        key = cells.get("id") or str(line)
        if key in seen:
            raise Unreadable(f"L’identifiant « {key} » est deux fois dans le fichier (ligne {line}).")
        seen.add(key)
        passages.append(
            Passage(
                key, text, cells.get("author") or None, cells.get("meeting") or None, cells.get("by") or None,
                _weight(cells.get("weight", ""), line),
            )
        )  # fmt: skip
    return passages, empty


def _weight(cell: str, line: int) -> int:
    if not cell:
        return 1
    if not cell.isdigit() or int(cell) < 1:
        raise Unreadable(f"Ligne {line} : « {cell} » n’est pas un nombre de personnes.")
    return int(cell)
