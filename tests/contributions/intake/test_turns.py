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


def test_a_transaction_is_long_until_someone_else_writes(version):
    items = iter(range(11))
    together = turns.Turns().together(items)
    assert next(together) == [0, 1, 2, 3]
    version.append(2)
    assert [next(together), next(together)] == [[4], [5]]


def test_what_is_left_at_the_end_is_written(version):
    assert list(turns.Turns().together(iter(range(5)))) == [[0, 1, 2, 3], [4]]


@pytest.mark.parametrize(("heard", "part"), [(False, turns.LEFT), (True, turns.LEFT_TO_WRITERS)])
def test_others_have_a_part_of_the_time_that_was_taken(version, monkeypatch, heard, part):
    clock, slept = [100.0], []
    monkeypatch.setattr(turns, "monotonic", lambda: clock[0])
    monkeypatch.setattr(turns, "sleep", slept.append)
    writing = turns.Turns()
    with writing.turn():
        clock[0] += 0.3
        if heard:
            version.append(2)
    with writing.turn():
        pass
    assert slept == [0, pytest.approx(0.3 * part)]


def test_more_is_kept_at_hand_meanwhile(db):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps what it is told to.")
    usual = turns._asked("cache_size")
    with turns.at_hand():
        assert turns._asked("cache_size") == -turns.AT_HAND
    assert turns._asked("cache_size") == usual
