"""Contributions as files that are written while they are read, whatever their number."""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, Expression, F, Func, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat, Left, Replace, Substr
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

from cahiers.contributions.models import Contribution, ContributionQuerySet
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
#: Columns of words that someone wrote, where a spreadsheet would read some as a formula.
WRITTEN = frozenset(("theme", "territory", "place", "title", "text", "hidden_because"))
#: Columns of keys, in the method's words for them.
NAMED = frozenset(("kind", "category"))
FORMULA = frozenset("=+-@\t\r")


def columns(*, team: bool) -> dict[str, str]:
    return COLUMNS | TEAM_COLUMNS if team else COLUMNS


def as_csv(contributions: ContributionQuerySet, labels: Labels, *, team: bool) -> Iterator[bytes]:
    """UTF-8 with its mark, separated by semicolons as French spreadsheets do.

    The database writes the lines: handing cells over one by one, to put them together here, took twice as long.
    """
    cells = _cells(columns(team=team))
    cells["kind"] = _labelled("kind", labels.kinds)
    cells["category"] = _labelled("category", labels.categories)
    yield f"\ufeff{';'.join(cells)}\r\n".encode()
    for lines in _batches(contributions.values_list(_Line(cells), flat=True)):
        yield "".join(lines).encode()


def as_json(contributions: ContributionQuerySet, *, team: bool) -> Iterator[bytes]:
    """A list of objects, one a line."""
    cells = _cells(columns(team=team))
    names = list(cells)
    encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
    before = "[\n"
    for rows in _batches(contributions.values_list(*cells.values())):
        yield (before + ",\n".join(encode(dict(zip(names, row, strict=True))) for row in rows)).encode()
        before = ",\n"
    yield b"\n]\n" if before == ",\n" else b"[]\n"


def _batches(rows: "QuerySet[Contribution, Any]") -> Iterator[list[Any]]:
    found = rows.order_by("pk").iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield batch


class _Uuid(Func):
    """As everyone writes it: SQLite keeps the digits alone."""

    function = "CAST"
    template = "%(function)s(%(expressions)s AS text)"
    output_field = TextField()
    #: First and number of the digits between two dashes.
    PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any) -> Any:
        column, given = compiler.compile(self.get_source_expressions()[0])
        assert not given
        return " || '-' || ".join(f"substr({column}, {first}, {n})" for first, n in self.PARTS), []


class _Line(Func):
    """Cells of a line of CSV: words stand between quotes, and no spreadsheet reads what someone wrote as a formula."""

    function = "PRINTF"
    output_field = TextField()

    def __init__(self, cells: Mapping[str, Expression | F]) -> None:
        shape = ";".join('"%s"' if name in WRITTEN | NAMED else "%s" for name in cells)
        told = (_quoted(_neutral(cell)) if name in WRITTEN else cell for name, cell in cells.items())
        super().__init__(Value(f"{shape}\r\n"), *told)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="FORMAT", **context)


def _cells(paths: Mapping[str, str]) -> dict[str, Expression | F]:
    """What each column asks for. Moments are those of UTC, to the minute."""
    cells: dict[str, Expression | F] = {name: F(path) for name, path in paths.items()}
    for name in ("id", "copy_of"):
        cells[name] = _Uuid(paths[name])
    cells["date"] = Cast(paths["date"], TextField())
    cells["received_at"] = Substr(Cast(paths["received_at"], TextField()), 1, 16)
    return cells


def _labelled(path: str, labels: Mapping[str, str]) -> Case:
    """What a key is called on screen, to stand between quotes; a key that has no name is written as it is."""
    named = (
        When(**{path: key, "then": Value(str(label).replace('"', '""'))}) for key, label in labels.items()
    )
    return Case(*named, default=F(path), output_field=TextField())


def _neutral(cell: Expression | F) -> Case:
    """No spreadsheet reads it as a formula."""
    first = In(Left(cell, 1), sorted(FORMULA))
    return Case(When(first, then=Concat(Value("'"), cell)), default=cell, output_field=TextField())


def _quoted(cell: Expression) -> Replace:
    return Replace(cell, Value('"'), Value('""'))
