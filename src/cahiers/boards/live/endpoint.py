"""The ASGI application under /direct/: commands in, event streams out, a list for who cannot stream."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from cahiers.boards import queries, rendering
from cahiers.boards.commands import Refused
from cahiers.boards.devices import COOKIE, trace
from cahiers.boards.live import limits, requests
from cahiers.boards.live.database import READER, hang_up, in_thread
from cahiers.boards.live.hub import Hub
from cahiers.boards.live.requests import Request
from cahiers.boards.live.rooms import Room
from cahiers.boards.live.streams import Poll, Send, Stream, alive
from cahiers.boards.live.writer import Writer
from cahiers.boards.models import Board
from cahiers.boards.rendering import Audience, Event, Level
from cahiers.boards.rights import may_run

PREFIX = "/direct/"
#: Seconds that a poll waits for news.
POLL = 20.0
#: Positions behind which a page is to be read again rather than caught up.
BEHIND = 500
#: Seconds that a board is remembered by its code: what is kept of it here never changes, but it may be deleted.
REMEMBERED = 60.0

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]

HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    *(
        [(b"strict-transport-security", b"max-age=%d; includeSubDomains" % settings.SECURE_HSTS_SECONDS)]
        if settings.HTTPS and settings.SECURE_HSTS_SECONDS
        else []
    ),
)
STREAM = ((b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no"), *HEADERS)


class Live:
    """Its hub and writer belong to the event loop that runs it, and are made at its first request."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self.hub = Hub()
        self.writer = Writer()
        self._boards: dict[str, tuple[float, asyncio.Task[Board | None]]] = {}

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        self._settle()
        request = Request.of(scope)
        # A stream stays open for an hour, and the server keeps the scope as long: it is a third of what it holds.
        scope.clear()
        code, _rest, name = request.path.removeprefix(PREFIX).partition("/")
        # Not awaited here: a frame less for each stream.
        if (request.method, name) == ("POST", "envoi"):
            return self._take(code, request, receive, send)
        if (request.method, name) == ("GET", "flux"):
            return self._stream(code, request, receive, send)
        if (request.method, name) == ("GET", "suite"):
            return self._poll(code, request, receive, send)
        return _refuse(send, request, 404, _("Cette adresse ne mène nulle part."))

    async def start(self) -> None:
        """At the start of the server: what the one before left is done."""
        self._settle()
        await self.writer.catch_up()

    def _settle(self) -> None:
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self.hub, self.writer, self._boards = loop, Hub(), Writer(), {}

    async def close(self) -> None:
        """At the end of the server: what was taken is written, and connections are given back."""
        await self.hub.close()
        await self.writer.close()
        hang_up()

    async def _board(self, code: str, request: Request, send: Send) -> Board | None:
        """None where there is none, which was said."""
        board = await self._board_of(code) if len(code) <= 12 else None
        if board is None:
            await _refuse(send, request, 404, _("Aucune séance n’a ce code."))
        return board

    async def _board_of(self, code: str) -> Board | None:
        """Looked up once for all who come together."""
        now = time.monotonic()
        at, found = self._boards.get(code, (0.0, None))
        if found is None or now - at > REMEMBERED:
            found = asyncio.create_task(in_thread(READER, lambda: queries.board_of_code(code)))
            self._boards[code] = now, found
        try:
            board = await asyncio.shield(found)
        except Exception:
            self._boards.pop(code, None)
            raise
        if board is None:
            self._boards.pop(code, None)
        return board

    async def _take(self, code: str, request: Request, receive: Receive, send: Send) -> None:
        board = await self._board(code, request, send)
        if board is None:
            return
        key = request.cookies.get(COOKIE, "")
        if not _same_origin(request):
            await _refuse(send, request, 403, _("Cet envoi vient d’un autre site."))
            return
        if not key:
            await _refuse(send, request, 403, _("Rejoignez d’abord la séance."))
            return
        try:
            command = requests.command_of(await requests.body_of(receive), key)
        except requests.TooLarge:
            await _refuse(send, request, 413, _("Cet envoi est trop long : rien n’a été écrit."))
            return
        except requests.Unclear:
            await _refuse(send, request, 422, _("Cet envoi est incomplet : rien n’a été écrit."))
            return
        wait = limits.devices.take(trace(key, board.stream)) or limits.boards.take(board.code)
        if wait or self.writer.is_full:
            seconds = max(1, round(wait))
            sentence = _("Trop d’envois à la fois : le prochain partira dans quelques secondes.")
            await _refuse(send, request, 429, sentence, (b"retry-after", b"%d" % seconds))
            return
        outcome = await self.writer.take(board, command, request.language)
        self.hub.watch.wrote()
        if isinstance(outcome, Refused):
            await _refuse(send, request, 422, outcome.sentence, code=outcome.code)
            return
        said = _("C’est reçu, et signalé comme arrivé après coup.") if outcome.late else _("C’est reçu.")
        told = {
            "ok": True,
            "message": _in(request.language, said),
            "subject": str(outcome.subject),
            "late": outcome.late,
        }
        await _answer(send, 200, _json(told))

    async def _stream(self, code: str, request: Request, receive: Receive, send: Send) -> None:
        # What is named here is held for an hour, some thousand times.
        board = await self._board(code, request, send)
        audience = await self._audience(board, request, send) if board is not None else None
        if board is None or audience is None:
            return
        key = _device(board, request)
        await receive()
        room = await self.hub.enter(board, audience.level, key)
        try:
            stream = await self._begin(room, audience, request, send)
            if stream is None:
                return
            # Nothing is awaited between the last thing that it was told and here: it would miss what comes then.
            room.streams.add(stream)
            if not room.board.is_open:
                # Closed while the reader was away: what came until then is all.
                stream.end()
            left = _left(receive)
            del code, board, request, audience, receive
            try:
                await stream.open_until(left)
            except asyncio.CancelledError:
                if not stream.over:
                    raise
            finally:
                room.streams.discard(stream)
            await stream.finish()
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self.hub.leave(room, key)

    async def _begin(self, room: Room, audience: Audience, request: Request, send: Send) -> Stream | None:
        """A stream whose reader has all that came until now; None for who has no more to wait for."""
        position = await self._cursor(room, request)
        if not room.board.is_open and position is not None and position >= room.position:
            # Nothing will come any more. A browser that is told so does not ask again.
            await send({"type": "http.response.start", "status": 204, "headers": HEADERS})
            await send({"type": "http.response.body", "body": b""})
            return None
        await send({"type": "http.response.start", "status": 200, "headers": STREAM})
        await _send(send, b"retry: 2000\n\n" + alive())
        if position is None:
            position = room.position
            await _send(send, rendering.resync(position).wire)
        while position < room.position:
            event = await room.since(position, audience)
            await _send(send, event.wire)
            position = event.position
        return Stream(audience, send, position)

    async def _poll(self, code: str, request: Request, receive: Receive, send: Send) -> None:
        board = await self._board(code, request, send)
        audience = await self._audience(board, request, send) if board is not None else None
        if board is None or audience is None:
            return
        key = _device(board, request)
        await receive()
        room = await self.hub.enter(board, audience.level, key)
        try:
            position = await self._cursor(room, request)
            if position is None:
                events = [rendering.resync(room.position)]
            elif position < room.position:
                events = [await room.since(position, audience)]
            elif not room.board.is_open:
                events = []
            else:
                events = await _next(room, audience, position, receive)
        finally:
            self.hub.leave(room, key)
        body = f"[{','.join(event.item for event in events)}]".encode()
        await _answer(send, 200, body)

    async def _cursor(self, room: Room, request: Request) -> int | None:
        """What the reader has seen; None where the page has to be read again. Who gives none begins with what comes."""
        after = _after(request)
        if after is None:
            return room.position
        if after > room.position:
            # Another process may have told more than this one has; a number from elsewhere says nothing.
            last = await in_thread(READER, lambda: rendering.position_of(room.board))
            return after if after <= last else None
        return after if room.position - after <= BEHIND else None

    async def _audience(self, board: Board, request: Request, send: Send) -> Audience | None:
        """None where the reader was told that they may not have what they ask."""
        if self.hub.ending:
            why = _("Le site redémarre : la page se remettra à jour d’elle-même.")
            await _refuse(send, request, 503, why, (b"retry-after", b"2"))
            return None
        asked = request.query.get("niveau", "")
        level = Level(asked) if asked in set(Level) else Level.LEAN
        if level is Level.HOST and not await in_thread(READER, lambda: _runs(board, request.cookies)):
            await _refuse(send, request, 403, _("Ce flux est celui de l’animation."))
            return None
        if self.hub.full(board, _device(board, request)):
            await _refuse(
                send, request, 429, _("Trop de pages de cette séance sont ouvertes."), (b"retry-after", b"10")
            )
            return None
        return _audience(level, request.language)


@lru_cache
def _audience(level: Level, language: str) -> Audience:
    """The same one for all."""
    return Audience(level, language)


def _left(receive: Receive) -> "asyncio.Future[Any]":
    """Done when the reader leaves: the request itself was received, and nothing else comes after it."""
    return asyncio.ensure_future(receive())


async def _next(room: Room, audience: Audience, position: int, receive: Receive) -> list[Event]:
    """What comes within the time of a poll."""
    poll = Poll(audience, position)
    room.streams.add(poll)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL):
                await poll.open_until(_left(receive))
    except asyncio.CancelledError:
        if not poll.over:
            raise
    finally:
        room.streams.discard(poll)
    return poll.events


def _device(board: Board, request: Request) -> str:
    """Its trace of the meeting; "" for a reader who has not joined."""
    key = request.cookies.get(COOKIE, "")
    return trace(key, board.stream) if key else ""


def _runs(board: Board, cookies: Mapping[str, str]) -> bool:
    """As things are now: the link for co-facilitators may have been renewed since the board was remembered."""
    board = queries.boards().get(pk=board.pk)
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


def _after(request: Request) -> int | None:
    """The cursor: a browser that comes back gives the last event that it saw, a page the position it was drawn at."""
    last = request.headers.get("last-event-id", "")
    if last.isascii() and last.isdigit() and len(last) < 16:
        return int(last)
    return request.number("after")


async def _send(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


def _in(language: str, sentence: str | Promise) -> str:
    with translation.override(language):
        return str(sentence)


def _json(told: Mapping[str, object]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()


async def _refuse(
    send: Send,
    request: Request,
    status: int,
    why: str | Promise,
    *more: tuple[bytes, bytes],
    code: str = "",
) -> None:
    told: dict[str, object] = {"ok": False, "message": _in(request.language, why)}
    await _answer(send, status, _json({**told, "code": code} if code else told), *more)


async def _answer(send: Send, status: int, body: bytes, *more: tuple[bytes, bytes]) -> None:
    head = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", b"%d" % len(body)),
        *HEADERS,
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})
