"""Two organisers who remove each other at the same time: one of them stays."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import threading
from datetime import UTC, datetime
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from cahiers.consultations.actions import create
from cahiers.consultations.models import Membership, Role
from cahiers.consultations.team import actions

call_command("migrate", verbosity=0)
now = datetime(2026, 10, 1, tzinfo=UTC)
for turn in range(5):
    consultation = create(slug=f"c{turn}", title="C", method_key="etats-generaux", by=None, now=now)
    pair = [
        actions.grant(consultation=consultation, email=f"{name}@exemple.example", role=Role.ORGANISER, by=None, now=now)
        for name in "ab"
    ]
    start, refused = threading.Barrier(2), []

    def dismiss(membership):
        start.wait()
        try:
            actions.dismiss(membership=membership, by=None, now=now)
        except actions.LastOrganiser:
            refused.append(membership)
        connection.close()

    threads = [threading.Thread(target=dismiss, args=(membership,)) for membership in pair]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert len(refused) == 1, refused
    assert Membership.objects.current().filter(consultation=consultation).count() == 1
print("as one")
"""


def test_one_organiser_stays(tmp_path: Path) -> None:
    """In a process of its own: the test's database lives in one transaction."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"CAHIERS_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "cahiers.settings"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == "as one\n", done.stderr
