"""Facilitators' events draw what their page draws; nobody else's hold what facilitators do with cards."""

import json
from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from cahiers.boards import queries, rendering
from cahiers.boards.actions import running, taking
from cahiers.boards.commands import Withdraw, Write
from cahiers.boards.models import Note
from cahiers.boards.rendering import Audience, Level
from cahiers.notebooks.actions import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def put(board, writing, phone, now):
    """What each audience is sent after a card is emphasised."""
    write = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text="Le wifi tombe")
    taking.take(board=board, commands=[write], now=now)
    running.set_step(board=board, round=writing, step="group", command=uuid4(), by=None, now=now)
    board = queries.boards().get(pk=board.pk)
    before = rendering.position_of(board)
    one = Note.objects.get().statement
    statements.emphasise(statement=one, seen=one.current_id, command=uuid4(), by=None, now=now)
    audiences = {Audience(level, "fr") for level in Level}
    events = rendering.changes(rendering.Scene(board, before), before, audiences).events
    return {audience.level: event.data for audience, event in events.items()}


def test_facilitators_keep_what_they_do_with_cards(put, writing):
    [row] = queries.rows_of(writing)
    drawn = render_to_string("boards/_card.html", {"card": row.cards[0], "host": True})
    assert 'name=\\"card\\"' in put[Level.HOST]
    assert drawn.strip().splitlines()[-2].strip().replace('"', '\\"') in put[Level.HOST]


def test_others_are_sent_none_of_it(put):
    for level in (Level.LEAN, Level.FULL):
        assert "checkbox" not in put[level]
        assert "Modifier" not in put[level]


@pytest.mark.parametrize("hides", [True, False])
def test_before_the_reveal_facilitators_alone_are_sent_what_was_written(board, writing, phone, now, hides):
    """Its own element on their page, put and taken away one by one; others are sent that there is one more."""
    running.set_hiding(board=board, hides=hides, command=uuid4(), by=None, now=now)
    board = queries.boards().get(pk=board.pk)
    before = rendering.position_of(board)
    sent = [
        Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text=text)
        for text in ("Le wifi tombe", "Le câble manque")
    ]
    taking.take(board=board, commands=sent, now=now)
    audiences = {Audience(level, "fr") for level in Level}

    def told(after):
        events = rendering.changes(rendering.Scene(board, after), after, audiences).events
        return {audience.level: json.loads(event.data) for audience, event in events.items()}

    first = told(before)
    assert first[Level.LEAN]["state"]["notes"] == 2
    assert "wifi" not in json.dumps(first[Level.LEAN])
    assert ("wifi" in json.dumps(first[Level.FULL])) is not hides
    placed = [(container, id) for container, id, *_rest in first[Level.HOST]["put"] if container == "hidden"]
    ids = [f"n-{one.command}" for one in sent] if hides else []
    # The last one first: the one that it comes before is there already.
    assert placed == [("hidden", id) for id in reversed(ids)]
    after = rendering.position_of(board)
    leave = Withdraw(command=uuid4(), key=phone, note=sent[0].command)
    taking.take(board=board, commands=[leave], now=now)
    then = told(after)
    assert f"n-{sent[0].command}" in then[Level.HOST]["drop"]
    assert then[Level.FULL]["state"]["notes"] == 1
    assert "wifi" not in json.dumps(then)
