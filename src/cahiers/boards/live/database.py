"""Database work of the event loop, in threads that keep their connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Result = TypeVar("Result")

#: One thread writes, so that commands that wait share a commit; another reads meanwhile.
WRITER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="board-writer")
READER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="board-reader")


async def in_thread(pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
    """What `work` returns. It may run twice: once more, on a new connection, where the database hung up."""
    return await asyncio.get_running_loop().run_in_executor(pool, _steadily, work)


def _steadily(work: Callable[[], Result]) -> Result:
    # Django closes the connections of its requests by their age; these threads serve none, and SQLite's counter of
    # other processes' writes starts again with each connection.
    try:
        return work()
    except (InterfaceError, OperationalError):
        connection.close()
        return work()


def hang_up() -> None:
    """Close the connections of both threads."""
    for pool in (WRITER, READER):
        pool.submit(connection.close)
