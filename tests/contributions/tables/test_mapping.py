"""Mappings are kept as JSON and used again."""

import json

import pytest

from cahiers.contributions.tables import BadMapping, Mapping, Text
from tests.contributions.tables.samples import opened

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
