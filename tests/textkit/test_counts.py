from hypothesis import given
from hypothesis import strategies as st

from cahiers.textkit.counts import Counts, count, suppress, suppress_row
from cahiers.textkit.model import Passage

tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def test_people_remarks_and_meetings_are_three_numbers() -> None:
    passages = [
        Passage("1", "a", "alice", "lundi"),
        Passage("2", "b", "alice", "mardi"),
        Passage("3", "c", "bob", "lundi", weight=12),
        Passage("4", "d"),
    ]
    assert count(passages) == Counts(people=13, remarks=4, distinct=4, meetings=2, unsigned=1)


def test_a_campaign_is_shown_and_does_not_inflate() -> None:
    passages = [Passage(str(n), "Copie", f"voix-{n}") for n in range(50)]
    counts = count(passages, {str(n): "0" for n in range(50)})
    assert (counts.people, counts.remarks, counts.distinct) == (50, 50, 1)


def test_small_numbers_are_withheld_and_zeros_are_not() -> None:
    assert suppress_row([0, 3, 2, 40]) == [0, None, None, 40]


def test_one_withheld_cell_takes_another_with_it() -> None:
    assert suppress_row([0, 3, 9, 40]) == [0, None, None, 40]


def test_columns_are_guarded_as_rows_are() -> None:
    table = suppress([[3, 20, 30], [10, 20, 30], [10, 20, 30]])
    for line in [*table, *map(list, zip(*table, strict=True))]:
        assert sum(cell is None for cell in line) != 1


@given(tables)
def test_nothing_small_is_published_nor_can_be_worked_out(table: list[list[int]]) -> None:
    public = suppress(table)
    lines = list(zip(table, public, strict=True))
    if len(table) > 1:
        lines += [
            ([*a], [*b]) for a, b in zip(zip(*table, strict=True), zip(*public, strict=True), strict=True)
        ]
    for exact, shown in lines:
        assert all(cell is None or cell == 0 or cell >= 5 for cell in shown)
        assert all(cell is None or cell == value for cell, value in zip(shown, exact, strict=True))
        hidden = [value for value, cell in zip(exact, shown, strict=True) if cell is None]
        others = [value for value, cell in zip(exact, shown, strict=True) if cell]
        assert len(hidden) != 1 or not others


@given(tables)
def test_a_table_without_small_numbers_is_published_whole(table: list[list[int]]) -> None:
    safe = [[0 if value < 5 else value for value in row] for row in table]
    assert suppress(safe) == safe
