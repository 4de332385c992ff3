"""Imports of tables: lines a second from the file to the database, beside the limit, and memory as lines grow.

`python -m bench.contributions` takes a CSV file of 100,000 lines, `python -m bench.contributions 1000000` one of that
many too; `--memory` before sizes leaves the limit out, which takes half of the time. Each size runs in a process of
its own, with a database of its own, so that its peak is its own. On PostgreSQL where DATABASE_URL names a database of
this machine that can be filled; its backend's time is counted too.

The limit: the bare reader of the file, and the same columns into the same tables by the database's fastest way
(statements of 200 rows on SQLite, COPY on PostgreSQL), with their keys, indexes and constraints: submissions,
contributions, their revisions, their lines. No validation, no look for personal data, no search. Beside it stands one
table of eight columns without any index, in which nothing is found. An import reads in a process of its own while it
writes: wall time tells what people wait for, on a quiet machine alone; CPU time what it takes of both. "Held" is the
time of its transactions, for which others who write to SQLite wait.
"""

import csv
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple
from unittest.mock import patch
from uuid import uuid4

from bench.tables import HEADER, lines

SIZES: Final = (100_000,)
BATCH: Final = 4_000
#: Lines a second, and part of the limit's, that an import is to reach.
GOAL, PART = 25_000, 0.4
#: Seconds between two looks at the memory of others.
OFTEN: Final = 0.05


class Spent(NamedTuple):
    """Seconds; `cpu` is of all processes, `apart` of those that were begun for it, `peak` the MiB of these."""

    wall: float
    cpu: float
    apart: float
    peak: int

    def tell(self, name: str, size: int) -> None:
        rate, each = size / self.wall, 1e6 * self.cpu / size
        print(
            f"  {name:9}{self.wall:7.2f}{rate:10,.0f}{self.cpu:8.2f}{self.apart:8.2f}{each:9.1f}", flush=True
        )


class Held:
    """Does what it stands for, and keeps the seconds of each time, and of the processor of all."""

    def __init__(self, does: Callable[..., bool]) -> None:
        self._does = does
        self._seconds: list[float] = []
        self._cpu = 0.0

    def __call__(self, *given: Any) -> bool:
        began, cpu = time.perf_counter(), time.thread_time()
        done = self._does(*given)
        self._seconds.append(time.perf_counter() - began)
        self._cpu += time.thread_time() - cpu
        return done

    def tell(self) -> str:
        times = len(self._seconds)
        return (
            f"{sum(self._seconds):.2f} s, {self._cpu:.2f} of the processor, in {times} transactions,"
            f" the longest {1000 * max(self._seconds):.0f} ms"
        )


def main() -> None:
    asked = sys.argv[1:]
    alone = ["--memory"] if "--memory" in asked else []
    for size in [int(one) for one in asked if one.isdecimal()] or SIZES:
        command = [sys.executable, "-m", "bench.contributions", "--one", str(size), *alone]
        subprocess.run(command, check=True)


def one(size: int, *, limited: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CAHIERS_VAR"] = folder
        os.environ.setdefault("SECRET_KEY", "bench")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cahiers.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        path = Path(folder) / "reponses.csv"
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(HEADER)
            writer.writerows(lines(size))
        before = _peak()
        checked, imported, held = _imported(path)
        print(f"{size:,} lines of {path.stat().st_size >> 20} MiB, {connection.vendor}; load {_load()}")
        print(f"{'':10}{'wall s':>8}{'lines/s':>10}{'CPU s':>8}{'apart':>8}{'µs/line':>9}")
        checked.tell("dry run", size)
        imported.tell("import", size)
        print(f"  goal: {GOAL:,} lines a second; this import x {size / imported.wall / GOAL:.2f}")
        print(f"  held: {held.tell()}")
        print(f"  memory: {_peak()} MiB at its peak, {before} before; the process apart {imported.peak} MiB")
        if limited:
            last = _emptied()
            limit, bare = _spent(lambda: _limit(path, last)), _spent(lambda: _bare(path))
            limit.tell("limit", size)
            bare.tell("one table", size)
            print(
                f"  ratio to the limit (goal {PART}): wall {limit.wall / imported.wall:.2f}, CPU"
                f" {limit.cpu / imported.cpu:.2f}; to one table {bare.wall / imported.wall:.2f},"
                f" {bare.cpu / imported.cpu:.2f}; load {_load()}",
                flush=True,
            )


def _imported(path: Path) -> tuple[Spent, Spent, "Held"]:
    from django.utils import timezone

    from cahiers.consultations.actions import create
    from cahiers.contributions.intake import actions, advancing
    from cahiers.contributions.models import Contribution
    from cahiers.territories.actions import add
    from cahiers.territories.models import Level

    now = timezone.now()
    nation = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=now)
    for name in ("Laval", "Mayenne", "Rennes", "Brest", "Vitré", "Dinan"):
        add(parent=nation, level=Level.DEPARTMENT, name=name, by=None, now=now)
    consultation = create(
        slug="banc",
        title="Banc",
        method_key="etats-generaux",
        opens=None,
        closes=None,
        territories=[nation],
        by=None,
        now=now,
    )
    with path.open("rb") as stream:
        found = actions.drop(
            consultation=consultation,
            territory=nation,
            stream=stream,
            name=path.name,
            size=path.stat().st_size,
            by=None,
            now=now,
        )
    checked = _spent(lambda: advancing.check(found=found, now=now))
    actions.begin(found=found, whole=False)
    held = Held(advancing._write)
    with patch.object(advancing, "_write", held):
        imported = _spent(lambda: advancing.advance(found=found, by=None, now=now))
    assert found.counts["added"] == Contribution.objects.count() == found.counts["records"]
    return checked, imported, held


def _emptied() -> int:
    """The last key that was taken; the tables are empty."""
    from django.db import connection, transaction

    from cahiers.contributions.models import Contribution, ImportedLine, Revision, Submission

    last = Contribution.objects.order_by("pk").last()
    assert last is not None
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Rows that were deleted would stay in the indexes, and slow the limit down.
            cursor.execute("TRUNCATE contributions_contribution, contributions_submission CASCADE")
            return last.pk
        for model in (ImportedLine, Revision, Contribution, Submission):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    return last.pk


def _limit(path: Path, key: int) -> None:
    """The same columns into the same tables, empty, by the database's own fastest way."""
    from django.db import transaction

    from cahiers.contributions.intake.rows import Rows, in_order
    from cahiers.contributions.intake.storing import CONTRIBUTION, LINE, REVISION, SUBMISSION
    from cahiers.contributions.intake.turns import at_hand
    from cahiers.contributions.models import Contribution, ImportedLine, Revision, Submission, TableImport

    known = TableImport.objects.get()
    place = known.territory_id
    whole = {"consultation_id": known.consultation_id, "created_at": known.at}
    into = (
        Rows(Submission, SUBMISSION, whole),
        Rows(Contribution, CONTRIBUTION, whole),
        Rows(Revision, REVISION, {"number": 1, "at": known.at}),
        Rows(ImportedLine, LINE, {"table_id": known.pk}),
    )
    with path.open(newline="", encoding="utf-8") as stream, at_hand():
        reader = csv.reader(stream, delimiter=";")
        next(reader)
        while batch := list(islice(reader, BATCH)):
            rows: tuple[list[Any], ...] = ([], [], [], [])
            new = zip(batch, in_order(len(batch)), in_order(len(batch)), strict=True)
            for line, sent, revision in new:
                key += 1
                uuid = uuid4().hex
                rows[0].append((key, sent, place, line[1], "import", f'{{"Utile": "{line[5]}"}}', "fr"))
                rows[1].append(
                    (
                        *(key, uuid, place, None, key, "import", "feedback", line[1], line[2]),
                        *("[]", 1, "", "unknown", "pending", "2026-10-01", "fr", revision),
                    )
                )
                rows[2].append((revision, key, line[3], line[4], line[2], "[]"))
                rows[3].append((key, key, "Texte", "", "", ""))
            with transaction.atomic():
                for one, its in zip(into, rows, strict=True):
                    one.write(its)


def _bare(path: Path) -> None:
    from django.db import connection, transaction

    names = [f"c{at}" for at in range(len(HEADER))]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({', '.join(f'{name} text' for name in names)})")
    with path.open(newline="", encoding="utf-8") as stream:
        reader = csv.reader(stream, delimiter=";")
        while batch := list(islice(reader, BATCH)):
            with transaction.atomic(), connection.cursor() as cursor:
                if connection.vendor == "postgresql":
                    with cursor.copy(f"COPY bare ({', '.join(names)}) FROM STDIN") as copy:
                        for line in batch:
                            copy.write_row(line)
                else:
                    cursor.executemany(f"INSERT INTO bare VALUES ({', '.join(['%s'] * len(names))})", batch)


def _spent(does: Callable[[], Any]) -> Spent:
    """With its PostgreSQL backend, which does the other half of the work, and with the processes that it began."""
    peak = _Peak()
    cpu, apart, wall = time.process_time() + _backend(), _apart(), time.perf_counter()
    with peak:
        does()
    wall = time.perf_counter() - wall
    apart = _apart() - apart
    return Spent(wall, time.process_time() + _backend() - cpu + apart, apart, peak.mebibytes)


def _apart() -> float:
    """CPU seconds of processes that this one began and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _backend() -> float:
    """Processor time of the backend that serves this process; 0 on SQLite, which is within it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


class _Peak(threading.Thread):
    """Looks now and then what the processes that this one began hold."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.mebibytes = 0
        self._over = threading.Event()

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_raised: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(OFTEN):
            for task in Path("/proc/self/task").iterdir():
                for child in (task / "children").read_text().split():
                    with suppress(OSError, StopIteration):
                        self.mebibytes = max(self.mebibytes, _peak(child))


def _peak(process: str = "self") -> int:
    """MiB that a process held at its most, from Linux: getrusage would tell the parent's at the fork."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) >> 10


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]), limited="--memory" not in sys.argv)
    else:
        main()
