"""Statements that a page's end cuts, and words that touch those of another cell."""

import io

from cahiers import methods
from cahiers.documents.model import Synthesis
from cahiers.documents.readers.txt import READER

METHOD = methods.get("etats-generaux")
THEME = "THEMATIQUE N°1 : Travailler ensemble autrement\n2. Projections\n"
HEADER = (
    "Thématique concernée (parmi les 5)\n\nIrritants principaux\n\nBesoin\n\n"
    "Axes d’amélioration ou leviers permettant de répondre aux besoins correspondants aux irritants\n\n"
)
END = "\nSynthèse des besoins & axes d’amélioration\n\f"
KINDS = ("irritant", "need", "lever")


def read(text: str) -> Synthesis:
    return READER.read(io.BytesIO(text.encode()), METHOD)


def cells(synthesis: Synthesis) -> list[list[str]]:
    (row,) = synthesis.themes[0].stages["projections"]
    return [[item.text for item in row.cells[kind]] for kind in KINDS]


def told(synthesis: Synthesis) -> set[str | None]:
    return {warning.text for warning in synthesis.warnings}


def test_fragments_find_their_statements_in_the_row_above() -> None:
    synthesis = read(
        f"{THEME}{HEADER}► Travailler ensemble autrement\n\n► Les réunions du soir tombent à l’heure des\n\n"
        "► Un lieu ouvert où l’on vient sans\n\n► Ouvrir la médiathèque le samedi pour les\n\f"
        f"{HEADER}► Travailler ensemble autrement\n\nderniers cars\n\nrendez-vous\n\nfamilles éloignées\n{END}"
    )
    wholes = [
        "Les réunions du soir tombent à l’heure des derniers cars",
        "Un lieu ouvert où l’on vient sans rendez-vous",
        "Ouvrir la médiathèque le samedi pour les familles éloignées",
    ]
    first = synthesis.themes[0].stages["projections"][0]
    assert [[item.text for item in first.cells[kind]] for kind in KINDS] == [[whole] for whole in wholes]
    (said,) = [warning for warning in synthesis.warnings if "morceaux séparés – lignes" in warning.message]
    assert said.text is None


def test_a_fragment_that_two_statements_may_call_for_is_told_with_each() -> None:
    synthesis = read(
        f"{THEME}{HEADER}► Travailler ensemble autrement\n\n► Trop de codes différents pour chaque\n\n"
        "► Une adresse commune pour chaque\n\n► Ouvrir la salle\n\f"
        f"{HEADER}établissement du bassin\n{END}"
    )
    assert {
        "Trop de codes différents pour chaque établissement du bassin",
        "Une adresse commune pour chaque établissement du bassin",
    } <= told(synthesis) | {text for cell in cells(synthesis) for text in cell}


def test_a_hyphen_that_extraction_took_between_two_cells_is_back() -> None:
    synthesis = read(
        f"{THEME}{HEADER}► Travailler ensemble autrement\n\n► Prévoir des demi► Ouvrir la salle le soir\n"
        f"journées\n\n► Un projet CM2sixième\n{END}"
    )
    texts = [text for cell in cells(synthesis) for text in cell]
    assert any(text.startswith("Prévoir des demi-") for text in texts)
    assert "Un projet CM2-sixième" in texts


def test_words_that_touch_the_next_column_are_told_in_each_reading() -> None:
    columns = (26, 26, 26, 26)
    rows = (
        ("Thématique concernée", "Irritants principaux", "Besoin", "Axes d’amélioration ou"),
        ("(parmi les 5)", "", "", "leviers permettant de"),
        ("", "", "", "répondre aux besoins"),
        ("", "", "", "correspondants aux"),
        ("", "", "", "irritants"),
        ("► Travailler ensemble", "► Trop de réunions", "► Un lieu calme pour", "► Ouvrir la salle"),
    )
    table = "\n".join(
        "".join(cell.ljust(width) for cell, width in zip(row, columns, strict=True)).rstrip() for row in rows
    )
    touching = "autrement".ljust(26) + "le soir, et loin de chez nous se voir sans bruit"
    synthesis = read(f"{THEME}{table}\n{touching}\n{END}")
    assert {
        "Trop de réunions le soir, et loin de chez nous",
        "Un lieu calme pour se voir sans bruit",
    } <= told(synthesis) | {text for cell in cells(synthesis) for text in cell}


def test_a_fragment_is_told_with_the_open_statement_of_the_table_before() -> None:
    first = "Thématique concernée (parmi les 5)\n\nRETEX\n\nIrritants\n\nPoints forts\n\n"
    synthesis = read(
        f"THEMATIQUE N°1 : Travailler ensemble autrement\n1. Retour d’expérience\n{first}"
        "► Travailler ensemble autrement\n\n► 2\n\n► Les cars partent avant la fin des cours\n\n"
        "► Chacun connaît les outils de la\n\nDiagnostic des points forts et irritants\n2. Projections\n\f"
        f"{HEADER}maison voisine\n\n► Un lieu ouvert le soir\n{END}"
    )
    assert "Chacun connaît les outils de la maison voisine" in told(synthesis)
