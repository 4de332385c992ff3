"""Planting the French tree in the database."""

from datetime import datetime

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.journal.actions import HOUSE, record
from cahiers.journal.models import Verb
from cahiers.territories import france
from cahiers.territories.addresses import slug_of
from cahiers.territories.models import Level, Territory


class Occupied(ValueError):
    """Another kind of territory stands at an address of the tree; its text says so in one French sentence."""


@transaction.atomic
def plant_france(*, by: Person | None, now: datetime) -> int:
    """How many territories were added: those that stand already, by code or address, stay as people made them.

    One insert a level, whatever is missing. Raises Occupied.
    """
    standing = list(Territory.objects.exclude(level=Level.ESTABLISHMENT))
    by_code = {(one.level, one.code): one for one in standing if one.code}
    by_path = {one.path: one for one in standing}
    planted: dict[str, Territory] = {}  # by level and code
    added = 0
    for level in france.LEVELS:
        missing = []
        for above, place in france.tree().walk():
            if place.level != level:
                continue
            new = _territory(place, planted[above.key] if above else None)
            found = by_code.get((level, place.code)) or by_path.get(new.path)
            if found is None:
                missing.append(new)
            elif found.level != level:
                kind = Level(found.level).label
                raise Occupied(f"« {found.path} » est déjà l’adresse de {found.name} ({kind}).")
            planted[place.key] = found or new
        added += len(Territory.objects.bulk_create(missing))
    if added:
        nation = planted[france.tree().key]
        record(stream=HOUSE, verb=Verb.CREATE, subject=nation.uuid, actor=by.uuid if by else None, at=now)
    return added


def _territory(place: france.Place, parent: Territory | None) -> Territory:
    slug = slug_of(place.name)
    return Territory(
        parent=parent,
        level=place.level,
        code=place.code,
        name=place.name,
        slug=slug,
        path=f"{parent.path if parent else ''}{slug}/",
        time_zone=place.time_zone,
    )
