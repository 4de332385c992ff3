"""A board in a database of its own, and the server that runs it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

#: Seconds between two looks for connections that the server opened.
FAVOURED = 0.25

#: Makes a meeting with its board, whose notes are shown as they come, and prints what a client has to know.
PREPARE = """
import json
from datetime import UTC, date, datetime
from uuid import uuid4
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from cahiers.boards.actions import opening, running
from cahiers.consultations.actions import create
from cahiers.meetings.models import Meeting
from cahiers.territories.actions import add
from cahiers.territories.models import Level
now = datetime.now(UTC)
land = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=now)
consultation = create(slug="ecole", title="L’école", method_key="etats-generaux", opens=date(2020, 1, 1),
                      closes=date(2040, 1, 1), territories=[land], by=None, now=now)
boards = []
for number in range(1, 13):
    meeting = Meeting.objects.create(consultation=consultation, territory=land, number=number, label="Atelier")
    board = opening.open_board(meeting=meeting, by=None, now=now)
    running.set_hiding(board=board, hides=False, command=uuid4(), by=None, now=now)
    theme = board.notebook.themes.first()
    begun = running.go_to(board=board, theme=theme, stage="diagnosis", command=uuid4(), by=None, now=now)
    running.set_step(board=board, round=begun, step="write", command=uuid4(), by=None, now=now)
    boards.append({"code": board.code, "round": str(begun.uuid), "stream": str(board.stream)})
print(json.dumps(boards))
"""
#: Prints where in its stream each command of a board is.
POSITIONS = """
import json, sys
import django
django.setup()
from cahiers.journal.queries import entries_after
found = entries_after(sys.argv[1]).exclude(command=None).values_list("command", "position")
print(json.dumps({str(command): position for command, position in found}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a client has to know; uuids as text."""

    code: str
    round: str
    stream: str


class Site:
    """An installation in a folder; `cores` are those that its server may use."""

    def __init__(self, var: Path, port: int, *, database: str = "", workers: int = 1) -> None:
        self.port, self.workers = port, workers
        self.environment = {
            **os.environ,
            "CAHIERS_VAR": str(var),
            "DJANGO_SETTINGS_MODULE": "cahiers.settings",
            "PYTHONPATH": "src",
            **({"DATABASE_URL": database} if database else {}),
        }
        self._boards = [Board(**one) for one in json.loads(self._run(PREPARE))]
        self._process: subprocess.Popen[bytes] | None = None
        self._postmaster = _postmaster(database) if database else None

    def board(self) -> Board:
        """One that nothing was written on."""
        return self._boards.pop()

    def positions(self, board: Board) -> Mapping[str, int]:
        found: dict[str, int] = json.loads(self._run(POSITIONS, board.stream))
        return found

    def start(self, cores: set[int]) -> None:
        command = [
            sys.executable,
            "-m",
            "cahiers",
            "serve",
            "--port",
            str(self.port),
            "--workers",
            str(self.workers),
        ]
        self._process = launch(command, self.environment, cores, self.port)

    def stop(self) -> None:
        if self._process is not None:
            end(self._process)

    @contextmanager
    def favoured(self) -> Iterator[None]:
        """Inside, what answers of the database stands with the others before Linux, as soon as it is there."""
        over = threading.Event()

        def favour() -> None:
            while self._postmaster and not over.wait(FAVOURED):
                for pid in _family(self._postmaster):
                    _favour(pid)

        thread = threading.Thread(target=favour)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def memory(self) -> int:
        """Bytes of its own (PSS), all its processes together."""
        assert self._process is not None
        return memory(self._process.pid)

    def processor(self) -> tuple[float, float]:
        """Seconds that its threads ran, and that they waited for a core that others had."""
        assert self._process is not None
        return processor(self._process.pid)

    def database_processor(self) -> float:
        """Seconds that processes of the database ran, where it is one that has some of its own."""
        return processor(self._postmaster)[0] if self._postmaster else 0.0

    def _run(self, script: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        return done.stdout


def launch(
    command: list[str], environment: Mapping[str, str], cores: set[int], port: int
) -> "subprocess.Popen[bytes]":
    """A server that answers on the port, in a group of processes of its own."""
    process = subprocess.Popen(
        command,
        env=dict(environment),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=lambda: _settle(cores),
    )
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return process
        except OSError:
            time.sleep(0.1)
    end(process)
    raise TimeoutError("The server does not answer.")


def _settle(cores: set[int]) -> None:
    os.sched_setaffinity(0, cores)
    _favour(os.getpid())


def _favour(pid: int) -> None:
    """As nice as this process. Linux shares cores between sessions, whatever the niceness inside: the session too."""
    with suppress(OSError):
        nice = os.nice(0)
        os.setpriority(os.PRIO_PROCESS, pid, nice)
        Path(f"/proc/{pid}/autogroup").write_text(str(nice))


def _postmaster(database: str) -> int | None:
    """The process that makes one for each connection, where it runs on this machine and may be told how to."""
    import psycopg

    with psycopg.connect(database) as asked, suppress(OSError):
        told = Path(f"/proc/{asked.info.backend_pid}/stat").read_text()
        return int(told.rsplit(")", 1)[1].split()[1]) if "(postgres)" in told and not os.geteuid() else None
    return None


def end(process: "subprocess.Popen[bytes]") -> None:
    """With all the processes that it began."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def memory(pid: int) -> int:
    """Bytes of a process and its children (PSS)."""
    return sum(_pss(one) for one in _family(pid))


def processor(pid: int) -> tuple[float, float]:
    """Seconds that threads of a process and of its children ran, and that they waited for a core that others had."""
    ran = waited = 0
    for one in _family(pid):
        for thread in Path(f"/proc/{one}/task").iterdir():
            took, stood, _slices = (thread / "schedstat").read_text().split()
            ran, waited = ran + int(took), waited + int(stood)
    return ran / 1e9, waited / 1e9


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
