"""Writing feedback sheets (RETEX) by hand: the sheet stands in the notebook, what it says is a contribution."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from cahiers.accounts.models import Person
from cahiers.consultations.revising import check, state
from cahiers.contributions import actions as contributions
from cahiers.contributions.actions import Draft
from cahiers.contributions.models import Channel, Contribution
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb
from cahiers.notebooks.actions.undoing import undo_command
from cahiers.notebooks.models import (
    STEP,
    Notebook,
    NotebookFeedback,
    NotebookTheme,
    RemovedSheet,
    RowFeedback,
)


class NumberTaken(ValueError):
    """Another sheet of the theme has that number: rows would cite either."""


class Gone(LookupError):
    """The sheet is no longer in the notebook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a sheet holds."""

    number: int | None
    scope: str | None
    text: str
    links: Sequence[str]


def state_of(sheet: NotebookFeedback) -> UUID:
    return state(sheet.contribution.current_id, sheet.number)


def add(*, theme: NotebookTheme, said: Said, command: UUID, by: Person | None, now: datetime) -> None:
    """At the end of the theme's sheets. Raises NumberTaken."""
    notebook = theme.notebook

    def do() -> tuple[UUID, UUID | None, UUID | None]:
        _check_number(theme, said.number, None)
        draft = Draft(
            territory=notebook.territory,
            channel=Channel.FORM,
            text=said.text,
            theme=theme.theme,
            scope=said.scope,
            links=tuple(said.links),
            uuid=uuid4(),
        )
        [made] = contributions.store(consultation=notebook.consultation, drafts=[draft], now=now)
        last = theme.feedback.aggregate(last=Max("position"))["last"] or 0
        sheet = NotebookFeedback.objects.create(
            theme=theme, contribution=made, position=last + STEP, number=said.number
        )
        _cited_by(sheet)
        return made.uuid, None, made.current_id

    _perform(notebook, Verb.SUBMIT, ("sheet", theme.pk, said), command, by, now, do)


def edit(
    *, sheet: NotebookFeedback, said: Said, seen: UUID, command: UUID, by: Person | None, now: datetime
) -> None:
    """The next revision of what it says. Raises Gone, NumberTaken, and consultations.revising.Changed."""

    def do() -> tuple[UUID, UUID | None, UUID | None]:
        current = _current(sheet, seen)
        _check_number(current.theme, said.number, current)
        contribution, before = current.contribution, current.contribution.current_id
        after = contributions.revise(
            contribution=contribution, text=said.text, scope=said.scope, links=said.links, now=now
        )
        if said.number != current.number:
            current.number = said.number
            current.save(update_fields=["number"])
            current.cited_by.update(sheet=None)
            _cited_by(current)
        # A number is no part of what is said: a sheet that changes it alone has no revision before.
        renumbered = after.uuid == before and state_of(current) != seen
        return contribution.uuid, None if renumbered else before, after.uuid

    _perform(sheet.theme.notebook, Verb.EDIT, ("sheet", sheet.pk, said, seen), command, by, now, do)


def delete(*, sheet: NotebookFeedback, seen: UUID, command: UUID, by: Person | None, now: datetime) -> None:
    """Take it out of the notebook; what was said stays, so that it can be put back. Raises Gone or Changed."""

    def do() -> tuple[UUID, UUID | None, UUID | None]:
        current = _current(sheet, seen)
        before = current.contribution.current_id
        take_out(sheet=current, command=command, now=now)
        return sheet.contribution.uuid, before, None

    _perform(sheet.theme.notebook, Verb.DELETE, ("sheet", sheet.pk, seen), command, by, now, do)


def take_out(*, sheet: NotebookFeedback, command: UUID, now: datetime) -> None:
    """For an action that holds the lock and makes the journal entry itself; `command` is what puts it back."""
    RemovedSheet.objects.update_or_create(
        theme=sheet.theme,
        contribution=sheet.contribution,
        defaults={**_place(sheet), "command": command, "at": now},
    )
    sheet.delete()


def removed_from(notebook: Notebook) -> QuerySet[RemovedSheet]:
    """Those that can be put back, the last first."""
    there = NotebookFeedback.objects.filter(theme=OuterRef("theme"), contribution=OuterRef("contribution"))
    removed = RemovedSheet.objects.filter(~Exists(there), theme__notebook=notebook)
    return removed.select_related("contribution__current", "theme")


def removed_by(notebook: Notebook, command: UUID) -> RemovedSheet | None:
    """What that command took out of the notebook, put back since or not."""
    found = RemovedSheet.objects.filter(theme__notebook=notebook, command=command)
    return found.select_related("contribution", "theme__notebook__consultation").first()


def put_back(*, removed: RemovedSheet, by: Person | None, now: datetime) -> None:
    """Where it stood, cited again by the rows that give its number; there already, nothing changes.

    Raises NumberTaken.
    """
    theme, contribution = removed.theme, removed.contribution

    def do() -> tuple[UUID, UUID | None, UUID | None]:
        _check_number(theme, removed.number, None, contribution)
        sheet, made = NotebookFeedback.objects.get_or_create(
            theme=theme, contribution=contribution, defaults=_place(removed)
        )
        _cited_by(sheet)
        return contribution.uuid, contribution.current_id if not made else None, contribution.current_id

    asked = ("sheet", theme.pk, contribution.pk)
    _perform(theme.notebook, Verb.RESTORE, asked, undo_command(removed.command), by, now, do)


@transaction.atomic
def _perform(
    notebook: Notebook,
    verb: Verb,
    asked: tuple[object, ...],
    command: UUID,
    by: Person | None,
    now: datetime,
    do: Callable[[], tuple[UUID, UUID | None, UUID | None]],
) -> None:
    """`do` returns what it is about and the revisions before and after: the same twice tells that nothing changed."""
    # The lock of every edit of a notebook: rows that cite by number are edited under it too.
    Notebook.objects.select_for_update().get(pk=notebook.pk)

    def write() -> UUID:
        subject, before, after = do()
        if before is None or before != after:
            record(
                stream=notebook.stream,
                verb=verb,
                subject=subject,
                actor=by.uuid if by else None,
                command=command,
                before=before,
                after=after,
                at=now,
            )
        return subject

    once(command=command, digest=sha256(repr((str(verb), *asked)).encode()).hexdigest(), at=now, do=write)


def _place(held: NotebookFeedback | RemovedSheet) -> dict[str, Any]:
    names = ("position", "number", "source_file_id", "source_page", "source_line", "source_cell")
    return {name: getattr(held, name) for name in names}


def _current(sheet: NotebookFeedback, seen: UUID) -> NotebookFeedback:
    found = (
        NotebookFeedback.objects.select_related("contribution__current", "theme").filter(pk=sheet.pk).first()
    )
    if found is None:
        raise Gone(str(sheet.pk))
    check(seen, state_of(found))
    return found


def _check_number(
    theme: NotebookTheme,
    number: int | None,
    but: NotebookFeedback | None,
    said: Contribution | None = None,
) -> None:
    same = theme.feedback.filter(number=number)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if number is not None and same.exclude(contribution=said).exists():
        raise NumberTaken(str(number))


def _cited_by(sheet: NotebookFeedback) -> None:
    """Rows of the theme that give its number lead to it."""
    if sheet.number is not None:
        RowFeedback.objects.filter(row__theme=sheet.theme_id, number=sheet.number, sheet=None).update(
            sheet=sheet
        )
