"""Many rows of a model at once, by the fastest way that its database has: executemany on SQLite, COPY on PostgreSQL.

`bulk_create` makes an object a row and is five times slower (see bench/contributions.py).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models


class Rows:
    """A writer of rows of which the fields `varying` are given, in that order, as the database holds them.

    A uuid is 32 hexadecimal digits, a day its ISO form, JSON its text. All other fields are the same for every row:
    what `constant` says, else their default; so that a field added to the model later is written too.
    """

    def __init__(
        self, model: type[models.Model], varying: Sequence[str], constant: Mapping[str, Any]
    ) -> None:
        options = model._meta
        fixed = [
            one
            for one in options.concrete_fields
            if one.attname not in varying and not _made_by_database(one)
        ]
        by_name = {one.attname: one for one in options.concrete_fields}
        columns = [str(by_name[name].column) for name in varying]
        columns += [str(one.column) for one in fixed]
        self._fixed = tuple(
            one.get_db_prep_save(constant.get(one.attname, one.get_default()), connection) for one in fixed
        )
        table = connection.ops.quote_name(options.db_table)
        names = ", ".join(map(connection.ops.quote_name, columns))
        self._copied = connection.vendor == "postgresql"
        if self._copied:
            self._sql = f"COPY {table} ({names}) FROM STDIN"
        else:
            marks = ", ".join(["%s"] * len(columns))
            self._sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of our own columns

    def write(self, rows: Iterable[tuple[Any, ...]]) -> None:
        fixed = self._fixed
        with connection.cursor() as cursor:
            if self._copied:
                with cursor.copy(self._sql) as copy:
                    for row in rows:
                        copy.write_row(row + fixed)
            else:
                cursor.executemany(self._sql, [row + fixed for row in rows])


def _made_by_database(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField) or getattr(field, "generated", False)


def known(model: type[models.Model], uuids: Sequence[str]) -> dict[str, int]:
    """Keys of the rows that have one of these uuids, by it; asked in one parameter: thousands are slow to plan."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT uuid, id FROM {table} WHERE uuid = ANY(%s::uuid[])", [list(uuids)])  # noqa: S608
            return {uuid.hex: key for uuid, key in cursor.fetchall()}
        among = "SELECT value FROM json_each(%s)"
        cursor.execute(f"SELECT uuid, id FROM {table} WHERE uuid IN ({among})", [json.dumps(uuids)])  # noqa: S608
        return dict(cursor.fetchall())


def keys_for(model: type[models.Model], count: int) -> Sequence[int]:
    """That many keys that nothing else takes, in a transaction: on SQLite it holds the one writer's place."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
        return range(first, first + count)
