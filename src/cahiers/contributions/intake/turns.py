"""Turns of who writes much: long transactions while nobody else writes, short ones as soon as someone does."""

from collections.abc import Iterator
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
#: KiB of the database that SQLite keeps at hand, while indexes are written all over.
AT_HAND: Final = 32 << 10


class Turns:
    """Of one connection. On PostgreSQL nobody waits for anybody: transactions are long, and without a pause."""

    def __init__(self) -> None:
        self._alone = connection.vendor != "sqlite"
        self._seen = self._version()
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
            self._free_until = ended + took * (LEFT_TO_WRITERS if self._others_write() else LEFT)

    def _others_write(self) -> bool:
        if self._alone:
            return False
        if (version := self._version()) != self._seen:
            self._seen, self._heard = version, monotonic()
        return monotonic() < self._heard + AGAIN

    def _version(self) -> int:
        """Another one whenever another connection has written."""
        return 0 if self._alone else _asked("data_version")


@contextmanager
def at_hand() -> Iterator[None]:
    """Inside, SQLite keeps more of the database in memory: the 2 MiB that it has otherwise are those of one index."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = _asked("cache_size")
    _set_cache(-AT_HAND)
    try:
        yield
    finally:
        _set_cache(usual)


def _asked(pragma: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
        return int(cursor.fetchone()[0])


def _set_cache(size: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA cache_size = {size:d}")
