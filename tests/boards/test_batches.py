"""Commands that share a transaction are answered as if each had come alone."""

from uuid import uuid4

import pytest

from cahiers.boards.actions import opening, running, taking
from cahiers.boards.actions.known import Memory
from cahiers.boards.commands import Refused, Taken, Write
from cahiers.boards.models import Note
from cahiers.notebooks.models import Row, Statement

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


@pytest.fixture
def shown(board, write, now):
    """Takes notes that are shown as they come, in one of two processes."""
    running.set_hiding(board=board, hides=False, command=uuid4(), by=None, now=now)
    memories = [Memory(), Memory()]

    def put(process, *texts):
        commands = [write(text) for text in texts]
        taking.take_quickly(board=board, commands=commands, memory=memories[process], now=now)

    return put


def in_order():
    return [one.current.text for one in Statement.objects.filter(present=True).order_by("position", "pk")]


def test_two_processes_take_turns_on_a_board(shown, django_assert_max_num_queries):
    """Each goes on where the other ended, and reads nothing anew but what the other wrote."""
    for turn in range(3):
        shown(0, f"Ici {turn}")
        shown(1, f"Là {turn}", f"Là encore {turn}")
    assert in_order() == [said for n in range(3) for said in (f"Ici {n}", f"Là {n}", f"Là encore {n}")]
    assert Row.objects.count() == 1
    with django_assert_max_num_queries(16):  # two more than one process alone, and one on PostgreSQL
        shown(0, "Ici")
    assert in_order()[-1] == "Ici"


def test_what_the_facilitator_does_meanwhile_is_seen_by_both(board, shown, writing, now):
    for process in (0, 1):
        shown(process, "Avant")
    running.set_step(board=board, round=writing, step="vote", command=uuid4(), by=None, now=now)
    for process in (0, 1):
        shown(process, "Après")
    assert list(Note.objects.order_by("position").values_list("late", flat=True)) == [
        False,
        False,
        True,
        True,
    ]
