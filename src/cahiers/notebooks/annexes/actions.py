"""Attaching files, saying what they are, deleting them for good."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.consultations.revising import Changed, check, perform, state
from cahiers.documents.normal import tidy
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.meetings.models import Meeting
from cahiers.notebooks.annexes.kinds import media_type_of
from cahiers.notebooks.annexes.models import Annex
from cahiers.notebooks.intake import actions as intake
from cahiers.notebooks.intake import files
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.models import Notebook

FOLDER: Final = "annexes"


class AlreadyAttached(Exception):
    """The same bytes go with it already."""

    def __init__(self, annex: Annex) -> None:
        super().__init__(annex.title)
        self.annex = annex


class TooLarge(Exception):
    """It weighs more than settings.ANNEX_MAX_BYTES."""


def state_of(annex: Annex) -> UUID:
    return state(annex.uuid, annex.title, annex.public)


def attach(
    *,
    to: Notebook | Meeting,
    stream: BinaryIO,
    title: str,
    name: str,
    size: int,
    public: bool,
    by: Person,
    now: datetime,
) -> Annex:
    """Raises AlreadyAttached and TooLarge; without a title, the file's name is one."""
    if size > settings.ANNEX_MAX_BYTES:
        raise TooLarge
    digest, uuid, name = files.digest(stream), uuid4(), tidy(name) or "document"
    place = {"meeting": to} if isinstance(to, Meeting) else {"notebook": to}
    # The file first: an annex without its file would be a lie, a file without its annex is only lost room.
    files.store(uuid, stream, FOLDER)
    try:
        with transaction.atomic():
            _refuse_twice(to, digest)
            annex = Annex.objects.create(
                uuid=uuid,
                consultation=to.consultation,
                **place,
                title=tidy(title) or name,
                name=name,
                size=size,
                media_type=media_type_of(name),
                sha256=digest,
                public=public,
                by=by,
                at=now,
            )
            record(
                stream=to.consultation.uuid,
                verb=Verb.ATTACH,
                subject=uuid,
                actor=by.uuid,
                after=to.uuid,
                at=now,
            )
    except BaseException as error:
        files.remove(uuid, FOLDER)
        if isinstance(error, IntegrityError):
            _refuse_twice(to, digest)
        raise
    return annex


def attach_draft(
    *,
    draft: ImportDraft,
    to: Notebook | Meeting,
    title: str,
    public: bool,
    seen: int,
    by: Person,
    now: datetime,
) -> Annex:
    """The dropped file as an annex; the draft is left. Raises intake.actions.Changed, and as attach does."""
    if not draft.is_open or draft.version != seen:
        raise intake.Changed
    with files.opened(draft.uuid) as stream:
        annex = attach(
            to=to,
            stream=stream,
            title=title,
            name=draft.name,
            size=draft.size,
            public=public,
            by=by,
            now=now,
        )
    intake.leave(draft=draft, seen=seen, by=by, now=now)
    return annex


def edit(
    *,
    annex: Annex,
    title: str,
    public: bool,
    seen: UUID,
    command: UUID,
    by: Person,
    now: datetime,
) -> None:
    """Raises Changed."""

    def do(_locked: Consultation) -> tuple[UUID, bool]:
        current = _current(annex, seen)
        current.title, current.public = tidy(title) or current.name, public
        current.save()
        return annex.uuid, state_of(current) != seen

    asked = ("annex", annex.uuid, title, public, seen)
    perform(
        consultation=annex.consultation, verb=Verb.EDIT, asked=asked, command=command, by=by, now=now, do=do
    )


@transaction.atomic
def delete(*, annex: Annex, seen: UUID, by: Person, now: datetime) -> None:
    """For good: the file goes once nothing can bring its annex back. Raises Changed."""
    current = _current(annex, seen)
    place = current.meeting or current.notebook
    assert place is not None
    current.delete()
    record(
        stream=annex.consultation.uuid,
        verb=Verb.DELETE,
        subject=annex.uuid,
        actor=by.uuid,
        before=place.uuid,
        at=now,
    )
    transaction.on_commit(lambda: files.remove(annex.uuid, FOLDER))


def blocks(annex: Annex) -> Iterator[bytes]:
    """Its bytes. Raises OSError where the file is gone."""
    with files.opened(annex.uuid, FOLDER) as stream:
        while block := stream.read(files.BLOCK):
            yield block


def _current(annex: Annex, seen: UUID) -> Annex:
    found = Annex.objects.select_for_update().filter(pk=annex.pk).first()
    if found is None:
        raise Changed(state(annex.uuid))
    check(seen, state_of(found))
    return found


def _refuse_twice(to: Notebook | Meeting, digest: str) -> None:
    known: Annex | None = to.annexes.filter(sha256=digest).first()
    if known is not None:
        raise AlreadyAttached(known)
