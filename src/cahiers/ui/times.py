"""Days and moments in words, in the time zone of the place that they are about."""

from datetime import date, datetime
from functools import lru_cache
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

#: French places whose time is not that of Paris, or is not told by the city of its zone.
NAMES: Final[dict[str, str | Promise]] = {
    "America/Cayenne": gettext_lazy("heure de la Guyane"),
    "America/Guadeloupe": gettext_lazy("heure de la Guadeloupe"),
    "America/Marigot": gettext_lazy("heure de Saint-Martin"),
    "America/Martinique": gettext_lazy("heure de la Martinique"),
    "America/Miquelon": gettext_lazy("heure de Saint-Pierre-et-Miquelon"),
    "America/St_Barthelemy": gettext_lazy("heure de Saint-Barthélemy"),
    "Indian/Mayotte": gettext_lazy("heure de Mayotte"),
    "Indian/Reunion": gettext_lazy("heure de La Réunion"),
    "Pacific/Gambier": gettext_lazy("heure des Gambier"),
    "Pacific/Marquesas": gettext_lazy("heure des Marquises"),
    "Pacific/Noumea": gettext_lazy("heure de la Nouvelle-Calédonie"),
    "Pacific/Tahiti": gettext_lazy("heure de Tahiti"),
    "Pacific/Wallis": gettext_lazy("heure de Wallis-et-Futuna"),
}


class Place(Protocol):
    """A territory or a consultation."""

    @property
    def time_zone(self) -> str: ...


def name_of(zone: str) -> str:
    """« heure de La Réunion »; for a zone that has no name of ours, of its city."""
    return str(NAMES.get(zone) or _("heure de %s") % zone.rpartition("/")[2].replace("_", " "))


def day(value: date, place: Place | None = None) -> str:
    """« 1er septembre 2026 »: what the calendar says there at that moment; without a place, on the site."""
    if isinstance(value, datetime):
        value = timezone.localtime(value, _zone(place))
    return _in_words(value.year, value.month, value.day, get_language() or "")


def between(opens: date | None, closes: date | None) -> str:
    """A run of days in words, either end of which may be open; "" where both are."""
    if opens and closes:
        return pgettext("dates", "du %(opens)s au %(closes)s") % {"opens": day(opens), "closes": day(closes)}
    if opens:
        return pgettext("dates", "à partir du %(opens)s") % {"opens": day(opens)}
    return pgettext("dates", "jusqu’au %(closes)s") % {"closes": day(closes)} if closes else ""


def moment(value: datetime, place: Place | None = None) -> str:
    """« 5 octobre 2026 à 14 h 30 », and whose time that is where it is not the site's."""
    there = timezone.localtime(value, _zone(place))
    form = pgettext("time format", "G \\h i") if there.minute else pgettext("time format", "G \\h")
    time = date_format(there, form, use_l10n=False)
    said = pgettext("moment", "%(day)s à %(time)s") % {"day": day(value, place), "time": time}
    if place is None or place.time_zone == settings.TIME_ZONE:
        return said
    return f"{said}, {name_of(place.time_zone)}"


def _zone(place: Place | None) -> ZoneInfo:
    return ZoneInfo(place.time_zone if place else settings.TIME_ZONE)


@lru_cache(maxsize=4096)  # a list repeats the same few days, and each took a quarter of its row's time
def _in_words(year: int, month: int, of_month: int, language: str) -> str:
    # No line ends between the day and its month.
    written = date_format(date(year, month, of_month), "j\u00a0F Y")
    return written.replace("1", "1er", 1) if of_month == 1 and language.startswith("fr") else written
