"""Titles, labels and headers that people shortened or mistyped."""

import pytest

from cahiers.documents.matching import category_key, stage_of_headers, theme_key
from cahiers.methods import get

METHOD = get("etats-generaux")


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Garantir un égal accès au numérique pour tous", "access"),
        ("Un égal accès au numérique pour tous", "access"),
        ("UN EGAL ACCES AU NUMERIQUE POUR TOUS", "access"),
        ("Egal accès au numérique", "access"),
        ("Gouvernance et anticipation", "governance"),
        ("Nouvelles formes de gouvernance", "governance"),
        ("Numérique responsable", "responsible"),
        ("Travailler  ensemble\u00a0autrement", "working_together"),
        ("Enseigner et apprendre avec le numerique", "teaching"),
        ("Ensegner et apprendre avec le numérique", "teaching"),
        ("Numérique", None),
        ("La cantine", None),
        ("", None),
    ],
)
def test_themes_are_matched_by_title(title: str, key: str | None) -> None:
    assert theme_key(title, METHOD) == key


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Équipes pédagogiques, éducatives administratives du premier degré", "primary_teams"),
        ("Equipes pédagogiques, éducatives, administratives du second degré", "secondary_teams"),
        ("Représentants des usagers (familles et élèves)", "users"),
        ("Chercheurs", "researchers"),
        ("Représentants de la filière Ed Tech", "edtech"),
        (
            "Élus, cadres et représentants d'association, d'élus communaux, départementaux",
            "elected_officials",
        ),
        ("Grand public", None),
    ],
)
def test_categories_are_matched_by_label(label: str, key: str | None) -> None:
    assert category_key(label, METHOD) == key


@pytest.mark.parametrize(
    ("texts", "stage", "columns"),
    [
        (
            ["Thématique concernée (parmi les 5)", "RETEX", "Irritants", "Points forts"],
            "diagnosis",
            ("theme", "feedback", "irritant", "strength"),
        ),
        (
            ["Thématique", "Irritants principaux", "Besoins", "Axes d'amélioration ou leviers"],
            "projections",
            ("theme", "irritant", "need", "lever"),
        ),
        (
            ["Thématique", "Quoi", "Comment", "Qui / acteurs mobilisés", "Temporalité", "Indicateurs"],
            "action_plan",
            ("theme", "lever", "action", "actor", "timing", "indicator"),
        ),
        (
            ["POINTS FORTS", "IRRITANTS", "Remarques"],
            "diagnosis",
            ("strength", "irritant", None),
        ),
    ],
)
def test_headers_are_matched_whatever_their_order(
    texts: list[str], stage: str, columns: tuple[str | None, ...]
) -> None:
    header = stage_of_headers(texts, METHOD)
    assert header is not None
    assert (header.stage.key, header.columns) == (stage, columns)


@pytest.mark.parametrize("texts", [["Nom", "Prénom"], ["Irritants"], [], ["", "", ""]])
def test_other_headers_are_no_stage(texts: list[str]) -> None:
    assert stage_of_headers(texts, METHOD) is None


def test_second_method_has_its_own_headers() -> None:
    header = stage_of_headers(["Sujet", "Quoi", "Qui", "Quand"], get("retrospective"))
    assert header is not None
    assert header.columns == ("theme", "action", "actor", "timing")
