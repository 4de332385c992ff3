"""Dropping documents, correcting what was understood of them, importing or leaving them."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, Final
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.documents.interchange import kept_synthesis, to_dict
from cahiers.documents.model import Synthesis
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb
from cahiers.notebooks.actions import SourceFile, import_synthesis
from cahiers.notebooks.intake import files
from cahiers.notebooks.intake.models import OPEN, EarlierDraft, ImportDraft, State
from cahiers.notebooks.merging.guessing import guess
from cahiers.notebooks.models import ImportedFile, Notebook
from cahiers.territories.models import Territory

#: How many corrections can be undone.
KEPT: Final = 20


class Known(Exception):
    """The same bytes were imported in the consultation, or wait there already."""

    def __init__(self, found: ImportedFile | ImportDraft) -> None:
        super().__init__(found.name)
        self.found = found


class Changed(Exception):
    """Someone corrected, imported or left the draft since it was seen: nothing was written."""


class NothingToUndo(Exception):
    """No earlier state is kept."""


class NoTerritory(Exception):
    """Nobody has said which territory the document is about."""


def drop(
    *, consultation: Consultation, stream: BinaryIO, name: str, size: int, by: Person, now: datetime
) -> ImportDraft:
    """A draft that waits to be read. Raises Known."""
    digest, uuid = files.digest(stream), uuid4()
    known = (
        consultation.imported_files.filter(sha256=digest).first()
        or consultation.import_drafts.filter(sha256=digest, state__in=OPEN).first()
    )
    if known is not None:
        raise Known(known)
    # The file first: a draft without its file could not be read, a file without its draft is only lost room.
    files.store(uuid, stream)
    try:
        with transaction.atomic():
            draft = ImportDraft.objects.create(
                uuid=uuid, consultation=consultation, name=name, size=size, sha256=digest, by=by, at=now
            )
            _note(draft, Verb.SUBMIT, by, now)
    except BaseException as error:
        files.remove(uuid)
        twin = consultation.import_drafts.filter(sha256=digest, state__in=OPEN).first()
        if isinstance(error, IntegrityError) and twin is not None:
            raise Known(twin) from None
        raise
    return draft


def content(draft: ImportDraft) -> Synthesis:
    """What was understood of a document that has been read, with the corrections."""
    assert draft.corrected is not None
    return kept_synthesis(draft.corrected)


def correct(
    *,
    draft: ImportDraft,
    change: Callable[[Synthesis], Synthesis],
    asked: str,
    command: UUID,
    seen: int,
    by: Person,
    now: datetime,
) -> None:
    """Make what was understood what `change` returns; the same command asked twice does it once.

    `asked` says what the form asked, so that another request under the same command is told from its echo.
    Raises Changed, whatever `change` raises, and journal.actions.CommandReused.
    """

    def do() -> UUID:
        _check(draft, seen)
        before = draft.corrected
        after = to_dict(change(content(draft)))
        if after != before:
            _rewrite(draft, seen, after)
            EarlierDraft.objects.create(draft=draft, version=seen, corrected=before)
            draft.earlier.filter(version__lte=seen - KEPT).delete()
            _note(draft, Verb.EDIT, by, now, command)
        return draft.uuid

    _once(draft, command, f"{seen} {asked}", do, now)


def undo(*, draft: ImportDraft, command: UUID, seen: int, by: Person, now: datetime) -> None:
    """Back to how it was before the last correction. Raises Changed and NothingToUndo."""

    def do() -> UUID:
        _check(draft, seen)
        last = draft.earlier.first()
        if last is None:
            raise NothingToUndo
        _rewrite(draft, seen, last.corrected)
        last.delete()
        _note(draft, Verb.RESTORE, by, now, command)
        return draft.uuid

    _once(draft, command, f"{seen} undo", do, now)


@transaction.atomic
def situate(*, draft: ImportDraft, territory: Territory, seen: int, by: Person, now: datetime) -> None:
    """Say which territory it is about; which notebook it is a newer version of is guessed again. Raises Changed."""
    seen_draft = ImportDraft.objects.filter(pk=draft.pk, state=State.READ, version=seen)
    of = guess(draft.consultation, territory, content(draft), draft.name) if draft.is_read else None
    if not seen_draft.update(territory=territory, updates=of, chosen=[]):
        raise Changed
    _note(draft, Verb.ASSIGN, by, now)


@transaction.atomic
def import_draft(*, draft: ImportDraft, seen: int, by: Person, now: datetime) -> Notebook:
    """A new notebook of what was understood and corrected, in one transaction; the draft keeps no copy.

    Raises Changed, NoTerritory, and what import_synthesis raises.
    """
    _check(draft, seen)
    if draft.territory is None:
        raise NoTerritory
    synthesis = content(draft)
    # What is imported is what was seen: the territory and the words of that version.
    open_draft = ImportDraft.objects.filter(
        pk=draft.pk, state=State.READ, version=seen, territory=draft.territory, updates=None
    )
    if not open_draft.update(state=State.IMPORTED, read=None, corrected=None):
        raise Changed
    notebook = import_synthesis(
        consultation=draft.consultation,
        territory=draft.territory,
        synthesis=synthesis,
        source=SourceFile(name=draft.name, sha256=draft.sha256, size=draft.size, format=draft.format),
        by=by,
        now=now,
    )
    ImportDraft.objects.filter(pk=draft.pk).update(notebook=notebook)
    draft.earlier.all().delete()
    _offer(notebook)
    return notebook


def _offer(notebook: Notebook) -> None:
    """To the documents that were read before it was there, and are likely versions of it."""
    # One that someone imports at this moment is left to them: to wait for it, while it waits for this one, has no end.
    waiting = ImportDraft.objects.select_for_update(skip_locked=True).filter(
        consultation=notebook.consultation, territory=notebook.territory, state=State.READ, updates=None
    )
    for draft in waiting:
        if guess(notebook.consultation, notebook.territory, content(draft), draft.name) == notebook:
            ImportDraft.objects.filter(pk=draft.pk).update(updates=notebook)


def leave(*, draft: ImportDraft, seen: int, by: Person, now: datetime) -> None:
    """Nothing of it enters; the file is removed. Raises Changed."""
    with transaction.atomic():
        open_draft = ImportDraft.objects.filter(pk=draft.pk, state__in=OPEN, version=seen)
        if not open_draft.update(state=State.LEFT, read=None, corrected=None, chosen=[]):
            raise Changed
        draft.earlier.all().delete()
        _note(draft, Verb.DELETE, by, now)
    files.remove(draft.uuid)


def _check(draft: ImportDraft, seen: int) -> None:
    """Raises Changed where the draft, as it was loaded, is not what was seen."""
    if not draft.is_read or draft.version != seen:
        raise Changed


def _rewrite(draft: ImportDraft, seen: int, corrected: object) -> None:
    current = ImportDraft.objects.filter(pk=draft.pk, state=State.READ, version=seen)
    if not current.update(corrected=corrected, version=seen + 1):
        raise Changed
    draft.corrected, draft.version = corrected, seen + 1


def _once(draft: ImportDraft, command: UUID, asked: str, do: Callable[[], UUID], now: datetime) -> None:
    digest = sha256(f"{draft.uuid} {asked}".encode()).hexdigest()
    once(command=command, digest=digest, at=now, do=do)


def _note(draft: ImportDraft, verb: Verb, by: Person, now: datetime, command: UUID | None = None) -> None:
    record(
        stream=draft.consultation.uuid,
        verb=verb,
        subject=draft.uuid,
        actor=by.uuid,
        command=command,
        at=now,
    )
