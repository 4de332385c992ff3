"""Questions whose statement is made once: Django makes it anew each time, at five times the cost of asking."""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models
from django.db.models import Expression, QuerySet

#: What a question is asked with, or a collection of such.
Value = UUID | int | str | bool


class Given(Expression):
    """Stands in the statement for a value that comes when it is asked; numbered, for Django leaves out twins."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    def as_sql(self, compiler: object, connection: object) -> Any:
        return "%s", [self]


class _Made(NamedTuple):
    """The statement, its parameters among which are Givens, and by column what makes of it what the model says."""

    sql: str
    parameters: tuple[Any, ...]
    readers: dict[int, type]


class Question:
    """A query set with a gap for each value that it is asked with, made by a function of them.

    It ends in `values_list`. For a collection the function says `in` of the field itself: `row__pk__in`. Values and
    answers are keys, uuids, words, and yes or no.
    """

    def __init__(self, query: "Callable[..., QuerySet[Any, Any]]") -> None:
        self._query = query
        self._made = cache(self._make)

    def __call__(self, *values: Value | Collection[Value]) -> list[Any]:
        """Its rows; none where a collection is empty."""
        lengths: list[int] = []
        flat: list[Value] = []
        for value in values:
            if isinstance(value, Value):
                lengths.append(0)
                flat.append(_stored(value))
            elif value:
                some = [_stored(one) for one in value]
                length = _rounded(len(some))
                lengths.append(length)
                # Where the statement has room for more, the last one comes again.
                flat += some + some[-1:] * (length - len(some))
            else:
                return []
        made = self._made(tuple(lengths))
        parameters = [flat[one.number] if isinstance(one, Given) else one for one in made.parameters]
        with connection.cursor() as cursor:
            cursor.execute(made.sql, parameters)
            rows = cursor.fetchall()
        return [_read(row, made.readers) for row in rows] if made.readers else rows

    def _make(self, lengths: tuple[int, ...]) -> _Made:
        """Of collections with so many values; 0 for a value alone."""
        gaps: list[Given | list[Given]] = []
        number = 0
        for length in lengths:
            gaps.append([Given(number + one) for one in range(length)] if length else Given(number))
            number += length or 1
        compiler = self._query(*gaps).query.get_compiler("default")
        sql, parameters = compiler.as_sql()
        fields = [column.output_field for column, *_rest in compiler.select]
        return _Made(sql, tuple(parameters), _readers(fields))


def _rounded(length: int) -> int:
    """To a power of two: a statement for each length would be as many as were ever asked."""
    return 1 << (length - 1).bit_length()


def _stored(value: Value) -> Value:
    return value.hex if isinstance(value, UUID) and not connection.features.has_native_uuid_field else value


def _readers(fields: Iterable["models.Field[Any, Any]"]) -> dict[int, type]:
    """SQLite keeps uuids as words, and yes as a number."""
    if connection.vendor == "postgresql":
        return {}
    kept = {"UUIDField": UUID, "BooleanField": bool}
    targets = (getattr(field, "target_field", field) for field in fields)
    found = {place: kept.get(target.get_internal_type()) for place, target in enumerate(targets)}
    return {place: reader for place, reader in found.items() if reader is not None}


def _read(row: tuple[Any, ...], readers: dict[int, type]) -> tuple[Any, ...]:
    whole = list(row)
    for place, reader in readers.items():
        if whole[place] is not None:
            whole[place] = reader(whole[place])
    return tuple(whole)
