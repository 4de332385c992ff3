"""Where someone speaks from: a territory of the consultation, and an establishment by its name or UAI."""

import re

from django.db.models import QuerySet

from cahiers.consultations.models import Consultation
from cahiers.documents.matching import fold
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


def establishment(consultation: Consultation, territory: Territory, written: str) -> Territory | None:
    """The establishment with that UAI in the consultation, or the only one of that name in the territory."""
    tops = consultation.territories.all()
    places: QuerySet[Territory] = Territory.objects.within(*tops).filter(level=Level.ESTABLISHMENT)
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
