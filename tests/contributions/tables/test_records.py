"""What lines say, and why some are not taken."""

from dataclasses import replace
from datetime import date

import pytest

from cahiers.contributions.tables import (
    Mapping,
    Problem,
    Record,
    Tally,
    Text,
    UnknownColumns,
    column_key,
    records,
)
from cahiers.contributions.tables.model import Column, Table
from tests.contributions.tables.samples import (
    HEADER,
    LINES,
    as_csv,
    as_json,
    opened,
    problems,
    proposed,
    read,
    said,
)

TWO = Mapping(
    texts=(
        Text(columns=("Irritant",), kind="irritant", question="Qu’est-ce qui vous gêne ?"),
        Text(columns=("Point fort",), kind="strength"),
    ),
    territory=("UAI", "Commune"),
    date=("Date",),
    stands_for=("Voix",),
    links=("Lien",),
    voice=("Courriel",),
    answers=("Utile",),
    constants={"theme": "Égal accès"},
)
ROWS = [
    ["Irritant", "Point fort", "UAI", "Commune", "Date", "Voix", "Lien", "Courriel", "Utile"],
    [
        "Le réseau tombe",
        "Un tableau par salle",
        "",
        "Laval",
        "2026-11-03T10:00:00Z",
        "3",
        "https://a.example/x",
        "R@ex.example",
        "Oui",
    ],
    ["RAS", "Des élèves aidants", "0350001A", "Vitré", "3/11/26", "", "", "r@ex.example", "Non"],
    ["N/A", "-", "", "Laval", "", "", "", "", ""],
]


def test_one_record_for_each_open_column():
    tally = Tally()
    found = read(opened(as_csv(ROWS)), TWO, tally)
    assert [(one.line, one.kind, one.text) for one in found] == [
        (2, "irritant", "Le réseau tombe"),
        (2, "strength", "Un tableau par salle"),
        (3, "strength", "Des élèves aidants"),
    ]
    first, second, third = found
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert isinstance(third, Record)
    assert first.question == "Qu’est-ce qui vous gêne ?"
    assert second.question == "Point fort"
    assert (first.territory_text, third.territory_text) == ("Laval", "0350001A")
    assert first.date == third.date == date(2026, 11, 3)
    assert (first.stands_for, third.stands_for) == (3, 1)
    assert first.links == ("https://a.example/x",)
    assert first.answers == {"Utile": "Oui"}
    assert first.theme_text == "Égal accès"
    assert first.voice == second.voice == third.voice
    assert "ex.example" not in first.voice
    assert (tally.lines, tally.records, tally.empty_answers, tally.silent_lines) == (3, 3, 3, 1)


def test_a_secret_changes_voices_and_nothing_else():
    table = opened(as_csv(ROWS))
    plain = [one for one in records(table, TWO) if isinstance(one, Record)]
    secret = [one for one in records(table, TWO, secret=b"sel") if isinstance(one, Record)]
    assert plain[0].voice != secret[0].voice
    assert [one._replace(voice="") for one in plain] == [one._replace(voice="") for one in secret]


def test_the_same_said_twice_is_two_and_the_file_again_the_same():
    rows = [HEADER, LINES[0], LINES[0], LINES[1]]
    keys = [one.key for one in said(opened(as_csv(rows)))]
    assert len(set(keys)) == 3
    assert keys == [one.key for one in said(opened(as_csv(rows, encoding="cp1252", separator="\t")))]


def test_the_key_follows_an_identifier_not_the_words():
    mapping = Mapping(texts=(Text(columns=("Avis",)),), id=("N°",))
    before = said(opened("N°;Avis\n7;Trop loin\n8;Trop loin\n"), mapping)
    after = said(opened("Avis;N°\nBien trop loin;7\n"), mapping)
    assert before[0].key == after[0].key != before[1].key
    assert before[0].id == "7"


def test_two_surveys_with_the_same_numbers_do_not_meet():
    one = said(opened("N°;Avis\n7;Trop loin\n"), Mapping(texts=(Text(columns=("Avis",)),), id=("N°",)))
    other = said(opened("N°;Besoin\n7;Trop loin\n"), Mapping(texts=(Text(columns=("Besoin",)),), id=("N°",)))
    named = said(
        opened("N°;Avis\n7;Trop loin\n"),
        Mapping(texts=(Text(columns=("Avis",)),), id=("N°",), series="Lycées"),
    )
    assert len({one[0].key, other[0].key, named[0].key}) == 3


def test_an_identifier_that_comes_twice_is_a_problem():
    found = problems(
        opened("N°;Avis\n7;Trop loin\n7;Trop cher\n"), Mapping(texts=(Text(columns=("Avis",)),), id=("N°",))
    )
    assert [(one.line, one.column, one.cell, one.code) for one in found] == [(3, "N°", "7", "duplicate_id")]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/11/2026", date(2026, 11, 3)),
        ("3.11.26 9h30", date(2026, 11, 3)),
        ("2026/11/03 10:22:01 AM UTC+1", date(2026, 11, 3)),
        ("2026-11-03 10:22:01.123 +0100", date(2026, 11, 3)),
        ("mardi 3 novembre 2026", date(2026, 11, 3)),
        ("", None),
        ("1980-01-01 00:00:00", None),
    ],
)
def test_dates_as_they_are_written(cell, day):
    mapping = Mapping(texts=(Text(columns=("Avis",)),), date=("Date",))
    assert said(opened(as_csv([["Date", "Avis"], [cell, "Trop loin"]])), mapping)[0].date == day


@pytest.mark.parametrize(
    "cell", ["31/02/2026", "hier", "2026-13-01", "03/11/2026 et après", "11/23/2026", "12"]
)
def test_dates_that_are_none_are_problems(cell):
    mapping = Mapping(texts=(Text(columns=("Avis",)),), date=("Date",))
    found = problems(opened(as_csv([["Date", "Avis"], [cell, "Trop loin"]])), mapping)
    assert [(one.line, one.column, one.cell, one.code) for one in found] == [(2, "Date", cell, "bad_date")]
    assert ("mois" in found[0].sentence) == (cell == "11/23/2026")


def test_months_first():
    mapping = Mapping(texts=(Text(columns=("Avis",)),), date=("Date",), month_first=True)
    assert said(opened("Date;Avis\n11/3/26 10:22:01;Trop loin\n"), mapping)[0].date == date(2026, 11, 3)
    assert proposed(
        opened(as_csv([HEADER, ["11/23/2026", *LINES[0][1:]], ["11/03/2026", *LINES[1][1:]]]))
    ).month_first


@pytest.mark.parametrize(
    ("cell", "code"),
    [("-2", "negative_count"), ("0", "negative_count"), ("douze", "bad_count"), ("2,5", "bad_count")],
)
def test_counts_that_are_none_are_problems(cell, code):
    mapping = Mapping(texts=(Text(columns=("Avis",)),), stands_for=("Voix",))
    assert [
        one.code for one in problems(opened(as_csv([["Voix", "Avis"], [cell, "Trop loin"]])), mapping)
    ] == [code]


def test_counts_with_thousands_apart():
    mapping = Mapping(texts=(Text(columns=("Avis",)),), stands_for=("Voix",))
    assert (
        said(opened(as_csv([["Voix", "Avis"], ["1\u202f200", "Trop loin"]])), mapping)[0].stands_for == 1200
    )


def test_a_text_that_is_too_long_is_a_problem():
    data = as_csv([["Avis", "Note"], ["x" * 1_048_577, "1"], ["y" * 1_048_576, "1"]])
    found = read(opened(data), Mapping(texts=(Text(columns=("Avis",)),)))
    assert isinstance(found[0], Problem)
    assert (found[0].code, len(found[0].cell) <= 120) == ("too_long", True)
    assert isinstance(found[1], Record)


def test_unknown_choices_are_problems():
    columns = (
        Column(index=0, name="Profil", choices={"A1": "Parent", "A2": "Élève"}),
        Column(index=1, name="Avis"),
    )
    table = replace(opened("Profil;Avis\nA1;Trop loin\nÉlève;Trop cher\nA9;Trop froid\n"), columns=columns)
    found = read(table, Mapping(texts=(Text(columns=("Avis",)),), category=("Profil",)))
    assert [getattr(one, "category_text", None) or one.code for one in found] == [
        "Parent",
        "Élève",
        "unknown_choice",
    ]  # type: ignore[union-attr]


def test_ragged_lines_are_problems_and_the_others_are_read():
    found = read(
        opened("Avis;Commune\nTrop loin, le soir;Laval\nTrop; cher;Laval\nTrop froid, l’hiver;Laval\n")
    )
    assert [type(one) for one in found] == [Record, Problem, Record]
    assert found[1].line == 3


def test_apostrophes_before_formulas_are_taken_off():
    rows = [["Avis", "Commune"], ["'=HYPERLINK", "'-Laval"], ["'Aucun'", "Laval"]]
    found = said(opened(as_csv(rows)), Mapping(texts=(Text(columns=("Avis",)),), territory=("Commune",)))
    assert [(one.text, one.territory_text) for one in found] == [
        ("=HYPERLINK", "-Laval"),
        ("'Aucun'", "Laval"),
    ]


def test_the_first_filled_language_is_read():
    mapping = Mapping(texts=(Text(columns=("body/fr", "body/en")),))
    found = said(
        opened(
            as_json([{"body": {"fr": "", "en": "Too far"}}, {"body": {"fr": "Trop loin", "en": "x"}}]),
            "a.json",
        ),
        mapping,
    )
    assert [(one.text, one.language, one.column) for one in found] == [
        ("Too far", "en", "body/en"),
        ("Trop loin", "fr", "body/fr"),
    ]


def test_a_title_alone_is_what_was_said():
    mapping = Mapping(texts=(Text(columns=("Texte",)),), title=("Titre",))
    found = said(opened("Titre;Texte\nUn banc dans la cour;\nUne rampe;Pour la poussette\n"), mapping)
    assert [(one.title, one.text) for one in found] == [
        ("", "Un banc dans la cour"),
        ("Une rampe", "Pour la poussette"),
    ]


def test_a_column_that_says_the_kind():
    mapping = proposed(
        opened(
            "Type;Votre avis en quelques mots\nIrritant;Le réseau tombe\nPoint fort;Un tableau par salle\n"
        )
    )
    assert mapping.texts[0].kind_column == "Type"
    assert [
        one.kind
        for one in said(opened("Type;Votre avis en quelques mots\nIrritant;Le réseau tombe\n"), mapping)
    ] == ["Irritant"]


def test_a_mapping_for_another_table_is_refused_at_once():
    with pytest.raises(UnknownColumns) as error:
        records(opened("a;b\n1;2\n"), Mapping(texts=(Text(columns=("Avis",)),)))
    assert error.value.names == ("Avis",)


def test_names_are_compared_without_case_and_accents():
    assert column_key("  Établissement (UAI) ") == column_key("etablissement uai")
    mapping = Mapping(texts=(Text(columns=("IRRITANT",)),))
    assert said(opened("irritant ;b\nTrop loin;2\n"), mapping)[0].column == "irritant"


def test_a_table_says_which_columns_it_has():
    table: Table = opened("a;b\n1;2\n")
    assert table.column("A") is not None
    assert table.column("z") is None


@pytest.mark.parametrize(
    ("answer", "agreed"),
    [
        *((yes, True) for yes in ("Oui", "oui, bien sûr", "J’accepte", "X", "1", "Yes", "VRAI")),
        *(
            (no, False)
            for no in ("Non", "Je n’accepte pas", "Oui mais sans mon école", "", "0", "N/A", "peut-être")
        ),
    ],
)
def test_only_a_plain_yes_agrees_to_be_published(answer, agreed):
    table = opened(as_csv([["Texte", "Accord"], ["Le réseau tombe.", answer]]))
    (one,) = records(table, Mapping(texts=(Text(columns=("Texte",)),), consent=("Accord",)))
    assert one.agreed is agreed
