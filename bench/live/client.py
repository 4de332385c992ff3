"""Readers and writers that cost little: raw sockets, no parsing but what is measured."""

import asyncio
import resource
import time
from collections import deque
from urllib.parse import urlencode
from uuid import uuid4

from bench.live.served import Board

TEXT = "Le réseau de l’établissement tombe chaque matin à neuf heures, quand tout le monde se connecte"


def raise_limit() -> None:
    """A descriptor a connection."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Reader(asyncio.Protocol):
    """An open stream; `seen` holds, for each event, when it was whole and its position."""

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.seen: list[tuple[float, int]] = []
        self.status = b""
        self.bytes = 0
        self.opened: float | None = None
        self.transport: asyncio.Transport | None = None
        self._tail = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        self.bytes += len(data)
        if self.opened is None:
            self.status += data
            if b"retry: " not in self.status:
                return
            self.opened = now
            data, self.status = self.status[self.status.index(b"retry: ") :], self.status[:12]
        data = self._tail + data
        end = data.rfind(b"\n\n")
        if end >= 0:
            at = data.rfind(b"id: ", 0, end)
            if at >= 0:
                self.seen.append((now, int(data[at + 4 : data.index(b"\n", at)])))
            data = data[end + 2 :]
        self._tail = data

    def close(self) -> None:
        if self.transport is not None:
            self.transport.abort()


class Writer(asyncio.Protocol):
    """A connection that sends one command after another; an answer to each before the next."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.answered: asyncio.Future[bytes] | None = None
        self._answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head = self._answer.find(b"\r\n\r\n")
        if head < 0:
            return
        at = self._answer.lower().index(b"content-length: ")
        length = int(self._answer[at + 16 : self._answer.index(b"\r", at)])
        if len(self._answer) >= head + 4 + length and self.answered is not None:
            if not self.answered.done():  # nobody waits any more
                self.answered.set_result(self._answer)
            self._answer = b""

    async def send(self, request: bytes) -> bytes:
        assert self.transport is not None
        self.answered = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.answered


def stream_request(board: Board, level: str, key: str, after: int | None = None) -> bytes:
    cursor = "" if after is None else f"Last-Event-ID: {after}\r\n"
    return (
        f"GET /direct/{board.code}/flux?niveau={level} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Cookie: cahiers_appareil={key}\r\nAccept: text/event-stream\r\n{cursor}\r\n"
    ).encode()


def note_request(board: Board, key: str, number: int) -> tuple[str, bytes]:
    """The command's uuid, and the bytes that send it."""
    command = str(uuid4())
    fields = {
        "verb": "write",
        "command": command,
        "round": board.round,
        "kind": "irritant",
        "text": f"{TEXT} ({number})",
    }
    body = urlencode(fields).encode()
    head = (
        f"POST /direct/{board.code}/envoi HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Cahiers-Outbox: 1\r\n"
        f"Cookie: cahiers_appareil={key}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return command, head.encode() + body


async def open_readers(port: int, requests: list[bytes], patience: float = 30.0) -> list[Reader]:
    """All streams, once each has begun or that time has passed."""
    loop = asyncio.get_running_loop()
    readers = [Reader(request) for request in requests]
    waiting = deque(readers)

    async def connect() -> None:
        while waiting:
            reader = waiting.popleft()
            await loop.create_connection(lambda reader=reader: reader, "127.0.0.1", port)  # type: ignore[misc]

    await asyncio.gather(*(connect() for _ in range(200)))
    await until(lambda: all(reader.opened for reader in readers), patience)
    return readers


async def open_writers(port: int, count: int) -> list[Writer]:
    loop = asyncio.get_running_loop()
    return [(await loop.create_connection(Writer, "127.0.0.1", port))[1] for _ in range(count)]


async def until(true: "object", seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not true() and time.monotonic() < limit:  # type: ignore[operator]
        await asyncio.sleep(0.01)
