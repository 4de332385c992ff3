"""Making a consultation and changing its settings, stage windows and territories."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.consultations import actions
from cahiers.consultations.actions import UnknownStage, Window
from cahiers.consultations.models import RESERVED, Consultation, StageWindow
from cahiers.consultations.organising.uses import holds
from cahiers.consultations.revising import check, perform, state
from cahiers.journal.actions import HOUSE, once
from cahiers.journal.models import Verb
from cahiers.territories.models import Territory


class AddressTaken(ValueError):
    """A consultation has that address, or a page of the site."""


class AddressKnown(ValueError):
    """The consultation is published: its address is in letters and on posters."""


class InUse(ValueError):
    """A notebook, meeting, contribution or role would be left outside the consultation."""


def state_of(consultation: Consultation) -> UUID:
    """Of its settings."""
    told = (consultation.title, consultation.slug, consultation.description)
    return state(consultation.uuid, *told, consultation.opens, consultation.closes)


def state_of_windows(consultation: Consultation) -> UUID:
    windows = consultation.windows.order_by("stage").values_list("stage", "opens", "closes")
    return state(consultation.uuid, *(moment for window in windows for moment in map(str, window)))


def start(
    *,
    slug: str,
    title: str,
    method_key: str,
    description: str,
    opens: date | None,
    closes: date | None,
    command: UUID,
    by: Person,
    now: datetime,
) -> Consultation:
    """A consultation that `by` organises; sent twice, it is made once. Raises what `create` does, and AddressTaken."""

    def make() -> UUID:
        _check_address(slug)
        return actions.create(
            slug=slug,
            title=title,
            method_key=method_key,
            description=description,
            opens=opens,
            closes=closes,
            by=by,
            now=now,
        ).uuid

    digest = state(HOUSE, slug, title, method_key, description, opens, closes).hex
    return Consultation.objects.get(uuid=once(command=command, digest=digest, at=now, do=make))


def edit(
    *,
    consultation: Consultation,
    title: str,
    slug: str,
    description: str,
    opens: date | None,
    closes: date | None,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Consultation:
    """Raises Changed, AddressTaken or AddressKnown."""
    told = (title, slug, description, opens, closes)

    def do(locked: Consultation) -> tuple[UUID, bool]:
        check(seen, state_of(locked))
        if slug != locked.slug:
            if locked.is_published:
                raise AddressKnown(locked.slug)
            _check_address(slug)
        locked.title, locked.slug, locked.description, locked.opens, locked.closes = told
        locked.save(update_fields=["title", "slug", "description", "opens", "closes"])
        return locked.uuid, state_of(locked) != seen

    asked = ("consultation", *told, seen)
    perform(consultation=consultation, verb=Verb.EDIT, asked=asked, command=command, by=by, now=now, do=do)
    return Consultation.objects.get(pk=consultation.pk)


def set_windows(
    *,
    consultation: Consultation,
    windows: Mapping[str, Window],
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """By stage key; a stage without either end is always open. Raises Changed or UnknownStage."""
    if unknown := set(windows) - {stage.key for stage in consultation.method.stages}:
        raise UnknownStage(", ".join(sorted(unknown)))

    def do(locked: Consultation) -> tuple[UUID, bool]:
        check(seen, state_of_windows(locked))
        locked.windows.all().delete()
        StageWindow.objects.bulk_create(
            StageWindow(consultation=locked, stage=stage, opens=window.opens, closes=window.closes)
            for stage, window in windows.items()
            if window.opens or window.closes
        )
        return locked.uuid, state_of_windows(locked) != seen

    asked = ("windows", sorted(windows.items(), key=lambda pair: pair[0]), seen)
    perform(consultation=consultation, verb=Verb.EDIT, asked=asked, command=command, by=by, now=now, do=do)


def add_territory(
    *, consultation: Consultation, territory: Territory, command: UUID, by: Person | None, now: datetime
) -> None:
    """Consulted already, itself or from above, nothing changes; what lies below it no longer needs naming."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        if locked.covers(territory):
            return locked.uuid, False
        locked.territories.remove(*(one for one in locked.territories.all() if one.is_within(territory)))
        locked.territories.add(territory)
        return locked.uuid, True

    asked = ("add territory", territory.uuid)
    perform(consultation=consultation, verb=Verb.EDIT, asked=asked, command=command, by=by, now=now, do=do)


def remove_territory(
    *, consultation: Consultation, territory: Territory, command: UUID, by: Person | None, now: datetime
) -> None:
    """Raises InUse."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        if not locked.territories.filter(pk=territory.pk).exists():
            return locked.uuid, False
        if holds(locked, territory):
            raise InUse(territory.name)
        locked.territories.remove(territory)
        return locked.uuid, True

    asked = ("remove territory", territory.uuid)
    perform(consultation=consultation, verb=Verb.EDIT, asked=asked, command=command, by=by, now=now, do=do)


def _check_address(slug: str) -> None:
    if slug in RESERVED or Consultation.objects.filter(slug=slug).exists():
        raise AddressTaken(slug)
