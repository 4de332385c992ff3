"""How a server ends: streams first, for it waits for every answer and they have no end of their own."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import suppress

from cahiers.boards.live.hub import Hub

#: Seconds that readers have to be gone. Then come some that the server's own threads need: what they hold of a reader
#: who left belongs to Python, and one that still holds it when Python ends panics.
GOING, SETTLING = 1.0, 0.15


async def end_on_signal(hub: Callable[[], Hub]) -> None:
    """Waits for the signal to end, ends the streams, and hands the signal on to the server."""
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    # The loop knows the server's handlers and has no public way to ask for them. A loop of another make is left as it
    # is: the server then ends a worker that does not end itself.
    known = getattr(loop, "_signal_handlers", {})
    handlers = [known[number] for number in (signal.SIGINT, signal.SIGTERM) if number in known]
    if not handlers:
        return

    def hear(_number: int, _frame: object) -> None:
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(asked.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        # The loop hears of a signal by a byte in a pipe, which a crowd that leaves fills: the byte is lost then.
        # Python's own handler is called all the same; the loop's is what wakes it.
        loop.add_signal_handler(number, _nothing)
        signal.signal(number, hear)
    signal.set_wakeup_fd(signal.set_wakeup_fd(-1), warn_on_full_buffer=False)
    await asked.wait()
    hub().end_streams()
    with suppress(TimeoutError):
        async with asyncio.timeout(GOING):
            await hub().emptied()
    await asyncio.sleep(SETTLING)
    handlers[0]._run()


def _nothing() -> None:
    """The loop is awake."""
