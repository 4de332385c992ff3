"""Writing down who was invited."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.consultations.revising import perform
from cahiers.contributions.models import Invited
from cahiers.journal.models import Verb
from cahiers.territories.models import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """One to be invited."""

    territory: Territory
    name: str
    category: str = ""
    way: str = ""
    invited_on: date | None = None


def invite(
    *,
    consultation: Consultation,
    guests: Sequence[Guest],
    command: UUID,
    by: Person | None,
    now: datetime,
) -> int:
    """Write these down, those that are there already left as they are; how many were new."""
    made = 0

    def do(locked: Consultation) -> tuple[UUID, bool]:
        nonlocal made
        known = set(locked.invited.values_list("territory_id", "name"))
        new = {
            (one.territory.pk, one.name): one for one in guests if (one.territory.pk, one.name) not in known
        }
        Invited.objects.bulk_create(
            Invited(
                consultation=locked,
                territory=one.territory,
                name=one.name,
                category=one.category,
                way=one.way,
                invited_on=one.invited_on,
            )
            for one in new.values()
        )
        made = len(new)
        return locked.uuid, bool(new)

    asked = ("invited", [(g.territory.pk, g.name, g.category, g.way, g.invited_on) for g in guests])
    perform(consultation=consultation, verb=Verb.INVITE, asked=asked, command=command, by=by, now=now, do=do)
    return made


def answered(*, invited: Invited, on: date | None, command: UUID, by: Person | None, now: datetime) -> None:
    """That it answered on that day, otherwise than by a contribution; None takes it back."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        changed = locked.invited.filter(pk=invited.pk).exclude(answered_on=on).update(answered_on=on)
        return invited.uuid, bool(changed)

    perform(
        consultation=invited.consultation,
        verb=Verb.EDIT,
        asked=("answered", invited.uuid, on),
        command=command,
        by=by,
        now=now,
        do=do,
    )


def withdraw(*, invited: Invited, command: UUID, by: Person | None, now: datetime) -> None:
    """Strike it off the record; gone already, nothing changes."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        deleted, _ = locked.invited.filter(pk=invited.pk).delete()
        return invited.uuid, bool(deleted)

    perform(
        consultation=invited.consultation,
        verb=Verb.DELETE,
        asked=("invited", invited.uuid),
        command=command,
        by=by,
        now=now,
        do=do,
    )
