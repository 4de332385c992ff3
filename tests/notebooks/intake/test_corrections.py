"""Corrections lose no word, wherever they put it."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cahiers.documents.model import Item, Row, Source, Synthesis, ThemeBlock, Warning
from cahiers.notebooks.intake.corrections import head
from cahiers.notebooks.intake.corrections import items as corrections
from cahiers.notebooks.intake.corrections.places import Destination, NoSuchPlace, Spot, is_empty, item_at
from cahiers.notebooks.intake.preview import items_of
from tests import sample

KINDS = {"projections": ("irritant", "need", "lever"), "action_plan": ("lever", "action", "actor")}
FIRST = Spot(theme=0, stage="projections", row=0, kind="need", index=0)


def items(*texts: str) -> tuple[Item, ...]:
    return tuple(Item(text=text) for text in texts)


def read() -> Synthesis:
    rows = (
        Row(cells={"need": items("un", "deux")}),
        Row(cells={"need": items("trois")}),
        Row(cells={"lever": items("quatre")}, feedback=(1,)),
    )
    block = ThemeBlock(key="access", number=1, title="Accès", feedback=(), stages={"projections": rows})
    other = ThemeBlock(key=None, number=None, title="", feedback=(), stages={})
    warnings = (Warning(message="Sans colonne", text="cinq", source=Source(line=7)),)
    return Synthesis(
        method="etats-generaux", territory=None, meetings=(), themes=(block, other), warnings=warnings
    )


def texts(synthesis: Synthesis) -> list[str]:
    return [item.text for _, item in items_of(synthesis)]


def to(row: int | None, kind: str = "need", theme: int = 0, stage: str = "projections") -> Destination:
    return Destination(theme=theme, stage=stage, kind=kind, row=row)


def test_an_item_moved_down_comes_first_and_moved_up_comes_last() -> None:
    down, at = corrections.move(read(), FIRST, to(1))
    assert texts(down) == ["deux", "un", "trois", "quatre"]
    assert item_at(down, at).text == "un"
    up, at = corrections.move(down, at, to(0))
    assert texts(up) == ["deux", "un", "trois", "quatre"]
    assert at == replace(FIRST, index=1)


def test_a_row_left_empty_goes_and_one_that_cites_stays() -> None:
    emptied, at = corrections.move(read(), replace(FIRST, row=1), to(2))
    assert len(emptied.themes[0].stages["projections"]) == 2
    assert (at.row, item_at(emptied, at).text) == (1, "trois")
    cited, _ = corrections.move(read(), replace(FIRST, row=2, kind="lever"), to(0, "lever"))
    assert len(cited.themes[0].stages["projections"]) == 3


def test_a_row_whose_other_cells_are_empty_is_empty() -> None:
    assert is_empty(Row(cells={"need": ()}))
    assert not is_empty(Row(cells={}, name="Un nom"))


def test_an_item_goes_to_another_theme_and_stage() -> None:
    moved, at = corrections.move(read(), FIRST, to(None, "action", 1, "action_plan"))
    assert at == Spot(theme=1, stage="action_plan", row=0, kind="action", index=0)
    assert item_at(moved, at).text == "un"


def test_what_is_set_aside_is_kept_as_a_warning() -> None:
    after = corrections.set_aside(read(), FIRST, "Mis de côté.")
    assert texts(after) == ["deux", "trois", "quatre"]
    assert after.warnings[-1] == Warning(message="Mis de côté.", text="un")


def test_a_warning_is_placed_with_where_it_stood() -> None:
    after, at = corrections.place(read(), 0, to(1), text="cinq !", emphasised=True)
    assert item_at(after, at) == Item(text="cinq !", emphasised=True)
    assert item_at(after, at).source == Source(line=7)
    assert after.warnings == ()


def test_rewording_keeps_the_place_in_the_file() -> None:
    first = next(spot for spot, item in items_of(sample.synthesis()) if item.source)
    after = corrections.reword(sample.synthesis(), first, text="Autre", emphasised=True)
    assert item_at(after, first).source == item_at(sample.synthesis(), first).source


def test_a_theme_is_recognised_otherwise() -> None:
    after = head.entitle(read(), 1, key="teaching", number=4, title="Apprendre")
    assert (after.themes[1].key, after.themes[1].number, after.themes[1].title) == (
        "teaching",
        4,
        "Apprendre",
    )
    assert after.themes[0] == read().themes[0]


@pytest.mark.parametrize(
    "spot",
    [
        replace(FIRST, theme=5),
        replace(FIRST, theme=-1),
        replace(FIRST, row=9),
        replace(FIRST, row=-1),
        replace(FIRST, index=9),
        replace(FIRST, index=-1),
        replace(FIRST, kind="actor"),
        replace(FIRST, stage="ailleurs"),
    ],
)
def test_what_is_not_there_is_refused(spot: Spot) -> None:
    with pytest.raises(NoSuchPlace):
        item_at(read(), spot)


def test_nothing_goes_to_a_row_that_is_not_there() -> None:
    with pytest.raises(NoSuchPlace):
        corrections.move(read(), FIRST, to(3))
    with pytest.raises(NoSuchPlace):
        corrections.place(read(), 1, to(0), text="x", emphasised=False)


@given(st.data())
def test_no_walk_loses_or_doubles_a_word(data: st.DataObject) -> None:
    synthesis = read()
    everything = Counter([*texts(synthesis), "cinq"])
    for _ in range(data.draw(st.integers(1, 8))):
        spots = [spot for spot, _ in items_of(synthesis)]
        if not spots:
            break
        spot = data.draw(st.sampled_from(spots))
        if data.draw(st.booleans()):
            synthesis = corrections.set_aside(synthesis, spot, "de côté")
        else:
            stage = data.draw(st.sampled_from(sorted(KINDS)))
            theme = data.draw(st.integers(0, 1))
            rows = len(synthesis.themes[theme].stages.get(stage, ()))
            row = data.draw(st.none() | st.integers(0, rows - 1) if rows else st.none())
            there = Destination(
                theme=theme, stage=stage, kind=data.draw(st.sampled_from(KINDS[stage])), row=row
            )
            before = item_at(synthesis, spot)
            synthesis, at = corrections.move(synthesis, spot, there)
            assert item_at(synthesis, at) == before
        assert Counter([*texts(synthesis), *(one.text for one in synthesis.warnings)]) == everything
