"""Where someone speaks from: a territory of the consultation, and an establishment by its name or UAI."""

import re
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from cahiers.consultations.models import Consultation
from cahiers.documents.matching import fold
from cahiers.territories.addresses import slug_of
from cahiers.territories.models import Level, Territory

UAI = re.compile(r"\d{7}[A-Za-z]")
#: Choices of a list on a telephone; where there are more, only the upper levels are shown.
MOST = 140
SHOWN = (Level.NATION, Level.REGION, Level.ACADEMY, Level.DEPARTMENT)


def choices(consultation: Consultation) -> list[Territory]:
    """Territories that one may say, from the top down to the departments; fewer levels where that is too many."""
    tops = list(consultation.territories.all())
    within = Territory.objects.within(*tops).order_by("path") if tops else Territory.objects.none()
    for levels in (SHOWN, SHOWN[:3], SHOWN[:2]):
        found = list(within.filter(level__in=levels)[: MOST + 1])
        if len(found) <= MOST:
            return found or tops
    return tops


def as_tree(territories: Sequence[Territory]) -> list[tuple[int, str]]:
    """What a list says of them, in the order of the tree: further in, further down."""
    top = min((one.depth for one in territories), default=0)
    return [(one.pk, "\u2003" * (one.depth - top) + one.name) for one in territories]


def nearest(territory: Territory, listed: Sequence[Territory]) -> Territory | None:
    """The lowest of those that it lies in."""
    above = [one for one in listed if territory.is_within(one)]
    return max(above, key=lambda one: one.depth, default=None)


def establishments(consultation: Consultation) -> QuerySet[Territory]:
    return Territory.objects.within(*consultation.territories.all()).filter(level=Level.ESTABLISHMENT)


def sought(consultation: Consultation, words: str) -> QuerySet[Territory]:
    """By UAI, or by words of its name, whatever their accents and order, or of where it is."""
    places = establishments(consultation).select_related("parent")
    if code := UAI.search(words.replace(" ", "")):
        return places.filter(code=code.group().upper())
    # Slugs have neither capitals nor accents, and every database compares them the same way.
    parts = [one for one in slug_of(words).split("-") if one]
    wanted = Q()
    for part in parts:
        wanted &= Q(path__contains=part)
    return places.filter(wanted).order_by("name", "path") if parts else places.none()


def establishment(consultation: Consultation, territory: Territory, written: str) -> Territory | None:
    """The establishment with that UAI in the consultation, or the only one of that name in the territory."""
    places = establishments(consultation)
    if code := UAI.search(written):
        return places.filter(code=code.group().upper()).first()
    wanted = fold(written)
    if not wanted:
        return None
    near = Territory.objects.within(territory).filter(
        level=Level.ESTABLISHMENT, name__icontains=written.strip()
    )
    named = [one for one in near[:20] if fold(one.name) == wanted]
    return named[0] if len(named) == 1 else None
