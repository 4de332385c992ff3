"""Writing to the journal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from cahiers.journal.inserting import insert
from cahiers.journal.models import Command, Entry, Stream, Verb

#: Stream of what belongs to no consultation, such as the tree of territories.
HOUSE = UUID("b5f0a3b2-6c1e-5d0e-9d5c-1f3a7a0c4e11")

#: PostgreSQL's channel on which commits that wrote entries are told.
CHANNEL = "cahiers_journal"


class CommandReused(Exception):
    """The same command id came again, asking something else."""


@transaction.atomic(savepoint=False)
def record(
    *,
    stream: UUID,
    verb: Verb,
    subject: UUID,
    actor: UUID | None,
    command: UUID | None = None,
    before: UUID | None = None,
    after: UUID | None = None,
    at: datetime,
) -> Entry:
    """Append an entry; to be called last in the action's own transaction, which holds the stream until it ends."""
    key, position = _advance(stream, 1)
    return Entry.objects.create(
        stream_id=key,
        position=position,
        verb=verb,
        subject=subject,
        actor=actor,
        command=command,
        before=before,
        after=after,
        at=at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An entry before it has its position."""

    verb: Verb
    subject: UUID
    actor: UUID | None = None
    command: UUID | None = None
    before: UUID | None = None
    after: UUID | None = None


@transaction.atomic(savepoint=False)
def record_all(*, stream: UUID, deeds: Sequence[Deed], at: datetime) -> list[Entry]:
    """Append several entries, in order, under one lock; to be called last, as `record` is."""
    key, last = _advance(stream, len(deeds))
    return insert(
        [
            Entry(
                stream_id=key,
                position=position,
                verb=deed.verb,
                subject=deed.subject,
                actor=deed.actor,
                command=deed.command,
                before=deed.before,
                after=deed.after,
                at=at,
            )
            for position, deed in enumerate(deeds, last - len(deeds) + 1)
        ]
    )


@transaction.atomic
def once(*, command: UUID, digest: str, at: datetime, do: Callable[[], UUID]) -> UUID:
    """What `do` returned the first time that this command came; it runs that time alone.

    `digest` is the SHA-256, in hexadecimal, of what is asked. Raises CommandReused where the id is known and the
    digest is another.
    """
    known = Command.objects.filter(uuid=command).first()
    if known is None:
        try:
            with transaction.atomic():
                result = do()
                Command.objects.create(uuid=command, digest=digest, result=result, at=at)
                return result
        except IntegrityError:
            # The twin that was sent at the same time has just been committed, or `do` broke a rule of its own.
            known = Command.objects.filter(uuid=command).first()
            if known is None:
                raise
    if known.digest != digest:
        raise CommandReused(f"Command {command} was used for something else.")
    return known.result


def _advance(uuid: UUID, by: int) -> tuple[int, int]:
    """The stream's key and its new last position, under its row's lock until the transaction ends."""
    # Followers read by position. A serial id could be seen out of order: two transactions take 7 and 8, 8 commits
    # first, and who has read 8 never looks for 7. Under the row's lock, 8 is not taken before 7 is committed.
    found = _advanced(uuid, by)
    if found is None:
        Stream.objects.get_or_create(uuid=uuid)
        found = _advanced(uuid, by)
        assert found is not None
    return found


def _advanced(uuid: UUID, by: int) -> tuple[int, int] | None:
    sql = 'UPDATE journal_stream SET "last" = "last" + %s WHERE uuid = %s RETURNING id, "last"'
    if connection.vendor == "postgresql":
        # Wakes followers in other processes, once this is committed; they read what it is from the journal.
        sql += f", pg_notify('{CHANNEL}', '')"
    with connection.cursor() as cursor:
        cursor.execute(sql, (by, Stream._meta.get_field("uuid").get_db_prep_value(uuid, connection)))
        row = cursor.fetchone()
    return row and (row[0], row[1])
