"""Turns of who writes much: long transactions while nobody else writes, short ones as soon as someone does."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Final, TypeVar

from django.db import connection

Item = TypeVar("Item")

#: Batches of one transaction where nobody else writes: each page of an index is then written once for more of them.
#: They are fewer where they would take more seconds than that: the first who writes meanwhile waits as long.
TOGETHER: Final = 4
LONGEST: Final = 0.12
#: Seconds for which someone who wrote is taken to write again.
AGAIN: Final = 2.0
#: What is left to others after a transaction, as a part of its time: who waits for SQLite's one place looks again
#: every 25 ms by then, and has to find it free.
LEFT, LEFT_TO_WRITERS = 1 / 5, 1.0
#: How SQLite is set meanwhile. It keeps 32 MiB of the database in memory, for indexes are written all over: the 2 that
#: it has otherwise are those of one. What a statement may have to take back is in memory, and not in a file, which was
#: half of all that is written. A page goes from the log to its place after 32 MiB of it, not after 4, and once for all
#: that was written of it.
AT_HAND: Final = {"cache_size": -(32 << 10), "temp_store": 2, "wal_autocheckpoint": 8 << 10}


class Turns:
    """Of one connection. On PostgreSQL nobody waits for anybody: transactions are long, and without a pause."""

    def __init__(self) -> None:
        self._alone = connection.vendor != "sqlite"
        self._seen = version()
        self._heard = monotonic() - AGAIN
        self._free_until = 0.0
        self._most = 1

    def together(self, items: Iterator[Item]) -> Iterator[list[Item]]:
        """As many as a transaction may hold at that time."""
        some: list[Item] = []
        for item in items:
            some.append(item)
            if len(some) >= self._most or self._others_write():
                yield some
                some = []
        if some:
            yield some

    @contextmanager
    def turn(self, items: int) -> Iterator[None]:
        """Around a transaction of that many."""
        sleep(max(0.0, self._free_until - monotonic()))
        began = monotonic()
        yield
        ended = monotonic()
        took = ended - began
        self._most = max(1, min(TOGETHER, int(LONGEST * items / took))) if took else TOGETHER
        if not self._alone:
            others = self._others_write()
            self._free_until = ended + took * (LEFT_TO_WRITERS if others else LEFT)
            if others and not connection.in_atomic_block:
                # It would be done by the next who writes, before they are answered.
                _asked("wal_checkpoint")

    def _others_write(self) -> bool:
        if self._alone:
            return False
        if (now := version()) != self._seen:
            self._seen, self._heard = now, monotonic()
        return monotonic() < self._heard + AGAIN


def version() -> int:
    """Another one whenever another connection has written to SQLite; always the same on PostgreSQL."""
    return _asked("data_version") if connection.vendor == "sqlite" else 0


@contextmanager
def at_hand() -> Iterator[None]:
    """Inside, SQLite is set for it, where no transaction is open: see AT_HAND."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    usual = {name: _asked(name) for name in AT_HAND}
    _set(AT_HAND)
    try:
        yield
    finally:
        _set(usual)


def _asked(pragma: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return int(cursor.fetchone()[0])


def _set(values: Mapping[str, int]) -> None:
    with connection.cursor() as cursor:
        for name, value in values.items():
            cursor.execute(f"PRAGMA {name} = {value:d}")
