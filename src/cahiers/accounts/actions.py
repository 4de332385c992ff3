"""Making people known."""

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
    record(stream=HOUSE, verb=Verb.CREATE, subject=person.uuid, actor=by.uuid if by else None, at=now)
    return person
