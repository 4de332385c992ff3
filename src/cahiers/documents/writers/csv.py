"""Writes one line a statement, for spreadsheets and statistics."""

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from cahiers.documents.model import Synthesis
from cahiers.documents.normal import normalise
from cahiers.methods import Method

HEADER: Final = (
    "Concertation",
    "Territoire",
    "N° de la thématique",
    "Clé de la thématique",
    "Thématique",
    "Étape",
    "Ligne",
    "Nom de la ligne",
    "Nature",
    "Position",
    "Énoncé",
    "Souligné",
    "RETEX cités",
    "Texte à la place des RETEX",
)
#: How a cell begins that a spreadsheet would compute.
ACTIVE: Final = ("=", "+", "-", "@", "\t", "\r")


class CsvWriter:
    """Writes CSV as French spreadsheets open it at a double click: semicolons, UTF-8 announced by its mark."""

    name = "csv"
    extension = "csv"
    media_type = "text/csv"

    def write(self, synthesis: Synthesis, method: Method, stream: BinaryIO) -> None:
        text = io.StringIO(newline="")
        lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
        lines.writerow(HEADER)
        lines.writerows(tuple(map(_inert, line)) for line in _lines(normalise(synthesis), method))
        stream.write(text.getvalue().encode("utf-8-sig"))


def _lines(synthesis: Synthesis, method: Method) -> Iterator[tuple[str | int | None, ...]]:
    for theme in synthesis.themes:
        for stage in method.stages:
            for number, row in enumerate(theme.stages.get(stage.key, ()), start=1):
                for column in stage.columns:
                    for position, item in enumerate(row.cells.get(column.kind, ()), start=1):
                        yield (
                            synthesis.consultation,
                            synthesis.territory,
                            theme.number,
                            theme.key,
                            theme.title,
                            stage.title,
                            number,
                            row.name,
                            column.label,
                            position,
                            item.text,
                            "oui" if item.emphasised else "non",
                            ", ".join(map(str, row.feedback)),
                            " / ".join(row.feedback_text),
                        )


def _inert(value: str | int | None) -> str | int | None:
    """The value, a text that looks like a formula behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(ACTIVE) else value


WRITER = CsvWriter()
