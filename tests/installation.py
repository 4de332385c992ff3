"""Installations that tests begin from: made once a run, whatever the number of workers, and copied."""

import fcntl
import os
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[1]
DATABASE = "cahiers.sqlite3"
SAID = "said.txt"
#: What the environment of those who run tests may say of an installation of their own.
THEIRS = {"DATABASE_URL", "SECRET_KEY", "SITE_URL"}


def environment(folder: Path) -> dict[str, str]:
    """Of a process whose installation is that folder."""
    given = {key: value for key, value in os.environ.items() if key not in THEIRS}
    return given | {"CAHIERS_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "cahiers.settings"}


def run(folder: Path, *arguments: str, **more: str) -> str:
    """What Python prints there, in a process of its own; `more` joins its environment."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment(folder) | more,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=10 * PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def free_port() -> int:
    """One that nobody has; below those that systems give by themselves, of which any may go before a server has it."""
    for port in random.Random().sample(range(20_000, 32_000), 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError("no port is free")


def once(folder: Path, make: Callable[[Path], object]) -> Path:
    """The folder, made by the first worker that asks for it; the others wait."""
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            begun = folder.with_suffix(".begun")
            begun.mkdir()
            make(begun)
            begun.rename(folder)
    return folder


def copied(source: Path, folder: Path) -> Path:
    """An installation of a test's own."""
    return shutil.copytree(source, folder, dirs_exist_ok=True)


def migrate(folder: Path) -> None:
    """Tables, and nothing in them."""
    run(folder, "-m", "cahiers", "migrate")
    _settle(folder)


def demonstrate(folder: Path) -> None:
    """The demo, from an empty folder, and what was said of it."""
    (folder / SAID).write_text(run(folder, "-m", "cahiers", "demo", "--no-serve"))
    _settle(folder)


def _settle(folder: Path) -> None:
    """One file, beside which nobody who reads it leaves another while somebody copies the folder."""
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def restore(source: Path, into: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(source / DATABASE)) as connection:
        connection.backup(into)


@contextmanager
def postgresql(name: str) -> Iterator[str]:
    """The address of a database of that name, for as long as it is needed; of the server that tests run on."""
    import psycopg

    server = os.environ["POSTGRESQL_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield server.rpartition("/")[0] + f"/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
