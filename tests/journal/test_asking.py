"""A question that is asked again answers as its query set does."""

from uuid import uuid4

import pytest
from django.db.models import Count

from cahiers.journal.asking import Question
from cahiers.journal.models import Command, Entry, Stream

pytestmark = pytest.mark.django_db

AMONG = Question(
    lambda uuids: Command.objects.filter(uuid__in=uuids).order_by("pk").values_list("uuid", "digest")
)


@pytest.fixture
def commands(now):
    made = [Command(uuid=uuid4(), digest=f"{n:064x}", result=uuid4(), at=now) for n in range(6)]
    return Command.objects.bulk_create(made)


@pytest.mark.parametrize("count", [0, 1, 3, 5])
def test_a_collection_of_any_length_is_found(commands, count):
    some = commands[:count]
    assert AMONG([one.uuid for one in some]) == [(one.uuid, one.digest) for one in some]


def test_the_statement_is_made_once_for_collections_of_about_as_many(commands):
    for count in (5, 6, 7, 8):
        AMONG({uuid4() for _ in range(count)})
    made = AMONG._made.cache_info()
    AMONG([uuid4() for _ in range(6)])
    assert AMONG._made.cache_info().misses == made.misses


def test_values_alone_are_told_apart_from_collections_and_kept_as_the_model_says(now):
    stream = Stream.objects.create(uuid=uuid4(), last=2)
    of = Question(
        lambda stream, after, verbs: Entry.objects.filter(
            stream__uuid=stream, position__gt=after, verb__in=verbs
        ).values_list("position", "subject", "command")
    )
    subject = uuid4()
    for position, command in ((1, None), (2, uuid4())):
        Entry.objects.create(
            stream=stream,
            position=position,
            verb="vote",
            subject=subject,
            command=command,
            actor=None,
            at=now,
        )
    assert of(stream.uuid, 0, ["vote", "join"])[0] == (1, subject, None)
    assert [position for position, *_ in of(stream.uuid, 1, ["vote"])] == [2]
    assert of(stream.uuid, 1, ["join"]) == []


def test_what_is_counted_comes_along(commands):
    count = Question(
        lambda digest: (
            Command.objects.filter(digest=digest)
            .order_by()
            .values("digest")
            .annotate(n=Count("pk"))
            .values_list("digest", "n")
        )
    )
    assert count(commands[2].digest) == [(commands[2].digest, 1)]
