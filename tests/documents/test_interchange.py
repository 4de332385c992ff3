"""Syntheses as plain data and as JSON."""

import copy
import io
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from cahiers.documents.errors import NotASynthesis, Unreadable
from cahiers.documents.interchange import _validator, from_dict, to_dict
from cahiers.documents.model import (
    Facilitator,
    Feedback,
    Item,
    Meeting,
    MeetingDate,
    Participant,
    Row,
    Source,
    Synthesis,
    ThemeBlock,
    Warning,
)
from cahiers.documents.normal import normalise
from cahiers.documents.readers.json import READER
from cahiers.documents.writers.json import WRITER
from cahiers.methods import get, keys
from tests.documents.strategies import syntheses

METHOD = get("etats-generaux")

SYNTHESIS = Synthesis(
    method="etats-generaux",
    territory="Val d’Aube",
    meetings=(
        Meeting(
            label="Val d’Aube",
            dates_text=("Le 12/10/2026",),
            dates=(MeetingDate(start=date(2026, 10, 12), end=date(2026, 10, 12), place=None),),
            format="hybrid",
            facilitators=(Facilitator(name="Aline Ferrand", role=None),),
            participants=(
                Participant(category="users", label="Usagers", checked=True, count=3, establishments=None, note=None),
            ),
        ),
    ),
    themes=(
        ThemeBlock(
            key="access",
            number=1,
            title="Un accès pour tous",
            feedback=(Feedback(number=1, scope=None, text="Un récit", links=()),),
            stages={"diagnosis": (Row(cells={"irritant": (Item(text="Trop lent", source=Source(line=3)),)}),)},
        ),
    ),
    warnings=(Warning(message="Colonne incertaine", text="Trop lent", source=Source(page=2, line=3)),),
)  # fmt: skip


def read(data: bytes) -> Synthesis:
    return READER.read(io.BytesIO(data), METHOD)


@pytest.mark.parametrize("key", keys())
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_round_trip(key: str, data: st.DataObject) -> None:
    method = get(key)
    synthesis = data.draw(syntheses(method))
    assert normalise(synthesis) == synthesis  # what is normal stays as it is
    stream = io.BytesIO()
    WRITER.write(synthesis, method, stream)
    assert READER.accepts(stream, "synthese.json")
    assert READER.read(stream, method) == synthesis


def test_sources_and_warnings_survive() -> None:
    after = from_dict(to_dict(SYNTHESIS))
    assert repr(after) == repr(SYNTHESIS)


def test_defaults_are_left_out() -> None:
    data = to_dict(SYNTHESIS)
    assert "consultation" not in data
    assert data["themes"][0]["stages"]["diagnosis"] == [
        {"cells": {"irritant": [{"text": "Trop lent", "source": {"line": 3}}]}}
    ]
    assert data["meetings"][0]["facilitators"] == [{"name": "Aline Ferrand", "role": None}]


def test_schema_is_sound_and_accepts_what_is_written() -> None:
    schema = _validator().schema
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(to_dict(SYNTHESIS))


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    data = copy.deepcopy(to_dict(SYNTHESIS))
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


CELLS = ("themes", 0, "stages", "diagnosis", 0, "cells")


@pytest.mark.parametrize(
    ("data", "place", "reason"),
    [
        ([], "", "on attend un objet"),
        (None, "", "on attend un objet"),
        ({}, "", "il manque « format »"),
        (changed(("format",), "cahiers/synthesis/2"), "« format »", "on attend « cahiers/synthesis/1 »"),
        (changed(("themes", 0, "titre"), "x"), "« themes[0] »", "« titre » est inconnu"),
        (
            changed(("themes", 0, "number"), True),
            "« themes[0].number »",
            "on attend un nombre entier ou null",
        ),
        (changed(("themes", 0, "number"), 10**30), "« themes[0].number »", "démesuré"),
        (changed(("themes", 0, "number"), 1.5), "« themes[0].number »", "un nombre entier"),
        (
            changed(("themes", 0, "stages", "plan"), []),
            "« themes[0].stages »",
            "l’étape « plan » n’existe pas",
        ),
        (changed((*CELLS, "need"), []), "« themes[0].stages.diagnosis[0].cells »", "« need »"),
        (changed((*CELLS, "irritant", 0, "text"), ""), "cells.irritant[0].text", "le texte est vide"),
        (changed((*CELLS, "irritant", 0, "text"), "a\ud83d"), "irritant[0].text", "moitié de caractère"),
        (
            changed(("meetings", 0, "format"), "zoom"),
            "« meetings[0].format »",
            "in_person, remote, hybrid, null",
        ),
        (changed(("meetings", 0, "dates", 0, "end"), "20261012"), "meetings[0].dates[0].end", "AAAA-MM-JJ"),
        (changed(("meetings", 0, "dates", 0, "end"), "2026-02-31"), "meetings[0].dates[0].end", "AAAA-MM-JJ"),
        (changed(("method",), "inconnue"), "« method »", "etats-generaux"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(data: object, place: str, reason: str) -> None:
    with pytest.raises(NotASynthesis) as caught:
        from_dict(data)
    sentence = str(caught.value)
    assert place in sentence
    assert reason in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_another_method_than_asked_is_refused() -> None:
    with pytest.raises(NotASynthesis, match="on attend « retrospective »"):
        from_dict(to_dict(SYNTHESIS), get("retrospective"))


def test_whole_numbers_may_be_written_with_a_point() -> None:
    number = from_dict(changed(("themes", 0, "number"), 2.0)).themes[0].number
    assert isinstance(number, int)
    assert number == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"format": "cahiers/synthesis/1", "method": ', "mal formé ou tronqué"),
        (b"[" * 200_000, "trop profondément"),
        (b'{"a":' * 200_000, "trop profondément"),
        (b'{"count": NaN}', "NaN"),
        (b'{"count": -Infinity}', "Infinity"),
        (b'{"method": "a", "method": "b"}', "« method » figure deux fois"),
        (b'{"count": ' + b"9" * 5000 + b"}", "démesuré"),
        ('{"method": "États"}'.encode("cp1252"), "UTF-8"),
        (b"", "vide"),
    ],
)
def test_unreadable_json(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


def test_nesting_under_a_member_of_any_type() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(NotASynthesis):
        from_dict(changed(("territory",), deep))
    while deep:  # freed from the outside in, or the interpreter's stack overflows
        deep = deep.pop()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_unicode_encoding_is_read(encoding: str) -> None:
    data = json.dumps(to_dict(SYNTHESIS), ensure_ascii=False).encode(encoding)
    assert READER.accepts(io.BytesIO(data), "x")
    assert read(data) == SYNTHESIS


def test_same_synthesis_same_bytes_in_french_letters() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    WRITER.write(SYNTHESIS, METHOD, first)
    WRITER.write(SYNTHESIS, METHOD, second)
    assert first.getvalue() == second.getvalue()
    assert "Val d’Aube".encode() in first.getvalue()
