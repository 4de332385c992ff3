"""Forty writers of one stream at once: no position is lost, doubled or seen before an earlier one."""

import os
import subprocess
import sys

SCRIPT = """
import threading
from datetime import UTC, datetime
from uuid import UUID, uuid4
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from cahiers.journal.actions import record
from cahiers.journal.models import Entry, Verb

call_command("migrate", verbosity=0)
stream, now = UUID(int=7), datetime(2026, 10, 1, tzinfo=UTC)

def write():
    for _ in range(5):
        record(stream=stream, verb=Verb.SUBMIT, subject=uuid4(), actor=None, at=now)
    connection.close()

threads = [threading.Thread(target=write) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
positions = list(Entry.objects.filter(stream__uuid=stream).order_by("position").values_list("position", flat=True))
assert positions == list(range(1, 41)), positions
print("as one")
"""


def test_writers_wait_for_one_another(tmp_path):
    """In a process of its own: the test's database lives in one transaction."""
    environment = {**os.environ, "CAHIERS_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cahiers.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "as one\n", done.stderr
