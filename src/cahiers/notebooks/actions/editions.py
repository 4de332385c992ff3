"""Publishing editions of notebooks, withdrawing and restoring them."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cahiers.accounts.models import Person
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb
from cahiers.notebooks.comparison import changes
from cahiers.notebooks.freezing import places_of, text_of, thaw
from cahiers.notebooks.models import Edition, Notebook
from cahiers.notebooks.queries import State, state_of


class NothingChanged(Exception):
    """The draft says what the live edition says; its text is one French sentence."""

    def __init__(self, live: Edition) -> None:
        super().__init__(_("Rien n’a changé depuis l’édition %d.") % live.number)
        self.live = live


class NotAsSeen(Exception):
    """The draft changed since it was seen. Nothing is written."""


def publish(
    *,
    notebook: Notebook,
    note: str = "",
    seen: str | None = None,
    command: UUID | None = None,
    by: Person | None,
    now: datetime,
) -> Edition:
    """The draft as the next edition, which everyone who may read its consultation reads from now on.

    `seen` is the digest of what the person read before. Raises NothingChanged, NotAsSeen, and CommandReused.
    """

    def write(locked: Notebook) -> Edition:
        state = state_of(locked)
        text, live = text_of(state), locked.live
        digest = sha256(text.encode()).hexdigest()
        if seen not in (None, digest):
            raise NotAsSeen
        found = changes(thaw(live), state) if live else None
        if live and not found:
            raise NothingChanged(live)
        edition = Edition.objects.create(
            notebook=locked,
            number=(locked.editions.aggregate(last=Max("number"))["last"] or 0) + 1,
            text=text,
            digest=digest,
            places=places_of(state),
            changes=found.as_data() if found else None,
            note=note,
            published_at=now,
            published_by=by,
        )
        _show_latest(locked)
        _record(locked, Verb.PUBLISH, command, by, now, before=live, after=edition)
        return edition

    return _locked(notebook, command, ("publish", note, seen), now, write)


def withdraw(
    *, edition: Edition, reason: str = "", command: UUID | None = None, by: Person | None, now: datetime
) -> Edition:
    """Nobody reads it any more: the one before it that still stands is live, or the notebook is hidden.

    Withdrawn already, nothing changes. Raises CommandReused.
    """

    def write(locked: Notebook) -> Edition:
        current = locked.editions.get(pk=edition.pk)
        if current.withdrawn_at is None:
            current.withdrawn_at, current.withdrawn_because = now, reason
            current.save(update_fields=Edition.WITHDRAWAL)
            _show_latest(locked)
            _record(locked, Verb.WITHDRAW, command, by, now, before=current)
        return current

    return _locked(edition.notebook, command, ("withdraw", edition.uuid, reason), now, write)


def restore(*, edition: Edition, command: UUID | None = None, by: Person | None, now: datetime) -> Edition:
    """Everyone reads it again, at the notebook's own address if none after it stands. Raises CommandReused."""

    def write(locked: Notebook) -> Edition:
        current = locked.editions.get(pk=edition.pk)
        if current.withdrawn_at is not None:
            current.withdrawn_at, current.withdrawn_because = None, ""
            current.save(update_fields=Edition.WITHDRAWAL)
            _show_latest(locked)
            _record(locked, Verb.RESTORE, command, by, now, after=current)
        return current

    return _locked(edition.notebook, command, ("restore", edition.uuid), now, write)


def digest_of(state: State) -> str:
    """What tells whether a draft is still the one that was seen."""
    return sha256(text_of(state).encode()).hexdigest()


@transaction.atomic
def _locked(
    notebook: Notebook,
    command: UUID | None,
    asked: tuple[object, ...],
    now: datetime,
    write: Callable[[Notebook], Edition],
) -> Edition:
    """What `write` returns, under the lock that edits of the notebook take, once for a command."""
    # Alone: in one query with the edition, who waited for the lock could still see the edition of before.
    held = Notebook.objects.select_for_update().get(pk=notebook.pk)
    held.consultation = notebook.consultation
    if command is None:
        edition = write(held)
    else:
        digest = sha256(repr((notebook.uuid, *asked)).encode()).hexdigest()
        done = once(command=command, digest=digest, at=now, do=lambda: write(held).uuid)
        edition = Edition.objects.get(uuid=done)
    notebook.live, edition.notebook = held.live, notebook
    return edition


def _show_latest(notebook: Notebook) -> None:
    notebook.live = notebook.editions.standing().order_by("-number").first()
    notebook.save(update_fields=["live"])


def _record(
    notebook: Notebook,
    verb: Verb,
    command: UUID | None,
    by: Person | None,
    now: datetime,
    *,
    before: Edition | None = None,
    after: Edition | None = None,
) -> None:
    """Which edition is no longer read as it was, which one is."""
    record(
        stream=notebook.stream,
        verb=verb,
        subject=notebook.uuid,
        actor=by.uuid if by else None,
        command=command,
        before=before.uuid if before else None,
        after=after.uuid if after else None,
        at=now,
    )
