"""Commands that share a transaction are answered as if each had come alone."""

from uuid import uuid4

import pytest

from cahiers.boards.actions import opening, taking
from cahiers.boards.actions.known import Memory
from cahiers.boards.commands import Refused, Taken, Write
from cahiers.boards.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(writing, phone):
    def one(text, command=None):
        return Write(command=command or uuid4(), key=phone, round=writing.uuid, kind="irritant", text=text)

    return one


def test_the_twin_of_a_refused_command_is_refused_too(board, write, now):
    long = write("x" * 501)
    outcomes = taking.take(board=board, commands=[long, long, write("Bien")], now=now)
    assert [type(one) for one in outcomes] == [Refused, Refused, Taken]
    assert Note.objects.count() == 1


def test_a_twin_in_the_same_batch_is_taken_once(board, write, now):
    note = write("Une fois")
    assert taking.take(board=board, commands=[note, note], now=now) == [Taken(subject=note.command)] * 2
    assert Note.objects.count() == 1


def test_a_late_note_that_comes_again_is_still_late(board, write, now):
    opening.close_board(board=board, untreated="", by=None, now=now)
    note = write("Dans le train")
    for _ in range(2):
        [outcome] = taking.take(board=board, commands=[note], now=now)
        assert outcome == Taken(subject=note.command, late=True)


def test_a_batch_costs_as_many_queries_as_a_note(board, write, now, django_assert_max_num_queries):
    """Once the board is known: its locks, three questions, and one statement a table."""
    memory = Memory()
    with django_assert_max_num_queries(16):
        taking.take_quickly(board=board, commands=[write("Seule")], memory=memory, now=now)
    with django_assert_max_num_queries(12):
        many = [write(f"Note {n}") for n in range(30)]
        taking.take_quickly(board=board, commands=many, memory=memory, now=now)
