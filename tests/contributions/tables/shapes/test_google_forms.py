"""Google Forms."""

from datetime import date

import pytest

from cahiers.contributions.tables import recognise
from tests.contributions.tables.samples import as_csv, opened, proposed, said

QUESTIONS = [
    "Adresse e-mail",
    "Vous êtes…",
    "Qu’est-ce qui marche bien dans votre école ?",
    "Combien de personnes êtes-vous ?",
]


@pytest.mark.parametrize(
    ("first", "cell"), [("Horodateur", "03/11/2026 10:22:01"), ("Timestamp", "2026/11/03 10:22:01 AM UTC+1")]
)
def test_answers(first, cell):
    rows = [
        [first, *QUESTIONS],
        [cell, "r@famille.example", "Parent", "Le prêt de livres, chaque vendredi.", "2"],
        [cell, "r@famille.example", "Élève", "On a le droit de rester le soir.", "1"],
    ]
    table = opened(as_csv(rows, separator=","))
    assert recognise(table).name == "google_forms"
    one, other = said(table)
    assert (one.kind, one.date, one.category_text, one.stands_for) == (
        "strength",
        date(2026, 11, 3),
        "Parent",
        2,
    )
    assert one.voice == other.voice != ""
    assert "r@famille.example" not in str(one)


def test_the_address_is_no_answer():
    table = opened(
        as_csv(
            [
                ["Horodateur", *QUESTIONS],
                ["03/11/2026 10:22:01", "r@famille.example", "Parent", "Le prêt de livres, le soir.", "2"],
            ]
        )
    )
    assert proposed(table).voice == ("Adresse e-mail",)
    assert proposed(table).answers == ()
