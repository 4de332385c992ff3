"""Entering how many people there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.consultations.revising import perform
from cahiers.contributions.models import ReferenceCount
from cahiers.journal.models import Verb
from cahiers.territories.models import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """People of a category, "" for everyone, in a territory, and who says so."""

    territory: Territory
    category: str
    people: int
    source: str = ""


def enter(
    *,
    consultation: Consultation,
    numbers: Sequence[Number],
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """Each in the place of the one that was there; of two for the same people, the last stands."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        last = {(one.territory.pk, one.category): one for one in numbers}
        ReferenceCount.objects.bulk_create(
            [
                ReferenceCount(
                    consultation=locked,
                    territory=one.territory,
                    category=one.category,
                    people=one.people,
                    source=one.source,
                )
                for one in last.values()
            ],
            update_conflicts=True,
            unique_fields=("consultation", "territory", "category"),
            update_fields=("people", "source"),
            batch_size=500,
        )
        return locked.uuid, bool(last)

    asked = ("reference", [(one.territory.pk, one.category, one.people, one.source) for one in numbers])
    perform(consultation=consultation, verb=Verb.EDIT, asked=asked, command=command, by=by, now=now, do=do)


def remove(*, number: ReferenceCount, command: UUID, by: Person | None, now: datetime) -> None:
    """Gone already, nothing changes."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        deleted, _ = locked.reference_counts.filter(pk=number.pk).delete()
        return locked.uuid, bool(deleted)

    perform(
        consultation=number.consultation,
        verb=Verb.DELETE,
        asked=("reference", number.territory_id, number.category),
        command=command,
        by=by,
        now=now,
        do=do,
    )
