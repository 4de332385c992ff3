"""Making people known, and what they decide about their account."""

from datetime import datetime

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.journal.actions import HOUSE, record
from cahiers.journal.models import Verb


@transaction.atomic
def register(
    *, email: str, display_name: str, staff: bool = False, by: Person | None, now: datetime
) -> Person:
    """A new person, who signs in by a code sent to the address. Raises IntegrityError for an address known already."""
    person = Person(email=email.strip().lower(), display_name=display_name, is_staff=staff, joined_at=now)
    person.set_unusable_password()
    person.save(force_insert=True)
    _record(person, Verb.CREATE, by, now)
    return person


@transaction.atomic
def edit(*, person: Person, display_name: str, language: str, by: Person | None, now: datetime) -> None:
    """Change the name that colleagues see, and the language; empty, it is the one chosen in the browser."""
    person.display_name = display_name
    person.language = language
    person.save(update_fields=["display_name", "language"])
    _record(person, Verb.EDIT, by, now)


@transaction.atomic
def entrust(*, person: Person, by: Person | None, now: datetime) -> None:
    """Let the person run this installation."""
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    _record(person, Verb.EDIT, by, now)


def welcome(*, person: Person, now: datetime) -> None:
    """They have shown that they are who they say; the first time tells that an invitation was answered."""
    if person.first_login is None:
        person.first_login = now
        person.save(update_fields=["first_login"])


@transaction.atomic
def close_sessions(*, person: Person, by: Person | None, now: datetime) -> None:
    """Sign the person out of every browser."""
    person.renew_sessions_key()
    person.save(update_fields=["password"])
    _record(person, Verb.EDIT, by, now)


@transaction.atomic
def delete(*, person: Person, by: Person | None, now: datetime) -> None:
    """Forget the person; the journal keeps an identifier that leads to nobody any more."""
    _record(person, Verb.DELETE, by, now)
    person.delete()


def _record(person: Person, verb: Verb, by: Person | None, now: datetime) -> None:
    record(stream=HOUSE, verb=verb, subject=person.uuid, actor=by.uuid if by else None, at=now)
