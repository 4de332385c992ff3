"""Making and publishing consultations."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from cahiers import methods
from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation, ConsultationTheme, Membership, Role, StageWindow
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.territories.models import Territory


class UnknownMethod(ValueError):
    """No method of that key is installed."""


class UnknownStage(ValueError):
    """The method has no such stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When a stage is open."""

    opens: datetime | None
    closes: datetime | None


@transaction.atomic
def create(
    *,
    slug: str,
    title: str,
    method_key: str,
    description: str = "",
    opens: date | None = None,
    closes: date | None = None,
    territories: Iterable[Territory] = (),
    windows: Mapping[str, Window] | None = None,
    by: Person | None,
    now: datetime,
) -> Consultation:
    """A new consultation, unpublished, with the themes of its method; who makes it organises it.

    `windows` goes by stage key. Raises UnknownMethod, UnknownStage, and IntegrityError where the address is taken
    or dates are reversed.
    """
    try:
        method = methods.get(method_key)
    except KeyError:
        raise UnknownMethod(method_key) from None
    for stage in windows or {}:
        if stage not in {known.key for known in method.stages}:
            raise UnknownStage(stage)
    consultation = Consultation.objects.create(
        slug=slug, title=title, description=description, method_key=method_key, opens=opens, closes=closes
    )
    consultation.territories.set(territories)
    ConsultationTheme.objects.bulk_create(
        ConsultationTheme(
            consultation=consultation,
            key=theme.key,
            title=theme.title,
            aliases=list(theme.aliases),
            order=order,
        )
        for order, theme in enumerate(method.themes, 1)
    )
    StageWindow.objects.bulk_create(
        StageWindow(consultation=consultation, stage=stage, opens=window.opens, closes=window.closes)
        for stage, window in (windows or {}).items()
    )
    if by:
        Membership.objects.create(person=by, consultation=consultation, role=Role.ORGANISER, since=now)
    _record(consultation, Verb.CREATE, by, now)
    return consultation


@transaction.atomic
def publish(*, consultation: Consultation, by: Person | None, now: datetime) -> None:
    """Show it to everyone; published already, nothing changes."""
    if not consultation.is_published:
        consultation.published_at = now
        consultation.save(update_fields=["published_at"])
        _record(consultation, Verb.PUBLISH, by, now)


@transaction.atomic
def withdraw(*, consultation: Consultation, by: Person | None, now: datetime) -> None:
    """Hide it from strangers; hidden already, nothing changes."""
    if consultation.is_published:
        consultation.published_at = None
        consultation.save(update_fields=["published_at"])
        _record(consultation, Verb.WITHDRAW, by, now)


def _record(consultation: Consultation, verb: Verb, by: Person | None, now: datetime) -> None:
    record(
        stream=consultation.uuid,
        verb=verb,
        subject=consultation.uuid,
        actor=by.uuid if by else None,
        at=now,
    )
