"""Decidim's survey answers, as CSV, XLSX or JSON: one line a person, questions with their number.

Source: decidim-forms' user_answers_serializer.rb: ID, date, digest of the address, status, then "1. Question".
"""

import re
from typing import Final

from cahiers.contributions.tables.mapping import Mapping
from cahiers.contributions.tables.model import Table
from cahiers.contributions.tables.proposing import guessed
from cahiers.contributions.tables.shapes.shape import Names, Shape
from cahiers.methods import Method

ID: Final = ("ID", "ID de réponse", "Identifiant", "Identifiant de session", "Session token")
DATE: Final = ("Created at", "Créé le", "Créée le", "Date de création", "Date", "Answered on", "Répondu le")
PERSON: Final = (
    "Ip Hash",
    "IP hash",
    "Hash de l'IP",
    "Hachage IP",
    "Hachage de l’adresse IP",
    "Empreinte IP",
)
STATUS: Final = ("User status", "Statut de l'utilisateur", "Statut de l’utilisateur", "Statut utilisateur")
_NUMBERED: Final = re.compile(r"\d{1,3}\. \S")


def accepts(table: Table) -> bool:
    names = Names(table)
    numbered = any(_NUMBERED.match(column.name) for column in table.columns)
    return (
        numbered
        and sum(map(bool, (names.any(*ID), names.any(*DATE), names.any(*PERSON), names.any(*STATUS)))) >= 3
    )


def propose(table: Table, method: Method) -> Mapping:
    names = Names(table)
    given = {
        "id": names.one(*ID),
        "date": names.one(*DATE),
        # The digest of an address is a whole school's: it tells nobody apart.
        "voice": (),
    }
    aside = {
        column.key for column in table.columns if column.name in (*names.any(*PERSON), *names.any(*STATUS))
    }
    return guessed(table, method, shape="decidim_answers", given=given, aside=aside)


SHAPE = Shape(
    name="decidim_answers", label="Réponses à une enquête de Decidim", accepts=accepts, propose=propose
)
