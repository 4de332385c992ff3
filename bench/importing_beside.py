"""What a room waits for while the same server takes in a table: notes' acknowledgements alone, then during an import.

`python -m bench.importing_beside [LINES]`; both halves are one run of the same server, with as many people who write.
Server and client have a core each.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

from bench.live import runs
from bench.live.client import raise_limit
from bench.live.served import Site

PORT: Final = 8112
LINES: Final = 100_000
#: A room that writes: people, notes a second, seconds of each half.
ROOM: Final = {"participants": 100, "rate": 10.0, "seconds": 10.0}

#: Drops a table and begins its import, which goes on once someone asks how far it is; prints where, and their cookie.
PREPARE: Final = """
import csv, io, json, sys
import django
django.setup()
from django.conf import settings
from django.test import Client
from django.utils import timezone
from bench.tables import HEADER, lines
from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.contributions.intake import actions, advancing
from cahiers.territories.models import Territory
now = timezone.now()
text = io.StringIO()
csv.writer(text, delimiter=";").writerows([HEADER, *lines(int(sys.argv[1]))])
data = text.getvalue().encode()
found = actions.drop(consultation=Consultation.objects.get(), territory=Territory.objects.get(),
                     stream=io.BytesIO(data), name="reponses.csv", size=len(data), by=None, now=now)
advancing.check(found=found, now=now)
actions.begin(found=found, whole=False)
client = Client()
client.force_login(Person.objects.create(email="mesure@exemple.fr", display_name="Mesure", is_staff=True,
                                         joined_at=now, first_login=now))
name = settings.SESSION_COOKIE_NAME
print(json.dumps([found.get_absolute_url() + "progression/", f"{name}={client.cookies[name].value}"]))
"""
#: Prints how many lines are in.
ADDED: Final = """
import django
django.setup()
from cahiers.contributions.intake.models import TableImport
print(TableImport.objects.get().counted["added"])
"""


def main() -> None:
    count = int(sys.argv[1]) if sys.argv[1:] else LINES
    raise_limit()
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})
    database = os.environ.get("DATABASE_URL", "")
    print(f"{'PostgreSQL' if database else 'SQLite'}, load {os.getloadavg()[0]:.1f}, milliseconds")
    with tempfile.TemporaryDirectory() as var:
        site = Site(Path(var), PORT, database=database)
        site.environment |= {"PYTHONPATH": "src:.", "SECRET_KEY": "mesure"}
        address, cookie = json.loads(_run(site, PREPARE, str(count)))
        site.start({cores[0]})
        try:
            _room(site, "alone")
            _ask(address, cookie)
            began = time.monotonic()
            _room(site, "during an import")
            seconds = time.monotonic() - began
            print(f"lines taken in meanwhile: {int(_run(site, ADDED)):,}, in about {seconds:.0f} s")
        finally:
            site.stop()


def _run(site: Site, script: str, *given: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *given],
        env=site.environment,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


def _ask(address: str, cookie: str) -> None:
    connection = HTTPConnection("127.0.0.1", PORT)
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, answer.status
    connection.close()


def _room(site: Site, when: str) -> None:
    board = site.board()
    sent, readers = asyncio.run(runs.room(PORT, board, level="full", **ROOM))  # type: ignore[arg-type]
    ours = runs.figures(sent, readers, site.positions(board), ROOM["seconds"])
    print(
        f"{when:17} ack p50 {ours.ack_p50:5.0f} p99 {ours.ack_p99:5.0f}, seen by all p50 {ours.seen_p50:5.0f}"
        f" p99 {ours.seen_p99:5.0f}; {ours.notes} notes, {ours.refused} refused, {ours.unseen} unseen",
        flush=True,
    )


if __name__ == "__main__":
    main()
