"""What every edit of a consultation shares: its lock, what was seen, the command, the one journal entry."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb


class Changed(Exception):
    """Someone else was faster: `current` is the state that would have to be seen. Nothing is written."""

    def __init__(self, current: UUID) -> None:
        super().__init__(str(current))
        self.current = current


def state(thing: UUID, *told: object) -> UUID:
    """Stands for what is told of a thing: another one as soon as any of it is different."""
    return uuid5(thing, repr(told))


def check(seen: UUID, current: UUID) -> None:
    """Raises Changed where that is not what was seen."""
    if seen != current:
        raise Changed(current)


@transaction.atomic
def perform(
    *,
    consultation: Consultation,
    verb: Verb,
    asked: tuple[object, ...],
    command: UUID,
    by: Person | None,
    now: datetime,
    do: Callable[[Consultation], tuple[UUID, bool]],
) -> UUID:
    """Runs `do` once for that command, on the consultation as it is now, under its lock.

    `do` returns what it is about and whether anything changed: only then does the journal tell of it. `asked` tells
    two requests apart by its repr. Raises what `do` raises, and journal.actions.CommandReused.
    """
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)

    def write() -> UUID:
        subject, changed = do(locked)
        if changed:
            record(
                stream=locked.uuid,
                verb=verb,
                subject=subject,
                actor=by.uuid if by else None,
                command=command,
                at=now,
            )
        return subject

    digest = sha256(repr((str(verb), *asked)).encode()).hexdigest()
    return once(command=command, digest=digest, at=now, do=write)
