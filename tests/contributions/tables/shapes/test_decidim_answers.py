"""Decidim's survey answers."""

# ruff: noqa: E501 - rows of exports read best on one line

from datetime import date

import pytest

from cahiers.contributions.tables import recognise
from tests.contributions.tables.samples import as_csv, as_json, opened, said


@pytest.mark.parametrize(
    "own",
    [
        ["ID", "Created at", "Ip Hash", "User status"],
        ["ID", "Créé le", "Hash de l'IP", "Statut de l'utilisateur"],
    ],
)
def test_csv(own):
    header = [*own, "1. Vous êtes", "2. Qu’est-ce qui vous gêne ?", "3. Vous venez/À pied"]
    rows = [
        [
            "a1b2c3d4e5f6a7b8",
            "2026-11-03 10:22:01",
            "ffee0011aabbccdd",
            "Non inscrit",
            "Parent",
            "Le bruit dans la cour, tous les matins.",
            "Souvent",
        ],
        [
            "b1b2c3d4e5f6a7b9",
            "2026-11-03 10:23:01",
            "ffee0011aabbccdd",
            "Non inscrit",
            "Élève",
            "Les casiers ne ferment plus depuis mai.",
            "Jamais",
        ],
    ]
    table = opened(as_csv([header, *rows]))
    assert recognise(table).name == "decidim_answers"
    one, other = said(table)
    assert (one.id, one.date, one.kind, one.question) == (
        "a1b2c3d4e5f6a7b8",
        date(2026, 11, 3),
        "irritant",
        "2. Qu’est-ce qui vous gêne ?",
    )
    assert one.answers == {"3. Vous venez/À pied": "Souvent"}
    assert one.voice == other.voice == ""


def test_json_with_a_matrix():
    item = {
        "ID": "a1b2c3d4e5f6a7b8", "Created at": "2026-11-03 10:22:01", "Ip Hash": "ffee0011aabbccdd", "User status": "Unregistered",
        "1. Que proposez-vous pour la cantine ?": "Des plats cuisinés sur place, le jeudi.", "2. Vous venez": {"À pied": [None, "Souvent"]},
    }  # fmt: skip
    table = opened(as_json([item]), "answers.json")
    assert recognise(table).name == "decidim_answers"
    assert said(table)[0].answers == {"2. Vous venez/À pied": "Souvent"}
