"""Database work of the event loop, in threads that keep their connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import close_old_connections

Result = TypeVar("Result")

#: One thread writes, so that commands that wait share a commit; another reads meanwhile.
WRITER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="board-writer")
READER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="board-reader")


async def in_thread(pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
    """What `work` returns; a connection that the database has closed is replaced before."""
    return await asyncio.get_running_loop().run_in_executor(pool, _fresh, work)


def _fresh(work: Callable[[], Result]) -> Result:
    close_old_connections()
    return work()
