"""Dates and places of session forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cahiers.documents.dates import read_dates
from cahiers.documents.model import MeetingDate


def days(*lines: str) -> list[str]:
    """Dates of one meeting as `start[/end][ place]`."""
    return [shown(found) for found in read_dates([lines])[0]]


def shown(found: MeetingDate) -> str:
    run = f"{found.start}" if found.start == found.end else f"{found.start}/{found.end}"
    return f"{run} {found.place}" if found.place else run


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Les mardi 3, jeudi 5 et vendredi 6 novembre 2026 de 17h30 à 19h00",
            ["2026-11-03", "2026-11-05", "2026-11-06"],
        ),
        ("mardi 6 octobre 2026 à Nantes, lycée des Vignes", ["2026-10-06 Nantes, lycée des Vignes"]),
        ("du 5 au 9 octobre 2026", ["2026-10-05/2026-10-09"]),
        ("Du lundi 5 au vendredi 9 octobre 2026", ["2026-10-05/2026-10-09"]),
        ("du 28 septembre au 9 octobre 2026", ["2026-09-28/2026-10-09"]),
        ("du 28 décembre au 4 janvier 2027", ["2026-12-28/2027-01-04"]),
        ("31/12 et 01/01/2027", ["2026-12-31", "2027-01-01"]),
        ("Les 31 décembre 2026 et 2 janvier", ["2026-12-31", "2027-01-02"]),
        ("12/12, du 28/12 au 03/01/2027", ["2026-12-12", "2026-12-28/2027-01-03"]),
        ("12/10 et 14/09/2026", ["2026-10-12", "2026-09-14"]),
        ("29/02/2028 et 29/02/2027", ["2028-02-29"]),
        ("1er décembre 2026", ["2026-12-01"]),
        (
            "12 et 13 octobre 2026 – Salle des fêtes",
            ["2026-10-12 Salle des fêtes", "2026-10-13 Salle des fêtes"],
        ),
        ("12-14 octobre 2026", ["2026-10-12/2026-10-14"]),
        ("12/10/2026, de 9 h à 12 h, mairie (salle 3)", ["2026-10-12 mairie (salle 3)"]),
        ("12/10/26", ["2026-10-12"]),
        ("12.10.2026", ["2026-10-12"]),
        ("2026-10-12 à Lyon", ["2026-10-12 Lyon"]),
        ("12, 13 et 14/10/2026 (La Rochelle)", [f"2026-10-{day} La Rochelle" for day in (12, 13, 14)]),
        ("le 12 octobre à Nantes et le 14 octobre 2026 à Angers", ["2026-10-12 Nantes", "2026-10-14 Angers"]),
        ("9 oct. 2026 – Niort ; 10 déc. 2026 – Cholet", ["2026-10-09 Niort", "2026-12-10 Cholet"]),
        ("Nantes : le 12 octobre 2026", ["2026-10-12 Nantes"]),
        ("Session 1 : 12 octobre 2026", ["2026-10-12"]),
        ("Jeudi 8 octobre 2026 à distance", ["2026-10-08 à distance"]),
        ("le 12 octobre 2026, 14 rue du 8 mai 1945, Angers", ["2026-10-12 14 rue du 8 mai 1945, Angers"]),
        ("12 OCTOBRE 2026", ["2026-10-12"]),
        ("12\u00a0août\u202f2026", ["2026-08-12"]),
    ],
)
def test_forms_of_dates(line: str, expected: list[str]) -> None:
    assert days(line) == expected


@pytest.mark.parametrize(
    "line",
    ["", "Octobre 2026", "31/02/2026", "30 février 2026", "18h30", "salle 12", "99/99/9999", "du 9 au 5 octobre 2026",
     "12 octobre", "le 12 octoſre 2026"],
)  # fmt: skip
def test_no_date(line: str) -> None:
    assert days(line) == []


def test_a_year_may_stand_in_another_line() -> None:
    assert days("Année 2026", "Le 14/10 : Sarthe") == ["2026-10-14 Sarthe"]


def test_a_year_may_stand_in_another_meeting() -> None:
    meetings = [["Le 12 octobre 2026"], ["Du 28/09 au 09/10 : Vendée", "29/09, 12/10 et 13/10 : Loire"], []]
    assert [[shown(found) for found in dates] for dates in read_dates(meetings)] == [
        ["2026-10-12"],
        ["2026-09-28/2026-10-09 Vendée", "2026-09-29 Loire", "2026-10-12 Loire", "2026-10-13 Loire"],
        [],
    ]


def test_the_nearest_year_counts() -> None:
    meetings = [["12/10/2025"], ["Le 14/10"], ["16/10"], ["18/10/2026"]]
    assert [dates[0].start.year for dates in read_dates(meetings)] == [2025, 2025, 2026, 2026]


def test_a_run_over_the_new_year_without_a_year_of_its_own() -> None:
    assert days("Le 12/12/2026", "du 28/12 au 04/01") == ["2026-12-12", "2026-12-28/2027-01-04"]


def test_a_place_may_stand_below_its_date() -> None:
    assert days("Mercredi 7 octobre 2026, de 17 h à 19 h", "Lycée des Vignes, Nantes") == [
        "2026-10-07 Lycée des Vignes, Nantes"
    ]


FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "12",
            "14",
            "2026",
            "31/02",
            "5/10",
            "2026-10-12",
            "octobre",
            "du",
            "au",
            "et",
            "à",
            "–",
            ",",
            ":",
            "(",
            ")",
            "Lyon",
            "18h30",
        ]
    )
).map(" ".join)


@given(st.lists(st.lists(FRAGMENTS, max_size=12), max_size=6))
def test_any_line_is_read(lines: list[list[str]]) -> None:
    found = read_dates(lines)
    assert len(found) == len(lines)
    assert all(one.start <= one.end for dates in found for one in dates)


@given(st.lists(st.lists(st.text())))
def test_any_text_is_read(lines: list[list[str]]) -> None:
    assert len(read_dates(lines)) == len(lines)
