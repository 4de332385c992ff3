"""The ASGI application under /direct/: commands in, event streams out, a list for who cannot stream."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils.module_loading import import_string

from cahiers.boards import queries, rendering
from cahiers.boards.commands import Refused
from cahiers.boards.devices import COOKIE, trace
from cahiers.boards.live import limits, requests
from cahiers.boards.live.database import READER, in_thread
from cahiers.boards.live.hub import Hub
from cahiers.boards.live.requests import Request
from cahiers.boards.live.writer import Writer, busy
from cahiers.boards.models import Board
from cahiers.boards.rendering import Level
from cahiers.boards.rights import may_run

PREFIX = "/direct/"
#: Seconds after which a stream without news says that it is there: proxies close silent ones.
HEARTBEAT = 15.0
#: Seconds that a poll waits for news.
POLL = 20.0
#: Positions behind which a page is to be read again rather than caught up.
BEHIND = 500

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class Live:
    """Its hub and writer belong to the event loop that runs it, and are made at its first request."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self.hub = Hub()
        self.writer = Writer()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self.hub, self.writer = loop, Hub(), Writer()
        request = Request.of(scope)
        code, _, name = request.path.removeprefix(PREFIX).partition("/")
        board = await in_thread(READER, lambda: queries.board_of_code(code)) if len(code) <= 12 else None
        if board is None:
            await _answer(send, 404, {"ok": False, "message": "Aucune séance n’a ce code."})
        elif (request.method, name) == ("POST", "envoi"):
            await self._take(board, request, receive, send)
        elif (request.method, name) == ("GET", "flux"):
            await self._stream(board, request, receive, send)
        elif (request.method, name) == ("GET", "suite"):
            await self._poll(board, request, send)
        else:
            await _answer(send, 404, {"ok": False, "message": "Cette adresse ne mène nulle part."})

    async def _take(self, board: Board, request: Request, receive: Receive, send: Send) -> None:
        key = request.cookies.get(COOKIE, "")
        if not _same_origin(request):
            await _answer(send, 403, {"ok": False, "message": "Cet envoi vient d’un autre site."})
            return
        if not key:
            await _answer(send, 403, {"ok": False, "message": "Rejoignez d’abord la séance."})
            return
        try:
            command = requests.command_of(await requests.body_of(receive), key)
        except requests.TooLarge:
            await _answer(send, 413, {"ok": False, "message": "Cet envoi est trop gros."})
            return
        except requests.Unclear:
            await _answer(send, 422, {"ok": False, "message": "Cet envoi est incomplet."})
            return
        wait = limits.devices.take(trace(key, board.meeting.uuid)) or limits.boards.take(board.code)
        if wait:
            retry = (b"retry-after", b"%d" % max(1, round(wait)))
            await _answer(send, 429, {"ok": False, "message": busy(wait).sentence}, retry)
            return
        outcome = await self.writer.take(board, command, _language(request))
        self.hub.wake()
        if isinstance(outcome, Refused):
            await _answer(send, 422, {"ok": False, "message": outcome.sentence, "code": outcome.code})
        else:
            await _answer(send, 200, {"ok": True, "subject": str(outcome.subject), "late": outcome.late})

    async def _stream(self, board: Board, request: Request, receive: Receive, send: Send) -> None:
        level = await self._level(board, request)
        if level is None:
            await _answer(send, 403, {"ok": False, "message": "Ce flux est celui de l’animation."})
            return
        after = _after(request)
        head = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"x-accel-buffering", b"no"),
            *HEADERS,
        ]
        gone = asyncio.ensure_future(_gone(receive))
        try:
            async with self.hub.listening(board, level) as (room, listener):
                await send({"type": "http.response.start", "status": 200, "headers": head})
                await _send(send, b"retry: 2000\n\n")
                if after is not None and after != room.position:
                    if after > room.position or room.position - after > BEHIND:
                        await _send(send, rendering.resync(room.position))
                    else:
                        await _send(send, (await room.since(after)).events[level])
                while not gone.done():
                    event = asyncio.ensure_future(listener.next(HEARTBEAT))
                    await asyncio.wait({event, gone}, return_when=asyncio.FIRST_COMPLETED)
                    if gone.done():
                        event.cancel()
                        break
                    await _send(send, event.result() or b": \n\n")
        finally:
            gone.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _poll(self, board: Board, request: Request, send: Send) -> None:
        level = await self._level(board, request)
        if level is None:
            await _answer(send, 403, {"ok": False, "message": "Ce flux est celui de l’animation."})
            return
        after = _after(request)
        async with self.hub.listening(board, level) as (room, listener):
            if after is None or after > room.position or room.position - after > BEHIND:
                event = rendering.resync(room.position)
            elif after < room.position:
                event = (await room.since(after)).events[level]
            else:
                event = await listener.next(POLL)
        await _answer(send, 200, {"events": event.decode()})

    async def _level(self, board: Board, request: Request) -> Level | None:
        """The one asked for; None for the facilitators' where the visitor is none."""
        asked = request.query.get("niveau", "")
        if asked != Level.HOST:
            return Level.FULL if asked == Level.FULL else Level.LEAN
        runs = await in_thread(READER, lambda: _runs(board, request.cookies))
        return Level.HOST if runs else None


def _runs(board: Board, cookies: Mapping[str, str]) -> bool:
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    visit = HttpRequest()
    visit.session = store(cookies.get(settings.SESSION_COOKIE_NAME))
    return may_run(get_user(visit), visit.session, board)


def _same_origin(request: Request) -> bool:
    """A form of another site sends its own origin; the outbox's header alone would ask that site's browser first."""
    origin = request.headers.get("origin")
    return "x-cahiers-outbox" in request.headers and (
        origin is None or urlsplit(origin).netloc == request.headers.get("host")
    )


def _language(request: Request) -> str:
    chosen = request.cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _after(request: Request) -> int | None:
    """The cursor: a browser that comes back gives the last event that it saw, a page the position it was drawn at."""
    last = request.headers.get("last-event-id", "")
    if last.isascii() and last.isdigit() and len(last) < 16:
        return int(last)
    return request.number("after")


async def _gone(receive: Receive) -> None:
    """Returns when the reader has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _answer(send: Send, status: int, told: Mapping[str, object], *more: tuple[bytes, bytes]) -> None:
    body = json.dumps(told, ensure_ascii=False).encode()
    head = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        *HEADERS,
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
