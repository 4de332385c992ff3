"""`python -m bench.live [--seconds 10] [--workers 1] [room500 room2000 lean5000 join back]`: server and client on a
core each where it has one worker, times from when each note was meant to be sent, a bare loop beside."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.live import runs
from bench.live.client import raise_limit
from bench.live.runs import Figures
from bench.live.served import Board, Site, end, launch, memory, processor
from cahiers.demo.command import ALLOCATOR

PORT, BARE_PORT = 8110, 8111


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """`seen` and `ack` are milliseconds not to exceed at the 99th percentile."""

    participants: int
    rate: int
    level: str
    seen: float
    ack: float | None = None


ROOMS = {
    "room500": Room(participants=500, rate=50, level="full", seen=75, ack=30),
    "room2000": Room(participants=2000, rate=200, level="full", seen=250),
    "lean5000": Room(participants=5000, rate=500, level="lean", seen=500),
}
#: People who come in, or back after so many events, and seconds that all of them together may need.
CROWD, MISSED, CROWD_SECONDS = 2000, 100, 1.0
CONNECTION_BYTES = 15_000
#: Streams that are open before: what a server sets up once is no connection's.
FIRST = 100


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="*", default=[*ROOMS, "join", "back"])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--level", help="full or lean, in place of the run's own")
    parser.add_argument(
        "--rate", type=int, help="notes a second, in place of the run's own; few of them show what one costs"
    )
    parser.add_argument(
        "--nice", type=int, default=0, help="of client, server, database and reference alike; below 0 as root"
    )
    arguments = parser.parse_args()
    os.nice(arguments.nice)
    raise_limit()
    cores = sorted(os.sched_getaffinity(0))
    apart = arguments.workers == 1 and len(cores) > 1
    ours, theirs = ({cores[-1]}, {cores[0]}) if apart else (set(cores), set(cores))
    os.sched_setaffinity(0, ours)
    database = os.environ.get("DATABASE_URL", "")
    print(
        f"{'PostgreSQL' if database else 'SQLite'}, {arguments.workers} worker(s), load {os.getloadavg()[0]:.1f}"
    )
    with tempfile.TemporaryDirectory() as var:
        site = Site(Path(var), PORT, database=database, workers=arguments.workers)
        site.start(theirs)
        try:
            for name in arguments.runs:
                if (
                    name == "join"
                ):  # a server that crowds have made larger would show less for each connection
                    site.stop()
                    site.start(theirs)
                if name in ROOMS:
                    room = ROOMS[name]
                    room = replace(
                        room, level=arguments.level or room.level, rate=arguments.rate or room.rate
                    )
                    _room(name, room, site, theirs, arguments.seconds)
                else:
                    _crowd(name, site, theirs)
        finally:
            site.stop()
    return 0


def _room(name: str, room: Room, site: Site, cores: set[int], seconds: float) -> None:
    board, level = site.board(), room.level
    shape = {"participants": room.participants, "rate": room.rate, "seconds": seconds}
    before = _processors(site)
    with site.favoured():
        sent, readers = asyncio.run(runs.room(site.port, board, level=level, **shape))  # type: ignore[arg-type]
    ran, waited, stored, sending = (after - at for after, at in zip(_processors(site), before, strict=True))
    ours = runs.figures(sent, readers, site.positions(board), seconds)
    bare, bare_ran = _bare(board, level, shape, cores, seconds)
    ratio = ours.seen_p99 / bare.seen_p99
    held = ours.seen_p99 <= max(room.seen, 1.3 * bare.seen_p99)
    print(
        f"{name:9} {level}: seen by all p50 {ours.seen_p50:.0f} p99 {ours.seen_p99:.0f} ms "
        f"(must {room.seen:.0f}; bare loop {bare.seen_p50:.0f}/{bare.seen_p99:.0f}, x {ratio:.2f}"
        f"{'' if held else '; MISSED'}), ack p50 {ours.ack_p50:.0f} p99 {ours.ack_p99:.0f} ms "
        f"(must {room.ack or '-'}; bare {bare.ack_p50:.0f}/{bare.ack_p99:.0f}), "
        f"{ours.notes} notes, {ours.refused} refused, {ours.unseen} unseen, {ours.bytes:.0f} bytes/s a reader; "
        f"in {seconds:.0f} s the server ran {ran:.1f} s (the bare loop {bare_ran:.1f}) and waited {waited:.1f} s "
        f"for its core; a note took {1000 * ran / ours.notes:.1f} ms of the server, {1000 * stored / ours.notes:.1f} "
        f"of the database, {1000 * sending / ours.notes:.1f} of the client"
    )
    sys.stdout.flush()


def _processors(site: Site) -> tuple[float, float, float, float]:
    """Seconds that the server ran, and waited for a core; that the database ran, and this client."""
    return *site.processor(), site.database_processor(), time.process_time()


def _bare(
    board: Board, level: str, shape: dict[str, float], cores: set[int], seconds: float
) -> tuple[Figures, float]:
    """And the seconds that it ran."""
    environment = {**os.environ, "PYTHONPATH": "src:.", "DJANGO_SETTINGS_MODULE": "cahiers.settings"}
    process = launch([sys.executable, "-m", "bench.live.bare", str(BARE_PORT)], environment, cores, BARE_PORT)
    try:
        sent, readers = asyncio.run(runs.room(BARE_PORT, board, level=level, **shape))  # type: ignore[arg-type]
        ran, _waited = processor(process.pid)
    finally:
        end(process)
    return runs.figures(sent, readers, {}, seconds), ran


def _crowd(name: str, site: Site, cores: set[int]) -> None:
    if name == "back":
        for level in ("full", "lean"):
            took = asyncio.run(runs.come_back(site.port, site.board(), CROWD, MISSED, level))
            print(
                f"{name:9} {level}: {CROWD} come back after {MISSED} events in {took:.2f} s (must {CROWD_SECONDS})"
            )
        return

    took, each = asyncio.run(_join(site.port, site.board(), site.memory))
    server = [sys.executable, "-m", "granian", "bench.live.silent:application", "--interface", "asgi"]
    options = [
        "--http",
        "1",
        "--port",
        str(BARE_PORT),
        "--backlog",
        "4096",
        "--backpressure",
        "20000",
        "--no-log",
    ]
    environment = {**os.environ, "PYTHONPATH": ".", **dict([ALLOCATOR])}
    process = launch([*server, *options], environment, cores, BARE_PORT)
    try:
        _took, alone = asyncio.run(_join(BARE_PORT, site.board(), lambda: memory(process.pid)))
    finally:
        end(process)
    print(
        f"{name:9} {CROWD} streams open in {took:.2f} s (must {CROWD_SECONDS}), {each:.0f} bytes a connection "
        f"(must {CONNECTION_BYTES}; {alone:.0f} of the server with nothing behind)"
    )


async def _join(port: int, board: Board, held: Callable[[], int]) -> tuple[float, float]:
    """Seconds until all have a stream, and bytes that each of them holds."""
    _took, first = await runs.join(port, board, FIRST)
    before = held()
    took, readers = await runs.join(port, board, CROWD)
    await asyncio.sleep(1)
    each = (held() - before) / CROWD
    for reader in [*first, *readers]:
        reader.close()
    return took, each


if __name__ == "__main__":
    raise SystemExit(main())
