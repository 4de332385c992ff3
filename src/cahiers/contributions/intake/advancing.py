"""Going through a dropped table: the dry run, the import, and the undoing of one that is all or nothing.

Each batch is a transaction of its own, so that whoever comes after a crash goes on where the last one ended. What
comes of all or nothing is seen by nobody until its last line is in.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import Final

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.contributions.intake import files, reading, sessions, undoing
from cahiers.contributions.intake.actions import NothingToRead, SomeAreWrong, note
from cahiers.contributions.intake.matching import Matcher
from cahiers.contributions.intake.models import State, TableImport
from cahiers.contributions.intake.storing import BATCH, Ready, Store, show
from cahiers.contributions.tables import (
    Line,
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
from cahiers.journal.models import Verb

#: Problems shown on the page, and lines that go to the file of rejected ones.
SHOWN: Final = 200
MOST_REJECTED: Final = 100_000
#: Lines that are read before it is said how far that is.
STEP: Final = 1_000
#: Told the line that is being read, and how many hundredths of the file are behind. What it raises ends the work.
Progress = Callable[[int, int], None]


def silent(line: int, share: int) -> None:
    """Nobody looks."""


def check(*, found: TableImport, now: datetime, progress: Progress = silent) -> None:
    """Read all of it and write nothing but what was counted, and the file of rejected lines.

    Raises Unreadable, NothingToRead and UnknownColumns.
    """
    waiting = TableImport.objects.filter(
        pk=found.pk, state__in=(State.DROPPED, State.CHECKED, State.CHECKING)
    )
    with _read(found, now, progress) as reader:
        rejected: dict[int, str] = {}
        problems: list[Problem] = []
        known = 0
        for batch in reader.batches():
            for one in batch:
                if isinstance(one, Problem):
                    _reject(rejected, problems, one)
                else:
                    reader.matcher.look(one)
            known += reader.store.known([one for one in batch if isinstance(one, Record)])
        _keep_rejected(found, reader.table, rejected)
        tally = {name: getattr(reader.tally, name) for name in Tally.__slots__}
        waiting.update(
            counts=tally | {"known": known, "columns": len(reader.table.columns)},
            problems=[list(one) for one in problems],
            unknown=[one.as_json() for one in reader.matcher.unknown()],
            shape=found.shape or recognise(reader.table).name,
            state=State.CHECKED,
            position=0,
            refusal="",
        )
    found.refresh_from_db()


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


def advance(*, found: TableImport, by: Person | None, now: datetime, progress: Progress = silent) -> None:
    """Write what is left of it, a batch at a time; two at once do not write the same twice.

    Raises Unreadable; and SomeAreWrong for all or nothing that met a line that cannot be taken, after which it is to
    be undone.
    """
    if found.state != State.IMPORTING:
        return
    with _read(found, now, progress) as reader:
        for batch in reader.batches(found.position):
            if found.whole and any(isinstance(one, Problem) for one in batch):
                TableImport.objects.filter(pk=found.pk, state=State.IMPORTING).update(state=State.UNDOING)
                found.refresh_from_db()
                raise SomeAreWrong
            ready = reader.store.ready(one for one in batch if isinstance(one, Record))
            if not _write(found, reader.store, batch, ready):
                return
        following = _following(found, reader.tables)
    if _end(found, following, by, now) and found.following is None:
        files.remove(found.uuid, files.TABLE, files.STRUCTURE)


@transaction.atomic
def _write(found: TableImport, store: Store, batch: list[Record | Problem], ready: list[Ready]) -> bool:
    """Whether it was this call's to write; another may have gone on meanwhile, or left it."""
    current = TableImport.objects.select_for_update().get(pk=found.pk)
    if current.state != State.IMPORTING or current.position != found.position:
        return False
    written = store.write(ready)
    found.position += len(batch)
    for name in ("added", "known", "held"):
        found.counts[name] = found.counts.get(name, 0) + getattr(written, name)
    found.counts["line"] = batch[-1].line
    found.save(update_fields=["position", "counts"])
    return True


def _following(found: TableImport, tables: int) -> int | None:
    """The next of that many tables of its file that was not imported yet, past the last from the first on."""
    same = found.consultation.table_imports.filter(sha256=found.sha256, territory=found.territory)
    behind = {found.table, *same.filter(state=State.DONE).values_list("table", flat=True)}
    left = [at for at in range(tables) if at not in behind]
    return next((at for at in left if at > found.table), left[0] if left else None)


@transaction.atomic
def _end(found: TableImport, following: int | None, by: Person | None, now: datetime) -> bool:
    ended = TableImport.objects.filter(pk=found.pk, state=State.IMPORTING, position=found.position)
    if ended.update(state=State.DONE, ended_at=now, share=100, unknown=[], following=following):
        if found.whole:
            show(found)
        if held := sessions.hold(found):
            TableImport.objects.filter(pk=found.pk).update(counts=found.counts | {"sessions": held})
        note(found, Verb.IMPORT, by, now)
    found.refresh_from_db()
    return found.state == State.DONE


def undo(*, found: TableImport, by: Person | None, now: datetime, progress: Progress = silent) -> None:
    """Take away what all or nothing brought so far, which nobody saw, then leave it."""
    total = max(1, found.counted["added"])
    for behind in undoing.taken_away(found):
        progress(behind, min(99, 100 * behind // total))
    with transaction.atomic():
        ending = TableImport.objects.filter(pk=found.pk, state=State.UNDOING)
        counts = found.counts | {"added": 0, "held": 0}
        if ending.update(state=State.LEFT, ended_at=now, counts=counts, problems=[], unknown=[]):
            note(found, Verb.DELETE, by, now)
    files.remove(found.uuid)
    found.refresh_from_db()


class _Reader:
    """What one reading of the file needs. Raises NothingToRead and UnknownColumns."""

    def __init__(self, found: TableImport, table: Table, tables: int, now: datetime) -> None:
        mapping = Mapping.from_json(found.mapping)
        if not mapping.texts and not mapping.title:
            raise NothingToRead
        if missing := mapping.missing(table):
            raise UnknownColumns(missing)
        self.table = table
        self.tables = tables
        self.tally = Tally()
        self.matcher = Matcher(found.consultation, found.territory, found.names)
        self.store = Store(found, mapping, self.matcher, now)
        self._records = records(table, mapping, tally=self.tally, secret=reading.voice_secret())

    def batches(self, behind: int = 0) -> Iterator[list[Record | Problem]]:
        """What comes after that many, in batches; all that a line says is in one."""
        found = islice(self._records, behind, None)
        next_line: list[Record | Problem] = []
        while batch := next_line + list(islice(found, BATCH - len(next_line))):
            next_line = []
            for one in found:
                if one.line != batch[-1].line:
                    next_line.append(one)
                    break
                batch.append(one)
            yield batch


@contextmanager
def _read(found: TableImport, now: datetime, progress: Progress) -> Iterator[_Reader]:
    with reading.followed(found) as (known, share), _nothing_old_collected():
        table = reading.chosen(found, known)
        source = table.source
        told = replace(table, source=lambda: _told(source(), share, progress))
        yield _Reader(found, told, len(known), now)


@contextmanager
def _nothing_old_collected() -> Iterator[None]:
    """Lines in their thousands make Python look through all that it holds again and again, for a tenth of the time."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _told(lines: Iterator[Line], share: Callable[[], int], progress: Progress) -> Iterator[Line]:
    """The lines; how far they are is said on the way."""
    for at, line in enumerate(lines, 1):
        yield line
        if at % STEP == 0:
            progress(line.number, share())
