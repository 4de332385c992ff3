"""A reader who is slower than the room is asked to read the page again, and no room waits for one."""

import asyncio
import socket
from contextlib import suppress

import pytest

from cahiers.boards.live.streams import BACKLOG, BACKLOG_BYTES, Stream
from cahiers.boards.rendering import Audience, Event, Level
from tests.waiting import PATIENCE

AUDIENCE = Audience(Level.FULL, "fr")


class Slow:
    """A server whose reader takes what is sent only when it is let."""

    def __init__(self) -> None:
        self.took: list[bytes] = []
        self.may = asyncio.Event()

    async def send(self, message) -> None:
        await self.may.wait()
        self.took.append(message["body"])


def told(position: int, size: int = 0) -> Event:
    return Event(position, "change", f'"{"x" * size}"')


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_what_waits_for_a_slow_reader_goes_out_in_order_and_together():
    async def scene():
        slow = Slow()
        stream = Stream(AUDIENCE, slow.send, 0)
        for position in (1, 2, 2, 3):
            stream.tell(told(position))
        slow.may.set()
        await settle()
        stream.tell(told(4))
        return slow.took

    first, second, third = asyncio.run(scene())
    assert first == told(1).wire
    assert second == told(2).wire + told(3).wire
    assert third == told(4).wire


@pytest.mark.parametrize(("events", "size"), [(BACKLOG + 8, 0), (3, BACKLOG_BYTES // 2)])
def test_who_falls_behind_reads_again_and_goes_on_from_there(events, size):
    async def scene():
        slow = Slow()
        stream = Stream(AUDIENCE, slow.send, 0)
        for position in range(1, events + 2):
            stream.tell(told(position, size))
        slow.may.set()
        await settle()
        stream.tell(told(events + 2))
        return b"".join(slow.took)

    took = asyncio.run(scene())
    whole = [block.split(b"\n")[:2] for block in took.split(b"\n\n") if block]
    places = [int(place.removeprefix(b"id: ")) for place, _ in whole]
    assert whole[0][1] == b"event: change"
    assert b"event: resync" in [kind for _, kind in whole]
    # One after another from where it reads again, to the newest.
    after = next(n for n, (_, kind) in enumerate(whole) if kind == b"event: resync")
    assert places[after:] == list(range(places[after], events + 3))


def test_a_stream_that_ends_waits_a_moment_for_its_reader_and_no_longer(monkeypatch):
    monkeypatch.setattr("cahiers.boards.live.streams.LAST", 0.02)

    async def scene():
        slow = Slow()
        stream = Stream(AUDIENCE, slow.send, 0)
        stream.tell(told(1))
        stream.end()
        await stream.finish()
        slow.may.set()
        await settle()
        return slow.took

    assert asyncio.run(scene()) == []


def test_over_a_socket_that_nobody_reads_for_a_while():
    """What the system holds for a reader fills up; then the stream waits, and no event is lost without a word."""
    events = 400

    async def scene():
        streams: list[Stream] = []
        all_told = asyncio.Event()

        async def serve(_reader, writer) -> None:
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
            writer.transport.set_write_buffer_limits(high=0)

            async def send(message) -> None:
                writer.write(message["body"])
                await writer.drain()

            stream = Stream(AUDIENCE, send, 0)
            streams.append(stream)
            for position in range(1, events):
                stream.tell(told(position, 2000))
                await asyncio.sleep(0)
            all_told.set()
            with suppress(asyncio.CancelledError):
                await stream.open_until(asyncio.get_running_loop().create_future())
            await stream.finish()
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            slow = socket.socket()
            # Systems differ in what they hold by themselves.
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.connect(server.sockets[0].getsockname())
            reader, writer = await asyncio.open_connection(sock=slow, limit=4096)
            await all_told.wait()
            took = b""
            while b"event: resync\ndata: {}\n\n" not in took:
                took += await reader.read(65536)
            streams[0].tell(told(events))
            streams[0].end()
            took += await reader.read(-1)
            writer.close()
            return took

    took = asyncio.run(asyncio.wait_for(scene(), PATIENCE))
    places = [int(line.removeprefix(b"id: ")) for line in took.split(b"\n") if line.startswith(b"id: ")]
    assert places == sorted(set(places))
    assert (places[0], places[-1]) == (1, events)
    assert len(places) < events
