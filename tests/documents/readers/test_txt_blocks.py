"""Text whose cells come block by block, as `pdftotext` writes it, and the running heads and feet of its pages."""

import io

import pytest

from cahiers import methods
from cahiers.documents.errors import Unreadable
from cahiers.documents.model import Row, Source, Synthesis
from cahiers.documents.readers.txt import READER
from cahiers.documents.readers.txt.fragments import Piece
from cahiers.documents.readers.txt.furniture import without_furniture
from cahiers.documents.readers.txt.hyphens import hyphenated_words, restore
from cahiers.documents.readers.txt.lines import read_lines
from cahiers.documents.readers.txt.pieces import RowPieces

METHOD = methods.get("etats-generaux")
BAR = "THEMATIQUE N°1 : Travailler ensemble autrement\n1. Retour d’expérience\n"
HEADER = "Thématique concernée (parmi les 5)\n\nRETEX\n\nIrritants\n\nPoints forts\n\n"
FOOT = "Cahier d’Ormance\n\nPage {} / 3\n\n\f"


def read(text: str) -> Synthesis:
    return READER.read(io.BytesIO(text.encode()), METHOD)


def cells(row: Row) -> dict[str, list[str]]:
    return {kind: [item.text for item in items] for kind, items in row.cells.items() if items}


def test_cells_come_from_the_top_of_the_row_downwards() -> None:
    text = (
        BAR
        + HEADER
        + "► Travailler ensemble autrement\n\n► 1, 2\n\n"
        + "► Trop de messageries pour une\nseule équipe, et aucune de sûre\n\n"
        + "► Une règle simple,\ndécidée ensemble\n\n"
        + "► Rien le soir\n► Personne à joindre\n\n"
        + "► Un relevé affiché\n\n"
        + "► Travailler ensemble autrement\n\n► 3\n\n► Pas de salle\n\n► Se connaître\n\n"
        + "Diagnostic des points forts et irritants\n\f"
    )
    first, second = read(text).themes[0].stages["diagnosis"]
    assert first.feedback == (1, 2)
    assert cells(first) == {
        "irritant": [
            "Trop de messageries pour une seule équipe, et aucune de sûre",
            "Rien le soir",
            "Personne à joindre",
        ],
        "strength": ["Une règle simple, décidée ensemble", "Un relevé affiché"],
    }
    assert second.feedback == (3,)
    assert cells(second) == {"irritant": ["Pas de salle"], "strength": ["Se connaître"]}


def test_a_block_for_several_rows_is_shared_out_by_their_heights() -> None:
    text = (
        BAR
        + HEADER
        + "► Travailler ensemble\nautrement\n\n► Travailler ensemble\nautrement\n\n► 1\n\n► 2\n\n"
        + "► Trop de messageries pour\nune seule équipe\n► Personne ne sait qui\nappeler\n\n"
        + "► Une règle simple\n\n► Se connaître\n\n"
        + "Diagnostic des points forts et irritants\n\f"
    )
    first, second = read(text).themes[0].stages["diagnosis"]
    assert (first.feedback, second.feedback) == ((1,), (2,))
    assert cells(first)["irritant"] == ["Trop de messageries pour une seule équipe"]
    assert cells(second)["irritant"] == ["Personne ne sait qui appeler"]


def test_mixed_cells_are_said_once_with_a_better_way() -> None:
    text = BAR + HEADER + "► Travailler ensemble autrement\n\n► 1\n\n► Pas de salle\n\n► Se connaître\n\n\f"
    said = [warning.message for warning in read(text).warnings if "pdftotext -layout" in warning.message]
    assert len(said) == 1


def test_running_heads_and_feet_are_left_out_and_named_once() -> None:
    row = "► Travailler ensemble autrement\n\n► 1\n\n► {}\n\n► {}\n\n"
    text = (
        "Interne\n"
        + BAR
        + HEADER
        + row.format("Pas de salle", "Se connaître")
        + FOOT.format(1)
        + "Interne\n"
        + HEADER
        + row.format("Rien le soir", "Un relevé affiché")
        + FOOT.format(2)
        + "Interne\n"
        + HEADER
        + "► Travailler ensemble autrement\n\n► 1\n\n► Un seul bureau\n\n"
        + "Cahier d’Ormance\n\n► Le café\n\nPage 3 / 3\n\f"
    )
    synthesis = read(text)
    placed = [
        item.text
        for row in synthesis.themes[0].stages["diagnosis"]
        for kind in ("irritant", "strength")
        for item in row.cells.get(kind, ())
    ]
    assert placed == [
        "Pas de salle",
        "Se connaître",
        "Rien le soir",
        "Un relevé affiché",
        "Un seul bureau",
        "Le café",
    ]
    (said,) = [warning.message for warning in synthesis.warnings if "laissées de côté" in warning.message]
    assert "« Interne »" in said
    assert "« Cahier d’Ormance »" in said
    assert "« Page 1 / 3 »" in said


def test_lines_of_the_template_that_end_pages_are_no_feet() -> None:
    page = "2. Projections\n\nUn mot\n\nSynthèse des besoins & axes d’amélioration\n\f"
    lines = read_lines(page * 4)
    kept, names = without_furniture(lines, METHOD)
    assert [line.text for line in kept] == [line.text for line in lines if line.text not in names]
    assert "Synthèse des besoins & axes d’amélioration" not in names


def test_hyphens_come_back_where_the_text_has_them_elsewhere() -> None:
    words = hyphenated_words(["Des demi-journées de formation", "Le chef-lieu"])
    piece = Piece(["Trois demijournées au cheflieu,", "en 20262027, pour un lieu"], Source(line=1), True)
    restore([RowPieces([], None, [piece])], words)
    assert piece.text == "Trois demi-journées au chef-lieu, en 2026-2027, pour un lieu"


def test_capitals_that_are_two_letters_in_lower_case_are_left_alone() -> None:
    piece = Piece(["Le CHEFLİEU"], Source(line=1), True)
    restore([RowPieces([], None, [piece])], hyphenated_words(["Le CHEF-LİEU"]))
    assert piece.text == "Le CHEFLİEU"


def test_more_themes_than_any_synthesis_has_are_refused() -> None:
    with pytest.raises(Unreadable, match="500 thématiques"):
        read("".join(f"THEMATIQUE N°{number} : thème {number}\n" for number in range(600)))


def test_words_are_no_cited_sheets_where_a_text_numbers_these() -> None:
    row = "► Travailler ensemble autrement\n\n► 1\n\n► Pas de salle\n\n► Se connaître\n\n"
    uncited = (
        "► Travailler ensemble autrement\n\n► Rien le soir\n\n► Personne à joindre\n\n► Un relevé affiché\n\n"
    )
    text = BAR + HEADER + row + uncited + "Diagnostic des points forts et irritants\n\f"
    _, second = read(text).themes[0].stages["diagnosis"]
    assert second.feedback_text == ()
    assert sorted(item for own in cells(second).values() for item in own) == [
        "Personne à joindre",
        "Rien le soir",
        "Un relevé affiché",
    ]


def test_words_among_cited_sheets_are_alone_in_a_warning_however_sure_their_place() -> None:
    row = "► Travailler ensemble autrement\n\n► Le récit du soir\n\n► Pas de salle\n\n► Se connaître\n\n"
    text = BAR + HEADER + row * 2 + "Diagnostic des points forts et irritants\n\f"
    synthesis = read(text)
    free = [words for row in synthesis.themes[0].stages["diagnosis"] for words in row.feedback_text]
    assert free == ["Le récit du soir", "Le récit du soir"]
    assert [warning.text for warning in synthesis.warnings if warning.text] == free
