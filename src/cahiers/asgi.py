"""The application that a server runs: live streams beside Django."""

import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cahiers.settings")

pages = get_asgi_application()

# Models are there from here on.
from cahiers.boards.live.endpoint import PREFIX, Live  # noqa: E402

live = Live()

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Streams stay open for hours: Django's middleware would keep a thread for each."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith(PREFIX):
        await live(scope, receive, send)
    else:
        await pages(scope, receive, send)  # type: ignore[arg-type]


async def _live(receive: Receive, send: Send) -> None:
    """The server's life: at its end streams are closed, for it would wait for their readers to leave."""
    while (await receive())["type"] != "lifespan.shutdown":
        await send({"type": "lifespan.startup.complete"})
    await live.close()
    await send({"type": "lifespan.shutdown.complete"})
