"""`python -m bench.live.journeys`: what a batch of notes, and each drawing of it, ask of the database and cost."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bench.live.served import PREPARE

#: Notes of a batch, batches that come first and are not counted, and those that are; each is drawn once a level.
SIZES, FIRST, TIMES = (1, 8, 30), 10, 60
#: Times that a question is asked which costs the database nothing: what is measured is told in these.
ALONE = 400


class Spent(NamedTuple):
    """Milliseconds, those that this process and the database's ran, and questions that were asked."""

    wall: float
    ran: float
    served: float
    questions: float


class Meter:
    """Measures what goes over Django's connection."""

    def __init__(self) -> None:
        from django.db import connection

        self._connection, self._asked = connection, 0
        #: What Linux counts of the process that answers; none on SQLite, which runs in this one.
        self._backend: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self._backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def measure(self, do: Callable[[], object]) -> Spent:
        self._asked, was = 0, self._served()
        begin, ran = time.perf_counter(), time.process_time()
        with self._connection.execute_wrapper(self._count):
            do()
        wall, ran = time.perf_counter() - begin, time.process_time() - ran
        return Spent(wall * 1000, ran * 1000, (self._served() - was) / 1e6, self._asked)

    def nothing(self) -> None:
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()

    def _count(self, execute: Callable[..., object], *rest: Any) -> object:
        self._asked += 1
        return execute(*rest)

    def _served(self) -> int:
        return int(self._backend.read_text().split()[0]) if self._backend else 0


class Room:
    """A board, and what the server remembers of it."""

    def __init__(self, code: str, round: str) -> None:
        from cahiers.boards import queries, rendering
        from cahiers.boards.actions.known import Memory

        board = queries.board_of_code(code)
        assert board is not None
        self.board, self._round, self._memory = board, round, Memory()
        self._position = rendering.position_of(board)
        self._scenes = dict.fromkeys(rendering.Level, rendering.Scene(board, self._position))

    def write(self, numbers: range) -> None:
        from uuid import UUID, uuid4

        from django.utils import timezone

        from cahiers.boards.actions import taking
        from cahiers.boards.commands import Write

        notes = [
            Write(
                command=uuid4(), key=f"{n:032x}", round=UUID(self._round), kind="irritant", text=f"Note {n}"
            )
            for n in numbers
        ]
        taking.take_quickly(board=self.board, commands=notes, memory=self._memory, now=timezone.now())

    def draw(self, level: str) -> None:
        from cahiers.boards import rendering

        asked = rendering.Audience(rendering.Level(level), "fr")
        scene = self._scenes[asked.level]
        self._scenes[asked.level] = rendering.changes(scene, scene.position, {asked}).scene


def main() -> int:
    with tempfile.TemporaryDirectory() as var:
        os.environ |= {"CAHIERS_VAR": var, "DJANGO_SETTINGS_MODULE": "cahiers.settings", "PYTHONPATH": "src"}
        made = subprocess.run([sys.executable, "-c", PREPARE], stdout=subprocess.PIPE, check=True, text=True)
        sys.path.insert(0, "src")
        import django

        django.setup()
        meter = Meter()
        unit = statistics.median(meter.measure(meter.nothing).wall for _ in range(ALONE))
        database = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
        print(f"{database}, load {os.getloadavg()[0]:.1f}; a question with nothing in it {unit:.2f} ms")
        for told, size in zip(json.loads(made.stdout), SIZES, strict=False):
            _told(size, unit, _measured(meter, Room(told["code"], told["round"]), size))
    return 0


def _measured(meter: Meter, room: Room, size: int) -> dict[str, list[Spent]]:
    spent: dict[str, list[Spent]] = {name: [] for name in ("batch", "lean", "full", "host")}
    for turn in range(FIRST + TIMES):
        for name, times in spent.items():
            numbers = range(turn * size, (turn + 1) * size)
            took = meter.measure(
                partial(room.write, numbers) if name == "batch" else partial(room.draw, name)
            )
            if turn >= FIRST:
                times.append(took)
    return spent


def _told(size: int, unit: float, spent: dict[str, list[Spent]]) -> None:
    for name, times in spent.items():
        took = Spent(*(statistics.median(column) for column in zip(*times, strict=True)))
        print(
            f"{size:3} notes, {name:5}: {took.questions:.0f} questions, {took.wall:.1f} ms "
            f"({took.wall / unit:.0f} x); ran: Python {took.ran:.1f} ms, the database {took.served:.1f}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
