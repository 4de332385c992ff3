"""Rows, sheets, session forms and names are corrected without losing a word."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cahiers.documents.interchange import from_dict, to_dict
from cahiers.documents.model import Feedback, Item, Row, Source, Synthesis, ThemeBlock
from cahiers.notebooks.intake.corrections import head, items, rows, sheets
from cahiers.notebooks.intake.corrections.places import NoSuchPlace, RowSpot, row_at
from cahiers.notebooks.intake.preview import items_of
from tests import sample
from tests.notebooks.intake.walks import corrections

FIRST = RowSpot(theme=0, stage="projections", row=0)
SECOND = replace(FIRST, row=1)


def cell(*texts: str) -> tuple[Item, ...]:
    return tuple(Item(text=text, source=Source(line=len(text))) for text in texts)


def read() -> Synthesis:
    held = (
        Row(cells={"need": cell("un", "deux"), "lever": cell("trois")}, feedback=(2, 1), name="Premier"),
        Row(cells={"need": cell("quatre")}, feedback=(1, 3), feedback_text=("note",), name="Second"),
    )
    fiches = tuple(
        Feedback(number=number, scope=None, text=f"fiche {number}", links=()) for number in (1, 3, 4)
    )
    block = ThemeBlock(key="access", number=1, title="Accès", feedback=fiches, stages={"projections": held})
    other = ThemeBlock(key=None, number=None, title="", feedback=(), stages={})
    return Synthesis(method="etats-generaux", territory=None, meetings=(), themes=(block, other))


def rows_of(synthesis: Synthesis, theme: int = 0) -> tuple[Row, ...]:
    return synthesis.themes[theme].stages.get("projections", ())


def numbers(synthesis: Synthesis, theme: int = 0) -> list[int | None]:
    return [sheet.number for sheet in synthesis.themes[theme].feedback]


def test_a_row_is_split_column_by_column() -> None:
    after = rows_of(rows.split(read(), FIRST, {"need": 1, "lever": 0}))
    assert [row.cells for row in after[:2]] == [
        {"need": cell("un")},
        {"need": cell("deux"), "lever": cell("trois")},
    ]
    assert (after[0].name, after[0].feedback) == ("Premier", (2, 1))
    assert (after[1].name, after[1].feedback, after[1].source) == (None, (), Source(line=4))


@pytest.mark.parametrize("at", [{}, {"need": 2}, {"actor": 0}, {"need": -1}])
def test_a_row_is_not_split_where_nothing_goes(at: dict[str, int]) -> None:
    with pytest.raises(NoSuchPlace):
        rows.split(read(), FIRST, at)


def test_a_row_that_would_be_left_empty_is_not_split() -> None:
    bare = rows.describe(read(), SECOND, name=None, feedback=(), feedback_text=())
    with pytest.raises(NoSuchPlace):
        rows.split(bare, SECOND, {"need": 0})


def test_a_row_joins_the_one_before() -> None:
    [merged] = rows_of(rows.merge(read(), SECOND))
    assert merged.cells == {"need": cell("un", "deux", "quatre"), "lever": cell("trois")}
    assert (merged.feedback, merged.feedback_text) == ((2, 1, 3), ("note",))
    assert merged.name == "Premier / Second"
    with pytest.raises(NoSuchPlace):
        rows.merge(read(), FIRST)


def test_splitting_then_merging_gives_the_row_back() -> None:
    assert rows.merge(rows.split(read(), FIRST, {"need": 1}), SECOND) == read()


def test_rows_are_reordered_and_go_to_another_theme() -> None:
    after, at = rows.move(read(), SECOND, theme=0, row=0)
    assert [row.name for row in rows_of(after)] == ["Second", "Premier"]
    assert row_at(after, at).name == "Second"
    assert rows.move(after, at, theme=0, row=None)[0] == read()
    after, at = rows.move(read(), FIRST, theme=1, row=0)
    assert ([row.name for row in rows_of(after, 1)], at.theme) == (["Premier"], 1)
    with pytest.raises(NoSuchPlace):
        rows.move(read(), FIRST, theme=1, row=1)
    with pytest.raises(NoSuchPlace):
        rows.move(read(), FIRST, theme=2, row=None)


def test_a_row_is_named_and_cites() -> None:
    after = rows_of(rows.describe(read(), FIRST, name="Autre", feedback=(7,), feedback_text=("dit",)))[0]
    assert (after.name, after.feedback, after.feedback_text) == ("Autre", (7,), ("dit",))
    assert after.cells == rows_of(read())[0].cells


def test_a_row_left_without_anything_goes() -> None:
    bare = items.set_aside(read(), next(spot for spot, item in items_of(read()) if item.text == "quatre"), "")
    assert len(rows_of(bare)) == 2
    assert len(rows_of(rows.describe(bare, SECOND, name=None, feedback=(), feedback_text=()))) == 1


def test_all_that_a_row_said_is_kept_as_warnings() -> None:
    after = rows.set_aside(read(), SECOND, "Mise de côté.")
    assert [row.name for row in rows_of(after)] == ["Premier"]
    assert [one.text for one in after.warnings] == ["quatre", "Second", "note", "1, 3"]
    assert after.warnings[0].source == Source(line=6)


def test_a_sheet_is_put_among_the_others_by_its_number() -> None:
    new = Feedback(number=2, scope=None, text="oubliée", links=())
    after, at = sheets.add(read(), 0, new)
    assert (numbers(after), at) == ([1, 2, 3, 4], 1)
    assert numbers(sheets.add(read(), 0, replace(new, number=None))[0]) == [1, 3, 4, None]


def test_a_sheet_is_rewritten_in_place_or_in_another_theme() -> None:
    source = Source(page=2)
    held = replace(read().themes[0].feedback[1], source=source)
    start = replace(
        read(), themes=(replace(read().themes[0], feedback=(read().themes[0].feedback[0], held)),)
    )
    start = replace(start, themes=(*start.themes, read().themes[1]))
    after, at = sheets.rewrite(start, 0, 1, replace(held, number=9, source=None), to=0)
    assert (numbers(after), at, after.themes[0].feedback[1].source) == ([1, 9], 1, source)
    after, at = sheets.rewrite(start, 0, 1, held, to=1)
    assert (numbers(after), numbers(after, 1), at) == ([1], [3], 0)
    with pytest.raises(NoSuchPlace):
        sheets.rewrite(start, 0, 1, held, to=5)


def test_all_that_a_sheet_said_is_kept_as_a_warning() -> None:
    after = sheets.set_aside(sample.synthesis(), 0, 0, "Mise de côté.")
    assert after.warnings[-1].text == (
        "1 – académie\nUne classe dehors\nTout un printemps\nhttps://exemple.example/dehors\nvoir l’affiche"
    )
    assert numbers(after) == [None]


def test_a_warning_becomes_a_sheet() -> None:
    start = sample.synthesis()
    after, at = sheets.place(start, 0, 0, Feedback(number=None, scope=None, text="Dite", links=()))
    assert (after.warnings, after.themes[0].feedback[at].text) == ((), "Dite")
    assert after.themes[0].feedback[at].source == start.warnings[0].source


def test_all_that_a_session_said_is_kept_as_a_warning() -> None:
    after = head.set_meeting_aside(sample.synthesis(), 0, "Mise de côté.")
    assert [one.label for one in after.meetings] == [""]
    text = after.warnings[-1].text or ""
    for words in (
        "Côte d’Aubrac – rencontres",
        "Du 12 au 14/10",
        "Les 2",
        "Solveig Marcastel (le 5 octobre), Inspectrice",
        "Voir les annexes",
        "Représentants des usagers : 120, réponses à une enquête : 100, dont 100 réponses à l’enquête",
        "Curieux : établissements : 3",
    ):
        assert words in text.split("\n")
    assert head.set_meeting_aside(after, 0, "Vide.").warnings[-1].text is None


def test_days_are_kept_where_no_line_says_them() -> None:
    bare = replace(sample.synthesis().meetings[0], dates_text=())
    start = head.rewrite_meeting(sample.synthesis(), 0, bare)
    text = head.set_meeting_aside(start, 0, "").warnings[-1].text or ""
    assert "2026-10-05, Sainte-Orle" in text
    assert "2026-10-12 – 2026-10-14" in text


def test_only_an_empty_theme_goes() -> None:
    with pytest.raises(NoSuchPlace):
        head.remove_theme(read(), 0)
    added = head.add_theme(head.remove_theme(read(), 1), key="teaching", number=2, title="Apprendre")
    assert [block.title for block in added.themes] == ["Accès", "Apprendre"]
    assert head.name(read(), territory="Là", consultation=None).territory == "Là"


def words_in(synthesis: Synthesis) -> Counter[str]:
    """Every word that is in items, rows, sheets or warnings."""
    texts = [item.text for _, item in items_of(synthesis)]
    for block in synthesis.themes:
        for held in block.stages.values():
            for row in held:
                texts += [row.name or "", row.theme_text or "", *row.feedback_text]
        texts += [text for sheet in block.feedback for text in (sheet.text, sheet.scope or "", *sheet.links)]
    texts += [one.text or "" for one in synthesis.warnings]
    return Counter(word.strip(",") for text in texts for word in text.split())


@given(st.data())
def test_no_walk_loses_a_word_nor_makes_a_synthesis_that_cannot_be_kept(data: st.DataObject) -> None:
    synthesis = replace(sample.synthesis(), warnings=())
    for _ in range(data.draw(st.integers(1, 6))):
        before, synthesis = synthesis, corrections(data, synthesis)
        assert not words_in(before) - words_in(synthesis)
        assert from_dict(to_dict(synthesis)) == synthesis
