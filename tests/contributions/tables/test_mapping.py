"""Mappings are kept as JSON and used again."""

import json

import pytest

from cahiers.contributions.tables import BadMapping, Mapping, Text
from tests.contributions.tables.samples import as_csv, opened, proposed

FULL = Mapping(
    shape="limesurvey",
    texts=(Text(columns=("a", "b"), kind="need", question="Quoi ?"), Text(columns=("c",), kind_column="d")),
    title=("t",),
    territory=("u", "v"),
    answers=("w",),
    constants={"theme": "Égal accès"},
    month_first=True,
    series="Printemps",
)


@pytest.mark.parametrize("mapping", [FULL, Mapping()])
def test_there_and_back(mapping):
    assert Mapping.from_json(json.loads(json.dumps(mapping.as_json()))) == mapping


@pytest.mark.parametrize(
    "data",
    [
        None, [], {}, {"version": 2}, {"version": 1, "surprise": []}, {"version": 1, "texts": [{}]},
        {"version": 1, "texts": 3}, {"version": 1, "texts": [{"columns": ["a"], "x": 1}]}, {"version": 1, "title": "a"},
        {"version": 1, "title": [1]}, {"version": 1, "constants": {"id": "x"}}, {"version": 1, "constants": []},
        {"version": 1, "shape": 3}, {"version": 1, "month_first": "yes"},
        {"version": 1, "texts": [{"columns": ["a"], "kind": 3}]},
    ],
)  # fmt: skip
def test_what_is_no_mapping_is_refused(data):
    with pytest.raises(BadMapping):
        Mapping.from_json(data)


def test_missing_columns_are_named():
    assert FULL.missing(opened("A;B;C;D;T;U\n1;2;3;4;5;6\n")) == ("v", "w")


def test_few_lines_that_name_groups_and_places_are_no_texts():
    header = ["Vous êtes", "Votre commune", "Votre avis"]
    lines = [
        [f"Métier n° {n}", f"Le Bourg {n}", f"Avis assez long pour en être un, le {n}e."] for n in range(5)
    ]
    mapping = proposed(opened(as_csv([header, *lines])))
    assert (mapping.category, mapping.territory) == (("Vous êtes",), ("Votre commune",))
    assert [text.columns for text in mapping.texts] == [("Votre avis",)]


def test_a_question_about_publishing_is_told_from_the_others():
    header = ["Votre avis", "J’accepte les conditions du site", "J’accepte que ma réponse soit publiée"]
    lines = [
        [f"Avis assez long pour en être un, le {n}e.", "Oui", "Oui" if n % 2 else "Non"] for n in range(5)
    ]
    assert proposed(opened(as_csv([header, *lines]))).consent == (header[2],)
