"""Guests from a table that the team keeps, and the record as a table."""

import csv
from collections.abc import Collection, Iterable, Iterator
from typing import Any, BinaryIO, Final

from django.utils.translation import gettext as _

from cahiers.consultations.models import Consultation
from cahiers.contributions.invitations.actions import Guest
from cahiers.contributions.outreach import lines
from cahiers.contributions.reading.files import FORMULA

HEADERS: Final = {
    **lines.HEADERS,
    "uai": ("uai", "code uai", "numero uai", "rne"),
    "name": ("nom", "etablissement", "organisation", "structure", "nom de l etablissement"),
    "way": ("voie", "canal", "moyen", "comment"),
    "day": ("date", "invite le", "date d invitation"),
}
#: What a table may hold, in words.
COLUMNS: Final = ("UAI", "Nom", "Territoire", "Catégorie", "Voie", "Date")


def read(
    consultation: Consultation, stream: BinaryIO, name: str
) -> tuple[list[Guest], list[tuple[int, str]]]:
    """Guests, and lines that are none, each with why. Raises tables.Unreadable."""
    places = lines.Places(consultation)

    def guest(cells: lines.Cells) -> Guest:
        uai, called, where = cells.get("uai", ""), cells.get("name", ""), cells.get("territory", "")
        place = places.find(uai) if uai else places.named(where) if where else places.find(called)
        if uai and place is None:
            raise lines.Misunderstood(_("Aucun établissement de la concertation n’a le code %s.") % uai)
        place = place or places.tops[0]
        return Guest(
            territory=place,
            name=called or place.name,
            category=lines.category_of(consultation, cells.get("category", "")),
            way=cells.get("way", "")[:200],
            invited_on=lines.day_of(cells.get("day", "")),
        )

    return lines.read(stream, name, HEADERS, guest, needs=_named, lacking=_lacking())


def _named(columns: Collection[str]) -> bool:
    return "uai" in columns or "name" in columns


def _lacking() -> str:
    return _("Ce tableau n’a ni colonne « Nom » ni colonne « UAI » : rien n’a été lu.")


def as_csv(invited: Iterable[Any], categories: dict[str, str], answers: dict[str, str]) -> Iterator[str]:
    """Each with how it answered, as queries.invited_of says; in the words of the page."""

    class Echo:
        def write(self, text: str) -> str:
            return text

    write = csv.writer(Echo(), delimiter=";").writerow
    yield "\ufeff" + str(write([*COLUMNS[1:], _("Réponse")]))
    for one in invited:
        category = categories.get(one.category, one.category)
        cells = [one.name, one.territory.name, category, one.way, str(one.invited_on or "")]
        yield str(
            write([f"'{cell}" if cell[:1] in FORMULA else cell for cell in cells] + [answers[one.answer]])
        )
