"""Any other table."""

import pytest

from cahiers import methods
from cahiers.contributions.tables import propose, recognise
from cahiers.contributions.tables.proposing import kind_of
from tests.contributions.tables.samples import HEADER, LINES, METHOD, as_csv, opened


def test_any_table_is_taken():
    table = opened(as_csv([HEADER, *LINES]))
    assert recognise(table).name == "generic"
    assert propose(table, recognise(table), METHOD).shape == "generic"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Irritants", "irritant"),
        ("Quels sont les points forts de votre école ?", "strength"),
        ("De quoi auriez-vous besoin ?", "need"),
        ("Que proposez-vous ?", "lever"),
        ("Quelles difficultés rencontrez-vous ?", "irritant"),
        ("Racontez une expérience", "feedback"),
        ("Votre message", ""),
    ],
)
def test_kinds_by_what_is_asked(question, kind):
    assert kind_of(question, METHOD) == kind


def test_kinds_of_another_method():
    other = methods.get("retrospective")
    assert kind_of("Ce qui est à garder", other) == "keep"
    assert kind_of("Quelles difficultés rencontrez-vous ?", other) == ""
