"""An open stream: what it is told goes to its reader at once, or waits where the network is slower than the room."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Generator
from typing import Any

from cahiers.boards import rendering
from cahiers.boards.rendering import Audience, Event

Send = Callable[[dict[str, Any]], Awaitable[None]]

#: Events, and bytes of them, that wait for a slow reader before it is asked to read the page again instead.
BACKLOG = 32
BACKLOG_BYTES = 512 * 1024
#: Seconds that a reader has to take the last events once their stream has ended.
LAST = 2.0


def alive() -> bytes:
    """An event that tells the server's time, in milliseconds since 1970: countdowns of wrong clocks are right."""
    return b"event: alive\ndata: %d\n\n" % (time.time() * 1000)


class Stream:
    """Told of events by its room, in order, until it is over."""

    __slots__ = ("_bytes", "_left", "_send", "_sending", "_waiting", "audience", "over", "position", "quiet")

    def __init__(self, audience: Audience, send: Send, position: int) -> None:
        self.audience = audience
        #: Of the last event that was told.
        self.position = position
        #: Whether nothing was sent since the last heartbeat.
        self.quiet = True
        self._send = send
        self._sending: asyncio.Task[None] | None = None
        #: Made where the reader is slower than the room: an empty one for each would weigh more than all the rest.
        self._waiting: list[Event] | None = None
        self._bytes = 0
        #: Whether it ended before its reader left.
        self.over = False
        self._left: asyncio.Future[Any] | None = None

    def open_until(self, left: "asyncio.Future[Any]") -> "asyncio.Future[Any]":
        """To be awaited: it is done when its reader leaves, and cancelled when the stream is over before.

        One more object to wait for would be held by each of thousands of streams.
        """
        self._left = left
        if self.over:
            left.cancel()
        return left

    def end(self) -> None:
        """Nothing more is told; what waits is sent still."""
        self.over = True
        if self._left is not None:
            self._left.cancel()

    async def finish(self) -> None:
        """Once it has ended: its reader has what was told, or seems to want it no longer."""
        if self._sending is not None:
            await asyncio.wait({self._sending}, timeout=LAST)
        if self._sending is not None:
            self._sending.cancel()

    def tell(self, event: Event) -> None:
        """Send it, or let it wait its turn; what the reader was told already is left out."""
        if event.position <= self.position and event.kind != "resync":
            return
        self.position = event.position
        if self._sending is None:
            self.write(event.wire)
            return
        waiting = self._waiting = self._waiting or []
        waiting.append(event)
        self._bytes += len(event.wire)
        if len(waiting) > BACKLOG or self._bytes > BACKLOG_BYTES:
            waiting[:] = [rendering.resync(event.position)]
            self._bytes = 0

    def write(self, body: bytes) -> None:
        """To be called where nothing is being sent."""
        self.quiet = False
        # Most of the time the server takes the bytes at once. A task a reader that was woken for each event would
        # cost more than all the rest: one is made only where the server has to wait for the reader.
        steps = self._send({"type": "http.response.body", "body": body, "more_body": True}).__await__()
        try:
            pending = next(steps)
        except StopIteration:
            return
        except Exception:
            self.end()
            return
        self._sending = asyncio.get_running_loop().create_task(self._finish(_Rest(pending, steps)))

    def beat(self) -> None:
        """Proxies close streams that are silent; pages take a stream that is silent for one that is held back."""
        if self.quiet and self._sending is None:
            self.write(alive())
        self.quiet = True

    async def _finish(self, rest: "_Rest") -> None:
        try:
            await rest
            while self._waiting:
                body = b"".join(event.wire for event in self._waiting)
                self._waiting, self._bytes = None, 0
                await self._send({"type": "http.response.body", "body": body, "more_body": True})
        except Exception:
            self.end()
        finally:
            self._sending = None


class Poll(Stream):
    """A reader who asks again and again: the first thing that is told ends it."""

    __slots__ = ("events",)

    def __init__(self, audience: Audience, position: int) -> None:
        super().__init__(audience, _nowhere, position)
        self.events: list[Event] = []

    def tell(self, event: Event) -> None:
        self.events.append(event)
        self.end()

    def beat(self) -> None:
        """Its answer has a length: nothing can be said before it."""


async def _nowhere(message: dict[str, Any]) -> None:
    """What is told to a poll is kept."""


class _Rest:
    """What is left to await of something that was begun outside of a task."""

    __slots__ = ("_pending", "_steps")

    def __init__(self, pending: Any, steps: Generator[Any, Any, None]) -> None:
        self._pending, self._steps = pending, steps

    def __await__(self) -> Generator[Any, Any, None]:
        pending: Any = self._pending
        while True:
            try:
                answer = yield pending
            except BaseException as error:
                try:
                    pending = self._steps.throw(error)
                except StopIteration:
                    return
            else:
                try:
                    pending = self._steps.send(answer)
                except StopIteration:
                    return
