"""Rows that are inserted together have their keys, in their order, and may refer to one another."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from cahiers.contributions.models import Channel, Contribution, Revision
from cahiers.journal.inserting import TOGETHER, insert
from cahiers.journal.models import Command, Entry, Stream, Verb

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, tzinfo=UTC)


def test_rows_are_as_if_saved_one_by_one():
    commands = [Command(uuid=uuid4(), digest="a" * 64, result=uuid4(), at=NOW) for _ in range(TOGETHER + 2)]
    insert(commands)
    assert {one.pk: one.uuid for one in commands} == dict(Command.objects.values_list("pk", "uuid"))
    assert [one.pk for one in commands] == sorted(one.pk for one in commands)


def test_rows_refer_to_what_was_written_since_they_were_made():
    stream = Stream(uuid=uuid4())
    entry = Entry(stream=stream, position=1, verb=Verb.SUBMIT, subject=uuid4(), at=NOW)
    insert([stream])
    [written] = insert([entry])
    assert Entry.objects.get().stream_id == stream.pk
    assert not written._state.adding


def test_values_that_databases_write_their_own_way_are_read_back_as_they_were(consultation, region):
    """Lists as JSON even where they are empty, uuids without hyphens, nothing as nothing, choices as their words."""
    contribution = Contribution(
        consultation=consultation,
        territory=region,
        channel=Channel.BOARD,
        kind="irritant",
        links=["https://exemple.example/"],
        created_at=NOW,
        current_id=uuid4(),
    )
    insert([contribution])
    insert([Revision(uuid=contribution.current_id, contribution=contribution, text="Dit", at=NOW)])
    read = Contribution.objects.select_related("current").get()
    assert (read.uuid, read.links, read.category, read.channel) == (
        contribution.uuid,
        ["https://exemple.example/"],
        None,
        "board",
    )
    assert (read.current.text, read.current.parts, read.current.links) == ("Dit", {}, [])


def test_nothing_is_inserted_for_nothing():
    assert insert([]) == []
