"""Statements of a text that begin with a sign of the author's own, or with running numbers."""

import io
import re
from dataclasses import replace

import pytest

from cahiers import methods
from cahiers.documents.model import Row
from cahiers.documents.readers.txt import READER
from cahiers.documents.readers.txt.lines import read_lines
from cahiers.documents.readers.txt.spaced.edges import edges_of
from cahiers.documents.readers.txt.weaving.strands import unknown, usual_in

METHOD = methods.get("etats-generaux")
BAR = "THEMATIQUE N°1 : Travailler ensemble autrement\n1. Retour d’expérience\n■ Racontez une expérience.\n"
HEADER = "Thématique concernée (parmi les 5)\n\nRETEX\n\nIrritants\n\nPoints forts\n\n"
CAPTION = "Diagnostic des points forts et irritants\n"
PLAIN = """\
► Travailler ensemble autrement

1

► Pas de salle pour les
réunions du soir
► Trop de messageries

► Se connaître
► Le tableau partagé

► Travailler ensemble autrement

2

► Des mots de passe perdus
► Deux agendas

► L’entraide
"""
ALIGNED = """\
Thématique concernée (parmi les 5)    RETEX    Irritants                 Points forts
► Travailler ensemble                 1        ► Pas de salle pour les   ► Se connaître
autrement                                      réunions du soir          ► Le tableau partagé
                                               ► Trop de messageries
► Travailler ensemble                 2        ► Des mots de passe       ► L’entraide
autrement                                      perdus
                                               ► Deux agendas
"""
READ = [
    {
        "irritant": ["Pas de salle pour les réunions du soir", "Trop de messageries"],
        "strength": ["Se connaître", "Le tableau partagé"],
    },
    {"irritant": ["Des mots de passe perdus", "Deux agendas"], "strength": ["L’entraide"]},
]
NUMBERED = ["1", "2", "1", "2", "1", "2", "1"]


def rows(table: str) -> list[Row]:
    synthesis = READER.read(io.BytesIO(f"{BAR}{table}{CAPTION}\f".encode()), METHOD)
    return list(synthesis.themes[0].stages["diagnosis"])


def said(row: Row) -> dict[str, list[str]]:
    return {kind: [item.text for item in items] for kind, items in row.cells.items() if items}


@pytest.mark.parametrize("sign", ["■", "◈", "\uf0e8", "❑", "+", "=>"])
@pytest.mark.parametrize("table", [HEADER + PLAIN, ALIGNED])
def test_a_sign_that_begins_statements_again_and_again_is_a_bullet(sign: str, table: str) -> None:
    first, second = rows(re.sub("► ?", f"{sign} ".ljust(2), table))
    assert [said(first), said(second)] == READ
    assert (first.feedback, second.feedback) == ((1,), (2,))


@pytest.mark.parametrize("style", ["{}. ", "{}) ", "{} - ", "({}) "])
@pytest.mark.parametrize("letters", [False, True])
def test_numbers_that_follow_each_other_in_cells_are_bullets(style: str, *, letters: bool) -> None:
    numbers = iter("abababa" if letters else NUMBERED)
    table = PLAIN.replace("► Travailler", "Travailler")
    table = re.sub("► ", lambda _: style.format(next(numbers)), table)
    assert [said(row) for row in rows(HEADER + table)] == READ


def test_numbers_of_cells_beside_each_other_are_bullets() -> None:
    table = ALIGNED.replace("► Travailler", "  Travailler").replace("\nautrement", "\n  autrement")
    numbers = iter("1112211122")
    table = re.sub("► ", lambda _: f"{next(numbers)}. ", table)
    assert [said(row) for row in rows(table)] == READ


def test_numbers_inside_of_bulleted_statements_are_words() -> None:
    table = HEADER + PLAIN.replace("► Trop", "► 2. Trop").replace("► Pas", "► 1. Pas").replace(
        "► Se", "► 1. Se"
    )
    first, _ = rows(table)
    assert said(first)["irritant"] == ["1. Pas de salle pour les réunions du soir", "2. Trop de messageries"]


def test_bullets_alone_on_their_lines_show_no_width() -> None:
    widths = replace(unknown(3), marks=False)
    for alone in ("►\n►\n►\n\f", "►\n►\n►\n► Se connaître\n\f"):
        usual = usual_in(read_lines(alone), re.compile("\0"), widths)
        assert usual.over(12.0, 1) < 0


def test_without_bullets_capitals_begin_statements() -> None:
    table = PLAIN.replace("► ", "").replace("Le tableau", "« Le tableau »")
    first, second = rows(HEADER + table)
    assert said(first)["irritant"] == READ[0]["irritant"]
    assert said(first)["strength"] == ["Se connaître", "« Le tableau » partagé"]
    assert said(second) == READ[1]


UNCERTAIN = """\
Thématique concernée (parmi les 5)    RETEX    Irritants                    Points forts
Travailler ensemble                   1        Trop de messageries à lire   Se connaître mieux.
autrement                                      chaque jour pour l’équipe.   entraide
                                               Elle s’y perd souvent
"""


def test_what_room_and_full_stops_leave_uncertain_is_told_both_ways() -> None:
    synthesis = READER.read(io.BytesIO(f"{BAR}{UNCERTAIN}{CAPTION}\f".encode()), METHOD)
    (row,) = synthesis.themes[0].stages["diagnosis"]
    assert said(row) == {
        "irritant": ["Trop de messageries à lire chaque jour pour l’équipe.", "Elle s’y perd souvent"],
        "strength": ["Se connaître mieux.", "entraide"],
    }
    told = {warning.text for warning in synthesis.warnings}
    assert "Trop de messageries à lire chaque jour pour l’équipe. Elle s’y perd souvent" in told


def test_bullets_show_the_columns_below_centred_headings() -> None:
    headings = ["Thématique", "Axes", "Actions", "Acteurs"]
    header = read_lines("  Thématique      Axes      Actions             Acteurs")
    body = read_lines(
        "• Ensemble          • Un axe          • Agir              • Ici\n  autrement           à suivre"
    )
    assert edges_of(header, body, headings) == [0, 20, 38, 58]
