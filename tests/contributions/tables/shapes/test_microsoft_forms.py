"""Microsoft Forms."""

# ruff: noqa: E501 - rows of exports read best on one line

from datetime import date, datetime

from cahiers.contributions.tables import recognise
from tests.contributions.tables.samples import as_csv, as_xlsx, opened, proposed, said

OWN = [
    "ID",
    "Heure de début",
    "Heure de fin",
    "Adresse de messagerie",
    "Nom",
    "Heure de la dernière modification",
]


def test_a_workbook():
    rows = [
        [*OWN, "Votre établissement (UAI)", "Quels sont vos besoins ?"],
        [1, datetime(2026, 11, 3, 10, 2), datetime(2026, 11, 3, 10, 9), "anonymous", "", "", "0350001A", "Du temps pour se former, à plusieurs."],  # noqa: DTZ001
        [2, datetime(2026, 11, 3, 11, 2), datetime(2026, 11, 4, 8, 0), "anonymous", "", "", "0530002B", "Une personne à appeler quand tout s’arrête."],  # noqa: DTZ001
    ]  # fmt: skip
    table = opened(as_xlsx(rows), "reponses.xlsx")
    assert recognise(table).name == "microsoft_forms"
    found = said(table)
    assert [(one.id, one.date, one.territory_text, one.kind, one.voice) for one in found] == [
        ("1", date(2026, 11, 3), "0350001A", "need", ""),
        ("2", date(2026, 11, 4), "0530002B", "need", ""),
    ]


def test_a_csv_of_known_people():
    rows = [
        [*OWN[:5], "Que souhaitez-vous garder, et pourquoi ?"],
        [
            "1",
            "11/13/26 10:02:00",
            "11/13/26 10:09:00",
            "a@ecole.example",
            "Personne fictive",
            "La salle ouverte à midi, pour tous.",
        ],
    ]
    table = opened(as_csv(rows))
    mapping = proposed(table)
    assert mapping.month_first
    assert mapping.voice == ("Adresse de messagerie",)
    assert said(table)[0].date == date(2026, 11, 13)
    assert "fictive" not in str(said(table)[0])
