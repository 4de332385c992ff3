"""Guests from a table that the team keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from cahiers.consultations.models import Consultation
from cahiers.contributions.invitations.actions import Guest
from cahiers.contributions.tables import Unreadable, open_table
from cahiers.documents.matching import category_key, fold
from cahiers.territories.models import Territory

#: Headers, folded, of each column that is known.
HEADERS = {
    "uai": ("uai", "code uai", "numero uai", "rne"),
    "name": ("nom", "etablissement", "organisation", "structure", "nom de l etablissement"),
    "territory": ("territoire", "departement", "academie", "region", "region academique"),
    "category": ("categorie", "public"),
    "way": ("voie", "canal", "moyen", "comment"),
    "day": ("date", "invite le", "date d invitation"),
}
#: Lines of one file.
MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A line that could not be understood, and why in a sentence."""

    line: int
    why: str


def read(consultation: Consultation, stream: BinaryIO, name: str) -> tuple[list[Guest], list[Wrong]]:
    """Guests, and lines that are none. Raises tables.Unreadable."""
    table = open_table(stream, name)
    columns = {
        key: column.index
        for key, names in HEADERS.items()
        for column in table.columns
        if fold(column.name) in names
    }
    if not {"uai", "name"} & columns.keys():
        raise Unreadable("Ce tableau n’a ni colonne « Nom » ni colonne « UAI » : rien n’a été lu.")
    known = _Known(consultation)
    guests: list[Guest] = []
    wrong: list[Wrong] = []
    for line in table.rows():
        if line.number > MOST:
            raise Unreadable(f"Ce tableau a plus de {MOST} lignes : découpez-le.")
        cells = {key: line.cells[at].strip() if at < len(line.cells) else "" for key, at in columns.items()}
        if not any(cells.values()):
            continue
        guest = _guest(consultation, known, cells)
        if isinstance(guest, str):
            wrong.append(Wrong(line=line.number, why=guest))
        else:
            guests.append(guest)
    return guests, wrong


class _Known:
    """Territories of the consultation by code and by folded name."""

    def __init__(self, consultation: Consultation) -> None:
        self.tops = list(consultation.territories.all())
        self.by_code: dict[str, Territory] = {}
        self.by_name: dict[str, Territory] = {}
        for one in Territory.objects.within(*self.tops).iterator(chunk_size=2000):
            self.by_code.setdefault(one.code.upper(), one)
            self.by_name.setdefault(fold(one.name), one)


def _guest(consultation: Consultation, known: _Known, cells: dict[str, str]) -> Guest | str:
    uai, name, where = cells.get("uai", "").upper(), cells.get("name", ""), cells.get("territory", "")
    place = known.by_code.get(uai) if uai else None
    if uai and place is None:
        return f"Aucun établissement de la concertation n’a le code {uai}."
    if place is None and where:
        place = known.by_name.get(fold(where)) or known.by_code.get(where.upper())
        if place is None:
            return f"« {where} » n’est pas un territoire de la concertation."
    if place is None:
        place = known.by_name.get(fold(name)) or known.tops[0]
    day = _day(cells.get("day", ""))
    if isinstance(day, str):
        return day
    category = cells.get("category", "")
    key = category_key(category, consultation.method) if category else None
    if category and key is None:
        return f"« {category} » n’est pas une catégorie de participants."
    return Guest(
        territory=place, name=name or place.name, category=key or "", way=cells.get("way", ""), invited_on=day
    )


def _day(text: str) -> date | str | None:
    if not text:
        return None
    parts = text.replace("-", "/").replace(".", "/").split("/")
    try:
        numbers = [int(part) for part in parts]
        return date(*numbers) if numbers[0] > 31 else date(numbers[2], numbers[1], numbers[0])
    except (ValueError, IndexError, TypeError):
        return f"« {text} » n’est pas une date : écrivez 12/03/2026."


def columns() -> Iterator[str]:
    """What a table may hold, in words."""
    yield from ("UAI", "Nom", "Territoire", "Catégorie", "Voie", "Date")
