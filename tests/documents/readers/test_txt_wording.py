"""Tables of a text whose author has other words for the columns than the template."""

import io

from cahiers import methods
from cahiers.documents.model import Synthesis
from cahiers.documents.readers.txt import READER

METHOD = methods.get("etats-generaux")
BAR = "THEMATIQUE N°1 : Travailler ensemble autrement\n"
TITLE = "► Travailler ensemble autrement\n\n"


def read(text: str) -> Synthesis:
    return READER.read(io.BytesIO(text.encode()), METHOD)


def cells(synthesis: Synthesis, stage: str) -> dict[str, list[str]]:
    (row,) = synthesis.themes[0].stages[stage]
    return {kind: [item.text for item in items] for kind, items in row.cells.items() if items}


def test_columns_are_known_by_other_names() -> None:
    text = (
        f"{BAR}2. Projections\nThème\n\n{TITLE}Difficultés\n► Une connexion trop lente\n\n"
        "Attentes\n► Un débit garanti\n\nPistes\nd’amélioration\n► Mutualiser les achats\n\f"
    )
    assert cells(read(text), "projections") == {
        "irritant": ["Une connexion trop lente"],
        "need": ["Un débit garanti"],
        "lever": ["Mutualiser les achats"],
    }


def test_columns_kept_by_spaces_are_known_by_other_names() -> None:
    text = (
        f"{BAR}3. Plan d’action\n"
        "Thématique         Objectifs              Mesures             Qui          Quand       Évaluation\n"
        "► Travailler       ► Mutualiser les       ► Acheter           ► Communes   ► En 2027   ► Le prix\n"
        "ensemble             achats                 ensemble\n"
        "autrement\n\f"
    )
    assert cells(read(text), "action_plan") == {
        "lever": ["Mutualiser les achats"],
        "action": ["Acheter ensemble"],
        "actor": ["Communes"],
        "timing": ["En 2027"],
        "indicator": ["Le prix"],
    }


def test_a_word_of_a_heading_that_a_narrow_column_breaks_is_no_other_name() -> None:
    header = "Thématique concernée (parmi les 5)\n\nRETEX\n\nIrritants\n\nPoints forts\n\n"
    text = (
        f"{BAR}1. Retour d’expérience\n{header}{TITLE}► 1\n\n► Des points à revoir\nForces\n\n► Une salle\n\f"
    )
    assert cells(read(text), "diagnosis")["strength"] == ["Une salle"]


def test_stages_may_word_the_heading_of_themes_in_several_ways() -> None:
    text = (
        f"{BAR}1. Retour d’expérience\nThématique concernée RETEX\n\nFreins\n\nAtouts\n\n"
        f"{TITLE}► 1\n\n► Une connexion trop lente\n\n► Une salle ouverte le soir\n\n"
        f"2. Projections\nThématique\n\nFreins\n\nAttentes\n\nSolutions\n\n"
        f"{TITLE}► Une connexion trop lente\n\n► Un débit garanti\n\n► Mutualiser les achats\n\f"
    )
    synthesis = read(text)
    assert cells(synthesis, "diagnosis") == {
        "irritant": ["Une connexion trop lente"],
        "strength": ["Une salle ouverte le soir"],
    }
    assert cells(synthesis, "projections")["need"] == ["Un débit garanti"]


def test_the_heading_of_themes_may_go_down_its_column_in_one_stage() -> None:
    text = (
        f"{BAR}1. Retour d’expérience\n"
        "Thématique     RETEX   Freins                  Atouts\n"
        "concernée\n"
        "► Travailler   ► 1     ► Un débit trop lent    ► Une salle ouverte\n"
        "ensemble\nautrement\n\n"
        "2. Projections\n"
        "Thématique     Difficultés             Besoins               Pistes d’amélioration\n"
        "► Travailler   ► Un débit trop lent    ► Un débit garanti    ► Mutualiser les achats\n"
        "ensemble\nautrement\n\f"
    )
    assert cells(read(text), "diagnosis")["irritant"] == ["Un débit trop lent"]
    assert cells(read(text), "projections")["need"] == ["Un débit garanti"]


def test_the_methods_heading_of_themes_in_one_stage_alone_is_known_over_several_lines() -> None:
    text = (
        f"{BAR}1. Retour d’expérience\n"
        "Thématique\n"
        "concernée (parmi les              RETEX      Irritants                  Points forts\n"
        "5)\n"
        "► Travailler ensemble autrement   ► 1        ► Une connexion trop       ► Une salle\n"
        "                                             lente\n"
        "                                             ► Un réseau saturé         ► Des prises\n\n"
        "2. Projections\n"
        "Thématique                Irritants                  Besoins               Leviers\n"
        "► Travailler              ► Une connexion trop       ► Un débit            ► Mutualiser\n"
        "ensemble autrement        lente                      garanti\n\n"
        "3. Plan d’action\n"
        "Thématique                Leviers              Actions           Acteurs\n"
        "► Travailler              ► Mutualiser         ► Acheter         ► Communes\n"
        "ensemble autrement\n\f"
    )
    assert cells(read(text), "diagnosis") == {
        "irritant": ["Une connexion trop lente", "Un réseau saturé"],
        "strength": ["Une salle", "Des prises"],
    }


def test_a_table_may_leave_the_theme_to_the_title_bar() -> None:
    text = (
        f"{BAR}2. Projections\n"
        "Irritants               Attentes                  Propositions\n"
        "- Une connexion trop    - Un débit garanti        - Mutualiser les achats\n"
        "lente                   - Un relais au bourg      - Prêter des clés\n"
        "                        - Une salle ouverte\n\f"
    )
    assert cells(read(text), "projections") == {
        "irritant": ["Une connexion trop lente"],
        "need": ["Un débit garanti", "Un relais au bourg", "Une salle ouverte"],
        "lever": ["Mutualiser les achats", "Prêter des clés"],
    }
