"""Going through a dropped table: the dry run, the import, and the undoing of one that is all or nothing.

Each batch is a transaction of its own, so that whoever comes after a crash goes on where the last one ended. What
comes of all or nothing is seen by nobody until its last line is in.
"""

from datetime import datetime
from tempfile import TemporaryFile
from typing import Final

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.contributions.intake import apart, files, lines, reading, sessions, turns, undoing
from cahiers.contributions.intake.actions import NothingToRead, SomeAreWrong, note
from cahiers.contributions.intake.lines import Batch, Progress
from cahiers.contributions.intake.matching import Matcher
from cahiers.contributions.intake.models import State, TableImport
from cahiers.contributions.intake.storing import Made, Store, show
from cahiers.contributions.tables import Mapping, Problem, Record, Table, Tally, recognise, write_rejected
from cahiers.journal.models import Verb

#: Problems shown on the page, and lines that go to the file of rejected ones.
SHOWN: Final = 200
MOST_REJECTED: Final = 100_000
#: Records from which a process of its own makes them ready: it takes a fifth of a second to begin.
MANY: Final = 10_000


def silent(line: int, share: int) -> None:
    """Nobody looks."""


def check(*, found: TableImport, now: datetime, progress: Progress = silent) -> None:
    """Read all of it and write nothing but what was counted, and the file of rejected lines.

    Raises Unreadable, NothingToRead and UnknownColumns.
    """
    waiting = TableImport.objects.filter(
        pk=found.pk, state__in=(State.DROPPED, State.CHECKED, State.CHECKING)
    )
    mapping = Mapping.from_json(found.mapping)
    if not mapping.texts and not mapping.title:
        raise NothingToRead
    with lines.followed(reading.source(found), progress) as read:
        matcher = Matcher(found.consultation, found.territory, found.names)
        store = Store(found, matcher, now)
        rejected: dict[int, str] = {}
        problems: list[Problem] = []
        known = 0
        for batch in read.batches():
            for one in batch:
                if isinstance(one, Problem):
                    _reject(rejected, problems, one)
                else:
                    matcher.look(lines.names_of(one))
            known += store.known([one for one in batch if isinstance(one, Record)])
        _keep_rejected(found, read.table, rejected)
        tally = {name: getattr(read.tally, name) for name in Tally.__slots__}
        waiting.update(
            counts=tally | {"known": known, "columns": len(read.table.columns), "tables": read.tables},
            problems=[list(one) for one in problems],
            unknown=[one.as_json() for one in matcher.unknown()],
            shape=found.shape or recognise(read.table).name,
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
    prepared = apart.prepared if found.counts.get("records", 0) - found.position >= MANY else lines.prepared
    with prepared(reading.source(found), found.position, progress) as batches, turns.at_hand():
        store = Store(found, Matcher(found.consultation, found.territory, found.names), now)
        writing = turns.Turns()
        for some in writing.together(batches):
            if found.whole and any(batch.wrong for batch in some):
                TableImport.objects.filter(pk=found.pk, state=State.IMPORTING).update(state=State.UNDOING)
                found.refresh_from_db()
                raise SomeAreWrong
            made = store.made([one for batch in some for one in batch.ready])
            with writing.turn(len(some)):
                mine = _write(found, store, made, some)
            if not mine:
                return
    if _end(found, _following(found), by, now) and found.following is None:
        files.remove(found.uuid, files.TABLE, files.STRUCTURE)


@transaction.atomic
def _write(found: TableImport, store: Store, made: Made, batches: list[Batch]) -> bool:
    """Whether it was this call's to write; another may have gone on meanwhile, or left it."""
    current = TableImport.objects.select_for_update().get(pk=found.pk)
    if current.state != State.IMPORTING or current.position != found.position:
        return False
    written = store.write(made)
    for name in ("added", "known", "held"):
        found.counts[name] = found.counts.get(name, 0) + getattr(written, name)
    found.position += sum(batch.behind for batch in batches)
    found.counts["line"] = batches[-1].line
    found.save(update_fields=["position", "counts"])
    return True


def _following(found: TableImport) -> int | None:
    """The next table of its file that was not imported yet, past the last from the first on."""
    same = found.consultation.table_imports.filter(sha256=found.sha256, territory=found.territory)
    behind = {found.table, *same.filter(state=State.DONE).values_list("table", flat=True)}
    left = [at for at in range(found.counts.get("tables", 1)) if at not in behind]
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
