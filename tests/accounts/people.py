"""People and mailboxes of the tests."""

import re
from collections.abc import Callable
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import Any

from django.core import mail as django_mail

from cahiers.accounts.actions import register
from cahiers.accounts.models import Person

NOW = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


class AtOnce:
    """An executor that does not wait for a thread."""

    def submit(self, do: Callable[..., Any], *given: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(do(*given))
        return done


def someone(name: str = "Inès Tourbier", *, staff: bool = False, signed_in: bool = True) -> Person:
    """A person whose address is made of the name."""
    address = name.lower().replace(" ", ".").encode("ascii", "ignore").decode()
    person = register(email=f"{address}@exemple.example", display_name=name, staff=staff, by=None, now=NOW)
    if signed_in:
        person.first_login = person.last_login = NOW
        person.save(update_fields=["first_login", "last_login"])
    return person


def digits_sent() -> str:
    """Those of the last message."""
    found = re.search(r"^ +([0-9]{6})$", str(django_mail.outbox[-1].body), re.MULTILINE)
    assert found
    return found[1]


def other_digits(digits: str) -> str:
    return f"{(int(digits) + 1) % 10**6:06}"
