"""What someone said on a wall is erased from the wall, and open screens hear of it."""

from uuid import uuid4

import pytest

from cahiers.boards import queries
from cahiers.boards.actions import running, taking
from cahiers.boards.commands import Write
from cahiers.boards.models import Board
from cahiers.boards.rendering import position_of
from cahiers.contributions.erasing import erase
from cahiers.contributions.models import Contribution
from cahiers.journal.models import Entry, Verb

pytestmark = pytest.mark.django_db
SAID = "Le wifi du lycée Zébulon tombe chaque matin."


@pytest.fixture
def shown(board, writing, phone, now):
    sent = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text=SAID)
    taking.take(board=board, commands=[sent], now=now)
    running.set_step(board=board, round=writing, step="reveal", command=uuid4(), by=None, now=now)
    writing.refresh_from_db()
    return Contribution.objects.get()


def test_the_wall_shows_it_no_more_and_says_so_in_its_stream(board, writing, shown, now):
    assert queries.rows_of(writing)
    before = position_of(board)
    erase(contributions=[shown], by=None, now=now)
    assert [card.text for row in queries.rows_of(writing) for card in row.cards] == []
    assert position_of(board) > before
    last = Entry.objects.filter(stream__uuid=board.stream).order_by("-position")[0]
    assert (last.verb, last.subject) == (Verb.ERASE, shown.uuid)


def test_what_was_left_untreated_does_not_quote_it(board, shown, now):
    Board.objects.filter(pk=board.pk).update(untreated=f"Restait à voir : « {SAID} »")
    erase(contributions=[shown], by=None, now=now)
    board.refresh_from_db()
    assert board.untreated == "Restait à voir : « [texte effacé] »"
