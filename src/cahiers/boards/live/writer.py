"""Commands of all connections of this process, taken together: several share a commit, each is answered after it."""

import asyncio
import logging
import time
from collections import defaultdict
from contextlib import suppress

from django.db import IntegrityError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cahiers.boards.actions import taking
from cahiers.boards.commands import Asked, Outcome, Refused
from cahiers.boards.live.database import WRITER, in_thread
from cahiers.boards.models import Board

log = logging.getLogger(__name__)

#: Commands that wait at most: as many as are taken in some ten seconds.
MOST = 5000
#: Commands that share a transaction at most: more would make the first of them wait for the last.
TOGETHER = 64
#: Commands in a transaction from which on the next one waits as long as it took, at most so many seconds: what a
#: transaction costs of itself is shared by more of them then.
MANY, LONGEST = 4, 0.05
#: Seconds that they have at the end of the server.
LAST = 5.0

Waiting = tuple[Board, Asked, str, "asyncio.Future[Outcome]"]


class Writer:
    """A queue and the task that empties it; one an event loop."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    @property
    def is_full(self) -> bool:
        return self._queue.qsize() >= MOST

    async def close(self) -> None:
        """Once what waits is written."""
        if self._task is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(LAST):
                    await self._queue.join()
            self._task.cancel()

    async def take(self, board: Board, command: Asked, language: str) -> Outcome:
        """What came of the command, once it is committed."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((board, command, language, future))
        return await future

    async def _run(self) -> None:
        ready = 0.0
        while True:
            waiting = [await self._queue.get()]
            if (early := ready - time.monotonic()) > 0 and self._queue.qsize() < TOGETHER:
                await asyncio.sleep(early)
            while not self._queue.empty() and len(waiting) < TOGETHER:
                waiting.append(self._queue.get_nowait())
            begin = time.monotonic()
            outcomes = await in_thread(WRITER, lambda waiting=waiting: _write(waiting))  # type: ignore[misc]
            rest = min(LONGEST, time.monotonic() - begin) if len(waiting) >= MANY else 0.0
            for (*_rest, future), outcome in zip(waiting, outcomes, strict=True):
                self._queue.task_done()
                if future.done():
                    continue
                if isinstance(outcome, Exception):
                    future.set_exception(outcome)
                else:
                    future.set_result(outcome)
            ready = time.monotonic() + rest


def _write(waiting: list[Waiting]) -> list[Outcome | Exception]:
    """An outcome each, board by board, in the order they came."""
    by_board: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for index, (board, _command, language, _future) in enumerate(waiting):
        by_board[board.pk, language].append(index)
    outcomes: dict[int, Outcome | Exception] = {}
    for (_pk, language), indexes in by_board.items():
        board, commands = waiting[indexes[0]][0], [waiting[index][1] for index in indexes]
        with translation.override(language):
            outcomes.update(zip(indexes, _take(board, commands), strict=True))
    return [outcomes[index] for index in range(len(waiting))]


def _take(board: Board, commands: list[Asked]) -> list[Outcome | Exception]:
    try:
        return list(taking.take(board=board, commands=commands, now=timezone.now()))
    except Exception as error:
        if len(commands) == 1 and isinstance(error, IntegrityError):
            return [Refused(code="reused", sentence=_("Cet envoi porte le numéro d’un autre."))]
        if len(commands) == 1:
            log.exception("A command could not be taken.")
            return [error]
    # One of them spoils the others' transaction: each has its own.
    return [outcome for command in commands for outcome in _take(board, [command])]
