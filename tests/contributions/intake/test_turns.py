"""Long transactions while nobody else writes, short ones as soon as someone does."""

import pytest
from django.db import connection

from cahiers.contributions.intake import turns


@pytest.fixture
def version(db, monkeypatch):
    """What SQLite says, which changes when another connection writes."""
    if connection.vendor != "sqlite":
        pytest.skip("On PostgreSQL nobody waits for anybody.")
    said = [1]
    monkeypatch.setattr(turns, "_asked", lambda pragma: said[-1])
    return said


@pytest.fixture
def clock(monkeypatch):
    """The time, which passes where it is moved, and what was waited for."""
    now, slept = [100.0], []
    monkeypatch.setattr(turns, "monotonic", lambda: now[0])
    monkeypatch.setattr(turns, "sleep", slept.append)
    return now, slept


def written(writing, clock, items, seconds):
    with writing.turn(len(items)):
        clock[0][0] += seconds
    return items


def test_transactions_are_long_until_someone_else_writes(version, clock):
    writing = turns.Turns()
    together = writing.together(iter(range(11)))
    # How long one takes is not known before the first.
    assert written(writing, clock, next(together), 0.01) == [0]
    assert written(writing, clock, next(together), 0.04) == [1, 2, 3, 4]
    version.append(2)
    assert [next(together), next(together)] == [[5], [6]]
    clock[0][0] += turns.AGAIN
    assert [next(together), *together] == [[7, 8, 9, 10]]


def test_transactions_are_short_where_they_take_long(version, clock):
    writing = turns.Turns()
    together = writing.together(iter(range(9)))
    written(writing, clock, next(together), 0.4 * turns.LONGEST)
    assert written(writing, clock, next(together), 3 * turns.LONGEST) == [1, 2]
    assert next(together) == [3]


@pytest.mark.parametrize(("heard", "part"), [(False, turns.LEFT), (True, turns.LEFT_TO_WRITERS)])
def test_others_have_a_part_of_the_time_that_was_taken(version, clock, heard, part):
    writing = turns.Turns()
    with writing.turn(1):
        clock[0][0] += 0.3
        if heard:
            version.append(2)
    written(writing, clock, [1], 0.0)
    assert clock[1] == [0, pytest.approx(0.3 * part)]


def test_more_is_kept_at_hand_meanwhile(db):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps what it is told to.")
    usual = turns._asked("cache_size")
    with turns.at_hand():
        assert turns._asked("cache_size") == -turns.AT_HAND
    assert turns._asked("cache_size") == usual
