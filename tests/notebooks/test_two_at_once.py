"""Eight editors at the same instant: one is first, the others are told; the same command is done once."""

import os
import subprocess
import sys

SCRIPT = """
import threading
from datetime import UTC, datetime
from uuid import uuid4
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from cahiers.consultations.actions import create
from cahiers.notebooks.actions import statements
from cahiers.notebooks.actions.revising import Changed
from cahiers.notebooks.models import Statement
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.sample import imported, synthesis

call_command("migrate", verbosity=0)
now = datetime(2026, 10, 1, tzinfo=UTC)
nation = add(parent=None, level=Level.NATION, name="Valmarie", by=None, now=now)
consultation = create(
    slug=f"ecole-{uuid4()}", title="Ecole", method_key="etats-generaux", territories=[nation], by=None, now=now
)
notebook = imported(consultation, nation, synthesis(), now)
statement = Statement.objects.get(row__theme__notebook=notebook, current__text="Trop de mots de passe")
seen, told, start = statement.current_id, [], threading.Barrier(8)

def at_once(edit):
    def run(number):
        start.wait()
        try:
            edit(number)
        except Changed as refusal:
            told.append(refusal.current.text)
        finally:
            connection.close()
    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()

at_once(lambda number: statements.reword(
    statement=statement, text=f"Version {number}", seen=seen, command=uuid4(), by=None, now=now))
statement = Statement.objects.get(pk=statement.pk)
assert statement.revisions.count() == 2, statement.revisions.count()
assert told == [statement.current.text] * 7, told

told.clear()
row, command = statement.row, uuid4()
at_once(lambda number: statements.add(
    row=row, kind="irritant", text="Une seule fois", command=command, by=None, now=now))
assert not told
assert row.statements.filter(current__text="Une seule fois").count() == 1

at_once(lambda number: statements.add(
    row=row, kind="strength", text=f"Le {number}e", command=uuid4(), by=None, now=now))
positions = [one.position for one in row.statements.filter(kind="strength")]
assert len(set(positions)) == len(positions) == 10, positions
print("as one")
"""


def test_none_overwrites_another(tmp_path):
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
