"""What moderators decide of a contribution. Each decision names the state that was seen, and can be undone."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cahiers.accounts.models import Person
from cahiers.consultations.revising import state
from cahiers.contributions import search
from cahiers.contributions.actions.taking import revise
from cahiers.contributions.models import Contribution, Flag, KeptOriginal, Revision, Status
from cahiers.contributions.moderating.redaction import Edit, edits, moved, redacted
from cahiers.contributions.privacy.flags import flag as make_flags
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb

#: How long the words before a redaction are kept.
KEPT = timedelta(days=90)
#: Those that the team still decides about.
DECIDED = (Status.PENDING, Status.ACCEPTED, Status.HIDDEN)


class Changed(Exception):
    """Someone else decided first: `current` is how the contribution is now."""

    def __init__(self, current: Contribution) -> None:
        super().__init__(str(current.uuid))
        self.current = current


class Impossible(ValueError):
    """It cannot be done with that contribution; its text says why in a sentence."""


def state_of(contribution: Contribution) -> UUID:
    """Of all that a moderator sees."""
    return state(
        contribution.uuid,
        contribution.current_id,
        str(contribution.status),
        contribution.hidden_because,
        contribution.twin_of_id,
        # Redaction changes the words of a revision and not its identity.
        contribution.current.title,
        contribution.current.text,
        tuple(contribution.current.links),
    )


def accept(
    *, contribution: Contribution, seen: UUID, command: UUID, by: Person | None, now: datetime
) -> None:
    """It may be read by all who may read contributions. Raises Changed."""

    def do(current: Contribution) -> Verb:
        current.status, current.hidden_because = Status.ACCEPTED, ""
        return Verb.ACCEPT

    _decide(contribution, ("accept",), seen, command, by, now, do)


def hide(
    *, contribution: Contribution, reason: str, seen: UUID, command: UUID, by: Person | None, now: datetime
) -> None:
    """From all but the team and its author, whose receipt says why. Raises Impossible without a reason, or Changed."""
    if not reason.strip():
        raise Impossible(_("Dites pourquoi : la raison est donnée à l’auteur."))

    def do(current: Contribution) -> Verb:
        current.status, current.hidden_because = Status.HIDDEN, reason.strip()
        return Verb.HIDE

    _decide(contribution, ("hide", reason), seen, command, by, now, do)


def put_back(
    *, contribution: Contribution, seen: UUID, command: UUID, by: Person | None, now: datetime
) -> None:
    """Undo a decision: it waits to be read again. Raises Changed."""

    def do(current: Contribution) -> Verb:
        current.status, current.hidden_because = Status.PENDING, ""
        return Verb.RESTORE

    _decide(contribution, ("put back",), seen, command, by, now, do)


def merge(
    *,
    contribution: Contribution,
    other: Contribution,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """Say that it is a copy of another, which stands for both; both are kept. Raises Impossible or Changed."""
    if other.consultation_id != contribution.consultation_id or other.pk == contribution.pk:
        raise Impossible(_("Une copie et son original sont deux contributions de la même concertation."))
    if other.twin_of_id is not None or contribution.twins.exists():
        raise Impossible(_("L’une des deux est déjà la copie, ou l’original, d’une autre."))

    def do(current: Contribution) -> Verb:
        current.twin_of = other
        return Verb.MERGE

    _decide(contribution, ("merge", other.uuid), seen, command, by, now, do)


def part(*, contribution: Contribution, seen: UUID, command: UUID, by: Person | None, now: datetime) -> None:
    """Undo `merge`. Raises Changed."""

    def do(current: Contribution) -> Verb:
        current.twin_of = None
        return Verb.SPLIT

    _decide(contribution, ("part",), seen, command, by, now, do)


def redact(
    *,
    contribution: Contribution,
    words: Sequence[tuple[str, str]],
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """Put a word in brackets for each of these (kind, words), wherever it stands whole; a link that holds one goes.

    Earlier revisions lose them as well; the words before are kept KEPT long, for who redacted by mistake. Raises
    Impossible where it says none of them, or Changed.
    """

    def do(current: Contribution) -> Verb:
        if not any(edits(said, words) for said in current.current.said.values()):
            raise Impossible(_("Il n’y a rien à caviarder là."))
        looked_at = _dismissed(current)
        for revision in current.revisions.all():
            _redact_revision(revision, current, words, now)
        said = Revision.objects.get(uuid=current.current_id)
        current.links = said.links
        current.save(update_fields=["links"])
        Flag.objects.filter(contribution=current).delete()
        make_flags([said])
        _dismiss_again(said, looked_at, now)
        search.remove([current])
        search.index([said])
        return Verb.REDACT

    _decide(contribution, ("redact", tuple(words)), seen, command, by, now, do)


def unredact(
    *, contribution: Contribution, seen: UUID, command: UUID, by: Person | None, now: datetime
) -> None:
    """The words before the redaction again, in a revision of their own. Raises Impossible once they are deleted."""
    kept = KeptOriginal.objects.filter(contribution=contribution).order_by("-revision__number").first()
    if kept is None:
        raise Impossible(_("Les mots d’avant le caviardage ne sont plus gardés."))
    words = kept.words

    def do(current: Contribution) -> Verb:
        revise(
            contribution=current,
            title=words["title"],
            text=words["text"],
            parts=words["parts"],
            scope=current.scope,
            links=words["links"],
            now=now,
        )
        KeptOriginal.objects.filter(contribution=current).delete()
        return Verb.RESTORE

    _decide(contribution, ("unredact",), seen, command, by, now, do)


def dismiss(
    *,
    contribution: Contribution,
    flags: Sequence[int],
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
    again: bool = False,
) -> None:
    """These, by key, tell nobody who someone is; with `again`, they are flagged once more. Raises Changed."""

    def do(current: Contribution) -> Verb:
        chosen = Flag.objects.filter(contribution=current, pk__in=flags)
        chosen.update(dismissed_at=None if again else now)
        return Verb.EDIT

    _decide(contribution, ("flag again" if again else "dismiss", tuple(flags)), seen, command, by, now, do)


def _dismissed(contribution: Contribution) -> set[tuple[str, str]]:
    """Kind and words of what was looked at and left as it is."""
    left = contribution.current.flags.filter(dismissed_at__isnull=False)
    return {(one.kind, one.words_of(contribution.current)) for one in left}


def _dismiss_again(said: Revision, looked_at: set[tuple[str, str]], now: datetime) -> None:
    for one in said.flags.all() if looked_at else ():
        if (one.kind, one.words_of(said)) in looked_at:
            one.dismissed_at = now
            one.save(update_fields=["dismissed_at"])


def _redact_revision(
    revision: Revision, contribution: Contribution, words: Sequence[tuple[str, str]], now: datetime
) -> None:
    parts = {key: redacted(text, words) for key, text in revision.parts.items()}
    title, text = redacted(revision.title, words), redacted(revision.text, words)
    links = [link for link in revision.links if not edits(link, words)]
    if (title, text, parts, links) == (revision.title, revision.text, revision.parts, revision.links):
        return
    KeptOriginal.objects.get_or_create(
        revision=revision,
        defaults={
            "contribution": contribution,
            "words": {
                "title": revision.title,
                "text": revision.text,
                "parts": revision.parts,
                "links": revision.links,
            },
            "kept_until": (now + KEPT).date(),
        },
    )
    # By queryset: a revision is never changed, but for this and for erasure.
    Revision.objects.filter(pk=revision.pk).update(title=title, text=text, parts=parts, links=links)
    _move_citations(revision, contribution, edits(revision.text, words))


def _move_citations(revision: Revision, contribution: Contribution, made: Sequence[Edit]) -> None:
    # A room above holds citations: their relation is followed by its name.
    citations: QuerySet[Any] = contribution.citations.filter(revision=revision, start__isnull=False)
    for one in citations:
        one.start, one.end = moved((one.start, one.end), made)
        one.save(update_fields=["start", "end"])


@transaction.atomic
def _decide(
    contribution: Contribution,
    asked: tuple[object, ...],
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
    do: Callable[[Contribution], Verb],
) -> None:
    def write() -> UUID:
        # The row alone: PostgreSQL locks nothing across the join that what it says would take.
        current = Contribution.objects.select_for_update().get(pk=contribution.pk)
        if state_of(current) != seen:
            raise Changed(current)
        if current.status not in DECIDED:
            raise Impossible(_("Son auteur l’a retirée."))
        before = current.current_id
        verb = do(current)
        current.save(update_fields=["status", "hidden_because", "twin_of"])
        record(
            stream=contribution.consultation.uuid,
            verb=verb,
            subject=current.uuid,
            actor=by.uuid if by else None,
            command=command,
            before=before if current.current_id != before else None,
            after=current.current_id if current.current_id != before else None,
            at=now,
        )
        return current.uuid

    digest = sha256(repr((*asked, contribution.uuid, seen)).encode()).hexdigest()
    once(command=command, digest=digest, at=now, do=write)
