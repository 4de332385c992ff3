"""Changing the themes of a consultation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation, ConsultationTheme
from cahiers.consultations.organising.uses import is_used
from cahiers.consultations.revising import Changed, check, perform, state
from cahiers.documents.matching import fold
from cahiers.journal.models import Verb
from cahiers.territories.addresses import slug_of

#: Past every order of a consultation: themes wait there while they change places.
ASIDE = 10_000


class InUse(ValueError):
    """A notebook or a contribution is about the theme."""


class Ambiguous(ValueError):
    """A document that says `title` could mean another theme, `other`."""

    def __init__(self, title: str, other: ConsultationTheme) -> None:
        super().__init__(title)
        self.title, self.other = title, other


def state_of(theme: ConsultationTheme) -> UUID:
    return state(theme.consultation.uuid, theme.key, theme.title, theme.aliases, theme.order)


def add(
    *,
    consultation: Consultation,
    title: str,
    aliases: Sequence[str],
    place: int,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """`place` counts from 1; past the end is the end. Raises Ambiguous."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        themes = list(locked.themes.order_by("order"))
        theme = ConsultationTheme.objects.create(
            consultation=locked,
            key=_key(title, {one.key for one in themes}),
            title=title,
            aliases=_aliases(title, aliases, themes),
            order=max((one.order for one in themes), default=0) + 1,
        )
        _put(theme, themes, place)
        return locked.uuid, True

    asked = ("add theme", title, list(aliases), place)
    perform(consultation=consultation, verb=Verb.EDIT, asked=asked, command=command, by=by, now=now, do=do)


def edit(
    *,
    theme: ConsultationTheme,
    title: str,
    aliases: Sequence[str],
    place: int,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """Its key stays: what was said about it still is. Raises Changed and Ambiguous."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        current = _current(locked, theme, seen)
        others = list(locked.themes.exclude(pk=current.pk).order_by("order"))
        current.title, current.aliases = title, _aliases(title, aliases, others)
        current.save(update_fields=["title", "aliases"])
        _put(current, others, place)
        current.refresh_from_db()
        return locked.uuid, state_of(current) != seen

    asked = ("theme", theme.key, title, list(aliases), place, seen)
    perform(
        consultation=theme.consultation, verb=Verb.EDIT, asked=asked, command=command, by=by, now=now, do=do
    )


def delete(*, theme: ConsultationTheme, seen: UUID, command: UUID, by: Person | None, now: datetime) -> None:
    """Raises InUse or Changed."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        current = _current(locked, theme, seen)
        if is_used(current):
            raise InUse(current.title)
        current.delete()
        return locked.uuid, True

    asked = ("delete theme", theme.key, seen)
    perform(
        consultation=theme.consultation, verb=Verb.EDIT, asked=asked, command=command, by=by, now=now, do=do
    )


def _current(consultation: Consultation, theme: ConsultationTheme, seen: UUID) -> ConsultationTheme:
    current = consultation.themes.filter(pk=theme.pk).first()
    if current is None:
        raise Changed(state(consultation.uuid))
    check(seen, state_of(current))
    return current


def _aliases(title: str, aliases: Sequence[str], others: Sequence[ConsultationTheme]) -> list[str]:
    """Each once, without those that read as the title does. Raises Ambiguous."""
    taken = {fold(held): one for one in others for held in (one.title, *one.aliases)}
    own: dict[str, str] = {}
    for said in (title, *aliases):
        if fold(said) in taken:
            raise Ambiguous(said, taken[fold(said)])
        own.setdefault(fold(said), said)
    return list(own.values())[1:]


def _put(theme: ConsultationTheme, others: list[ConsultationTheme], place: int) -> None:
    """Number them all from 1, the theme at its place."""
    order = [*others[: place - 1], theme, *others[place - 1 :]]
    if [one.order for one in order] == list(range(1, len(order) + 1)):
        return
    # Orders are unique at every moment: all go aside before any comes back.
    theme.consultation.themes.update(order=F("order") + ASIDE)
    for number, one in enumerate(order, 1):
        ConsultationTheme.objects.filter(pk=one.pk).update(order=number)


def _key(title: str, taken: set[str]) -> str:
    wanted = slug_of(title, length=70) or "theme"
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key
