"""Remarks out of a CSV file as people save it: any usual encoding and separator."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cahiers.language import gettext as _
from cahiers.language import quoted
from cahiers.reasons import why
from cahiers.textkit.model import Passage

_SEPARATORS = ",;\t|"
_NONE = "\x1f"  # stands in no text
_LARGEST_CELL = 1_000_000
_HEADING = 40


class Unreadable(ValueError):
    """The file cannot be read as asked; the message, in the language of the person, tells what to do."""


def unread(path: Path, error: OSError) -> Unreadable:
    return Unreadable(_("%(file)s ne se lit pas (%(why)s).") % {"file": quoted(path), "why": why(error)})


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
        return {
            name: heading
            for name, heading in {**fields, "weight": self.weight}.items()
            if heading is not None
        }


@dataclass(frozen=True)
class Table:
    """What was read; ``empty`` counts the rows without text, ``overlong`` are those with more cells than headings."""

    passages: list[Passage]
    empty: int
    overlong: list[int]


def read_csv(path: Path, columns: Columns) -> Table:
    """Rows without an id get their line's number in the table."""
    csv.field_size_limit(_LARGEST_CELL)
    text = _decoded(path)
    separator = _separator(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        headings = [heading.strip() for heading in next(reader, [])]
        places = _places(headings, columns)
        return _collected(reader, places, len(headings))
    except csv.Error as error:
        raise Unreadable(
            _(
                "%(file)s, ligne %(line)s : ce n’est pas un tableau CSV, ou une cellule dépasse "
                "un million de caractères."
            )
            % {"file": path.name, "line": reader.line_num}
        ) from error


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unread(path, error) from error
    if data[:2] == b"PK":
        raise Unreadable(
            _("%(file)s est un classeur ou une archive : enregistrez-le d’abord en CSV.")
            % {"file": path.name}
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _separator(text: str, columns: Columns) -> str:
    """The one that finds the columns asked for, then the one that parts the headings most.

    A file of a single column has none: what stands in its texts must not cut them.
    """

    def found(separator: str) -> tuple[int, int]:
        headings = [cell.strip() for cell in next(csv.reader(io.StringIO(text), delimiter=separator), [])]
        return len(set(columns.named.values()) & set(headings)), len(headings)

    try:
        best = max(_SEPARATORS, key=found)
        return best if found(best)[1] > 1 else _NONE
    except csv.Error:
        return _SEPARATORS[0]  # what is wrong is told when the table is read


def _places(headings: list[str], columns: Columns) -> dict[str, int]:
    places = {}
    for name, heading in columns.named.items():
        if heading not in headings:
            known = ", ".join(quoted(shortened(one)) for one in headings if one) or _("aucune")
            raise Unreadable(
                _(
                    "Pas de colonne %(name)s. La première ligne doit nommer les colonnes ; elle donne "
                    "ici : %(known)s."
                )
                % {"name": quoted(heading), "known": known}
            )
        if headings.count(heading) > 1:
            raise Unreadable(
                _("Deux colonnes s’appellent %(name)s : renommez celle qui n’est pas à lire.")
                % {"name": quoted(heading)}
            )
        places[name] = headings.index(heading)
    return places


def shortened(heading: str) -> str:
    return heading if len(heading) <= _HEADING else f"{heading[:_HEADING].rstrip()}…"


def _collected(rows: Iterator[list[str]], places: dict[str, int], width: int) -> Table:
    table = Table([], 0, [])
    seen: set[str] = set()
    empty = 0
    for line, row in enumerate(rows, start=2):
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}
        text = row[places["text"]] if places["text"] < len(row) else ""
        if any(cell.strip() for cell in row[width:]):
            table.overlong.append(line)
        if not text.strip():
            empty += any(cell.strip() for cell in row)
            continue
        key = cells.get("id") or str(line)
        if key in seen:
            raise Unreadable(
                _(
                    "L’identifiant %(id)s est deux fois dans le fichier (ligne %(line)s) : choisissez une "
                    "autre colonne, ou passez-vous de --id."
                )
                % {"id": quoted(key), "line": line}
            )
        seen.add(key)
        table.passages.append(
            Passage(
                key, text, cells.get("author") or None, cells.get("meeting") or None, cells.get("by") or None,
                _weight(cells.get("weight", ""), line),
            )
        )  # fmt: skip
    return replace(table, empty=empty)


def _weight(cell: str, line: int) -> int:
    if not cell:
        return 1
    if not cell.isdecimal() or int(cell) < 1:
        raise Unreadable(
            _("Ligne %(line)s : %(cell)s n’est pas un nombre de personnes.")
            % {"line": line, "cell": quoted(cell)}
        )
    return int(cell)
