"""Dropping tables, saying how they are read, asking for their check or import, leaving them."""

from collections.abc import Iterable
from datetime import datetime
from typing import IO, Any, Final
from uuid import uuid4

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.contributions.intake import files, lines, reading
from cahiers.contributions.intake.matching import merged
from cahiers.contributions.intake.models import OPEN, WORKING, SavedMapping, State, TableImport
from cahiers.contributions.intake.reading import Given
from cahiers.contributions.tables import Mapping, Table, UnknownColumns
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.territories.models import Territory

#: Nobody works on it, or who does is to stop: see working.py.
FREE: Final[dict[str, Any]] = {"worker": None, "beat": None}


class NotChecked(Exception):
    """It is to be checked before it is imported, or changed since it was."""


class SomeAreWrong(Exception):
    """All or nothing was asked, and there are lines that cannot be taken."""


class NothingFollows(Exception):
    """No other table of its file waits, or someone went on with it meanwhile."""


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

    Lines that were rejected and come back corrected are read as those beside them were: few lines show little.
    The same file that is open already is handed back. Raises Unreadable.
    """
    digest = files.digest(stream)
    known = consultation.table_imports.filter(sha256=digest, state__in=OPEN, territory=territory).first()
    if known is not None and saved is None:
        return known
    table = lines.read(stream, name, structure)
    before = _rejected_from(table, consultation) if saved is None and table.returned else None
    if before is not None and before.territory.path.startswith(territory.path):
        territory = before.territory
    mapping, names, given, at = _start(table, consultation, saved or before)
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
            note(found, Verb.SUBMIT, by, now)
    except BaseException:
        files.remove(found.uuid)
        raise
    return found


def _rejected_from(table: Table, consultation: Consultation) -> TableImport | None:
    """The last import that rejected lines and whose columns are all there."""
    left = consultation.table_imports.filter(counts__rejected__gt=0).select_related("territory")
    fitting = (one for one in left if not Mapping.from_json(one.mapping).missing(table))
    return next(fitting, None)


def _start(
    table: Table, consultation: Consultation, saved: SavedMapping | TableImport | None
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
        refusal="",
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


def ask_check(*, found: TableImport) -> None:
    """Make it a dry run that `advancing.check` carries out.

    Raises Unreadable, NothingToRead, UnknownColumns, and NotChecked where the import has begun.
    """
    mapping = Mapping.from_json(found.mapping)
    if not mapping.texts and not mapping.title:
        raise NothingToRead
    with reading.table(found) as table:
        if missing := mapping.missing(table):
            raise UnknownColumns(missing)
    asked = TableImport.objects.filter(pk=found.pk, state__in=(State.DROPPED, State.CHECKED, State.CHECKING))
    if not asked.update(state=State.CHECKING, position=0, share=0, refusal="", **FREE):
        raise NotChecked
    found.refresh_from_db()


def begin(*, found: TableImport, whole: bool) -> None:
    """Make it an import that `advancing.advance` carries on. Raises NotChecked and SomeAreWrong."""
    if whole and found.counts.get("rejected"):
        raise SomeAreWrong
    started = TableImport.objects.filter(pk=found.pk, state=State.CHECKED)
    nothing = {"added": 0, "known": 0, "held": 0}
    if not started.update(
        state=State.IMPORTING, whole=whole, position=0, share=0, counts=found.counts | nothing, **FREE
    ):
        raise NotChecked
    found.refresh_from_db()


def try_again(*, found: TableImport) -> None:
    """What a refusal stopped goes on from where it was, once `working.carry_on` has it."""
    stopped = TableImport.objects.filter(pk=found.pk, state__in=WORKING).exclude(refusal="")
    stopped.update(refusal="", **FREE)
    found.refresh_from_db()


def leave(*, found: TableImport, by: Person | None, now: datetime) -> None:
    """Nothing more of it enters; its files are removed. Left or imported already, nothing changes.

    What was brought in one line at a time stays; all or nothing is undone by `advancing.undo`, which ends it.
    """
    one = TableImport.objects.filter(pk=found.pk)
    if one.filter(state=State.IMPORTING, whole=True).update(state=State.UNDOING, share=0, refusal="", **FREE):
        found.refresh_from_db()
        return
    with transaction.atomic():
        ending = one.filter(state__in=set(OPEN) - {State.UNDOING})
        if not ending.update(state=State.LEFT, ended_at=now, problems=[], unknown=[]):
            return
        note(found, Verb.DELETE, by, now)
    files.remove(found.uuid)
    found.refresh_from_db()


def go_on(*, found: TableImport, by: Person | None, now: datetime) -> TableImport:
    """The next table of its file, dropped without being sent again; what names stand for is known from this one.

    Raises NothingFollows, and Unreadable where the file is gone.
    """
    at = found.following
    if at is None:
        raise NothingFollows
    with reading.tables(found) as known:
        mapping = reading.proposed(known[at], found.consultation)
    following = TableImport(
        uuid=uuid4(), by=by, at=now, table=at, shape=mapping.shape, mapping=mapping.as_json(), **_kept(found)
    )
    files.hand_over(found.uuid, following.uuid)
    try:
        with transaction.atomic():
            if not TableImport.objects.filter(pk=found.pk, following=at).update(following=None):
                raise NothingFollows
            following.save(force_insert=True)
            note(following, Verb.SUBMIT, by, now)
    except BaseException:
        files.remove(following.uuid)
        raise
    files.remove(found.uuid, files.TABLE, files.STRUCTURE)
    return following


def _kept(found: TableImport) -> dict[str, Any]:
    """What holds for every table of a file."""
    names = ("consultation", "territory", "name", "size", "sha256", "structure", "names", "given")
    return {name: getattr(found, name) for name in names}


def note(found: TableImport, verb: Verb, by: Person | None, now: datetime) -> None:
    """The journal entry of what was done to it."""
    record(
        stream=found.consultation.uuid,
        verb=verb,
        subject=found.uuid,
        actor=by.uuid if by else None,
        at=now,
    )
