"""Open streams of this process, and the one follower of the journal that feeds them."""

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable

from django.db import connection

from cahiers.boards import rendering
from cahiers.boards.live.database import READER, in_thread
from cahiers.boards.models import Board
from cahiers.boards.rendering import Level, Rendered
from cahiers.journal.models import Stream

log = logging.getLogger(__name__)

#: Seconds between two looks at the journal while someone listens; a write of this process is seen at once.
LOOK = 0.05
#: Seconds between two events of a stream under load, and what each open stream adds: writing to 5,000 takes time.
APART = 0.05
APART_EACH = 0.00006
#: Events that wait for a slow reader before it is asked to read the page again.
BACKLOG = 32
#: Renderings kept for those who come back at the same moment.
KEPT = 64


class Listener:
    """An open stream: events that wait to be sent to it."""

    def __init__(self, level: Level) -> None:
        self.level = level
        self._events: deque[bytes] = deque()
        self._ready = asyncio.Event()

    def push(self, event: bytes, position: int) -> None:
        if len(self._events) >= BACKLOG:
            self._events.clear()
            event = rendering.resync(position)
        self._events.append(event)
        self._ready.set()

    async def next(self, seconds: float) -> bytes:
        """Events that wait, in one piece; b"" where none came in that time."""
        if not self._events:
            self._ready.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ready.wait(), seconds)
        waiting = b"".join(self._events)
        self._events.clear()
        return waiting


class Room:
    """Who listens to a board here, and how far they have been told."""

    def __init__(self, board: Board, position: int) -> None:
        self.board = board
        self.position = position
        self.listeners: set[Listener] = set()
        self.told_at = 0.0
        self._kept: dict[tuple[int, int], Rendered] = {}

    @property
    def apart(self) -> float:
        return APART + len(self.listeners) * APART_EACH

    async def since(self, after: int) -> Rendered:
        """What came after that position, as one event; drawn once for all who ask the same."""
        upto = self.position
        if (after, upto) not in self._kept:
            self._kept[after, upto] = await in_thread(READER, lambda: rendering.changes(self.board, after))
            while len(self._kept) > KEPT:
                self._kept.pop(next(iter(self._kept)))
        return self._kept[after, upto]

    def tell(self, rendered: Rendered) -> None:
        self.position = rendered.position
        self.told_at = time.monotonic()
        for listener in self.listeners:
            listener.push(rendered.events[listener.level], rendered.position)


class Hub:
    """Rooms of this process; one an event loop."""

    def __init__(self) -> None:
        self.rooms: dict[int, Room] = {}
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Something was written here."""
        self._wake.set()

    @contextlib.asynccontextmanager
    async def listening(self, board: Board, level: Level):  # type: ignore[no-untyped-def]
        """The room and a listener in it, told of all that comes after the room's position now."""
        if board.pk not in self.rooms:
            position = await in_thread(READER, lambda: rendering.position_of(board))
            self.rooms.setdefault(board.pk, Room(board, position))
        room, listener = self.rooms[board.pk], Listener(level)
        room.listeners.add(listener)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._follow())
        try:
            yield room, listener
        finally:
            room.listeners.discard(listener)
            if not room.listeners:
                self.rooms.pop(board.pk, None)

    async def _follow(self) -> None:
        changed = _changed_elsewhere()
        while self.rooms:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._patience())
            woken = self._wake.is_set()
            self._wake.clear()
            try:
                if woken or await in_thread(READER, changed):
                    await self._look()
            except Exception:
                # The database may be away for a moment; streams stay open and are told afterwards.
                log.exception("The journal could not be read.")
                await asyncio.sleep(1)

    def _patience(self) -> float:
        return LOOK

    async def _look(self) -> None:
        rooms = {room.board.stream: room for room in self.rooms.values()}
        last = await in_thread(
            READER, lambda: dict(Stream.objects.filter(uuid__in=list(rooms)).values_list("uuid", "last"))
        )
        now = time.monotonic()
        for stream, room in rooms.items():
            if last.get(stream, 0) <= room.position:
                continue
            if now - room.told_at < room.apart:
                asyncio.get_running_loop().call_later(room.told_at + room.apart - now, self.wake)
                continue
            room.tell(await in_thread(READER, lambda room=room: rendering.changes(room.board, room.position)))  # type: ignore[misc]


def _changed_elsewhere() -> Callable[[], bool]:
    """Tells whether another process wrote since the last time; on PostgreSQL always, for it is as cheap to look."""
    seen: list[int | None] = [None]

    def ask() -> bool:
        if connection.vendor != "sqlite":
            return True
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version = cursor.fetchone()[0]
        was, seen[0] = seen[0], version
        return bool(was != version)

    return ask
