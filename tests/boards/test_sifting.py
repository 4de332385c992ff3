"""Notes are taken first; what they tell of people is flagged, and they are found by their words, soon after."""

from uuid import uuid4

import pytest

from cahiers.boards.actions import opening, running, sifting, taking
from cahiers.boards.actions.known import Memory
from cahiers.boards.commands import PutDots, Taken, Withdraw, Write
from cahiers.boards.models import Note
from cahiers.contributions import search
from cahiers.contributions.actions import Draft, notice, store
from cahiers.contributions.erasing import erase
from cahiers.contributions.models import Channel, Contribution, Flag

pytestmark = pytest.mark.django_db
SAID = "Madame Zéphyrine Quolibet répare le wifi chaque matin."


@pytest.fixture
def sent(board, writing, phone, now):
    """A note that a server took and had no time to go through."""
    one = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text=SAID)
    taking.take_quickly(board=board, commands=[one], memory=Memory(), now=now)
    return one


def found() -> int:
    return search.search(Contribution.objects.all(), "répare").count()


def test_what_a_server_left_undone_is_done_by_the_next(board, sent):
    assert (found(), Flag.objects.count(), board in sifting.unsifted()) == (0, 0, True)
    for one in sifting.unsifted():
        sifting.sift_all(board=one)
    assert (found(), Flag.objects.count(), board in sifting.unsifted()) == (1, 1, False)


def test_gone_through_twice_it_is_as_once(board, sent, now):
    sifting.sift_all(board=board)
    Flag.objects.update(dismissed_at=now)
    notice([sent.command])
    assert (found(), list(Flag.objects.values_list("dismissed_at", flat=True))) == (1, [now])


def test_a_few_at_a_time(board, writing, phone, now):
    many = [
        Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text=f"{SAID} ({n})")
        for n in range(7)
    ]
    taking.take_quickly(board=board, commands=many, memory=Memory(), now=now)
    steps = 1
    while sifting.sift(board=board, most=3):
        steps += 1
    assert (found(), steps) == (7, 3 + board.rounds.count())


def test_a_meeting_that_closes_leaves_nothing_to_do(board, sent, now):
    opening.close_board(board=board, untreated="", by=None, now=now)
    assert (found(), Flag.objects.count()) == (1, 1)


def test_pages_without_a_script_leave_nothing_to_do(board, writing, phone, now):
    one = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text=SAID)
    taking.take(board=board, commands=[one], now=now)
    assert (found(), Flag.objects.count()) == (1, 1)


def test_what_is_erased_first_is_neither_found_nor_flagged(board, sent, now):
    erase(contributions=list(Contribution.objects.all()), by=None, now=now)
    sifting.sift_all(board=board)
    assert (found(), search.indexed(), Flag.objects.count()) == (0, 0, 0)


def test_strangers_read_no_note_that_was_not_gone_through(consultation, sent, region, now):
    """Notes are the team's; and what strangers may read is never stored to be looked at later."""
    consultation.published_at = now
    consultation.save(update_fields=["published_at"])
    assert not Contribution.objects.public().exists()
    with pytest.raises(ValueError):
        store(
            consultation=consultation,
            drafts=[Draft(territory=region, channel=Channel.FORM, text=SAID)],
            now=now,
            later=True,
        )


@pytest.mark.parametrize("hides", [True, False])
def test_what_is_remembered_of_a_board_is_what_it_is(board, writing, phone, now, hides):
    """Whatever happens between two batches, they are taken as by a server that remembers nothing."""
    running.set_hiding(board=board, hides=hides, command=uuid4(), by=None, now=now)
    memory = Memory()

    def write(text):
        one = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text=text)
        [outcome] = taking.take_quickly(board=board, commands=[one], memory=memory, now=now)
        return one, outcome

    first, _ = write("Un")
    write("Deux")
    running.set_step(board=board, round=writing, step="vote", command=uuid4(), by=None, now=now)
    late, outcome = write("Trois")
    assert outcome == Taken(subject=late.command, late=True)
    statements = [note.statement for note in Note.objects.order_by("position")]
    assert [one.current.text for one in statements] == ["Un", "Deux", "Trois"]
    assert len({one.row_id for one in statements}) == 1
    assert [one.position for one in statements] == sorted({one.position for one in statements})
    leave = Withdraw(command=uuid4(), key=phone, note=first.command)
    dots = PutDots(command=uuid4(), key=phone, round=writing.uuid, subject=statements[1].uuid, dots=3)
    taken = taking.take_quickly(board=board, commands=[leave, dots], memory=memory, now=now)
    assert taken == [Taken(subject=first.command), Taken(subject=statements[1].uuid)]
    opening.close_board(board=board, untreated="", by=None, now=now)
    _, outcome = write("Quatre")
    assert outcome.late
