"""Undoing an edit, whatever it was: all that it touched becomes again as it was before."""

from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID, uuid5

from cahiers.accounts.models import Person
from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.actions.revising import Changed, Edit, Subject, perform
from cahiers.notebooks.history import subject_of
from cahiers.notebooks.models import Notebook, Row, RowRevision, Statement, StatementRevision

T = TypeVar("T", RowRevision, StatementRevision)


class NothingToUndo(LookupError):
    """No edit of this notebook was made by that command."""


def undo_command(edit: UUID) -> UUID:
    """The command that undoes that edit: always the same, so that it is undone once."""
    return uuid5(edit, "undo")


def undo(
    *, notebook: Notebook, edit: UUID, by: Person | None, now: datetime, only: UUID | None = None
) -> UUID:
    """The command of the undoing, which can be undone in its turn; with `only`, of one row or statement among all.

    Raises NothingToUndo, and Changed where a part of what the edit touched is no longer as the edit left it.
    """

    def do(undoing: Edit) -> Subject:
        statements = StatementRevision.objects.filter(
            command=edit, statement__row__theme__notebook=notebook
        ).order_by("number")
        rows = RowRevision.objects.filter(command=edit, row__theme__notebook=notebook).order_by("number")
        if only is not None:
            statements, rows = statements.filter(statement__uuid=only), rows.filter(row__uuid=only)
        subject = _one(only) if only else subject_of(edit) or _imported(undoing, edit)
        if subject is None or not (statements or rows):
            raise NothingToUndo(str(edit))
        # Rows that come back first, for their statements to stand in.
        _rows_back(undoing, list(rows))
        _statements_back(undoing, list(statements))
        _check_deserted(list(rows))
        subject.refresh_from_db()
        return subject

    command = undo_command(edit) if only is None else uuid5(edit, f"undo {only}")
    asked = ("undo", edit) if only is None else ("undo", edit, only)
    perform(notebook=notebook, verb=Verb.RESTORE, asked=asked, command=command, by=by, now=now, do=do)
    return command


def is_import(notebook: Notebook, edit: UUID) -> bool:
    """Whether the edit took in a newer version of the document: what it removed is brought back one by one."""
    return Entry.objects.filter(command=edit, verb=Verb.IMPORT, subject=notebook.uuid).exists()


def _one(thing: UUID) -> Statement | Row | None:
    return Statement.objects.filter(uuid=thing).first() or Row.objects.filter(uuid=thing).first()


def _imported(undoing: Edit, edit: UUID) -> Notebook | None:
    """The notebook, where the edit took in a newer version of its document, or undid that.

    The version before is then the latest again. Meetings, sheets and titles, which have no such revisions, stay.
    """
    entry = Entry.objects.filter(command=edit, subject=undoing.notebook.uuid).first()
    if entry is None:
        return None
    if entry.after is not None:
        undoing.notebook.imported_texts.filter(file__uuid=entry.after).delete()
    return undoing.notebook


def _rows_back(undoing: Edit, made: list[RowRevision]) -> None:
    for first, last in _spans(made, "row_id"):
        row = Row.objects.select_related("current").get(pk=first.row_id)
        if row.current.state != last.state:
            raise Changed(row.current)
        before = row.revisions.filter(number=first.number - 1).first()
        undoing.revise_row(row, _state_before(first, before))


def _statements_back(undoing: Edit, made: list[StatementRevision]) -> None:
    for first, last in _spans(made, "statement_id"):
        statement = Statement.objects.select_related("current").get(pk=first.statement_id)
        if statement.current.state != last.state:
            raise Changed(statement.current)
        before = statement.revisions.select_related("row__current").filter(number=first.number - 1).first()
        if before is not None and before.present and not before.row.present:
            raise Changed(before.row.current)
        undoing.revise_statement(statement, _state_before(first, before))


def _check_deserted(made: list[RowRevision]) -> None:
    """A row that was added goes; raises Changed where statements were put in it since."""
    added = [revision.row_id for revision in made if revision.number == 1]
    statement = Statement.objects.filter(row__in=added, present=True).select_related("current").first()
    if statement is not None:
        raise Changed(statement.current)


def _spans(made: list[T], owner: str) -> list[tuple[T, T]]:
    """First and last revision of each thing; `made` is in order of number."""
    firsts: dict[int, T] = {}
    lasts: dict[int, T] = {}
    for revision in made:
        firsts.setdefault(getattr(revision, owner), revision)
        lasts[getattr(revision, owner)] = revision
    return [(first, lasts[key]) for key, first in firsts.items()]


def _state_before(
    first: RowRevision | StatementRevision, before: RowRevision | StatementRevision | None
) -> dict[str, Any]:
    """What was, before the first; a thing that it made was not present."""
    return before.state if before else first.state | {"present": False}
