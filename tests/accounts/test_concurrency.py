"""Many workers at once: a limit allows exactly so many, a code opens once."""

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import threading
from datetime import UTC, datetime, timedelta
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from cahiers.accounts import codes, mail
from cahiers.accounts.actions import register
from cahiers.accounts.limits import Limit
from cahiers.accounts.models import SignInCode

call_command("migrate", verbosity=0)
now = datetime(2026, 10, 1, tzinfo=UTC)

def at_once(many, do):
    results, start = [], threading.Barrier(many)
    def one(number):
        start.wait()
        try:
            results.append(do(number))
        except Exception as error:
            results.append(type(error).__name__)
        connection.close()
    threads = [threading.Thread(target=one, args=(number,)) for number in range(many)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return results

limit = Limit(name="test", most=7, within=timedelta(minutes=1))
assert at_once(20, lambda number: limit.spend("a", now)).count(True) == 7

sent = []
mail.send_later = sent.append
person = register(email="ines@exemple.example", display_name="Ines", by=None, now=now)
code = codes.ask(email=person.email, client="", now=now)
digits = sent[0].subject[:6]

def redeem(typed):
    return codes.redeem(code=code.uuid, digits=typed, client="", now=now)

wrong = at_once(16, lambda number: redeem(f"{(int(digits) + 1 + number) % 10**6:06}"))
assert wrong.count("WrongCode") == codes.GUESSES, wrong
assert SignInCode.objects.get(pk=code.pk).guesses == codes.GUESSES

code = codes.ask(email=person.email, client="", now=now)
digits = sent[1].subject[:6]
right = at_once(4, lambda number: redeem(digits))
assert right.count(person) == 1, right
print("as one")
"""


def test_workers_count_together(tmp_path: Path) -> None:
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
