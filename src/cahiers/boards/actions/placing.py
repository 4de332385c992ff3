"""Making the statements that revealed notes become in the notebook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db.models import Max

from cahiers.boards.models import Note, Round
from cahiers.journal.inserting import insert
from cahiers.notebooks.models import STEP, Citation, Row, RowRevision, Statement, StatementRevision


def inbox_of(round: Round, *, command: UUID | None, now: datetime) -> Row:
    """The row where the round's notes stand until someone puts them in another; made, or put back, where missing."""
    inbox = round.inbox
    if inbox is not None and inbox.present:
        return inbox
    rows = Row.objects.filter(theme=round.theme_id, stage=round.stage)
    last = rows.aggregate(last=Max("position"))["last"] or 0
    first = uuid4()
    inbox = Row.objects.create(
        theme_id=round.theme_id, stage=round.stage, position=last + STEP, current_id=first
    )
    RowRevision.objects.create(
        uuid=first, row=inbox, theme_id=round.theme_id, position=last + STEP, command=command, at=now
    )
    round.inbox = inbox
    round.save(update_fields=["inbox"])
    return inbox


#: Position of the last statement of a kind in a row, by their keys.
Ends = dict[tuple[int, str], int]


def place(
    *,
    round: Round,
    notes: Sequence[Note],
    command: UUID | None,
    commands: Mapping[UUID, UUID],
    now: datetime,
    ends: Ends | None = None,
) -> None:
    """A statement for each note of the round, at the end of its column, citing what its contribution says now.

    `commands` names the command that made a note; `command` stands for the others. Their contributions come with
    their current revisions; those that are not saved yet are left to be. To be called under the notebook's lock.
    `ends` are those that are known to who calls; they are kept up to date.
    """
    if not notes:
        return
    inbox = inbox_of(round, command=command, now=now)
    rows = {note.uuid: note.row if note.row is not None and note.row.present else inbox for note in notes}
    last = {} if ends is None else ends
    _look_up(last, {(rows[note.uuid].pk, note.kind) for note in notes})
    statements, revisions = [], []
    for note in notes:
        row, first = rows[note.uuid], uuid4()
        position = last[row.pk, note.kind] = last[row.pk, note.kind] + STEP
        state = {"row": row, "kind": note.kind, "position": position}
        statement = Statement(current_id=first, **state)
        statements.append(statement)
        revisions.append(
            StatementRevision(
                uuid=first,
                statement=statement,
                text=note.contribution.current.text,
                command=commands.get(note.uuid, command),
                at=now,
                **state,
            )
        )
    insert(statements)
    insert(revisions)
    insert(
        [
            Citation(
                statement=statement,
                contribution=note.contribution,
                revision_id=note.contribution.current_id,
                at=now,
            )
            for statement, note in zip(statements, notes, strict=True)
        ]
    )
    for note, statement in zip(notes, statements, strict=True):
        note.statement = statement
    Note.objects.bulk_update([note for note in notes if note.pk], ["statement"])


def _look_up(ends: Ends, cells: Iterable[tuple[int, str]]) -> None:
    missing = set(cells) - ends.keys()
    if not missing:
        return
    present = Statement.objects.filter(row__in={row for row, _ in missing}, present=True).order_by()
    found = present.values_list("row_id", "kind").annotate(last=Max("position"))
    ends |= dict.fromkeys(missing, 0) | {(row, kind): last for row, kind, last in found}
