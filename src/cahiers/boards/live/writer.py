"""Commands of all connections of this process, taken together: several share a commit, each is answered after it."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from django.db import IntegrityError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cahiers.boards.actions import sifting, taking
from cahiers.boards.actions.known import Memory
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
#: Seconds without a command after which notes are gone through; and after which they are wherever none waits.
QUIET, LATEST = 0.5, 30.0
#: Seconds that they have at the end of the server.
LAST = 5.0

Waiting = tuple[Board, Asked, str, "asyncio.Future[Outcome]"]


class Writer:
    """A queue and the task that empties it; one an event loop."""

    def __init__(self) -> None:
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._memory = Memory()
        #: Boards with notes to go through, by their keys, and since when there are some.
        self._unsifted: dict[int, Board] = {}
        self._since = 0.0

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
        self._begin()
        future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait((board, command, language, future))
        return await future

    async def catch_up(self) -> None:
        """Go through what a server that ended suddenly had taken."""
        found = await in_thread(WRITER, lambda: list(sifting.unsifted()))
        self._leave(found)
        if found:
            self._begin()

    def _begin(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    def _leave(self, boards: Iterable[Board]) -> None:
        """For later."""
        if not self._unsifted:
            self._since = time.monotonic()
        self._unsifted |= {board.pk: board for board in boards}

    async def _first(self) -> Waiting:
        """The next command; while none comes, notes of those before are gone through, some at a time."""
        while self._unsifted:
            late = time.monotonic() - self._since > LATEST
            with suppress(TimeoutError):
                async with asyncio.timeout(0 if late else QUIET):
                    return await self._queue.get()
            while self._unsifted and self._queue.empty():
                await in_thread(WRITER, self._sift)
        return await self._queue.get()

    def _sift(self) -> None:
        pk, board = next(iter(self._unsifted.items()))
        try:
            left = sifting.sift(board=board)
        except Exception:
            # It is tried again with the next note, or when the server starts.
            log.exception("Notes could not be gone through.")
            left = False
        if not left:
            del self._unsifted[pk]

    async def _run(self) -> None:
        ready = 0.0
        while True:
            waiting = [await self._first()]
            if (early := ready - time.monotonic()) > 0 and self._queue.qsize() < TOGETHER:
                await asyncio.sleep(early)
            while not self._queue.empty() and len(waiting) < TOGETHER:
                waiting.append(self._queue.get_nowait())
            begin = time.monotonic()
            outcomes = await in_thread(WRITER, partial(_write, waiting, self._memory))
            self._leave(board for board, *_rest in waiting)
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


def _write(waiting: list[Waiting], memory: Memory) -> list[Outcome | Exception]:
    """An outcome each, board by board, in the order they came."""
    by_board: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for index, (board, _command, language, _future) in enumerate(waiting):
        by_board[board.pk, language].append(index)
    outcomes: dict[int, Outcome | Exception] = {}
    for (_pk, language), indexes in by_board.items():
        board, commands = waiting[indexes[0]][0], [waiting[index][1] for index in indexes]
        with translation.override(language):
            outcomes.update(zip(indexes, _take(board, commands, memory), strict=True))
    return [outcomes[index] for index in range(len(waiting))]


def _take(board: Board, commands: list[Asked], memory: Memory) -> list[Outcome | Exception]:
    try:
        return taking.take_quickly(board=board, commands=commands, memory=memory, now=timezone.now())  # type: ignore[return-value]
    except Exception as error:
        memory.forget(board)
        if len(commands) == 1 and isinstance(error, IntegrityError):
            return [Refused(code="reused", sentence=_("Cet envoi porte le numéro d’un autre."))]
        if len(commands) == 1:
            log.exception("A command could not be taken.")
            return [error]
    # One of them spoils the others' transaction: each has its own.
    return [outcome for command in commands for outcome in _take(board, [command], memory)]
