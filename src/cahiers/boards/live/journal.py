"""Noticing that the journal has new entries, whichever process wrote them."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.db import connection, connections

from cahiers.boards.live.database import READER, in_thread
from cahiers.journal.actions import CHANNEL

#: Seconds between two looks: SQLite is asked for its counter of writes; PostgreSQL tells, and is looked at in case it
#: could not.
LOOK = 0.02
LOOK_TOLD = 0.25


class Watch:
    """Waits for writes: `wrote` is called for those of this process, and the others' are found."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._version: int | None = None
        self._telling: Telling | None = None

    def wrote(self) -> None:
        # PostgreSQL tells of them too: to look twice for each would find nothing the second time.
        if self._telling is None:
            self.wake()

    def wake(self) -> None:
        self._woken.set()

    async def next(self) -> None:
        """Returns when something may have been written since the last time."""
        if self._telling is None and connection.vendor == "postgresql":
            self._telling = Telling(asyncio.get_running_loop(), self.wake)
        while not self._woken.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK if self._telling is None else LOOK_TOLD):
                    await self._woken.wait()
            if self._woken.is_set() or self._telling is not None or await in_thread(READER, self._changed):
                break
        self._woken.clear()

    def close(self) -> None:
        if self._telling is not None:
            self._telling.close()
            self._telling = None

    def _changed(self) -> bool:
        """Whether another connection wrote since the last time."""
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            [version] = cursor.fetchone()
        was, self._version = self._version, version
        return bool(was != version)


class Telling:
    """A connection to PostgreSQL that listens, in a thread of its own; it says that something was written, not what."""

    def __init__(self, loop: asyncio.AbstractEventLoop, wake: Callable[[], None]) -> None:
        self._loop, self._wake = loop, wake
        self._closed = threading.Event()
        threading.Thread(target=self._run, name="board-notify", daemon=True).start()

    def close(self) -> None:
        self._closed.set()

    def _run(self) -> None:
        import psycopg  # an installation on SQLite has none

        while not self._closed.is_set():
            with suppress(psycopg.Error):
                self._listen(psycopg.connect)
            # The looks go on meanwhile.
            self._closed.wait(1)

    def _listen(self, connect: Callable[..., Any]) -> None:
        parameters = connections["default"].get_connection_params()
        names = ("host", "port", "user", "password", "dbname", "sslmode", "service", "options")
        known = {name: value for name, value in parameters.items() if name in names}
        with connect(autocommit=True, **known) as listening:
            listening.execute(f"LISTEN {CHANNEL}")
            while not self._closed.is_set():
                for _told in listening.notifies(timeout=1, stop_after=1):
                    with suppress(RuntimeError):  # the loop is closed
                        self._loop.call_soon_threadsafe(self._wake)
