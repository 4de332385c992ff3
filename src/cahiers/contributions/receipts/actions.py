"""What the holder of a receipt may do with what they said."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cahiers.consultations.windows import is_open
from cahiers.contributions import erasing
from cahiers.contributions.actions.taking import revise
from cahiers.contributions.collecting.windows import why_not
from cahiers.contributions.models import Contribution, Moderation, Revision, Status, Submission
from cahiers.contributions.sheets import text_of
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb

#: Contributions that their author may still change.
STANDING = (Status.PENDING, Status.ACCEPTED, Status.HIDDEN)


class Gone(Exception):
    """It was withdrawn or erased, or put back already."""


class Closed(Exception):
    """What it was sent to takes nothing any more; its text says so in a sentence."""


class Changed(Exception):
    """It was changed since it was read: `current` is what it says now."""

    def __init__(self, current: Revision) -> None:
        super().__init__(str(current.uuid))
        self.current = current


def why_closed(submission: Submission, now: datetime) -> str:
    """Why what was sent cannot be corrected now; "" where it can. It may be withdrawn and erased at any time."""
    if submission.form is None:
        return "" if is_open(submission.consultation, None, now) else _("La concertation est close.")
    # Both have been read: one more query would bring the same.
    submission.form.consultation = submission.consultation
    return why_not(submission.form, now)


@transaction.atomic
def correct(
    *,
    contribution: Contribution,
    title: str,
    text: str,
    parts: dict[str, str],
    seen: UUID,
    command: UUID,
    now: datetime,
) -> None:
    """What it says from now on; `text` is left aside where there are parts. Raises Gone, Closed or Changed.

    As long as it could still be sent: what was said is then counted, cited and answered as it stands. Where the form is
    read before publication, it is read again.
    """

    def do() -> UUID:
        current = _locked(contribution, STANDING)
        if current.submission and (why := why_closed(current.submission, now)):
            raise Closed(why)
        if current.current_id != seen:
            raise Changed(current.current)
        before = current.current_id
        after = revise(
            contribution=current,
            title=title,
            text=text_of(parts) if parts else text,
            parts=parts,
            scope=current.scope,
            links=current.links,
            now=now,
        )
        form = current.submission and current.submission.form
        if after.uuid != before:
            if current.status == Status.HIDDEN or (form and form.moderation == Moderation.BEFORE):
                current.status, current.hidden_because = Status.PENDING, ""
                current.save(update_fields=["status", "hidden_because"])
            _note(current, Verb.EDIT, command, now, before=before, after=after.uuid)
        return current.uuid

    _once(("correct", contribution.uuid, title, text, sorted(parts.items()), seen), command, now, do)


@transaction.atomic
def withdraw(*, contribution: Contribution, command: UUID, now: datetime) -> None:
    """It is read by nobody but its author any more; the words are kept until they are erased. Raises Gone."""

    def do() -> UUID:
        current = _locked(contribution, STANDING)
        current.status, current.hidden_because = Status.WITHDRAWN, ""
        current.save(update_fields=["status", "hidden_because"])
        _note(current, Verb.WITHDRAW, command, now)
        return current.uuid

    _once(("withdraw", contribution.uuid), command, now, do)


@transaction.atomic
def put_back(*, contribution: Contribution, command: UUID, now: datetime) -> None:
    """Undo `withdraw`: it waits to be read again, whatever it was before. Raises Gone or Closed."""

    def do() -> UUID:
        current = _locked(contribution, (Status.WITHDRAWN,))
        if current.submission and (why := why_closed(current.submission, now)):
            raise Closed(why)
        current.status = Status.PENDING
        current.save(update_fields=["status"])
        _note(current, Verb.RESTORE, command, now)
        return current.uuid

    _once(("put back", contribution.uuid), command, now, do)


def erase(*, submission: Submission, now: datetime) -> None:
    """All that was sent at once, for good: see erasing.erase. The receipt opens nothing any more."""
    said = list(submission.contributions.select_related("consultation", "current"))
    erasing.erase(contributions=said, submission=submission, by=None, now=now)


def _locked(contribution: Contribution, among: tuple[Status, ...]) -> Contribution:
    current = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if current.status not in among:
        raise Gone(str(current.uuid))
    return current


def _once(asked: tuple[object, ...], command: UUID, now: datetime, do: Callable[[], UUID]) -> None:
    once(command=command, digest=sha256(repr(asked).encode()).hexdigest(), at=now, do=do)


def _note(
    contribution: Contribution,
    verb: Verb,
    command: UUID,
    now: datetime,
    *,
    before: UUID | None = None,
    after: UUID | None = None,
) -> None:
    record(
        stream=contribution.consultation.uuid,
        verb=verb,
        subject=contribution.uuid,
        actor=None,
        command=command,
        before=before,
        after=after,
        at=now,
    )
