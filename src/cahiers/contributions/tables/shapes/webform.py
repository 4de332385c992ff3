"""Drupal's webforms, Framaforms among them: CSV of one, two or three header lines.

Source: the delimited exporters of webform 7.x-4 (which Framaforms runs) and of webform 6.x for Drupal 8 and later.
"""

from typing import Final

from cahiers.contributions.tables.heads import SERIAL, SUBMISSION
from cahiers.contributions.tables.mapping import Mapping
from cahiers.contributions.tables.model import Table, column_key
from cahiers.contributions.tables.proposing import guessed
from cahiers.contributions.tables.shapes.shape import Names, Shape
from cahiers.methods import Method

SENT: Final = (
    "Heure de soumission", "Submitted Time", "Terminé le", "Completed Time", "Completed", "Terminé",
    "Date de soumission", "Created", "Créé", "Modifié le", "Modified Time", "Heure de modification", "Changed",
)  # fmt: skip
ASIDE: Final = frozenset(
    {
        *SERIAL, "submission uri", "submission token", "uuid", "draft", "brouillon", "in draft", "ip address",
        "adresse ip", "remote ip address", "uid", "username", "nom d utilisateur", "utilisateur", "current page",
        "page actuelle", "locked", "sticky", "notes", "submitted to entity type", "submitted to entity id",
        "submitted by id", "submitted by title", "submitted by url", "heure d achevement",
    }
)  # fmt: skip


def accepts(table: Table) -> bool:
    keys = {column.key for column in table.columns}
    return bool(keys & SERIAL and keys & SUBMISSION)


def propose(table: Table, method: Method) -> Mapping:
    names = Names(table)
    dates = names.any(*SENT)
    given = {"id": names.one(*SUBMISSION), "date": dates, "language": names.one("Language", "Langue")}
    aside = (ASIDE & names.keys) | {column_key(name) for name in dates}
    return guessed(table, method, shape="webform", given=given, aside=aside)


SHAPE = Shape(name="webform", label="Framaforms ou webform de Drupal", accepts=accepts, propose=propose)
