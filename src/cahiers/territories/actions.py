"""Growing the tree."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils.text import slugify

from cahiers.accounts.models import Person
from cahiers.journal.actions import HOUSE, record
from cahiers.journal.models import Verb
from cahiers.territories.models import Level, Territory


class Misplaced(ValueError):
    """A territory cannot stand below another of its own level or of a smaller one."""


class UnknownTimeZone(ValueError):
    """No such time zone."""


@transaction.atomic
def add(
    *,
    parent: Territory | None,
    level: Level,
    name: str,
    code: str = "",
    time_zone: str | None = None,
    by: Person | None,
    now: datetime,
) -> Territory:
    """A new territory below `parent`, in the parent's time zone unless told.

    Raises Misplaced or UnknownTimeZone, and IntegrityError where the parent has one of that name.
    """
    if parent is not None and Level(parent.level).depth >= level.depth:
        raise Misplaced(f"{name} ({level.label}) ne peut pas dépendre de {parent.name}.")
    zone = time_zone or (parent.time_zone if parent else "Europe/Paris")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise UnknownTimeZone(zone) from None
    slug = _slug(name) or level.value
    territory = Territory.objects.create(
        parent=parent,
        level=level,
        code=code,
        name=name,
        slug=slug,
        path=f"{parent.path if parent else ''}{slug}/",
        time_zone=zone,
    )
    record(stream=HOUSE, verb=Verb.CREATE, subject=territory.uuid, actor=by.uuid if by else None, at=now)
    return territory


def _slug(name: str) -> str:
    # Apostrophes part words; slugify alone would join them.
    return slugify(name.translate({ord("’"): "-", ord("'"): "-", ord("œ"): "oe", ord("Œ"): "oe"}))[:80]
