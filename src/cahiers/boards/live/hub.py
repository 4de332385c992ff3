"""Open streams of this process, and the one follower of the journal that feeds them."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from uuid import UUID

from cahiers.boards import queries, rendering
from cahiers.boards.live.database import READER, in_thread
from cahiers.boards.live.journal import Watch
from cahiers.boards.live.rooms import Room
from cahiers.boards.models import Board
from cahiers.boards.rendering import Level, Scene
from cahiers.journal.queries import last_positions

log = logging.getLogger(__name__)

#: Seconds after which a stream without news says that it is there: proxies close silent ones.
HEARTBEAT = 15.0
#: Streams that one device may have open, in its tabs, and that a board may have in a process.
A_DEVICE = 20
A_BOARD = 20_000


class Hub:
    """Rooms of this process; one an event loop."""

    def __init__(self) -> None:
        self.watch = Watch()
        self.ending = False
        self._rooms: dict[tuple[int, bool], Room] = {}
        self._entering: dict[tuple[int, bool], asyncio.Lock] = {}
        self._devices: Counter[str] = Counter()
        # The loop itself forgets a task that nothing else holds.
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._later: asyncio.TimerHandle | None = None

    def full(self, board: Board, key: str) -> bool:
        """Whether the device, or the board, has as many streams as it may."""
        present = sum(room.present for (pk, _), room in self._rooms.items() if pk == board.pk)
        return present >= A_BOARD or bool(key and self._devices[key] >= A_DEVICE)

    async def enter(self, board: Board, level: Level, key: str) -> Room:
        """The room of such readers, kept up to date while someone is in it."""
        room = await self._room(board, level is Level.LEAN)
        room.present += 1
        if key:
            self._devices[key] += 1
        return room

    def leave(self, room: Room, key: str) -> None:
        """Once for each time that someone entered."""
        room.present -= 1
        if key:
            self._devices[key] -= 1
            if not self._devices[key]:
                del self._devices[key]
        if not room.present:
            self._rooms.pop((room.board.pk, room.lean), None)

    def end_streams(self) -> None:
        """Those that are open, and those that open still while the server ends; their readers come back afterwards."""
        self.ending = True
        for room in self._rooms.values():
            for stream in list(room.streams):
                stream.end()
        asyncio.get_running_loop().call_later(0.1, self.end_streams)

    async def emptied(self) -> None:
        """Until the last reader has left."""
        while self._rooms:
            await asyncio.sleep(0.02)

    async def close(self) -> None:
        self.end_streams()
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        self.watch.close()

    async def _room(self, board: Board, lean: bool) -> Room:
        where = board.pk, lean
        async with self._entering.setdefault(where, asyncio.Lock()):
            if where not in self._rooms:
                scene = await in_thread(READER, lambda: _scene(board))
                self._rooms.setdefault(where, Room(scene, lean))
        self._entering.pop(where, None)
        self._keep("follow", self._follow)
        self._keep("beat", self._beat)
        return self._rooms[where]

    def _keep(self, name: str, work: Callable[[], Coroutine[None, None, None]]) -> None:
        if name not in self._tasks or self._tasks[name].done():
            self._tasks[name] = asyncio.create_task(work())

    async def _follow(self) -> None:
        while self._rooms:
            await self.watch.next()
            try:
                await self._look()
            except Exception:
                # The database may be away for a moment; streams stay open and are told afterwards.
                log.exception("The journal could not be read.")
                await asyncio.sleep(1)
                self.watch.wake()
        self.watch.close()

    async def _look(self) -> None:
        """One question for all boards that may be told of something now, then a drawing for each that has moved."""
        now = time.monotonic()
        due = [room for room in self._rooms.values() if room.due <= now]
        if len(due) < len(self._rooms) and self._later is None:
            soonest = min(room.due for room in self._rooms.values() if room.due > now)
            self._later = asyncio.get_running_loop().call_later(soonest - now, self._look_again)
        if not due:
            return
        streams = {room.board.stream for room in due}
        last: dict[UUID, int] = await in_thread(READER, lambda: last_positions(streams))
        for room in due:
            if last.get(room.board.stream, 0) > room.position:
                await room.catch_up()

    def _look_again(self) -> None:
        self._later = None
        self.watch.wake()

    async def _beat(self) -> None:
        while self._rooms:
            await asyncio.sleep(HEARTBEAT)
            for room in list(self._rooms.values()):
                for stream in list(room.streams):
                    stream.beat()


def _scene(board: Board) -> Scene:
    """As it is now, at the position of its newest entry."""
    position = rendering.position_of(board)
    return Scene(queries.boards().get(pk=board.pk), position)
