"""What is measured: a room that writes and reads, one that comes in, one that comes back."""

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bench.live.client import Reader, Writer, note_request, open_readers, open_writers, stream_request, until
from bench.live.served import Board

#: Connections that send: enough never to be what is waited for.
SENDERS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A note: its command, and the seconds at which it was meant to be sent and was answered."""

    command: str
    meant: float
    answered: float
    ok: bool
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Milliseconds, but for the share of notes that were refused and bytes that a reader got in a second."""

    seen_p50: float
    seen_p99: float
    ack_p50: float
    ack_p99: float
    refused: int
    notes: int
    unseen: int
    bytes: float


def key_of(number: int) -> str:
    return f"{number:032x}"


async def write(port: int, board: Board, *, participants: int, rate: float, seconds: float) -> list[Sent]:
    """Notes at an even pace, from one participant after another."""
    free = deque(await open_writers(port, SENDERS))
    notes = [note_request(board, key_of(n * 7919 % participants), n) for n in range(int(rate * seconds))]
    sent: list[Sent] = []
    waiting: deque[tuple[str, bytes, float]] = deque()
    begin = time.monotonic() + 0.2
    running: set[asyncio.Task[None]] = set()

    async def drain(writer: Writer) -> None:
        while waiting:
            command, request, meant = waiting.popleft()
            answer = await writer.send(request)
            place = answer.rfind(b'"position": ')
            sent.append(
                Sent(
                    command=command,
                    meant=meant,
                    answered=time.monotonic(),
                    ok=answer.startswith(b"HTTP/1.1 200"),
                    position=int(answer[place + 12 : answer.index(b"}", place)]) if place > 0 else 0,
                )
            )
        free.append(writer)

    for number, (command, request) in enumerate(notes):
        meant = begin + number / rate
        wait = meant - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        waiting.append((command, request, meant))
        if free:
            task = asyncio.create_task(drain(free.popleft()))
            running.add(task)
            task.add_done_callback(running.discard)
    await until(lambda: len(sent) == len(notes), 20)
    for writer in free:
        if writer.transport is not None:
            writer.transport.abort()
    return sent


def figures(sent: list[Sent], readers: list[Reader], positions: Mapping[str, int], seconds: float) -> Figures:
    """`positions` by command: a note is seen by all when the last reader has an event that covers it."""
    good = [one for one in sent if one.ok]
    wanted = np.array([positions.get(one.command, one.position) for one in good])
    meant = np.array([one.meant for one in good])
    last = np.zeros(len(good))
    for reader in readers:
        if not reader.seen:
            last[:] = np.inf
            break
        times, seen = (np.array(column) for column in zip(*reader.seen, strict=True))
        places = np.searchsorted(np.maximum.accumulate(seen), wanted)
        arrived = np.append(times, np.inf)[places]
        last = np.maximum(last, arrived)
    delays = (last - meant) * 1000
    acks = np.array([one.answered - one.meant for one in good]) * 1000
    finite = delays[np.isfinite(delays)]
    if not len(finite):
        finite = np.array([np.inf])
    return Figures(
        seen_p50=float(np.percentile(finite, 50)),
        seen_p99=float(np.percentile(finite, 99)),
        ack_p50=float(np.percentile(acks, 50)),
        ack_p99=float(np.percentile(acks, 99)),
        refused=len(sent) - len(good),
        notes=len(sent),
        unseen=len(delays) - int(np.isfinite(delays).sum()),
        bytes=sum(reader.bytes for reader in readers) / len(readers) / seconds,
    )


async def room(
    port: int, board: Board, *, participants: int, level: str, rate: float, seconds: float
) -> tuple[list[Sent], list[Reader]]:
    readers = await open_readers(port, [stream_request(board, level, key_of(n)) for n in range(participants)])
    for reader in readers:
        reader.bytes = 0
    sent = await write(port, board, participants=participants, rate=rate, seconds=seconds)
    await asyncio.sleep(1)
    for reader in readers:
        reader.close()
    return sent, readers


async def join(port: int, board: Board, participants: int) -> tuple[float, list[Reader]]:
    """Seconds until all have a stream, and their readers, open."""
    begin = time.monotonic()
    requests = [stream_request(board, "full", key_of(n)) for n in range(participants)]
    readers = await open_readers(port, requests)
    return max((reader.opened or np.inf) for reader in readers) - begin, readers


async def come_back(port: int, board: Board, participants: int, missed: int, level: str) -> float:
    """Seconds until all have what they missed."""
    sent = await write(port, board, participants=participants, rate=100, seconds=0.1)
    [first] = await open_readers(port, [stream_request(board, level, "first", 0)])
    await until(lambda: first.seen, 5)
    cursor = first.seen[-1][1]
    sent = await write(port, board, participants=participants, rate=200, seconds=missed / 200)
    await until(lambda: first.seen[-1][1] >= cursor + missed, 5)
    last = cursor + len(sent)
    requests = [stream_request(board, level, key_of(n), cursor) for n in range(participants)]
    begin = time.monotonic()
    readers = await open_readers(port, requests)
    await until(lambda: all(reader.seen and reader.seen[-1][1] >= last for reader in readers), 20)
    whole = max((reader.seen[-1][0] if reader.seen else np.inf) for reader in readers)
    for reader in [*readers, first]:
        reader.close()
    return whole - begin
