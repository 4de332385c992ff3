"""What reports tell of numbers of people, whatever is subtracted from what."""

from hypothesis import given, settings
from hypothesis import strategies as st

from cahiers.textkit.counts import count
from cahiers.textkit.french import Span
from cahiers.textkit.model import Analysis, DuplicateSet, Group, Method, Passage, Unit
from cahiers.textkit.reports.summary import MOST, Summary, summarise

remarks = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["Élus", "Familles", "Zones"])), max_size=60)


def summary(said: list[tuple[int, str]], *, signed: bool = True, copies: tuple[str, ...] = ()) -> Summary:
    """(group, category) of each remark, each by another person; group 0 is none."""
    passages = [
        Passage(str(n), "Une remarque", f"v{n}" if signed else None, None, category)
        for n, (_, category) in enumerate(said)
    ]
    units = tuple(
        Unit(p.id, p.id, Span(0, 3), group=f"g{g}" if g else "")
        for p, (g, _) in zip(passages, said, strict=True)
    )
    groups = []
    for key in sorted({unit.group for unit in units if unit.group}):
        members = [p for p, unit in zip(passages, units, strict=True) if unit.group == key]
        ids = tuple(p.id for p in members)
        groups.append(Group(key, 1, None, key, "Une", (), ids, (), (), 1.0, count(members)))
    sets = (DuplicateSet(copies[0], copies, ()),) if copies else ()
    whole = count(passages)
    return summarise(
        passages,
        Analysis(units, tuple(groups), sets, (), whole, Method("m", "1", 0, "")),
        title="",
        column="Public",
    )


@settings(max_examples=60)
@given(remarks)
def test_no_small_number_of_people_is_told_nor_left_by_a_subtraction(said: list[tuple[int, str]]) -> None:
    found = summary(said)
    if not said:
        return
    assert found.voices is not None
    table = [cells for _, cells in found.voices.rows]
    assert [line.people for line in found.lines] == [row[-1] for row in table[:-2]]
    assert found.people == table[-1][-1]
    for line in [*table, *zip(*table, strict=True)]:
        assert all(cell is None or cell == 0 or cell >= 5 for cell in line)
        # The last is the sum of the others: one withheld alone would be what is left.
        assert line.count(None) != 1 or not any(line)


def test_without_authors_remarks_are_counted_and_people_are_not_told() -> None:
    found = summary([(1, "Élus")] * 3 + [(1, "Familles")] * 9, signed=False)
    assert (found.signed, found.lines[0].people) == (False, 0)
    assert found.voices is not None
    # The remarks of a group are published: what is left of them would tell the three.
    assert found.voices.rows[0][1] == (None, None)


def test_a_campaign_hides_its_people_where_few_others_are_in_its_group() -> None:
    said = [(1, "Familles")] * 9 + [(2, "Élus")] * 20
    assert summary(said, copies=tuple("012345")).campaigns[0][2] is None
    assert summary(said, copies=tuple("012345678")).campaigns[0][2] == 9


def test_rare_categories_are_one_where_they_are_too_many() -> None:
    found = summary([(1, f"Commune {n}") for n in range(MOST + 5)] * 2)
    assert found.voices is not None
    assert found.voices.categories[-2:] == ("(autres)", "Ensemble")
    assert len(found.voices.categories) == MOST + 2
    assert found.voices.rows[0][1][-2:] == (10, 2 * (MOST + 5))
