"""Many rows of a model at once, by its database’s fastest way: few long statements on SQLite, COPY on PostgreSQL.

`bulk_create` makes an object a row and is ten times slower (see bench/contributions.py).
"""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from os import urandom
from time import time_ns
from typing import Any, Final

from django.db import connection, models

#: Rows of one statement: each statement looks for the table's last key again, and a key that is given counts as one.
MANY: Final = 200


class Rows:
    """A writer of rows of which the fields `varying` are given, in that order, as the database holds them.

    A uuid is 32 hexadecimal digits, a day its ISO form, JSON its text. All other fields are the same for every row:
    what `constant` says, else their default; so that a field added to the model later is written too.
    """

    def __init__(
        self, model: type[models.Model], varying: Sequence[str], constant: Mapping[str, Any]
    ) -> None:
        options = model._meta
        by_name = {one.attname: one for one in options.concrete_fields}
        fixed = {
            str(one.column): one.get_db_prep_save(constant.get(name, one.get_default()), connection)
            for name, one in by_name.items()
            if name not in varying and not _made_by_database(one)
        }
        # A column that is left out is null.
        fixed = {column: value for column, value in fixed.items() if value is not None}
        columns = [*fixed, *(str(by_name[name].column) for name in varying)]
        self._fixed = tuple(fixed.values())
        table = connection.ops.quote_name(options.db_table)
        self._into = f"{table} ({', '.join(map(connection.ops.quote_name, columns))})"
        # What is the same for all is given once a statement, as its first parameters.
        given = [f"?{at + 1}" for at in range(len(fixed))]
        self._marks = f"({', '.join(given + ['?'] * len(varying))})"

    def write(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """In a transaction."""
        fixed = self._fixed
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor, cursor.copy(f"COPY {self._into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(fixed + row)
            return
        # Django's own cursor would look for its marks in all of so long a statement, each time.
        with connection.wrap_database_errors:
            for start in range(0, len(rows), MANY):
                some = rows[start : start + MANY]
                sql = f"INSERT INTO {self._into} VALUES {', '.join([self._marks] * len(some))}"  # noqa: S608
                connection.connection.execute(sql, [*fixed, *chain.from_iterable(some)])


def _made_by_database(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, models.AutoField) or getattr(field, "generated", False)


def in_order(count: int) -> list[str]:
    """That many new uuids of version 7: one follows the other, so that their index grows at its end.

    Of those of version 4, each would be written to a page of its own, of the file and of its journal.
    """
    now = time_ns() // 1_000_000
    tails = urandom(8 * count).hex()
    return [
        # A thousandth of a second has 4,096 of them.
        f"{now + (at >> 12):012x}7{at & 0xFFF:03x}8{tails[16 * at + 1 : 16 * at + 16]}"
        for at in range(count)
    ]


def known(model: type[models.Model], uuids: Sequence[str]) -> set[str]:
    """Which of these uuids rows have; asked in one parameter: thousands are slow to plan."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT uuid FROM {table} WHERE uuid = ANY(%s::uuid[])", [list(uuids)])  # noqa: S608
            return {uuid.hex for (uuid,) in cursor.fetchall()}
        among = "SELECT value FROM json_each(%s)"
        cursor.execute(f"SELECT uuid FROM {table} WHERE uuid IN ({among})", [json.dumps(uuids)])  # noqa: S608
        return {uuid for (uuid,) in cursor.fetchall()}


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
