"""Many rows in one statement, which is made once a model: Django makes it anew each time, at twice the cost."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Row = TypeVar("Row", bound=models.Model)

#: Rows of one statement: SQLite takes 32,766 values in all.
TOGETHER = 500


def insert(rows: Sequence[Row]) -> list[Row]:
    """The same rows, which now have their primary keys. To be called in a transaction; all are of one model."""
    rows = list(rows)
    for begin in range(0, len(rows), TOGETHER):
        _insert(rows[begin : begin + TOGETHER])
    return rows


def _insert(rows: Sequence[models.Model]) -> None:
    fields = _fields(type(rows[0]))
    for row in rows:
        # Keys of what was written since the row was made.
        row._prepare_related_fields_for_save(operation_name="insert")  # type: ignore[attr-defined]
    # The connection itself: to ask its proxy at each value would cost as much as the value.
    here = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(field.pre_save(row, add=True), here) for row in rows for field in fields]
    with here.cursor() as cursor:
        cursor.execute(_statement(type(rows[0]), len(rows)), values)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@lru_cache
def _fields(model: type[models.Model]) -> list["models.Field[object, object]"]:
    return [field for field in model._meta.local_concrete_fields if not field.primary_key]


@lru_cache(maxsize=1024)
def _statement(model: type[models.Model], count: int) -> str:
    quote = connection.ops.quote_name
    fields = _fields(model)
    names = ", ".join(quote(str(field.column)) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    key = quote(str(model._meta.pk.column))
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * count)} RETURNING {key}"  # noqa: S608
