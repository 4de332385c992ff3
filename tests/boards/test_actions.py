"""What the room writes is kept once, hidden until the reveal, and is the notebook from then on."""

from uuid import uuid4

import pytest

from cahiers.boards.actions import carrying, notes, opening, running, taking
from cahiers.boards.commands import PutDots, Refused, Reword, Taken, Withdraw, Write
from cahiers.boards.models import Note, Participant, Vote
from cahiers.contributions.models import Contribution
from cahiers.journal.models import Entry
from cahiers.journal.queries import entries_after
from cahiers.notebooks.actions import statements
from cahiers.notebooks.models import Citation, Statement

pytestmark = pytest.mark.django_db


def write(writing, key, text="Le wifi tombe", kind="irritant", **more):
    return Write(command=uuid4(), key=key, round=writing.uuid, kind=kind, text=text, **more)


def take(board, now, *commands):
    return taking.take(board=board, commands=commands, now=now)


def step(writing, step, now):
    running.set_step(board=writing.board, round=writing, step=step, command=uuid4(), by=None, now=now)


def texts(board):
    found = Statement.objects.filter(row__theme__notebook=board.notebook, present=True)
    return [statement.current.text for statement in found.order_by("row__position", "position")]


def test_opening_twice_is_one_board_with_one_notebook(board, meeting, now):
    assert opening.open_board(meeting=meeting, by=None, now=now) == board
    assert [*meeting.notebooks.all()] == [board.notebook]
    assert len(board.code) == 6


def test_a_note_is_in_no_notebook_before_the_reveal(board, writing, phone, now):
    asked = write(writing, phone)
    assert take(board, now, asked) == [Taken(subject=asked.command)]
    assert texts(board) == []
    step(writing, "reveal", now)
    assert texts(board) == ["Le wifi tombe"]
    [citation] = Citation.objects.all()
    assert citation.contribution.uuid == asked.command


def test_after_the_reveal_a_note_is_a_statement_at_once_and_flagged_late(board, writing, phone, now):
    step(writing, "reveal", now)
    [outcome] = take(board, now, write(writing, phone))
    assert outcome.late
    assert texts(board) == ["Le wifi tombe"]
    assert Note.objects.get().late


def test_sent_twice_it_is_taken_once(board, writing, phone, now):
    asked = write(writing, phone)
    assert take(board, now, asked, asked) == take(board, now, asked) * 2
    assert Note.objects.count() == Contribution.objects.count() == 1
    assert entries_after(board.stream).filter(subject=asked.command).count() == 1


def test_the_same_number_with_other_words_is_refused(board, writing, phone, now):
    asked = write(writing, phone)
    other = Write(command=asked.command, key=phone, round=asked.round, kind=asked.kind, text="Autre chose")
    assert [type(one) for one in take(board, now, asked, other)] == [Taken, Refused]


def test_nothing_links_two_notes_of_a_device(board, writing, phone, now):
    take(board, now, write(writing, phone, "Un"), write(writing, phone, "Deux"))
    one, two = Note.objects.all()
    assert one.author != two.author
    kept = {
        str(value)
        for model in (Note, Contribution, Entry, Participant)
        for row in model.objects.values()
        for value in row.values()
    }
    assert not any(phone in value for value in kept)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": "  "}, "empty"),
        ({"text": "a" * 501}, "long"),
        ({"kind": "lever"}, "kind"),
        ({"row": uuid4()}, "unknown"),
        ({"category": "roi"}, "unknown"),
        ({"stands_for": 0}, "voices"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_the_others_pass(board, writing, phone, now, change, code):
    bad, good = write(writing, phone, **change), write(writing, phone)
    refused, taken = take(board, now, bad, good)
    assert (refused.code, bool(refused.sentence), type(taken)) == (code, True, Taken)
    assert Note.objects.count() == 1


def test_a_round_of_another_board_is_refused(board, writing, phone, now):
    [outcome] = take(
        board, now, Write(command=uuid4(), key=phone, round=uuid4(), kind="irritant", text="Non")
    )
    assert outcome.code == "unknown"


def test_its_device_rewords_and_withdraws_a_note(board, writing, phone, other_phone, now):
    asked = write(writing, phone)
    take(board, now, asked)
    step(writing, "reveal", now)
    [refused] = take(board, now, Reword(command=uuid4(), key=other_phone, note=asked.command, text="Faux"))
    assert refused.code == "author"
    again = Reword(command=uuid4(), key=phone, note=asked.command, text="Le wifi tombe souvent")
    assert take(board, now, again, again) == [Taken(subject=asked.command)] * 2
    assert texts(board) == ["Le wifi tombe souvent"]
    take(board, now, Withdraw(command=uuid4(), key=phone, note=asked.command))
    assert texts(board) == []
    [gone] = take(board, now, Reword(command=uuid4(), key=phone, note=asked.command, text="Encore"))
    assert gone.code == "gone"


def test_a_statement_that_the_team_reworded_stays_as_it_is(board, writing, phone, now):
    asked = write(writing, phone)
    take(board, now, asked)
    step(writing, "reveal", now)
    one = Statement.objects.select_related("row__theme__notebook__consultation").get()
    statements.reword(
        statement=one, text="Réseau instable", seen=one.current_id, command=uuid4(), by=None, now=now
    )
    take(board, now, Reword(command=uuid4(), key=phone, note=asked.command, text="Le wifi tombe trop"))
    assert texts(board) == ["Réseau instable"]


def test_a_hidden_note_leaves_and_comes_back(board, writing, phone, now):
    take(board, now, write(writing, phone))
    step(writing, "reveal", now)
    note = Note.objects.get()
    notes.hide(note=note, reason="Nomme un élève", command=uuid4(), by=None, now=now)
    assert texts(board) == []
    notes.show(note=note, command=uuid4(), by=None, now=now)
    assert texts(board) == ["Le wifi tombe"]


def test_a_note_hidden_before_the_reveal_is_not_revealed(board, writing, phone, now):
    take(board, now, write(writing, phone))
    notes.hide(note=Note.objects.get(), reason="Insulte", command=uuid4(), by=None, now=now)
    step(writing, "reveal", now)
    assert texts(board) == []


def test_a_note_that_joins_another_leaves_one_statement_that_rests_on_both(
    board, writing, phone, other_phone, now
):
    take(board, now, write(writing, phone), write(writing, other_phone, "Wifi en panne"))
    step(writing, "reveal", now)
    kept, joined = Note.objects.order_by("position")
    notes.join(note=joined, other=kept, command=uuid4(), by=None, now=now)
    assert texts(board) == ["Le wifi tombe"]
    assert Citation.objects.filter(statement=kept.statement).count() == 2
    take(board, now, Withdraw(command=uuid4(), key=other_phone, note=joined.uuid))
    assert texts(board) == ["Le wifi tombe"]
    assert Citation.objects.filter(statement=kept.statement).count() == 1


def test_dots_are_counted_and_limited(board, writing, phone, now):
    take(board, now, write(writing, phone))
    step(writing, "vote", now)
    one = Statement.objects.get()

    def put(dots, subject=one.uuid):
        [outcome] = take(
            board, now, PutDots(command=uuid4(), key=phone, round=writing.uuid, subject=subject, dots=dots)
        )
        return outcome

    assert isinstance(put(3), Taken)
    assert put(1, one.row.uuid).code == "dots"
    assert isinstance(put(2), Taken)
    assert isinstance(put(1, one.row.uuid), Taken)
    assert put(1, uuid4()).code == "unknown"
    put(0)
    assert [vote.dots for vote in Vote.objects.all()] == [1]
    step(writing, "group", now)
    assert put(1).code == "step"


def test_what_is_chosen_goes_on_in_the_next_stage_with_its_trace(board, writing, phone, now):
    take(board, now, write(writing, phone))
    step(writing, "decide", now)
    chosen = Statement.objects.select_related("row__theme").get()
    row = carrying.carry(board=board, statements=[chosen], name="Réseau", command=uuid4(), by=None, now=now)
    [made] = row.statements.all()
    assert (row.stage, row.name, made.kind, made.current.text) == (
        "projections",
        "Réseau",
        "irritant",
        "Le wifi tombe",
    )
    assert made.citations.get().contribution == chosen.citations.get().contribution
    assert made.links.get().target == chosen


def test_notes_that_answer_a_row_stand_in_it(board, writing, phone, now):
    take(board, now, write(writing, phone))
    step(writing, "decide", now)
    row = carrying.carry(
        board=board,
        statements=[Statement.objects.select_related("row__theme").get()],
        command=uuid4(),
        by=None,
        now=now,
    )
    second = running.go_to(
        board=board, theme=row.theme, stage="projections", command=uuid4(), by=None, now=now
    )
    step(second, "write", now)
    take(board, now, write(second, phone, "Un réseau filaire", kind="need", row=row.uuid))
    step(second, "reveal", now)
    assert [one.kind for one in row.statements.order_by("pk")] == ["irritant", "need"]


def test_a_closed_board_takes_late_notes_and_nothing_else(board, writing, phone, now):
    opening.close_board(board=board, untreated="La formation", by=None, now=now)
    [outcome] = take(board, now, write(writing, phone))
    assert outcome.late
    with pytest.raises(running.BoardClosed):
        step(writing, "reveal", now)
    [refused] = take(board, now + taking.GRACE * 2, write(writing, phone))
    assert refused.code == "closed"


def test_edits_enter_the_stream_of_the_meeting_while_it_is_open(board, writing, phone, now, consultation):
    take(board, now, write(writing, phone))
    step(writing, "reveal", now)

    def reword(text):
        one = Statement.objects.select_related("row__theme__notebook__consultation").get()
        statements.reword(statement=one, text=text, seen=one.current_id, command=uuid4(), by=None, now=now)

    def latest(stream):
        entry = entries_after(stream).last()
        return entry and entry.subject

    reword("Pendant")
    assert latest(board.stream) == Statement.objects.get().uuid
    opening.close_board(board=board, untreated="", by=None, now=now)
    reword("Après")
    assert latest(consultation.uuid) == Statement.objects.get().uuid
