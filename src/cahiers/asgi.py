"""The application that a server runs: live streams beside Django."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cahiers.settings")

pages = get_asgi_application()

# Models are there from here on.
from cahiers.boards.live.endpoint import PREFIX, Live  # noqa: E402

live = Live()

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> Awaitable[None]:
    """Streams stay open for hours: Django's middleware would keep a thread for each."""
    if scope["type"] == "lifespan":
        return _live(receive, send)
    if scope["type"] == "http" and scope["path"].startswith(PREFIX):
        return live(scope, receive, send)
    return pages(scope, receive, send)  # type: ignore[arg-type]


async def _live(receive: Receive, send: Send) -> None:
    """The server's life."""
    await receive()
    _end_streams_on_signals()
    await live.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await live.close()
    await send({"type": "lifespan.shutdown.complete"})


def _end_streams_on_signals() -> None:
    """Beside what the server does then: it waits for every answer to end, and streams have no end of their own."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # The loop knows the server's handler and has no public way to ask for it. A loop of another make is left as
        # it is: the server then ends a worker that does not end itself.
        handler = getattr(loop, "_signal_handlers", {}).get(number)
        if handler is not None:
            loop.add_signal_handler(number, _both, handler)


def _both(handler: asyncio.Handle) -> None:
    live.end_streams()
    handler._run()
