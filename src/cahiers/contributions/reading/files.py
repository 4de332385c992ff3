"""Contributions as files that are written while they are read, whatever their number."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import F, TextField
from django.db.models.functions import Cast

from cahiers.contributions.models import ContributionQuerySet
from cahiers.contributions.reading.filters import Labels

#: In the order of the columns, each with the path that leads to it.
COLUMNS = {
    "id": "uuid",
    "date": "said_on",
    "received_at": "created_at",
    "theme": "theme__title",
    "kind": "kind",
    "territory": "territory__name",
    "place": "scope",
    "category": "category",
    "channel": "channel",
    "stands_for": "stands_for",
    "copy_of": "twin_of__uuid",
    "title": "current__title",
    "text": "current__text",
}
TEAM_COLUMNS = {"status": "status", "consent": "consent", "hidden_because": "hidden_because"}
#: Rows put together before they are sent.
BATCH = 2000
#: Columns that people filled in with words of their own, where a spreadsheet would read some as a formula.
WRITTEN = ("theme", "territory", "place", "title", "text", "hidden_because")
FORMULA = frozenset("=+-@\t\r")
#: Columns that are neither text nor number; moments are those of UTC, to the minute.
CAST = frozenset(("id", "copy_of", "date", "received_at"))


class _Line:
    """Hands back what is written to it."""

    @staticmethod
    def write(line: str) -> str:
        return line


def columns(*, team: bool) -> dict[str, str]:
    return COLUMNS | TEAM_COLUMNS if team else COLUMNS


def as_csv(contributions: ContributionQuerySet, labels: Labels, *, team: bool) -> Iterator[bytes]:
    """UTF-8 with its mark, separated by semicolons as French spreadsheets do."""
    paths = columns(team=team)
    names = list(paths)
    kind, category = names.index("kind"), names.index("category")
    written = [names.index(name) for name in WRITTEN if name in paths]
    write = csv.writer(_Line(), delimiter=";", lineterminator="\r\n").writerow
    yield b"\xef\xbb\xbf" + str(write(names)).encode()
    lines: list[str] = []
    for cells in _rows(contributions, paths):
        cells[kind] = labels.kinds.get(cells[kind], cells[kind])
        cells[category] = labels.categories.get(cells[category], cells[category])
        for index in written:
            if (cells[index] or "")[:1] in FORMULA:
                cells[index] = f"'{cells[index]}"
        lines.append(write(cells))
        if len(lines) >= BATCH:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()


def as_json(contributions: ContributionQuerySet, *, team: bool) -> Iterator[bytes]:
    """A list of objects, one a line."""
    paths = columns(team=team)
    names = list(paths)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines: list[str] = []
    before = "[\n"
    for cells in _rows(contributions, paths):
        lines.append(before + encode(dict(zip(names, cells, strict=True))))
        before = ",\n"
        if len(lines) >= BATCH:
            yield "".join(lines).encode()
            lines.clear()
    lines.append("\n]\n" if before == ",\n" else "[]\n")
    yield "".join(lines).encode()


def _rows(contributions: ContributionQuerySet, paths: dict[str, str]) -> Iterator[list[Any]]:
    # As the database writes them: making a UUID and two dates a row, to write them again, took half of the time.
    asked = [Cast(path, TextField()) if name in CAST else F(path) for name, path in paths.items()]
    uuid, copy_of, received = (list(paths).index(name) for name in ("id", "copy_of", "received_at"))
    rows = contributions.order_by("pk").values_list(*asked).iterator(chunk_size=BATCH)
    for row in rows:
        cells = list(row)
        cells[uuid] = _dashed(cells[uuid])
        if cells[copy_of]:
            cells[copy_of] = _dashed(cells[copy_of])
        cells[received] = cells[received][:16]
        yield cells


def _dashed(uuid: str) -> str:
    """As everyone writes it: SQLite keeps the digits alone."""
    if len(uuid) != 32:
        return uuid
    return f"{uuid[:8]}-{uuid[8:12]}-{uuid[12:16]}-{uuid[16:20]}-{uuid[20:]}"
