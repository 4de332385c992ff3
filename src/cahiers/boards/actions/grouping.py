"""Putting cards together: into a row, into a new one, into one card; and rows into one."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.journal.models import Verb
from cahiers.notebooks.actions.revising import Edit, Misplaced, one_line, perform
from cahiers.notebooks.actions.statements import check_kind
from cahiers.notebooks.models import Notebook, NotebookTheme, Row, Statement

#: Statements, each with its revision that was seen.
Seen = Sequence[tuple[Statement, UUID]]


def gather(
    *, notebook: Notebook, cards: Seen, row: Row, command: UUID, by: Person | None, now: datetime
) -> None:
    """Each at the end of its own column of the row, in their order. Raises Misplaced or Changed."""

    def do(edit: Edit) -> Row:
        target = edit.row(row)
        _move(edit, cards, target)
        return target

    asked = ("gather", row.uuid, *_told(cards))
    perform(notebook=notebook, verb=Verb.MOVE, asked=asked, command=command, by=by, now=now, do=do)


def gather_in_new_row(
    *,
    theme: NotebookTheme,
    stage: str,
    cards: Seen,
    name: str,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Row:
    """The same, into a row that is made at the end. Raises BadText, Misplaced or Changed."""
    named = one_line(name) if name.strip() else None

    def do(edit: Edit) -> Row:
        position = edit.place_row(edit.rows(theme, stage), None)
        made = edit.add_row(theme, stage=stage, position=position, name=named)
        _move(edit, cards, made)
        return made

    asked = ("gather new", theme.pk, stage, named, *_told(cards))
    uuid = perform(
        notebook=theme.notebook, verb=Verb.CREATE, asked=asked, command=command, by=by, now=now, do=do
    )
    return Row.objects.select_related("current", "theme").get(uuid=uuid)


def merge_rows(*, row: Row, into: Row, seen: UUID, command: UUID, by: Person | None, now: datetime) -> None:
    """All that the row holds goes to the other, which cites the sheets of both; the row goes.

    Raises Misplaced where they are not of the same theme and stage, or Changed.
    """

    def do(edit: Edit) -> Row:
        current, target = edit.row(row, seen), edit.row(into)
        if current.pk == target.pk or (current.theme_id, current.stage) != (target.theme_id, target.stage):
            raise Misplaced("Rows are merged within a stage of a theme.")
        held = Statement.objects.filter(row=current, present=True).select_related("current", "row")
        for statement in held.order_by("position", "pk"):
            position = edit.place_statement(edit.cell(target, statement.kind), None)
            edit.revise_statement(statement, {"row_id": target.pk, "position": position})
        cited = list(dict.fromkeys([*target.current.cited, *current.current.cited]))
        edit.revise_row(target, {"cited": cited, "name": target.name or current.name})
        edit.revise_row(current, {"present": False})
        return target

    asked = ("merge rows", row.uuid, into.uuid, seen)
    perform(notebook=row.theme.notebook, verb=Verb.MERGE, asked=asked, command=command, by=by, now=now, do=do)


def _move(edit: Edit, cards: Seen, target: Row) -> None:
    for statement, seen in cards:
        current = edit.statement(statement, seen)
        check_kind(edit.notebook, target, current.kind)
        if current.row.theme_id != target.theme_id:
            raise Misplaced("The card is another theme's.")
        if current.row_id == target.pk:
            continue
        position = edit.place_statement(edit.cell(target, current.kind), None)
        edit.revise_statement(current, {"row_id": target.pk, "position": position})


def _told(cards: Seen) -> list[tuple[UUID, UUID]]:
    return [(statement.uuid, seen) for statement, seen in cards]
