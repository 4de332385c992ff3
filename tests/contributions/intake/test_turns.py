"""Long transactions while nobody else writes, short ones as soon as someone does."""

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler

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


@pytest.fixture
def file(db, tmp_path, monkeypatch):
    """A database of its own, in which no transaction is open."""
    given = {"default": settings.SQLITE | {"NAME": tmp_path / "cahiers.sqlite3"}}
    found = ConnectionHandler(given)["default"]
    monkeypatch.setattr(turns, "connection", found)
    yield found
    found.close()


def set_to():
    return {name: turns._asked(name) for name in turns.AT_HAND}


def test_sqlite_is_set_for_it_meanwhile(file):
    usual = set_to()
    with turns.at_hand():
        assert set_to() == turns.AT_HAND
    assert set_to() == usual != turns.AT_HAND


def test_what_stands_in_the_log_is_put_away_while_others_write(file, tmp_path):
    other = ConnectionHandler({"default": file.settings_dict})["default"]
    writing = turns.Turns()
    place = tmp_path / "cahiers.sqlite3"
    before = []
    with turns.at_hand(), file.cursor() as cursor, other.cursor() as theirs:
        for statement in ("CREATE TABLE notes (text)", "INSERT INTO notes VALUES (hex(zeroblob(9000)))"):
            before.append(place.stat().st_size)
            with writing.turn(1):
                cursor.execute(statement)
        assert before[0] == before[1] == place.stat().st_size
        theirs.execute("INSERT INTO notes VALUES ('')")
        with writing.turn(1):
            cursor.execute("INSERT INTO notes VALUES ('')")
        assert place.stat().st_size > before[0]
    other.close()
