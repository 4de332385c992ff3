from dataclasses import replace

import pytest

from cahiers.textkit.counts import Counts
from cahiers.textkit.drift import renumbered
from cahiers.textkit.french import Span
from cahiers.textkit.model import Analysis, Group, Method, Unit


def run(words: str) -> Analysis:
    """One remark a letter, numbered as lines are, all in one group."""
    units = tuple(Unit(str(n), str(n), Span(0, 1), letter) for n, letter in enumerate(words, start=2))
    ids, counts = tuple(unit.id for unit in units), Counts(0, len(units), len(units), 0)
    group = Group("g1", 1, None, "", "", (), ids, ids[:1], (), 1.0, counts)
    return Analysis(units, (group,), (), (), counts, Method("m", "1", 0, ""))


@pytest.mark.parametrize(
    ("then", "today", "lines"),
    [
        ("abcd", "abcd", "2 3 4 5"),
        ("abcd", "acd", "2 before-3 3 4"),  # taken out
        ("abcd", "abxcd", "2 3 5 6"),  # put in
        ("abcd", "abxd", "2 3 4 5"),  # corrected: the same line
        ("aabab", "aaab", "2 3 before-4 4 5"),  # copies are told apart by their neighbours
        ("abc", "cab", "3 4 2"),  # sorted otherwise
        ("ab", "", "before-2 before-3"),
    ],
)
def test_lines_are_known_by_their_words_and_neighbours(then: str, today: str, lines: str) -> None:
    found = renumbered(run(then), run(today).units)
    assert [unit.id for unit in found.units] == lines.split()
    assert found.groups[0].units == tuple(lines.split())


def test_sentences_follow_their_remark() -> None:
    before = run("ab")
    parts = tuple(replace(before.units[1], id=f"3#{n}", digest=f"b{n}") for n in (1, 2))
    group = replace(before.groups[0], units=("2", "3#1", "3#2"), central=("3#2",))
    before = replace(before, units=(before.units[0], *parts), groups=(group,))
    today = tuple(replace(part, passage="2", id=part.id.replace("3", "2")) for part in parts)
    assert renumbered(before, today).groups[0].units == ("before-2", "2#1", "2#2")
