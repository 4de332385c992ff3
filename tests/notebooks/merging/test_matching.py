"""Which part of what is known each part of a newer file is."""

import pytest

from cahiers.documents.model import Feedback, Item, Meeting, Participant, Row, Synthesis, ThemeBlock
from cahiers.notebooks.merging import ordering
from cahiers.notebooks.merging.comparing import Comparison, Verdict
from cahiers.notebooks.merging.matching import recognised
from cahiers.notebooks.merging.tree import Part, Sort, tree_of
from tests.notebooks.merging.versions import METHOD, known

Cells = dict[str, list[str]]


def document(*rows: Cells, sheets: tuple[str, ...] = (), title: str = "Un égal accès") -> Synthesis:
    return Synthesis(
        method=METHOD,
        territory=None,
        meetings=(),
        themes=(
            ThemeBlock(
                key=None,
                number=1,
                title=title,
                feedback=tuple(Feedback(number=None, scope=None, text=text, links=()) for text in sheets),
                stages={
                    "projections": tuple(
                        Row(
                            cells={
                                kind: tuple(Item(text=text) for text in texts) for kind, texts in row.items()
                            }
                        )
                        for row in rows
                    )
                },
            ),
        ),
    )


def found(old: Synthesis, new: Synthesis) -> dict[str, tuple[str, tuple[str, str]] | None]:
    """For each text of the new document, the text that it is known as and its place; None where it is new."""
    base = known(old)
    theirs = recognised(tree_of(new), (base, base))
    return {
        part.said["text"]: (base[part.key].said["text"], part.place) if part.key in base else None
        for part in theirs.values()
        if part.sort in (Sort.STATEMENT, Sort.SHEET)
    }


def was(old: Synthesis, new: Synthesis) -> dict[str, str | None]:
    return {text: known_as[0] if known_as else None for text, known_as in found(old, new).items()}


def test_a_text_that_is_near_in_its_place_is_the_same_reworded() -> None:
    old = document({"need": ["Du temps pour se former", "Des salles équipées"]})
    new = document({"need": ["Du temps pour se former ensemble", "Un tout autre besoin"]})
    assert was(old, new) == {
        "Du temps pour se former ensemble": "Du temps pour se former",
        "Un tout autre besoin": None,
    }


def test_a_text_that_is_near_elsewhere_is_another() -> None:
    old = document({"need": ["Du temps pour se former"], "lever": ["Un réseau de référents"]})
    new = document(
        {"need": ["Des salles"], "lever": ["Un réseau de référents", "Du temps pour se former bien"]}
    )
    assert was(old, new)["Du temps pour se former bien"] is None


def test_the_same_text_elsewhere_was_moved() -> None:
    old = document({"need": ["Des salles", "Du temps"]}, {"need": ["Un cap"], "lever": ["Une charte"]})
    new = document({"need": ["Des salles"]}, {"need": ["Un cap", "Du temps"], "lever": ["Une charte"]})
    known_as, place = found(old, new)["Du temps"] or ("", ("", ""))
    assert known_as == "Du temps"
    assert place == (found(old, new)["Un cap"] or ("", ("", "")))[1]


def test_a_row_is_the_one_with_which_it_shares_most() -> None:
    first = {"need": ["Du temps", "Des salles"], "lever": ["Rectorat"]}
    second = {"need": ["Un cap", "Une charte"], "lever": ["Rectorat"]}
    base = known(document(first, second))
    new = document(
        {"need": ["Une charte", "Un cap"], "lever": ["Rectorat"]}, {"need": ["Des salles", "Du temps"]}
    )
    rows = [part.key for part in recognised(tree_of(new), (base,)).values() if part.sort is Sort.ROW]
    assert rows == [part.key for part in base.values() if part.sort is Sort.ROW][::-1]


def test_words_that_stand_everywhere_tell_no_row_from_another() -> None:
    rows: list[Cells] = [{"need": [f"Besoin numéro {number}"], "lever": ["Rectorat"]} for number in range(40)]
    base = known(document(*rows))
    new = document(*rows[20:], *rows[:20])
    keys = [part.key for part in recognised(tree_of(new), (base,)).values() if part.sort is Sort.ROW]
    known_keys = [part.key for part in base.values() if part.sort is Sort.ROW]
    assert keys == known_keys[20:] + known_keys[:20]


def test_a_row_of_which_all_was_reworded_is_still_the_same() -> None:
    old = document({"need": ["Du temps pour se former"]}, {"need": ["Des salles équipées"]})
    new = document({"need": ["Des salles bien équipées"]}, {"need": ["Du temps pour mieux se former"]})
    assert was(old, new) == {
        "Des salles bien équipées": "Des salles équipées",
        "Du temps pour mieux se former": "Du temps pour se former",
    }


def test_of_texts_said_twice_each_is_one() -> None:
    old = document({"need": ["Entraide", "Entraide"]})
    assert len(recognised(tree_of(old), (known(old),))) == len(known(old))
    new = document({"need": ["Entraide", "Entraide", "Entraide"]})
    keys = [part.key for part in recognised(tree_of(new), (known(old),)).values()]
    assert len([key for key in keys if key.startswith("+")]) == 1


def test_sheets_and_themes_go_by_what_they_say() -> None:
    old = document(
        sheets=("Une classe dehors tout un printemps", "Un atelier"), title="Gouvernance et anticipation"
    )
    new = document(
        sheets=("Un atelier", "Une classe dehors, tout un printemps"), title="Gouvernance, anticipation"
    )
    assert was(old, new) == {
        "Un atelier": "Un atelier",
        "Une classe dehors, tout un printemps": "Une classe dehors tout un printemps",
    }


def test_lines_of_participants_go_by_category_then_label() -> None:
    def meeting(*lines: tuple[str | None, str, int]) -> Synthesis:
        participants = tuple(
            Participant(
                category=category, label=label, checked=True, count=count, establishments=None, note=None
            )
            for category, label, count in lines
        )
        form = Meeting(
            label="Rencontre",
            dates_text=(),
            dates=(),
            format=None,
            facilitators=(),
            participants=participants,
        )
        return Synthesis(method=METHOD, territory=None, meetings=(form,), themes=())

    base = known(meeting(("users", "Usagers", 3), (None, "Curieux", 1)))
    file = meeting((None, "Curieux", 2), ("users", "Familles et élèves", 3))
    theirs = recognised(tree_of(file), (base, base))
    assert {*theirs} == {*base}


def test_what_was_already_written_here_is_not_added_twice() -> None:
    base = known(document({"need": ["Du temps"]}))
    row = next(part.key for part in base.values() if part.sort is Sort.ROW)
    new = Part(
        sort=Sort.STATEMENT, key="ici", place=(row, "need"), said={"text": "Une charte", "emphasised": False}
    )
    ours = {**base, new.key: new}
    file = document({"need": ["Du temps", "Une charte"]})
    compared = Comparison(base=base, ours=ours, theirs=recognised(tree_of(file), (base, ours)))
    assert [change.verdict for change in compared.changes] == [Verdict.SAME]
    assert compared.result() == ours


@pytest.mark.parametrize(
    ("current", "wanted"),
    [
        ([], []),
        ([None, None], [1024, 2048]),
        ([1024, None, 2048], [1024, 1536, 2048]),
        ([1024, None, 1025], [1024, 2048, 3072]),
        ([3072, 1024, 2048], [511, 1024, 2048]),
        ([5, 5], [2, 5]),
        ([0, 7, None], [0, 7, 1031]),
    ],
)
def test_positions_change_as_little_as_can_be(current: list[int | None], wanted: list[int]) -> None:
    assert ordering.positions(current, 1024) == wanted
