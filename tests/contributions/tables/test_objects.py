"""JSON lists."""

import json

import pytest

from cahiers.contributions.tables import Unreadable, objects
from tests.contributions.tables.samples import as_json, opened

ITEMS = [
    {"id": 1, "title": {"fr": "Un banc"}, "tags": ["a", "b"], "on": True, "score": 1.50, "none": None},
    {
        "id": 2,
        "title": {"fr": "Une rampe", "machine_translations": {"en": "A ramp"}},
        "deep": {"a": {"b": 3}},
    },
]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("chunk", [1, 7, 1 << 16])
def test_nested_keys_become_columns(monkeypatch, indent, chunk):
    monkeypatch.setattr(objects, "CHUNK", chunk)
    table = opened(json.dumps(ITEMS, indent=indent).encode(), "a.json")
    assert [column.name for column in table.columns] == [
        "id", "title/fr", "tags", "on", "score", "none", "title/machine_translations/en", "deep/a/b",
    ]  # fmt: skip
    first, second = table.rows()
    assert first.cells == ["1", "Un banc", "a, b", "true", "1.5", "", "", ""]
    assert second.cells == ["2", "Une rampe", "", "", "", "", "A ramp", "3"]
    assert (first.number, second.number) == (1, 2)


def test_a_list_inside_of_an_object_and_objects_by_line():
    inside = opened(as_json({"data": {"nodes": ITEMS}, "page": 1}), "a.json")
    by_line = opened(b"\n".join(map(as_json, ITEMS)), "a.json")
    assert (
        [line.cells[0] for line in inside.rows()] == [line.cells[0] for line in by_line.rows()] == ["1", "2"]
    )


def test_elements_that_are_no_objects_are_reported():
    assert [bool(line.problem) for line in opened(b'[{"a": "b"}, 3, "x"]', "a.json").rows()] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"[",
        b"[]",
        b"{}",
        b'[{"a": 1}, {"b"',
        b'[{"a": tru}]',
        b"[" * 100_000,
        b'[{"a":' * 50_000,
        b'"text"',
        b"{{{{",
    ],
)
def test_damaged_json_is_a_sentence(data):
    with pytest.raises(Unreadable, match=r"\.$"):
        list(opened(data, "a.json").rows())
