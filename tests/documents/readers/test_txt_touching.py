"""Columns kept by spaces where words touch, pages differ in scale, and rows share a theme cell."""

import io
from collections.abc import Sequence

from cahiers import methods
from cahiers.documents.model import Row, Synthesis
from cahiers.documents.readers.txt import READER
from cahiers.documents.readers.txt.lines import read_lines
from cahiers.documents.readers.txt.parts import TablePart
from cahiers.documents.readers.txt.spaced.edges import INNER, moved
from cahiers.documents.readers.txt.spaced.grid import cut_in_columns
from cahiers.documents.readers.txt.spaced.touching import cut

METHOD = methods.get("etats-generaux")
START = "THEMATIQUE N°1 : Travailler ensemble autrement\n1. Retour d’expérience\n"
END = "\nDiagnostic des points forts et irritants\n\f"


def lines(rows: Sequence[Sequence[str]], at: Sequence[int]) -> str:
    """Lines whose cells begin at these places, or after a space where the cell before is too long."""
    found = []
    for row in rows:
        line = ""
        for cell, place in zip(row, at, strict=True):
            line = (line.ljust(place) if len(line) < place else f"{line} ") + cell if cell else line
        found.append(line)
    return "\n".join(found) + "\n"


def rows(text: str) -> list[Row]:
    synthesis: Synthesis = READER.read(io.BytesIO(f"{START}{text}{END}".encode()), METHOD)
    return list(synthesis.themes[0].stages["diagnosis"])


def cells(row: Row) -> list[list[str]]:
    return [[item.text for item in row.cells[kind]] for kind in ("irritant", "strength")]


HEADER = [("Thématique concernée", "RETEX", "Irritants", "Points forts"), ("(parmi les 5)", "", "", "")]


def test_headings_that_touch_are_those_of_two_columns() -> None:
    header = lines(
        [("Thématique concernée (parmi les", "RETEX", "Irritants", "Points forts"), ("5)", "", "", "")],
        (0, 30, 50, 80),
    )
    body = lines(
        [("► Travailler ensemble", "► 1", "► Pas de salle", "► Se connaître"), ("autrement", "", "", "")],
        (0, 40, 50, 80),
    )
    (row,) = rows(header + body)
    assert row.feedback == (1,)
    assert cells(row) == [["Pas de salle"], ["Se connaître"]]


def test_headings_that_touch_may_be_three() -> None:
    header = lines([HEADER[0], HEADER[1]], (0, 21, 27, 80))
    body = lines(
        [
            ("► Travailler", "► 1", "► Pas de salle pour le soir", "► Se connaître"),
            ("ensemble autrement", "", "► Un trajet", ""),
        ],
        (0, 21, 27, 80),
    )
    (row,) = rows(header + body)
    assert row.feedback == (1,)
    assert cells(row) == [["Pas de salle pour le soir", "Un trajet"], ["Se connaître"]]


def test_a_dash_that_touches_the_words_before_begins_a_statement() -> None:
    body = [
        ("- Travailler ensemble", "- 1", "- Trop de réunions du soir", "- Se connaître"),
        ("autrement", "", "au bourg pour des familles", "- Un relevé"),
        ("", "", "- Rien le matin", "tenu chaque jour"),
    ]
    (row,) = rows(lines([*HEADER, *body], (0, 26, 34, 61)))
    assert cells(row) == [
        ["Trop de réunions du soir au bourg pour des familles", "Rien le matin"],
        ["Se connaître", "Un relevé tenu chaque jour"],
    ]


def test_a_row_that_shares_its_theme_cell_begins_where_no_statement_goes_on() -> None:
    body = [
        ("► Travailler ensemble", "► 1", "► Pas de salle", "► Se connaître"),
        ("autrement", "", "", ""),
        ("", "", "► Trop de réunions", "► Un relevé"),
        ("", "", "du soir", ""),
        ("", "", "► Rien le matin", "► Le café"),
    ]
    found = rows(lines([*HEADER, *body], (0, 26, 34, 61)))
    assert [text for row in found for text in cells(row)[0]] == [
        "Pas de salle",
        "Trop de réunions du soir",
        "Rien le matin",
    ]


def test_a_page_without_header_row_has_a_scale_of_its_own() -> None:
    first = [
        ("► Travailler ensemble", "► 1", "► Pas de salle pour les", "► Se connaître"),
        ("autrement", "", "", ""),
    ]
    second = [
        ("", "", "réunions", "► Un relevé"),
        ("", "", "► Rien le matin", "► Le café"),
        ("► Travailler ensemble", "► 2", "► Trop de codes", "► Une adresse"),
        ("autrement", "", "", ""),
    ]
    one, other = rows(lines([*HEADER, *first], (0, 26, 34, 66)) + "\f" + lines(second, (0, 23, 29, 50)))
    assert cells(one) == [
        ["Pas de salle pour les réunions", "Rien le matin"],
        ["Se connaître", "Un relevé", "Le café"],
    ]
    assert cells(other) == [["Trop de codes"], ["Une adresse"]]


def test_words_that_open_a_page_without_header_row_go_on_with_what_the_page_before_left_open() -> None:
    first = [
        ("► Travailler ensemble", "► 1", "► Personne ne sait à qui, dans la", "► Une règle simple, décidée"),
    ]
    second = [
        ("autrement", "commune, appartient la borne", "ensemble par les"),
        ("", "► Rien le matin", "familles"),
    ]
    (row,) = rows(lines([*HEADER, *first], (0, 43, 87, 129)) + "\f" + lines(second, (0, 51, 92)))
    assert row.feedback == (1,)
    assert cells(row) == [
        ["Personne ne sait à qui, dans la commune, appartient la borne", "Rien le matin"],
        ["Une règle simple, décidée ensemble par les familles"],
    ]


def test_words_far_beyond_an_edge_are_of_the_next_column_from_further_left() -> None:
    found = cut("un comité numérique équipée aux familles du village", [0, 25], {0, 25}, INNER)
    assert found.cells == ["un comité numérique", "équipée aux familles du village"]
    assert cut("un comité numérique entier", [0, 25], {0, 25}, INNER).cells[1] == ""


def test_a_cell_goes_on_below_a_line_of_other_columns() -> None:
    lines = read_lines(
        "Thématique        Irritants         Points forts      Suites\n"
        "► Le lien         ► Une salle       ► Un car          ► Un prêt\n"
        "                  du bourg          d’abord, et       de longue\n"
        "                  un gymnase\n"
        "                                    un bus du soir et 2027\n\f"
    )
    part = TablePart(METHOD.stages[0], "Le lien", lines=list(lines[1:]), chunks=[0], headers=[(lines[0],)])
    names = ["Thématique", "Irritants", "Points forts", "Suites"]
    found = cut_in_columns(part, ["irritant", "strength", "lever"], names, METHOD)
    assert found is not None
    assert found.lines[-1].cells[2:] == ["un bus du soir et", "2027"]


def test_what_stands_apart_at_a_columns_end_is_of_the_next() -> None:
    found = cut("places libres           collégienne        2027, dès mars", [0, 29, 43], frozenset(), INNER)
    assert found.cells == ["places libres", "collégienne", "2027, dès mars"]
    assert not found.tight


def test_the_last_words_of_a_justified_line_stay_in_their_cell() -> None:
    header = lines([HEADER[0], HEADER[1]], (0, 34, 42, 74))
    body = lines(
        [
            ("► Travailler ensemble autrement", "► 1", "► Il   est     demandé       de", "► Se connaître"),
            ("", "", "réserver       la       salle", ""),
            ("", "", "du    bas     (une      fois", "► Deux écrans"),
            ("", "", "par semaine).", ""),
        ],
        (0, 34, 42, 74),
    )
    (row,) = rows(header + body)
    assert cells(row) == [
        ["Il est demandé de réserver la salle du bas (une fois par semaine)."],
        ["Se connaître", "Deux écrans"],
    ]


def test_headings_show_where_the_columns_of_a_page_begin_whose_cells_all_touch() -> None:
    table = lines([HEADER[0], HEADER[1]], (0, 26, 34, 66)) + lines(
        [("Travailler ensemble", "1", "Une salle que personne n’ouvre", "Un café des parents du bourg")],
        (0, 26, 34, 65),
    )
    (row,) = rows(table)
    assert cells(row) == [["Une salle que personne n’ouvre"], ["Un café des parents du bourg"]]


def test_a_bullet_that_touches_words_may_have_been_pushed() -> None:
    written = [
        "► Prêter les locaux   ► Région",
        "                      et bassin",
        "► Aménager un studio ► Ville",
    ]
    assert moved([0, 22], read_lines("\n".join(written)), INNER) == [0, 22]
    written = [
        "► Prêter les locaux   ► Région",
        "► Aménager un studio ► Ville et",
        "                       bassin",
    ]
    assert moved([0, 22], read_lines("\n".join([*written, *written[1:]])), INNER) == [0, 21]


def test_ordinals_and_units_are_whole_where_words_may_touch_a_number() -> None:
    for text in ("(4G fixe) au bourg", "► 1er conseil de l’année", "► 2e semestre"):
        found = cut(f"{'Le réseau':<14}{text}", [0, 15 if text[0] == "(" else 17], {15, 17}, INNER)
        assert " ".join(cell for cell in found.cells if cell) == f"Le réseau {text}"
    assert cut("Prévu en 2021École du bourg", [0, 13], {13}, INNER).cells == [
        "Prévu en 2021",
        "École du bourg",
    ]


def test_what_stands_beside_an_address_that_may_break_anywhere_keeps_its_place() -> None:
    address = "\u200b".join("https://exemple.fr/")
    body = lines(
        [
            ("► Travailler ensemble", "► 1", "► Le guide en ligne", "► Se connaître"),
            ("autrement", "", f"  {address}", "  mieux"),
            ("", "", "  est périmé", "► Se parler"),
        ],
        (0, 30, 40, 90),
    )
    (row,) = rows(lines(HEADER, (0, 30, 40, 90)) + body + END)
    assert cells(row) == [
        ["Le guide en ligne https://exemple.fr/ est périmé"],
        ["Se connaître mieux", "Se parler"],
    ]
