"""Numbers from a table that the team has."""

import re
from typing import BinaryIO, Final

from django.utils.translation import gettext as _

from cahiers.consultations.models import Consultation
from cahiers.contributions.portrait.reference.actions import Number
from cahiers.contributions.tables import Unreadable, open_table
from cahiers.documents.matching import category_key, fold
from cahiers.territories.models import Territory

#: Headers, folded, of each column that is known.
HEADERS: Final = {
    "territory": ("territoire", "departement", "academie", "region", "region academique", "code", "uai"),
    "category": ("categorie", "public"),
    "people": ("effectif", "effectifs", "nombre", "personnes", "population"),
    "source": ("source", "origine"),
}
#: What the file hands out and takes back.
COLUMNS: Final = ("Territoire", "Catégorie", "Effectif", "Source")
#: Lines of one file.
MOST: Final = 20_000


class NoNumber(ValueError):
    """A line that gives no number; its text says why in a sentence."""


def read(
    consultation: Consultation, stream: BinaryIO, name: str
) -> tuple[list[Number], list[tuple[int, str]]]:
    """Numbers, and lines that give none, each with why. Raises tables.Unreadable."""
    table = open_table(stream, name)
    columns = {
        key: column.index
        for key, names in HEADERS.items()
        for column in table.columns
        if fold(column.name) in names
    }
    if not {"territory", "people"} <= columns.keys():
        raise Unreadable(
            _("Ce tableau n’a pas de colonnes « Territoire » et « Effectif » : rien n’a été lu.")
        )
    places = _places(consultation)
    numbers: list[Number] = []
    wrong: list[tuple[int, str]] = []
    for line in table.rows():
        if line.number > MOST:
            raise Unreadable(_("Ce tableau a plus de %d lignes : découpez-le.") % MOST)
        cells = {key: line.cells[at].strip() if at < len(line.cells) else "" for key, at in columns.items()}
        if any(cells.values()):
            try:
                numbers.append(_number(consultation, places, cells))
            except NoNumber as why:
                wrong.append((line.number, str(why)))
    return numbers, wrong


def _places(consultation: Consultation) -> dict[str, Territory]:
    """By folded name, the widest of several; and by code, the smallest: a région's may be a département's too."""
    found: dict[str, Territory] = {}
    within = Territory.objects.within(*consultation.territories.all())
    for one in sorted(within, key=lambda one: one.depth):
        found.setdefault(fold(one.name), one)
        if one.code:
            found[one.code.upper()] = one
    return found


def _number(consultation: Consultation, places: dict[str, Territory], cells: dict[str, str]) -> Number:
    where = cells["territory"]
    place = places.get(fold(where)) or places.get(where.upper())
    if place is None:
        raise NoNumber(_("« %s » n’est pas un territoire de la concertation.") % where)
    category = cells.get("category", "")
    key = category_key(category, consultation.method) if category else ""
    if key is None:
        raise NoNumber(_("« %s » n’est pas une catégorie de participants.") % category)
    digits = re.sub(r"[\s\u202f\u00a0]", "", cells["people"])
    if not re.fullmatch(r"[0-9]{1,10}", digits):
        raise NoNumber(_("« %s » n’est pas un nombre de personnes.") % cells["people"])
    return Number(territory=place, category=key, people=int(digits), source=cells.get("source", "")[:200])
