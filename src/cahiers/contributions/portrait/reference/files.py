"""Numbers from a table that the team has."""

import re
from collections.abc import Collection
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from cahiers.consultations.models import Consultation
from cahiers.contributions.outreach import lines
from cahiers.contributions.portrait.reference.actions import Number

HEADERS: Final = {
    **lines.HEADERS,
    "territory": (*lines.HEADERS["territory"], "code", "uai"),
    "people": ("effectif", "effectifs", "nombre", "personnes", "population"),
    "source": ("source", "origine"),
}
#: What a table may hold, in words.
COLUMNS: Final = ("Territoire", "Catégorie", "Effectif", "Source")


def read(
    consultation: Consultation, stream: BinaryIO, name: str
) -> tuple[list[Number], list[tuple[int, str]]]:
    """Numbers, and lines that give none, each with why. Raises tables.Unreadable."""
    places = lines.Places(consultation)

    def number(cells: lines.Cells) -> Number:
        return Number(
            territory=places.named(cells["territory"]),
            category=lines.category_of(consultation, cells.get("category", "")),
            people=_people(cells["people"]),
            source=cells.get("source", "")[:200],
        )

    return lines.read(stream, name, HEADERS, number, needs=_whole, lacking=_lacking())


def _whole(columns: Collection[str]) -> bool:
    return "territory" in columns and "people" in columns


def _lacking() -> str:
    return _("Ce tableau n’a pas de colonnes « Territoire » et « Effectif » : rien n’a été lu.")


def _people(written: str) -> int:
    digits = re.sub(r"[\s\u202f\u00a0]", "", written)
    if not re.fullmatch(r"[0-9]{1,10}", digits):
        raise lines.Misunderstood(_("« %s » n’est pas un nombre de personnes.") % written)
    return int(digits)
