"""Planting the French tree in the database."""

from datetime import datetime

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.journal.actions import HOUSE, record
from cahiers.journal.models import Verb
from cahiers.territories import france
from cahiers.territories.models import Territory


class Occupied(ValueError):
    """The address of a territory of the tree is that of another one; its text names both in French."""


@transaction.atomic
def plant_france(*, by: Person | None, now: datetime) -> int:
    """How many territories were added: those that stand there already, by code or address, stay as people made them.

    A fixed number of queries, whatever is missing. Raises Occupied.
    """
    standing = _Standing()
    planted: dict[france.Place, Territory] = {}
    for level in france.LEVELS:
        missing = []
        for above, place in france.tree().walk():
            if place.level == level:
                parent = planted[above] if above else None
                planted[place] = standing.find(place, parent) or _territory(place, parent)
                if planted[place].pk is None:
                    missing.append(planted[place])
        Territory.objects.bulk_create(missing)
        standing.added += len(missing)
    if standing.added:
        nation = planted[france.tree()]
        record(stream=HOUSE, verb=Verb.CREATE, subject=nation.uuid, actor=by.uuid if by else None, at=now)
    return standing.added


class _Standing:
    """What stands at the levels of the tree."""

    def __init__(self) -> None:
        found = list(Territory.objects.filter(level__in=france.LEVELS))
        self.by_code = {(one.level, one.code): one for one in found if one.code}
        self.by_path = {one.path: one for one in Territory.objects.filter(path__in=_paths())}
        self.added = 0
