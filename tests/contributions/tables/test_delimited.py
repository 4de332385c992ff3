"""Separated values as people save them, and as programs damage them."""

import pytest

from cahiers.contributions.tables import Content, Tally, Unreadable
from tests.contributions.tables.samples import HEADER, LINES, as_csv, opened, proposed, read, said


@pytest.mark.parametrize("separator", list(";,\t|"))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "mac_roman"])
def test_separator_and_encoding_are_found(separator, encoding):
    table = opened(as_csv([HEADER, *LINES], separator=separator, encoding=encoding))
    assert [column.name for column in table.columns] == HEADER
    assert [list(line.cells) for line in table.rows()] == LINES
    assert [line.number for line in table.rows()] == [2, 3, 4, 6]
    assert table.separator == separator


def test_old_ms_dos_encoding():
    table = opened(
        as_csv([["Thème", "Avis"], ["Égal accès", "Très bonne idée, à répéter"]], encoding="cp850")
    )
    assert next(table.rows()).cells == ["Égal accès", "Très bonne idée, à répéter"]
    assert "MS-DOS" in table.remarks[0]


def test_old_macintosh_line_ends():
    assert [
        line.number for line in opened(as_csv([["a", "b"], ["1", "2"], ["3", "4"]], end="\r")).rows()
    ] == [2, 3]


def test_mixed_encodings_are_read_line_by_line():
    utf8, cp1252 = as_csv([HEADER, *LINES[:2]]), as_csv(LINES[2:], encoding="cp1252")
    table = opened(utf8 + cp1252)
    assert [list(line.cells) for line in table.rows()] == LINES
    assert [bool(line.remark) for line in table.rows()] == [False, False, True, True]
    assert "deux encodages" in table.remarks[0]
    tally = Tally()
    read(table, tally=tally)
    assert tally.recoded_lines == 2


def test_capitals_before_a_no_break_space_are_not_taken_for_utf8():
    rows = [["Slogan", "Avis"], ["LIBERTÉ\u00a0!", "ÉGALITÉ\u00a0!"], ["été", "hiver"]]
    assert [list(line.cells) for line in opened(as_csv(rows, encoding="cp1252")).rows()] == rows[1:]


def test_a_title_above_the_header_and_empty_lines():
    table = opened(
        "Enquête du printemps;;\n;;\n" + as_csv([["Nom", "Avis", "Note"], ["a", "b", "c"]]).decode()
    )
    assert [column.name for column in table.columns] == ["Nom", "Avis", "Note"]
    assert [line.number for line in table.rows()] == [4]


def test_the_line_that_announces_the_separator():
    table = opened("sep=;\r\nNom;Avis\r\na, b;c\r\n")
    assert [(line.number, list(line.cells)) for line in table.rows()] == [(3, ["a, b", "c"])]


def test_repeated_headers_are_skipped_with_a_remark():
    table = opened(as_csv([HEADER, LINES[0], HEADER, LINES[1]]))
    assert [len(line.cells) for line in table.rows()] == [6, 0, 6]
    assert "répété" in list(table.rows())[1].remark
    tally = Tally()
    assert len(read(table, tally=tally)) == 2
    assert tally.repeated_headers == 1


def test_ragged_lines_are_reported_with_their_number():
    table = opened("Nom;Avis;Note\na;b;c\na;b\na;b;c;d\na;b;c;;\n")
    assert [(line.number, bool(line.problem)) for line in table.rows()] == [
        (2, False),
        (3, True),
        (4, True),
        (5, False),
    ]
    assert "2 cellules" in list(table.rows())[1].problem


def test_large_cells_are_whole():
    large = "Le préau résonne. " * 60_000
    table = opened(as_csv([["Nom", "Avis"], ["a", large[:1_000_000]], ["b", "court"]]))
    assert [len(line.cells[1]) for line in table.rows()] == [1_000_000, 5]


def test_an_endless_cell_is_one_problem_and_the_rest_is_read():
    data = 'Nom;Avis\na;b\n"c;' + "x" * 3_000_000 + "\nd;e\n"
    assert [(line.number, bool(line.problem)) for line in opened(data).rows()] == [
        (2, False),
        (3, True),
        (4, False),
    ]


@pytest.mark.parametrize("below", ["b;c\nd;e\n", 'b;c\nd;"e"\n', 'b;"c\nc"\nd;e\n', "b;c\nd;e"])
def test_a_quote_never_closed_swallows_nothing(below):
    lines = list(opened('Nom;Avis\n0;1\na;"oups\n' + below).rows())
    assert [bool(line.problem) for line in lines] == [False, True, False, False]
    assert [line.cells[0] for line in lines] == ["0", "a", "b", "d"]
    assert "oups" in lines[1].cells[1]


def test_spaces_after_a_closing_quote():
    assert next(opened('Nom;Avis\n"a" ;"b"\n').rows()).cells == ["a ", "b"]


def test_one_column_of_sentences_with_commas():
    text = "Avis\nLe gymnase, la cour, tout est bruyant\nRien à ajouter, merci\nBien\nUn peu loin, le soir, en hiver\n"
    table = opened(text)
    assert [column.name for column in table.columns] == ["Avis"]
    assert said(table)[0].text == "Le gymnase, la cour, tout est bruyant"


def test_columns_without_a_name_or_with_the_same():
    table = opened("Avis;;Avis\na;b;c\n")
    assert [column.name for column in table.columns] == ["Avis", "Colonne 2", "Avis (2)"]


def test_backslashes_before_quotes():
    table = opened('Nom;Avis\nRose;"Elle dit \\"non\\"; puis oui"\nLise;"Il dit \\"peut-être\\" ; enfin"\n')
    assert [line.cells[1] for line in table.rows()] == [
        'Elle dit "non"; puis oui',
        'Il dit "peut-être" ; enfin',
    ]


def test_contents_are_guessed():
    rows = [
        ["Id", "Courriel", "Site", "Répondu le", "UAI", "Ville", "Profil", "Total", "Avis"],
        *(
            [str(n), f"p{n}@ecole.example", f"https://ecole.example/{n}", f"0{n}/10/2026 08:00", f"035000{n}A",
             "Laval", ("Parent", "Élève")[n % 2], "3", f"Le préau est trop petit, et c’est la {n}e année."]
            for n in range(1, 9)
        ),
    ]  # fmt: skip
    assert [column.content for column in opened(as_csv(rows)).columns] == [
        Content.ID, Content.EMAIL, Content.URL, Content.DATE, Content.PLACE, Content.PLACE, Content.CHOICE,
        Content.NUMBER, Content.TEXT,
    ]  # fmt: skip


@pytest.mark.parametrize("header", ["Identifiant de la réponse", "N° de ligne", "Code réponse"])
def test_codes_of_answers_are_nothing_that_was_said(header):
    rows = [[header, "Avis"], *([f"FAM-{n:03}", f"Le préau fuit depuis {n} ans."] for n in range(1, 20))]
    assert [column.content for column in opened(as_csv(rows)).columns] == [Content.ID, Content.TEXT]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "vide"),
        (b"  \n\n ", "vide"),
        (b"%PDF-1.7 rest", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "mot de passe"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "image"),
        (bytes(range(32)) * 50, "tableau"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "page web"),
        (b"x" * (33 << 20), "ligne démesurée"),
    ],
)
def test_what_is_no_table_is_said_in_a_sentence(data, word):
    with pytest.raises(Unreadable, match=word):
        opened(data, "fichier.csv")


def test_proposal_for_a_questionnaire():
    mapping = proposed(opened(as_csv([HEADER, *LINES])))
    assert mapping.texts[0].kind == "irritant"
    assert mapping.category == ("Vous êtes",)
    assert mapping.territory == ("Commune",)
    assert mapping.theme == ("Thème",)
    assert mapping.date == ("Horodatage de saisie",)
    assert mapping.stands_for == ("Nombre de personnes",)
