"""Taking what the room chose from one stage to the next, where the work goes on in a row of its own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.boards.models import Board
from cahiers.journal.models import Verb
from cahiers.notebooks.actions.revising import Edit, Misplaced, perform
from cahiers.notebooks.citations.actions import share
from cahiers.notebooks.models import Link, Row, Sameness, Statement


def next_stage(board: Board, stage: str) -> str | None:
    """The stage after it that has one of its kinds too; None where there is none."""
    stages = board.notebook.consultation.method.stages
    keys = [one.key for one in stages]
    kinds = set(board.notebook.consultation.method.stage(stage).kinds)
    for later in stages[keys.index(stage) + 1 :]:
        if kinds & set(later.kinds):
            return later.key
    return None


def carry(
    *,
    board: Board,
    statements: Sequence[Statement],
    name: str | None = None,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Row:
    """A row of the next stage that begins with these statements of one row's theme, each restating its original.

    Raises Misplaced where there is no next stage, none of them has a kind of it, or they are of several themes.
    """
    first = statements[0] if statements else None
    stage = next_stage(board, first.row.stage) if first else None
    if first is None or stage is None:
        raise Misplaced("There is no next stage for it.")
    kinds = board.notebook.consultation.method.stage(stage).kinds
    chosen = [one for one in statements if one.kind in kinds and one.row.theme_id == first.row.theme_id]
    if not chosen:
        raise Misplaced("The next stage has no column for it.")

    def do(edit: Edit) -> Row:
        theme = first.row.theme
        rows = edit.rows(theme, stage)
        row = edit.add_row(theme, stage=stage, position=edit.place_row(rows, None), name=name)
        for original in chosen:
            current = edit.statement(original, original.current_id)
            position = edit.place_statement(edit.cell(row, current.kind), None)
            made = edit.add_statement(
                row,
                kind=current.kind,
                text=current.current.text,
                position=position,
                emphasised=current.emphasised,
            )
            share(sources=[current], target=made, now=now)
            Link.objects.create(source=made, target=current, kind=Sameness.RESTATES, at=now)
        return row

    asked = ("carry", stage, name, *((one.uuid, one.current_id) for one in chosen))
    uuid = perform(
        notebook=board.notebook, verb=Verb.CREATE, asked=asked, command=command, by=by, now=now, do=do
    )
    return Row.objects.select_related("current", "theme").get(uuid=uuid)
