"""Directories of fictional establishments, as bytes."""

import csv
import io
from collections.abc import Mapping, Sequence

from cahiers.territories.uai import control_letter

HEADER = (
    "numero_uai",
    "appellation_officielle",
    "libelle_commune",
    "code_departement",
    "libelle_academie",
    "nature_uai_libe",
    "libelle_bassin_formation",
)


def number(serial: int, department: str = "001") -> str:
    """A whole UAI; serials from 9000 on are far from those in use."""
    digits = f"{department}{serial:04}"
    return digits + control_letter(digits)


def row(serial: int, **cells: str) -> dict[str, str]:
    """A sound line of the Ain, its cells replaced by those given, by header."""
    return {
        "numero_uai": number(serial),
        "appellation_officielle": f"Collège des Tilleuls {serial}",
        "libelle_commune": "Saint-Aubier",
        "code_departement": "001",
        "libelle_academie": "Lyon",
        "nature_uai_libe": "COLLEGE",
        "libelle_bassin_formation": "Bassin du Haut-Veyron",
    } | cells


def listing(
    *rows: Mapping[str, str], header: Sequence[str] = HEADER, separator: str = ";", encoding: str = "utf-8"
) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, delimiter=separator, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
