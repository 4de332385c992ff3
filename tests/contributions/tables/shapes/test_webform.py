"""Framaforms and Drupal's webforms: three header lines, or one."""

from datetime import date

from cahiers.contributions.tables import recognise
from tests.contributions.tables.samples import as_csv, opened, proposed, said

SENT = [
    "Numéro de série",
    "SID",
    "Heure de soumission",
    "Terminé le",
    "Modifié le",
    "Brouillon",
    "Adresse IP",
    "UID",
    "Nom d’utilisateur",
]
FIRST = [
    "1",
    "4021",
    "03/11/2026 - 10:22",
    "03/11/2026 - 10:22",
    "03/11/2026 - 10:22",
    "0",
    "192.0.2.7",
    "0",
    "Anonyme",
]
SECOND = [
    "2",
    "4022",
    "04/11/2026 - 09:00",
    "04/11/2026 - 09:00",
    "04/11/2026 - 09:00",
    "0",
    "192.0.2.8",
    "0",
    "Anonyme",
]
THREE = [
    ["Le numérique à l’école", *[""] * 13],
    ["Informations sur la soumission", *[""] * 8, "", "Vous venez :", "", "", ""],
    [*SENT, "Qu’est-ce qui vous gêne ?", "À pied", "En car", "Vous êtes", "Que proposez-vous ?"],
    [*FIRST, "Le réseau tombe dès dix heures.", "X", "", "Parent d’élève", "Un deuxième accès, le matin."],
    [*SECOND, "Rien n’est prévu pour les petits villages.", "X", "X", "Élève", "-"],
]


def test_three_header_lines():
    table = opened(as_csv(THREE))
    assert recognise(table).name == "webform"
    assert [column.name for column in table.columns][9:] == [
        "Qu’est-ce qui vous gêne ?", "Vous venez : À pied", "Vous venez : En car", "Vous êtes", "Que proposez-vous ?",
    ]  # fmt: skip
    found = said(table)
    assert [(one.line, one.id, one.kind, one.text) for one in found] == [
        (4, "4021", "irritant", "Le réseau tombe dès dix heures."),
        (4, "4021", "lever", "Un deuxième accès, le matin."),
        (5, "4022", "irritant", "Rien n’est prévu pour les petits villages."),
    ]
    assert found[0].date == date(2026, 11, 3)
    assert found[0].category_text == "Parent d’élève"
    assert not any("192.0.2" in str(one) for one in found)


def test_one_header_line_of_drupal_8():
    names = [
        "Serial number",
        "Submission ID",
        "Created",
        "Completed",
        "Changed",
        "Remote IP address",
        "Submitted by: ID",
        "Language",
        "Votre avis",
    ]
    rows = [
        names,
        [
            "1",
            "7",
            "2026-11-03T10:22:01",
            "2026-11-03T10:22:01",
            "2026-11-03T10:22:01",
            "192.0.2.7",
            "0",
            "fr",
            "Les cars partent avant la fin des cours.",
        ],
    ]
    table = opened(as_csv(rows, separator=","))
    assert recognise(table).name == "webform"
    assert (said(table)[0].id, said(table)[0].language, said(table)[0].date) == ("7", "fr", date(2026, 11, 3))


def test_personal_columns_are_left_aside():
    mapping = proposed(opened(as_csv(THREE)))
    assert not {"Adresse IP", "Nom d’utilisateur", "UID"} & set(mapping.columns())
