"""Reading the journal."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from cahiers.journal.asking import Question
from cahiers.journal.models import Command, Entry, Stream

_digests = Question(lambda uuids: Command.objects.filter(uuid__in=uuids).values_list("uuid", "digest"))


def entries_after(stream: UUID, position: int = 0) -> QuerySet[Entry]:
    """Entries of the stream past that position, in order."""
    return Entry.objects.filter(stream__uuid=stream, position__gt=position).order_by("position")


def last_position(stream: UUID) -> int:
    """Of its newest entry; 0 where it has none."""
    # Asked before each batch of commands and each drawing: to make the query anew costs ten times as much.
    with connection.cursor() as cursor:
        key = Stream._meta.get_field("uuid").get_db_prep_value(stream, connection)
        cursor.execute('SELECT "last" FROM journal_stream WHERE uuid = %s', (key,))
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def last_positions(streams: Iterable[UUID]) -> dict[UUID, int]:
    """Of the newest entry of each stream that has one, in one query."""
    # Asked as often as the other.
    field = Stream._meta.get_field("uuid")
    keys = {field.get_db_prep_value(stream, connection): stream for stream in streams}
    if not keys:
        return {}
    asked = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        sql = f'SELECT uuid, "last" FROM journal_stream WHERE uuid IN ({asked})'  # noqa: S608 - placeholders alone
        cursor.execute(sql, list(keys))
        return {keys[key]: last for key, last in cursor.fetchall()}


def history(subject: UUID) -> QuerySet[Entry]:
    """Entries about one thing, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("at", "position")


def digests_of(commands: Collection[UUID]) -> dict[UUID, str]:
    """Of those of these commands that came before."""
    return dict(_digests(commands))
