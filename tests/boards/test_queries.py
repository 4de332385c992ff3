"""A board shows rows in order, honest counts, and nothing hidden."""

from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from cahiers.boards import queries
from cahiers.boards.actions import notes, running, taking
from cahiers.boards.commands import PutDots, Write
from cahiers.boards.devices import trace
from cahiers.boards.models import Note

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(board, writing, phone, other_phone, now):
    def write(key, text, **more):
        return Write(command=uuid4(), key=key, round=writing.uuid, kind="irritant", text=text, **more)

    sent = [write(phone, "Le wifi tombe", stands_for=3), write(other_phone, "Peu de prises")]
    taking.take(board=board, commands=sent, now=now)
    return sent


def reveal(writing, now, step="reveal"):
    running.set_step(board=writing.board, round=writing, step=step, command=uuid4(), by=None, now=now)
    writing.refresh_from_db()


def test_hidden_notes_are_counted_and_seen_by_facilitators_alone(writing, written):
    assert queries.rows_of(writing) == []
    counts = queries.counts_of(writing.board)
    assert (counts.notes, counts.hidden) == (2, 2)
    assert [note.uuid for note in queries.unseen_notes(writing)] == [one.command for one in written]


def test_cards_count_voices_and_dots(board, writing, written, phone, now, django_assert_num_queries):
    reveal(writing, now, "vote")
    one, other = Note.objects.order_by("position")
    notes.join(note=other, other=one, command=uuid4(), by=None, now=now)
    dots = PutDots(command=uuid4(), key=phone, round=writing.uuid, subject=one.statement.uuid, dots=2)
    taking.take(board=board, commands=[dots], now=now)
    with django_assert_num_queries(8):
        [row] = queries.rows_of(writing)
    [card] = row.cards
    assert (row.inbox, card.text, card.voices, card.dots) == (True, "Le wifi tombe", 4, 2)
    assert queries.own_dots(writing, trace(phone, writing.uuid)) == {one.statement.uuid: 2}


def test_a_device_finds_its_own_notes(writing, written, phone):
    assert [note.uuid for note in queries.own_notes(writing, phone)] == [written[0].command]


def test_a_code_is_found_however_it_is_typed(board):
    typed = f" {board.code[:3].lower()}-{board.code[3:]} "
    assert queries.board_of_code(typed) == board
    assert queries.board_of_code("AAAAAA") is None


def test_rows_are_drawn(writing, written, now):
    reveal(writing, now)
    page = render_to_string("boards/_rows.html", {"rows": queries.rows_of(writing)})
    assert "Le wifi tombe" in page
    assert "3\u00a0voix" in page
