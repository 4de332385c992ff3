"""Words that a narrow column cuts by the letter, in text that keeps its columns."""

from cahiers import methods
from cahiers.documents.readers.txt.likely_words import LikelyWords
from cahiers.documents.readers.txt.lines import read_lines
from cahiers.documents.readers.txt.narrow import whole_words
from cahiers.documents.readers.txt.reader import read_text
from cahiers.documents.readers.txt.spaced.cut_words import reach_of, whole

METHOD = methods.get("etats-generaux")
TEXT = """Les familles du canton demandent des réunions le soir, sans distance entre la mairie et les écoles.
Des réunions rendues à la mairie, des travaux du canton, des bancs et des cartables pour les enfants.
Une distance plus courte entre les haltes, et des bancs sous les arbres de la place pour les familles."""
WORDS = LikelyWords(read_lines(TEXT))


def said(*lines: str, width: str) -> tuple[list[str], list[str]]:
    found, others = whole(lines, reach_of([width]), WORDS)
    return [line for line in found if line], [text for _, text in others]


def test_a_word_that_fills_its_line_goes_on_with_the_next_one() -> None:
    lines, _ = said("Réunio", "ns à", "distan", "ce sans", "bancs", width="Réunio")
    assert lines == ["Réunions", "à", "distance", "sans", "bancs"]


def test_a_word_of_three_lines_is_made_whole() -> None:
    assert said("Aména", "geme", "nts", width="Aména")[0] == ["Aménagements"]


def test_words_that_fill_their_lines_stay_two() -> None:
    lines = ["travaux", "rendus", "sous", "forme", "de"]
    assert said(*lines, width="travaux") == (lines, [])


def test_what_may_be_one_word_or_two_is_told_in_both_ways() -> None:
    lines, others = said("Borne", "tiers", width="Borne")
    assert sorted([*lines, *others]) == ["Borne tiers", "Bornetiers"]


def test_a_longer_word_beside_cut_ones_keeps_its_letters() -> None:
    lines = whole_words(read_lines("Thème  Rentrée  élémentair\ncommun          e\n\f"), METHOD)
    assert "Rentrée" in lines[0].text.split()


PAGE = """THEMATIQUE N°1 : Travailler ensemble autrement
Retours d’expérience présentés lors des ateliers
Thématique           RETE    Irritants     Points forts
concernée            X
(parmi les 5)
•                    •2      • Les         • Des réunions à distance pour les familles
Travailler                   famille       • Une permanence à la mairie le samedi
ensemble                     s
autrement                    reçoive
                             nt trop
                             de mots
\f"""


def test_rows_begin_at_the_bullet_that_stands_alone_above_its_theme() -> None:
    cells = next(iter(read_text(PAGE, METHOD).themes[0].stages.values()))[0].cells
    assert [item.text for item in cells["irritant"]] == ["Les familles reçoivent trop de mots"]
    assert len(cells["strength"]) == 2
