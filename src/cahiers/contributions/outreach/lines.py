"""Lines of a table that the team keeps, understood by the headers of its columns."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import BinaryIO, Final, TypeVar

from django.utils.translation import gettext as _

from cahiers.consultations.models import Consultation
from cahiers.contributions.tables import Unreadable, open_table
from cahiers.documents.matching import category_key, fold
from cahiers.territories.models import Territory

#: Lines of one file.
MOST: Final = 20_000
#: Headers, folded, of the columns that both lists have.
HEADERS: Final[Mapping[str, Collection[str]]] = {
    "territory": ("territoire", "departement", "academie", "region", "region academique"),
    "category": ("categorie", "public"),
}
Item = TypeVar("Item")
#: A line's cells by column, without the spaces around them.
Cells = Mapping[str, str]


class Misunderstood(ValueError):
    """A line; its text says why in a sentence."""


def read(
    stream: BinaryIO,
    name: str,
    headers: Mapping[str, Collection[str]],
    understand: Callable[[Cells], Item],
    *,
    needs: Callable[[Collection[str]], bool],
    lacking: str,
) -> tuple[list[Item], list[tuple[int, str]]]:
    """What each line says, and the lines that were not understood with why.

    Raises tables.Unreadable: `lacking` where the columns found are not those that it needs.
    """
    table = open_table(stream, name)
    columns = {
        key: column.index
        for key, names in headers.items()
        for column in table.columns
        if fold(column.name) in names
    }
    if not needs(columns):
        raise Unreadable(lacking)
    items: list[Item] = []
    wrong: list[tuple[int, str]] = []
    for line in table.rows():
        if line.number > MOST:
            raise Unreadable(_("Ce tableau a plus de %d lignes : découpez-le.") % MOST)
        cells = {key: line.cells[at].strip() if at < len(line.cells) else "" for key, at in columns.items()}
        if any(cells.values()):
            try:
                items.append(understand(cells))
            except Misunderstood as why:
                wrong.append((line.number, str(why)))
    return items, wrong


class Places:
    """Territories of a consultation by what people write for them."""

    def __init__(self, consultation: Consultation) -> None:
        self.tops = list(consultation.territories.all())
        self._known: dict[str, Territory] = {}
        # By name, the widest of several; by code, the smallest: a région's may be a département's too.
        for one in sorted(Territory.objects.within(*self.tops), key=lambda one: one.depth):
            self._known.setdefault(fold(one.name), one)
            if one.code:
                self._known[one.code.upper()] = one

    def find(self, written: str) -> Territory | None:
        return self._known.get(fold(written)) or self._known.get(written.upper())

    def named(self, written: str) -> Territory:
        """Raises Misunderstood."""
        if found := self.find(written):
            return found
        raise Misunderstood(_("« %s » n’est pas un territoire de la concertation.") % written)


def category_of(consultation: Consultation, written: str) -> str:
    """Its key, "" where nothing is written. Raises Misunderstood."""
    key = category_key(written, consultation.method) if written else ""
    if key is None:
        raise Misunderstood(_("« %s » n’est pas une catégorie de participants.") % written)
    return key


def day_of(written: str) -> date | None:
    """None where nothing is written. Raises Misunderstood."""
    if not written:
        return None
    try:
        numbers = [int(part) for part in written.replace("-", "/").replace(".", "/").split("/")]
        return date(*numbers) if numbers[0] > 31 else date(numbers[2], numbers[1], numbers[0])
    except (ValueError, IndexError, TypeError) as error:
        raise Misunderstood(_("« %s » n’est pas une date : écrivez 12/03/2026.") % written) from error
