"""Microsoft Forms: its answers as XLSX or CSV, with the times and the person before the questions.

Source: Microsoft's help page "Check and share your form results", and workbooks in French and English.
"""

from typing import Final

from cahiers.contributions.tables.mapping import Mapping
from cahiers.contributions.tables.model import Table, column_key
from cahiers.contributions.tables.proposing import guessed
from cahiers.contributions.tables.shapes.shape import Names, Shape
from cahiers.methods import Method

BEGUN: Final = ("Heure de début", "Start time")
ENDED: Final = ("Heure de fin", "Completion time")
PERSON: Final = ("Adresse de messagerie", "Email", "E-mail")
NAME: Final = ("Nom", "Name")
CHANGED: Final = ("Heure de la dernière modification", "Last modified time")
ANONYMOUS: Final = frozenset({"anonymous", "anonyme"})


def accepts(table: Table) -> bool:
    names = Names(table)
    return bool(names.any(*BEGUN) and names.any(*ENDED))


def propose(table: Table, method: Method) -> Mapping:
    names = Names(table)
    person = names.one(*PERSON)
    column = table.column(person[0]) if person else None
    known = column is not None and not {sample.casefold() for sample in column.samples} <= ANONYMOUS
    given = {
        "id": names.one("ID", "Id", "Identifiant"),
        "date": (*names.one(*ENDED), *names.one(*BEGUN)),
        "language": names.one("Langue", "Language"),
        "voice": person if known else (),
    }
    aside = {
        column_key(name) for name in (*NAME, *CHANGED, *PERSON, "Total des points", "Commentaires du quiz")
    }
    return guessed(table, method, shape="microsoft_forms", given=given, aside=aside)


SHAPE = Shape(name="microsoft_forms", label="Microsoft Forms", accepts=accepts, propose=propose)
