"""Contributions as files that are written while they are read, whatever their number."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

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
#: What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Line:
    """Hands back what is written to it."""

    def write(self, line: str) -> str:
        return line


def columns(*, team: bool) -> dict[str, str]:
    return COLUMNS | TEAM_COLUMNS if team else COLUMNS


def as_csv(contributions: ContributionQuerySet, labels: Labels, *, team: bool) -> Iterator[bytes]:
    """UTF-8 with its mark, separated by semicolons as French spreadsheets do."""
    paths = columns(team=team)
    names = list(paths)
    kind, category = names.index("kind"), names.index("category")
    free = [names.index(name) for name in ("theme", "territory", "place", "title", "text")]
    free += [names.index(name) for name in ("hidden_because",) if name in paths]
    # Strings in place of what the database answers: half of the time goes into making each row's values.
    write = csv.writer(_Line(), delimiter=";", lineterminator="\r\n").writerow
    yield b"\xef\xbb\xbf" + str(write(names)).encode()
    lines: list[str] = []
    for row in _rows(contributions, paths):
        cells: list[Any] = list(row)
        cells[kind] = labels.kinds.get(cells[kind], cells[kind])
        cells[category] = labels.categories.get(cells[category], cells[category])
        for index in free:
            if cells[index] and cells[index].startswith(FORMULA):
                cells[index] = f"'{cells[index]}"
        lines.append(str(write(cells)))
        if len(lines) >= BATCH:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()


def as_json(contributions: ContributionQuerySet, *, team: bool) -> Iterator[bytes]:
    """A list of objects, one a line."""
    paths = columns(team=team)
    names = list(paths)
    before = b"[\n"
    for row in _rows(contributions, paths):
        said = {name: _plain(value) for name, value in zip(names, row, strict=True)}
        yield before + json.dumps(said, ensure_ascii=False).encode()
        before = b",\n"
    yield (b"" if before == b",\n" else b"[") + b"\n]\n"


def _rows(contributions: ContributionQuerySet, paths: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    return contributions.order_by("pk").values_list(*paths.values()).iterator(chunk_size=BATCH)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, int) else str(value)
