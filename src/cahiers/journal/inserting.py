"""Many rows in one statement, which is made once a model: Django makes it anew each time, at twice the cost."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

Row = TypeVar("Row", bound=models.Model)

#: Rows of one statement: SQLite takes 32,766 values in all.
TOGETHER = 500
#: Types whose values these fields hand to the database as they are, by a way that costs ten times as much.
PLAIN_TYPES: frozenset[type] = frozenset({str, int, bool, type(None)})
NOTHING: frozenset[type] = frozenset({type(None)})
PLAIN_FIELDS = (models.TextField, models.CharField, models.IntegerField, models.BooleanField)


def insert(rows: Sequence[Row]) -> list[Row]:
    """The same rows, which now have their primary keys. To be called in a transaction; all are of one model."""
    rows = list(rows)
    for begin in range(0, len(rows), TOGETHER):
        _insert(rows[begin : begin + TOGETHER])
    return rows


class _Column(NamedTuple):
    """A field, its attribute, what it points to as that names it ("" for nothing), and types that it hands on."""

    field: "models.Field[object, object]"
    name: str
    key: str
    plain: frozenset[type]


def _insert(rows: Sequence[models.Model]) -> None:
    columns = _columns(type(rows[0]))
    # The connection itself: to ask its proxy at each value would cost as much as the value.
    here = connections[DEFAULT_DB_ALIAS]
    values = []
    for row in rows:
        said, near = row.__dict__, row._state.fields_cache
        for field, name, key, plain in columns:
            value = said[name]
            if value is None and key and (other := near.get(field.name)) is not None:
                # It was written since the row was made.
                value = said[name] = getattr(other, key)
            values.append(value if type(value) in plain else field.get_db_prep_save(value, here))
    with here.cursor() as cursor:
        cursor.execute(_statement(type(rows[0]), len(rows)), values)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@lru_cache
def _columns(model: type[models.Model]) -> list[_Column]:
    """All but the primary key's."""
    found = []
    for field in model._meta.local_concrete_fields:
        target = field.target_field if isinstance(field, models.ForeignKey) else None
        plain = PLAIN_TYPES if isinstance(target or field, PLAIN_FIELDS) else NOTHING
        if not field.primary_key:
            found.append(_Column(field, field.attname, target.attname if target else "", plain))
    return found


@lru_cache(maxsize=1024)
def _statement(model: type[models.Model], count: int) -> str:
    quote = connection.ops.quote_name
    columns = _columns(model)
    names = ", ".join(quote(str(column.field.column)) for column in columns)
    row = f"({', '.join(['%s'] * len(columns))})"
    key = quote(str(model._meta.pk.column))
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * count)} RETURNING {key}"  # noqa: S608
