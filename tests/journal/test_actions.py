"""The journal is numbered without a gap, append-only, and a command sent twice is done once."""

from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from cahiers.journal.actions import CommandReused, once, record
from cahiers.journal.models import AppendOnly, Command, Entry, Stream, Verb
from cahiers.journal.queries import entries_after, history

pytestmark = pytest.mark.django_db


def written(stream, now, **given):
    return record(stream=stream, verb=Verb.CREATE, subject=uuid4(), actor=None, at=now, **given)


def test_positions_follow_one_another_in_each_stream(now):
    first, second = uuid4(), uuid4()
    entries = [written(stream, now) for stream in (first, first, second, first)]
    assert [entry.position for entry in entries] == [1, 2, 1, 3]
    assert [entry.position for entry in entries_after(first, 1)] == [2, 3]


def test_a_transaction_that_fails_leaves_no_gap(now):
    stream = uuid4()
    written(stream, now)
    with transaction.atomic():
        written(stream, now)
        transaction.set_rollback(True)
    assert written(stream, now).position == 2


def test_two_entries_never_share_a_position(now):
    entry = written(uuid4(), now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(stream=entry.stream, position=1, verb=Verb.CREATE, subject=uuid4(), at=now)


@pytest.mark.parametrize("wrong", [{"position": 0}, {"verb": "eat"}, {"before": uuid4()}])
def test_the_database_refuses_senseless_entries(now, wrong):
    stream = Stream.objects.create(uuid=uuid4())
    fields = {"stream": stream, "position": 1, "verb": Verb.CREATE, "subject": uuid4(), "at": now} | wrong
    if "before" in wrong:
        fields["after"] = wrong["before"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**fields)


def test_entries_are_neither_changed_nor_deleted(now):
    entry = written(uuid4(), now)
    for change in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(actor=None),
    ):
        with pytest.raises(AppendOnly):
            change()


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET position = 9", "DELETE FROM journal_entry"])
def test_the_database_itself_keeps_entries(now, statement):
    written(uuid4(), now)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_history_of_one_thing(now):
    entry = written(uuid4(), now)
    written(uuid4(), now)
    assert list(history(entry.subject)) == [entry]


def asked(text):
    return sha256(text.encode()).hexdigest()


def test_a_command_sent_twice_is_done_once(now):
    command, done = uuid4(), []

    def do():
        done.append(uuid4())
        return done[-1]

    results = {once(command=command, digest=asked("this"), at=now, do=do) for _ in range(3)}
    assert results == set(done)
    assert len(done) == 1


def test_the_same_id_for_something_else_is_refused(now):
    command = uuid4()
    once(command=command, digest=asked("this"), at=now, do=uuid4)
    with pytest.raises(CommandReused):
        once(command=command, digest=asked("that"), at=now, do=uuid4)


def test_what_fails_can_be_sent_again(now):
    command = uuid4()

    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(command=command, digest=asked("this"), at=now, do=fail)
    assert not Command.objects.exists()
    assert once(command=command, digest=asked("this"), at=now, do=uuid4)


def test_a_rule_broken_by_the_work_itself_is_not_swallowed(now):
    def do():
        Stream.objects.create(uuid=command)
        Stream.objects.create(uuid=command)
        return command

    command = uuid4()
    with pytest.raises(IntegrityError):
        once(command=command, digest=asked("this"), at=now, do=do)
