"""The normal form."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cahiers.documents.model import (
    Facilitator,
    Feedback,
    Item,
    Meeting,
    Participant,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.documents.normal import equal, is_link, normalise, tidy


def synthesis_of(
    *, row: Row | None = None, sheet: Feedback | None = None, title: str = "Un sujet"
) -> Synthesis:
    theme = ThemeBlock(
        key=None,
        number=None,
        title=title,
        feedback=(sheet,) if sheet else (),
        stages={"diagnosis": (row,)} if row else {},
    )
    return Synthesis(method="etats-generaux", territory=None, meetings=(), themes=(theme,))


@given(st.text())
def test_tidy_text_is_one_clean_line(text: str) -> None:
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    assert "  " not in tidied
    assert tidied == tidied.strip()
    assert not any(c.isspace() and c != " " for c in tidied)
    assert tidied.isprintable() or not any(ord(c) < 32 for c in tidied)


@pytest.mark.parametrize("space", ["\u00a0", "\r\n", "\x0b", "\x1f", "\x85", " \u3000 "])
def test_every_white_space_becomes_one_space(space: str) -> None:
    assert tidy(f"{space}Qui{space}?{space}") == "Qui ?"


@pytest.mark.parametrize("illegal", [*"\0\x08\x1b\x7f\x9f\ud800\ufffe\uffff\ufeff"])
def test_what_xml_forbids_is_gone(illegal: str) -> None:
    assert tidy(f"a{illegal}b {illegal} c") == "ab c"


texts = st.text(max_size=20)
maybe_texts = st.none() | texts


@given(
    st.builds(
        Feedback,
        number=st.none(),
        scope=maybe_texts,
        text=st.lists(texts | st.just("https://exemple.fr/a")).map("\n".join),
        links=st.lists(texts | st.just("https://exemple.fr/a")).map(tuple),
    ),
    st.builds(
        Row,
        cells=st.dictionaries(st.just("irritant"), st.lists(st.builds(Item, text=texts)).map(tuple)),
        theme_text=maybe_texts,
        name=maybe_texts,
        feedback_text=st.lists(texts).map(tuple),
    ),
)
def test_normal_form_of_anything_is_stable(sheet: Feedback, row: Row) -> None:
    once = normalise(synthesis_of(row=row, sheet=sheet))
    assert normalise(once) == once


def test_empty_things_are_left_out() -> None:
    row = Row(cells={"irritant": (Item(text=" "),), "strength": ()}, feedback_text=("\n",), name=" ")
    sheet = Feedback(number=None, scope=" ", text="\n \n", links=("",))
    before = synthesis_of(row=row, sheet=sheet)
    theme = replace(before.themes[0], stages={**before.themes[0].stages, "projections": ()})
    after = normalise(replace(before, themes=(theme,))).themes[0]
    assert after.feedback == ()
    assert after.stages == {"diagnosis": (Row(cells={}),)}
    assert normalise(synthesis_of(row=row, title=" ")).themes[0].stages == {}  # nothing would show it


def test_links_leave_the_text_of_a_sheet() -> None:
    sheet = Feedback(
        number=1,
        scope=None,
        text="Un récit\r\n\n  https://exemple.fr/a  \nvoir https://exemple.fr/b\nwww.exemple.fr",
        links=("www.exemple.fr",),
    )
    after = normalise(synthesis_of(sheet=sheet)).themes[0].feedback[0]
    assert after.text == "Un récit\nvoir https://exemple.fr/b"
    assert after.links == ("www.exemple.fr", "https://exemple.fr/a")


def test_theme_text_that_repeats_the_title_is_none() -> None:
    row = Row(cells={}, theme_text="Un\u00a0sujet ")
    assert (
        normalise(synthesis_of(row=row, title=" Un  sujet")).themes[0].stages["diagnosis"][0].theme_text
        is None
    )


def test_a_nameless_facilitator_is_named_by_his_role() -> None:
    people = (
        Facilitator(name=" ", role="chargée de mission", note="le matin"),
        Facilitator(name="", role=None, note="une stagiaire"),
        Facilitator(name="", role=" ", note=None),
    )
    nobody = Participant(category=None, label=" ", checked=False, count=None, establishments=None, note="")
    form = Meeting(
        label="", dates_text=(), dates=(), format=None, facilitators=people, participants=(nobody,)
    )
    after = normalise(Synthesis(method="m", territory=None, meetings=(form,), themes=())).meetings[0]
    assert after.facilitators == (
        Facilitator(name="chargée de mission", role=None, note="le matin"),
        Facilitator(name="une stagiaire", role=None),
    )
    assert after.participants == ()


def test_equal_forgets_spaces_and_empty_cells() -> None:
    left = synthesis_of(row=Row(cells={"irritant": (Item(text="Un mot"),), "strength": ()}))
    right = synthesis_of(row=Row(cells={"irritant": (Item(text=" Un\u202fmot"),)}))
    assert left != right
    assert equal(left, right)
    assert not equal(left, synthesis_of(row=Row(cells={"irritant": (Item(text="Un mot", emphasised=True),)})))


@pytest.mark.parametrize(
    ("line", "expected"), [("https://a.fr", True), ("www.a.fr/é", True), ("a https://a.fr", False)]
)
def test_is_link(line: str, expected: bool) -> None:
    assert is_link(line) is expected
