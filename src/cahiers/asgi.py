"""The application that a server runs: live streams beside Django."""

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cahiers.settings")

django = get_asgi_application()

# Models are there from here on.
from cahiers.boards.live.ending import Pages, end_on_signal  # noqa: E402
from cahiers.boards.live.endpoint import PREFIX, Live  # noqa: E402

live, pages = Live(), Pages(django)

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> Awaitable[None]:
    """Streams stay open for hours: Django's middleware would keep a thread for each."""
    if scope["type"] == "lifespan":
        return _live(receive, send)
    if scope["type"] == "http" and scope["path"].startswith(PREFIX):
        return live(scope, receive, send)
    return pages(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    """The server's life."""
    await receive()
    ending = asyncio.create_task(end_on_signal(live, pages))
    await live.start()
    await send({"type": "lifespan.startup.complete"})
    await receive()
    ending.cancel()
    await live.close()
    await send({"type": "lifespan.shutdown.complete"})
