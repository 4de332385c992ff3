"""adhocracy+ workbooks."""

# ruff: noqa: E501 - rows of exports read best on one line

from datetime import date

from cahiers.contributions.tables import recognise
from tests.contributions.tables.samples import as_xlsx, opened, said

IDEAS = [
    ["Link", "Reference No.", "Name", "Description", "Category", "Labels", "Creator", "Created", "Positive ratings", "Negative ratings", "Comment count", "Status"],
    ["https://plus.example/idea/1", "2026-00001", "Un banc", "Un banc à l’ombre,\nprès du portail", "Cour", "", "pseudo", "2026-11-03T10:22:01+01:00", 4, 1, 2, ""],
]  # fmt: skip
COMMENTS = [
    ["Link", "ID", "Comment", "Created", "Creator", "Positive ratings", "Negative ratings", "Reply to Comment", "Reply to Reference"],
    ["https://plus.example/idea/1?comment=5", "5", "Plutôt deux bancs, alors", "2026-11-04T10:22:01+01:00", "pseudo", 0, 0, "", "2026-00001"],
]  # fmt: skip


def test_ideas():
    table = opened(as_xlsx(IDEAS), "idees.xlsx")
    assert recognise(table).name == "adhocracy"
    (one,) = said(table)
    assert (one.title, one.text, one.theme_text, one.date) == (
        "Un banc",
        "Un banc à l’ombre,\nprès du portail",
        "Cour",
        date(2026, 11, 3),
    )
    assert (one.id, one.links) == ("2026-00001", ("https://plus.example/idea/1",))
    assert one.voice != ""
    assert "pseudo" not in str(one)


def test_comments():
    table = opened(as_xlsx(COMMENTS), "commentaires.xlsx")
    assert recognise(table).name == "adhocracy"
    (one,) = said(table)
    assert (one.text, one.parent) == ("Plutôt deux bancs, alors", "2026-00001")
