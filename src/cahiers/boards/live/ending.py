"""How a server ends: streams first, for it waits for every answer and they have no end of their own."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from cahiers.boards.live.endpoint import Live

Application = Callable[..., Awaitable[None]]

#: Seconds that readers have to be gone. Then come some that the server's own threads need: what they hold of a reader
#: who left belongs to Python, and one that still holds it when Python ends panics.
GOING, SETTLING = 1.0, 0.15
#: Seconds that the server then has, where nothing is being answered any more.
LEAVING = 0.5


class Pages:
    """Another application, and how many requests it is answering."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self.open = 0

    async def __call__(self, *asked: Any) -> None:
        self.open += 1
        try:
            await self._application(*asked)
        finally:
            self.open -= 1


async def end_on_signal(live: Live, pages: Pages) -> None:
    """Waits for the signal to end, ends the streams, and hands the signal on to the server."""
    asked = asyncio.Event()
    handler = _take_over(asked)
    if handler is None:
        return
    await asked.wait()
    live.hub.end_streams()
    with suppress(TimeoutError):
        async with asyncio.timeout(GOING):
            await live.hub.emptied()
    await asyncio.sleep(SETTLING)
    handler._run()
    # It waits for what a telephone that sleeps has not taken yet, and will not take.
    await asyncio.sleep(LEAVING)
    while pages.open:
        await asyncio.sleep(0.05)
    await live.close()
    os._exit(0)


def _take_over(asked: asyncio.Event) -> asyncio.Handle | None:
    """Signals set the event from now on; what the server would have done is returned."""
    loop = asyncio.get_running_loop()
    # The loop knows the server's handlers and has no public way to ask for them. A loop of another make is left as it
    # is: the server then ends a worker that does not end itself.
    known = getattr(loop, "_signal_handlers", {})
    handler: asyncio.Handle | None = known.get(signal.SIGTERM)
    if handler is None:
        return None

    def hear(_number: int, _frame: object) -> None:
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(asked.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        # The loop hears of a signal by a byte in a pipe, which a crowd that leaves fills: the byte is lost then.
        # Python's own handler is called all the same; the loop's is what wakes it.
        loop.add_signal_handler(number, _nothing)
        signal.signal(number, hear)
    signal.set_wakeup_fd(signal.set_wakeup_fd(-1), warn_on_full_buffer=False)
    return handler


def _nothing() -> None:
    """The loop is awake."""
