"""Saying which contributions a statement rests on."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.contributions.models import Contribution
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb
from cahiers.notebooks.models import Citation, Notebook, Statement


class BadSpan(ValueError):
    """The span is not one of what the contribution says now, or the contribution is another consultation's."""


@transaction.atomic
def cite(
    *,
    statement: Statement,
    contribution: Contribution,
    span: tuple[int, int] | None = None,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """The statement rests on the contribution: on those characters of what it says now, from 0, or on all of it.

    Cited already, nothing changes. Raises BadSpan.
    """
    notebook = statement.row.theme.notebook
    said = contribution.current
    if contribution.consultation_id != notebook.consultation_id:
        raise BadSpan(str(contribution.uuid))
    if span is not None and not 0 <= span[0] < span[1] <= len(said.text):
        raise BadSpan(str(span))
    start, end = span or (None, None)

    def write() -> UUID:
        Notebook.objects.select_for_update().get(pk=notebook.pk)
        citation, made = Citation.objects.get_or_create(
            statement=statement,
            contribution=contribution,
            start=start,
            end=end,
            defaults={"revision": said, "at": now},
        )
        if made:
            _note(statement, Verb.CITE, command, by, now, after=citation.uuid)
        return citation.uuid

    asked = ("cite", statement.uuid, contribution.uuid, start, end)
    once(command=command, digest=sha256(repr(asked).encode()).hexdigest(), at=now, do=write)


@transaction.atomic
def uncite(*, citation: Citation, command: UUID, by: Person | None, now: datetime) -> None:
    """The statement rests on that no more; gone already, nothing changes."""

    def write() -> UUID:
        deleted, _ = Citation.objects.filter(pk=citation.pk).delete()
        if deleted:
            _note(citation.statement, Verb.CITE, command, by, now, before=citation.uuid)
        return citation.uuid

    digest = sha256(repr(("uncite", citation.uuid)).encode()).hexdigest()
    once(command=command, digest=digest, at=now, do=write)


def share(*, sources: Iterable[Statement], target: Statement, now: datetime) -> None:
    """The target rests on all that the sources rest on too, for an action that makes the journal entry itself."""
    Citation.objects.bulk_create(
        (
            Citation(
                statement=target,
                contribution_id=cited.contribution_id,
                revision_id=cited.revision_id,
                start=cited.start,
                end=cited.end,
                at=now,
            )
            for cited in Citation.objects.filter(statement__in=[one.pk for one in sources])
        ),
        ignore_conflicts=True,
    )


def _note(
    statement: Statement,
    verb: Verb,
    command: UUID,
    by: Person | None,
    now: datetime,
    *,
    before: UUID | None = None,
    after: UUID | None = None,
) -> None:
    record(
        stream=statement.row.theme.notebook.stream,
        verb=verb,
        subject=statement.uuid,
        actor=by.uuid if by else None,
        command=command,
        before=before,
        after=after,
        at=now,
    )
