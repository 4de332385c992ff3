"""Dropping tables, saying how they are read, checking them, importing or leaving them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any, Final
from uuid import uuid4

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.contributions.intake import files, reading
from cahiers.contributions.intake.matching import Matcher, merged
from cahiers.contributions.intake.models import OPEN, SavedMapping, State, TableImport
from cahiers.contributions.intake.reading import Given
from cahiers.contributions.intake.storing import BATCH, Store
from cahiers.contributions.tables import (
    Mapping,
    Problem,
    Record,
    Table,
    Tally,
    UnknownColumns,
    recognise,
    records,
    write_rejected,
)
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.territories.models import Territory

#: Problems shown on the page, and lines that go to the file of rejected ones.
SHOWN: Final = 200
MOST_REJECTED: Final = 100_000
Progress = Callable[[int], None]


class NotChecked(Exception):
    """It is to be checked before it is imported, or changed since it was."""


class SomeAreWrong(Exception):
    """All or nothing was asked, and there are lines that cannot be taken."""


class NothingToRead(ValueError):
    """The mapping names no column that says something."""


def drop(
    *,
    consultation: Consultation,
    territory: Territory,
    stream: IO[bytes],
    name: str,
    size: int,
    by: Person | None,
    now: datetime,
    structure: IO[bytes] | None = None,
    structure_name: str = "",
    saved: SavedMapping | None = None,
) -> TableImport:
    """A table with the mapping that its shape proposes, or that was saved where all of its columns are there.

    The same file that is open already is handed back. Raises Unreadable.
    """
    digest = files.digest(stream)
    known = consultation.table_imports.filter(sha256=digest, state__in=OPEN, territory=territory).first()
    if known is not None and saved is None:
        return known
    table = reading.read(stream, name, structure)
    mapping, names, given, at = _start(table, consultation, saved)
    found = TableImport(
        uuid=uuid4(),
        consultation=consultation,
        territory=territory,
        name=name,
        size=size,
        sha256=digest,
        structure=structure_name if structure else "",
        shape=mapping.shape,
        table=at,
        mapping=mapping.as_json(),
        names=names,
        given=given,
        by=by,
        at=now,
    )
    files.store(found.uuid, stream)
    if structure:
        files.store(found.uuid, structure, files.STRUCTURE)
    try:
        with transaction.atomic():
            found.save(force_insert=True)
            _note(found, Verb.SUBMIT, by, now)
    except BaseException:
        files.remove(found.uuid)
        raise
    return found


def _start(
    table: Table, consultation: Consultation, saved: SavedMapping | None
) -> tuple[Mapping, dict[str, Any], dict[str, Any], int]:
    """Mapping, names, what is given, and which of the tables."""
    plain = Given(kind=reading.first_kind(consultation)).as_json()
    if saved is not None:
        mapping = Mapping.from_json(saved.mapping)
        fitting = [at for at, one in enumerate(table.tables) if not mapping.missing(one)]
        if fitting:
            return mapping, saved.names, plain | saved.given, fitting[0]
    return reading.proposed(table, consultation), {}, plain, 0


@transaction.atomic
def settle(
    *,
    found: TableImport,
    mapping: Mapping,
    given: Given,
    territory: Territory,
    table: int = 0,
    names: Iterable[tuple[str, str, str]] = (),
) -> None:
    """How it is read from now on; it is to be checked again. Raises NotChecked where the import has begun."""
    changed = TableImport.objects.filter(pk=found.pk, state__in=(State.DROPPED, State.CHECKED)).update(
        mapping=mapping.as_json(),
        shape=mapping.shape,
        names=merged(found.names, names),
        given=given.as_json(),
        territory=territory,
        table=table,
        state=State.DROPPED,
        counts={},
        problems=[],
    )
    if not changed:
        raise NotChecked
    found.refresh_from_db()


def save_mapping(*, found: TableImport, name: str, now: datetime) -> SavedMapping:
    """Keep how it is read for the next file of its kind, in the place of what went by that name."""
    saved, _ = SavedMapping.objects.update_or_create(
        consultation=found.consultation,
        name=name,
        defaults={
            "mapping": found.mapping,
            "names": found.names,
            "given": found.given,
            "at": now,
        },
    )
    return saved


def check(*, found: TableImport, now: datetime, progress: Progress = lambda line: None) -> None:
    """Read all of it and write nothing but what was counted, and the file of rejected lines.

    Raises Unreadable, NothingToRead and UnknownColumns.
    """
    with reading.table(found) as table:
        reader = _Reader(found, table, now)
        rejected: dict[int, str] = {}
        problems: list[Problem] = []
        known = 0
        for batch in reader.batches():
            for one in batch:
                if isinstance(one, Problem):
                    _reject(rejected, problems, one)
                else:
                    reader.matcher.look(one)
            said = [one for one in batch if isinstance(one, Record)]
            known += reader.store.known(said)
            progress(batch[-1].line)
        _keep_rejected(found, table, rejected)
        counts = _counted(reader.tally) | {"known": known, "columns": len(table.columns)}
        found.counts, found.problems = counts, [list(one) for one in problems]
        found.unknown = [one.as_json() for one in reader.matcher.unknown()]
        found.shape = recognise(table).name if not found.shape else found.shape
        found.state, found.position = State.CHECKED, 0
    found.save(update_fields=["counts", "problems", "unknown", "shape", "state", "position"])


def _reject(rejected: dict[int, str], problems: list[Problem], one: Problem) -> None:
    if len(problems) < SHOWN:
        problems.append(one)
    where = f"{one.column} : " if one.column else ""
    if one.line in rejected:
        rejected[one.line] += f" {where}{one.sentence}"
    elif len(rejected) < MOST_REJECTED:
        rejected[one.line] = f"{where}{one.sentence}"


def _keep_rejected(found: TableImport, table: Table, rejected: dict[int, str]) -> None:
    files.remove(found.uuid, files.REJECTED)
    if rejected:
        with TemporaryFile() as stream:
            write_rejected(table, rejected, stream)
            files.store(found.uuid, stream, files.REJECTED)


def begin(*, found: TableImport, whole: bool) -> None:
    """Make it an import that `advance` carries on. Raises NotChecked and SomeAreWrong."""
    if whole and found.counts.get("rejected"):
        raise SomeAreWrong
    started = TableImport.objects.filter(pk=found.pk, state=State.CHECKED)
    nothing = {"added": 0, "known": 0, "held": 0}
    if not started.update(state=State.IMPORTING, whole=whole, position=0, counts=found.counts | nothing):
        raise NotChecked
    found.refresh_from_db()


def advance(
    *,
    found: TableImport,
    by: Person | None,
    now: datetime,
    seconds: float | None = None,
    progress: Progress = lambda line: None,
) -> bool:
    """Write batches for at least that time, or to the end for None; whether it is at its end.

    All or nothing is one transaction, to the end. Each batch is one else: whoever comes after a crash goes on where
    the last one ended, and two at once do not write the same twice. Raises Unreadable and SomeAreWrong.
    """
    if found.state != State.IMPORTING:
        return True
    until = None if seconds is None or found.whole else monotonic() + seconds
    with reading.table(found) as table, transaction.atomic() if found.whole else nullcontext():
        reader = _Reader(found, table, now)
        for batch in reader.batches(found.position):
            if found.whole and any(isinstance(one, Problem) for one in batch):
                raise SomeAreWrong
            if not _write(found, reader.store, batch):
                return False
            progress(batch[-1].line)
            if until is not None and monotonic() > until:
                return False
        _end(found, by, now)
    files.remove(found.uuid, files.TABLE, files.STRUCTURE)
    return True


@transaction.atomic
def _write(found: TableImport, store: Store, batch: list[Record | Problem]) -> bool:
    """Whether it was this call's to write; another may have gone on meanwhile."""
    current = TableImport.objects.select_for_update().get(pk=found.pk)
    if current.state != State.IMPORTING or current.position != found.position:
        return False
    written = store.write([one for one in batch if isinstance(one, Record)])
    found.position += len(batch)
    for name in ("added", "known", "held"):
        found.counts[name] = found.counts.get(name, 0) + getattr(written, name)
    found.counts["line"] = batch[-1].line
    found.save(update_fields=["position", "counts"])
    return True


@transaction.atomic
def _end(found: TableImport, by: Person | None, now: datetime) -> None:
    ended = TableImport.objects.filter(pk=found.pk, state=State.IMPORTING, position=found.position)
    if ended.update(state=State.DONE, ended_at=now, unknown=[]):
        _note(found, Verb.IMPORT, by, now)
    found.refresh_from_db()


def restart(*, found: TableImport) -> None:
    """Back to where it can be corrected, for an import of all or nothing that wrote nothing."""
    TableImport.objects.filter(pk=found.pk, state=State.IMPORTING, whole=True).update(
        state=State.DROPPED, position=0
    )
    found.refresh_from_db()


def leave(*, found: TableImport, by: Person | None, now: datetime) -> None:
    """Nothing more of it enters; its files are removed. Left or imported already, nothing changes."""
    with transaction.atomic():
        open_one = TableImport.objects.filter(pk=found.pk, state__in=OPEN)
        if not open_one.update(state=State.LEFT, ended_at=now, problems=[], unknown=[]):
            return
        _note(found, Verb.DELETE, by, now)
    files.remove(found.uuid)
    found.refresh_from_db()


class _Reader:
    """What one reading of the file needs. Raises NothingToRead and UnknownColumns."""

    def __init__(self, found: TableImport, table: Table, now: datetime) -> None:
        mapping = Mapping.from_json(found.mapping)
        if not mapping.texts and not mapping.title:
            raise NothingToRead
        if missing := mapping.missing(table):
            raise UnknownColumns(missing)
        self.tally = Tally()
        self.matcher = Matcher(found.consultation, found.territory, found.names)
        self.store = Store(found, mapping, self.matcher, now)
        self._records = records(table, mapping, tally=self.tally, secret=reading.voice_secret())

    def batches(self, behind: int = 0) -> Iterator[list[Record | Problem]]:
        """What comes after that many, in batches."""
        found = islice(self._records, behind, None)
        while batch := list(islice(found, BATCH)):
            yield batch


def _counted(tally: Tally) -> dict[str, int]:
    return {name: getattr(tally, name) for name in Tally.__slots__}


def _note(found: TableImport, verb: Verb, by: Person | None, now: datetime) -> None:
    record(
        stream=found.consultation.uuid,
        verb=verb,
        subject=found.uuid,
        actor=by.uuid if by else None,
        at=now,
    )
