"""Editing statements. Each edit says which revision was seen, and raises Changed where that is no longer current."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.journal.models import Verb
from cahiers.notebooks.actions.revising import Changed, Edit, Misplaced, one_line, perform
from cahiers.notebooks.citations.actions import share
from cahiers.notebooks.models import Notebook, Row, Statement, StatementRevision


def add(
    *,
    row: Row,
    kind: str,
    text: str,
    emphasised: bool = False,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Statement:
    """A statement at the end of a column. Raises BadText, Misplaced, or Changed where the row is deleted."""
    notebook, text = row.theme.notebook, one_line(text)

    def do(edit: Edit) -> Statement:
        current = edit.row(row)
        check_kind(notebook, current, kind)
        position = edit.place_statement(edit.cell(current, kind), None)
        return edit.add_statement(current, kind=kind, text=text, position=position, emphasised=emphasised)

    asked = ("statement", row.uuid, kind, text, emphasised)
    return _done(
        perform(notebook=notebook, verb=Verb.CREATE, asked=asked, command=command, by=by, now=now, do=do)
    )


def reword(
    *, statement: Statement, text: str, seen: UUID, command: UUID, by: Person | None, now: datetime
) -> Statement:
    """Raises BadText or Changed."""
    text = one_line(text)

    def do(edit: Edit) -> Statement:
        current = edit.statement(statement, seen)
        edit.revise_statement(current, {"text": text})
        return current

    asked = ("reword", statement.uuid, text, seen)
    return _edited(statement, Verb.EDIT, asked, command, by, now, do)


def emphasise(
    *,
    statement: Statement,
    emphasised: bool = True,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Statement:
    """Particularly stressed in the exchanges, or no more. Raises Changed."""

    def do(edit: Edit) -> Statement:
        current = edit.statement(statement, seen)
        edit.revise_statement(current, {"emphasised": emphasised})
        return current

    asked = ("emphasise", statement.uuid, emphasised, seen)
    return _edited(statement, Verb.EDIT, asked, command, by, now, do)


def move(
    *,
    statement: Statement,
    row: Row,
    kind: str,
    before: Statement | None = None,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Statement:
    """Into a column, in front of one of its statements or, for None, at the end. Raises Misplaced or Changed."""

    def do(edit: Edit) -> Statement:
        current, target = edit.statement(statement, seen), edit.row(row)
        check_kind(edit.notebook, target, kind)
        whole = edit.cell(target, kind)
        cell = [other for other in whole if other.pk != current.pk]
        if not _is_there_already(whole, current, before):
            position = edit.place_statement(cell, before)
            edit.revise_statement(current, {"row_id": target.pk, "kind": kind, "position": position})
        return current

    asked = ("move", statement.uuid, row.uuid, kind, before and before.uuid, seen)
    return _edited(statement, Verb.MOVE, asked, command, by, now, do)


def split(
    *,
    statement: Statement,
    parts: Sequence[str],
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Statement:
    """Keep the first part and put the others behind it, in statements of their own. Raises BadText or Changed."""
    first, *others = map(one_line, parts)

    def do(edit: Edit) -> Statement:
        current = edit.statement(statement, seen)
        edit.revise_statement(current, {"text": first})
        before = _next(edit.cell(current.row, current.kind), current)
        for text in others:
            cell = edit.cell(current.row, current.kind)
            part = edit.add_statement(
                current.row,
                like=current,
                kind=current.kind,
                text=text,
                position=edit.place_statement(cell, before),
                emphasised=current.emphasised,
            )
            share(sources=[current], target=part, now=now)
            current.refresh_from_db()
        return current

    asked = ("split", statement.uuid, first, *others, seen)
    return _edited(statement, Verb.SPLIT, asked, command, by, now, do)


def merge(
    *,
    statement: Statement,
    others: Sequence[tuple[Statement, UUID]],
    text: str,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Statement:
    """One statement that says what several did, where the first stood; each other comes with its revision seen.

    It is emphasised where one of them was; the others are kept, not present, and the command leads from each to it.
    Raises BadText, Misplaced or Changed.
    """
    text = one_line(text)

    def do(edit: Edit) -> Statement:
        current = edit.statement(statement, seen)
        merged = [edit.statement(other, seen_other) for other, seen_other in others]
        if not merged or current.pk in {other.pk for other in merged}:
            raise Misplaced("A statement is merged with others.")
        for other in merged:
            edit.row(other.row)
            edit.revise_statement(other, {"present": False})
        share(sources=merged, target=current, now=now)
        emphasised = current.emphasised or any(other.emphasised for other in merged)
        edit.revise_statement(current, {"text": text, "emphasised": emphasised}, keep=True)
        return current

    asked = ("merge", statement.uuid, text, seen, *((other.uuid, revision) for other, revision in others))
    return _edited(statement, Verb.MERGE, asked, command, by, now, do)


def delete(*, statement: Statement, seen: UUID, command: UUID, by: Person | None, now: datetime) -> Statement:
    """It stays, not present. Raises Changed."""

    def do(edit: Edit) -> Statement:
        current = edit.statement(statement, seen)
        edit.revise_statement(current, {"present": False})
        return current

    return _edited(statement, Verb.DELETE, ("delete", statement.uuid, seen), command, by, now, do)


def restore(
    *,
    statement: Statement,
    revision: StatementRevision,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Statement:
    """Text, place and all as in an earlier revision, deleted or not now. Raises Misplaced or Changed."""
    if revision.statement_id != statement.pk:
        raise Misplaced("The revision is another statement's.")

    def do(edit: Edit) -> Statement:
        current = Statement.objects.select_related("current", "row").get(pk=statement.pk)
        if current.current_id != seen:
            raise Changed(current.current)
        edit.row(revision.row)
        edit.revise_statement(current, revision.state)
        return current

    asked = ("restore", statement.uuid, revision.uuid, seen)
    return _edited(statement, Verb.RESTORE, asked, command, by, now, do)


def check_kind(notebook: Notebook, row: Row, kind: str) -> None:
    """Raises Misplaced where the row's stage has no such column."""
    if kind not in notebook.consultation.method.stage(row.stage).kinds:
        raise Misplaced(f"{row.stage} has no column {kind}.")


def _next(cell: list[Statement], statement: Statement) -> Statement | None:
    place = [one.pk for one in cell].index(statement.pk) + 1
    return cell[place] if place < len(cell) else None


def _is_there_already(cell: list[Statement], statement: Statement, before: Statement | None) -> bool:
    if statement.pk not in {one.pk for one in cell}:
        return False
    follower = _next(cell, statement)
    return (follower and follower.pk) == (before and before.pk)


def _edited(
    statement: Statement,
    verb: Verb,
    asked: tuple[object, ...],
    command: UUID,
    by: Person | None,
    now: datetime,
    do: Callable[[Edit], Statement],
) -> Statement:
    notebook = statement.row.theme.notebook
    return _done(perform(notebook=notebook, verb=verb, asked=asked, command=command, by=by, now=now, do=do))


def _done(uuid: UUID) -> Statement:
    return Statement.objects.select_related("current", "row__theme__notebook__consultation").get(uuid=uuid)
