"""People who do something at the same instant, in a process of its own: a test's database lives in one transaction."""

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests import installation

NOW = datetime(2026, 10, 1, tzinfo=UTC)


def together(many: int, do: Callable[[int], object]) -> list[object]:
    """What each was given back, or the exception that stopped it; each has a connection of its own."""
    from django.db import connection

    # The copy of a test is not in the journal mode that an installation has once somebody came.
    connection.ensure_connection()
    told: list[object] = []
    start = threading.Barrier(many)

    def one(number: int) -> None:
        start.wait()
        try:
            told.append(do(number))
        except Exception as stopped:
            told.append(stopped)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def play(scene: Callable[[], object], prepared: Path, folder: Path) -> None:
    """A function of a module of tests, on the kind of database that they run on; what it asserts fails the test."""
    asked = f"import django; django.setup(); from {scene.__module__} import {scene.__name__} as play; play()"
    if not os.environ.get("DATABASE_URL", ""):
        installation.run(installation.copied(prepared, folder), "-c", asked)
        return
    with installation.postgresql(f"cahiers_crowd_{os.getpid()}") as database:
        installation.run(folder, "-m", "cahiers", "migrate", DATABASE_URL=database)
        installation.run(folder, "-c", asked, DATABASE_URL=database)
