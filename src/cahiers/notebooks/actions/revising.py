"""What every edit of a notebook shares: the lock, the check of what was seen, the revisions, the journal entry."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.consultations.windows import Barrier, StageClosed, barriers
from cahiers.documents.normal import tidy
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb
from cahiers.notebooks.models import (
    STEP,
    Notebook,
    NotebookFeedback,
    NotebookTheme,
    Row,
    RowFeedback,
    RowRevision,
    Statement,
    StatementRevision,
)

#: What an edit is about, in the journal.
Subject = Statement | Row | Notebook
#: Characters of a statement or of a row's name: what one line of a table can hold, with room to spare.
LONGEST = 10_000


class Changed(Exception):
    """Someone else was faster: `current` is how the thing, or the row that it stands in, is now. Nothing is written."""

    def __init__(self, current: StatementRevision | RowRevision) -> None:
        super().__init__(str(current.uuid))
        self.current = current


class BadText(ValueError):
    """The text is empty, or longer than LONGEST."""


class Misplaced(ValueError):
    """The place is none that the thing can have: another notebook, or a column that the stage has not."""


@dataclass(slots=True)
class Edit:
    """One edit while it is done, inside its transaction."""

    notebook: Notebook
    command: UUID
    now: datetime
    #: Closed stages by key, with what keeps who edits out of them.
    barriers: dict[str, Barrier] = field(default_factory=dict)
    #: For each thing that it touches, by uuid, the revision that was current before; None for a new one.
    before: dict[UUID, UUID | None] = field(default_factory=dict)
    #: What the journal entry leads to, where that is no revision: a file that was imported.
    after: UUID | None = None

    def statement(self, statement: Statement, seen: UUID) -> Statement:
        """The statement as it is now. Raises Changed where that is not what was seen, or where it is deleted."""
        now = Statement.objects.select_related("current", "row__current").get(pk=statement.pk)
        if now.current_id != seen or not now.present:
            raise Changed(now.current)
        if not now.row.present:
            raise Changed(now.row.current)
        return now

    def row(self, row: Row, seen: UUID | None = None) -> Row:
        """The row as it is now. Raises Changed where it is deleted, or is not what was seen if that is told."""
        now = Row.objects.select_related("current", "theme").get(pk=row.pk)
        if now.theme.notebook_id != self.notebook.pk:
            raise Misplaced("The row is another notebook's.")
        if not now.present or (seen is not None and now.current_id != seen):
            raise Changed(now.current)
        return now

    def check_open(self, stage: str) -> None:
        """Raises StageClosed where who edits may not write in it now."""
        barrier = self.barriers.get(stage)
        if barrier is not None and barrier.refused:
            raise StageClosed(barrier.sentence)

    def revise_statement(self, statement: Statement, changes: dict[str, Any], *, keep: bool = False) -> None:
        """Its next revision; the same state makes none, unless it is to be kept."""
        old = statement.current
        if not keep and old.state == old.state | changes:
            return
        if self.barriers:
            places = {statement.row_id, changes.get("row_id", statement.row_id)}
            for stage in Row.objects.filter(pk__in=places).values_list("stage", flat=True):
                self.check_open(stage)
        self.before.setdefault(statement.uuid, old.uuid)
        new = StatementRevision.objects.create(
            statement=statement,
            number=old.number + 1,
            command=self.command,
            at=self.now,
            **(old.state | changes),
        )
        for name in ("row_id", "kind", "position", "emphasised", "present"):
            setattr(statement, name, getattr(new, name))
        statement.current = new
        statement.save()

    def revise_row(self, row: Row, changes: dict[str, Any]) -> None:
        """Its next revision; the same state makes none."""
        old = row.current
        state = old.state | changes
        if old.state == state:
            return
        self.check_open(row.stage)
        self.before.setdefault(row.uuid, old.uuid)
        new = RowRevision.objects.create(
            row=row, number=old.number + 1, command=self.command, at=self.now, **state
        )
        for name in ("theme_id", "position", "name", "theme_text", "feedback_text", "present"):
            setattr(row, name, getattr(new, name))
        row.current = new
        row.save()
        if (old.cited, old.theme_id) != (new.cited, new.theme_id):
            _cite(row, new)

    def add_statement(self, row: Row, *, like: Statement | None = None, **state: Any) -> Statement:
        """A new one, which stands in the same place of the file as `like`, if any."""
        self.check_open(row.stage)
        first = uuid4()
        placed = ("source_file_id", "source_page", "source_line", "source_cell")
        source = {name: getattr(like, name) for name in placed} if like else {}
        text = state.pop("text")
        statement = Statement.objects.create(row=row, current_id=first, **state, **source)
        statement.current = StatementRevision.objects.create(
            uuid=first, statement=statement, row=row, text=text, command=self.command, at=self.now, **state
        )
        self.before[statement.uuid] = None
        return statement

    def add_row(self, theme: NotebookTheme, *, stage: str, position: int, name: str | None) -> Row:
        self.check_open(stage)
        first = uuid4()
        row = Row.objects.create(theme=theme, stage=stage, position=position, name=name, current_id=first)
        row.current = RowRevision.objects.create(
            uuid=first, row=row, theme=theme, position=position, name=name, command=self.command, at=self.now
        )
        self.before[row.uuid] = None
        return row

    def cell(self, row: Row, kind: str) -> list[Statement]:
        """Present statements of the row's column, in order."""
        found = Statement.objects.filter(row=row, kind=kind, present=True).select_related("current")
        return list(found.order_by("position", "pk"))

    def rows(self, theme: NotebookTheme, stage: str, *, without: Row | None = None) -> list[Row]:
        """Present rows of the theme's stage, in order."""
        found = Row.objects.filter(theme=theme, stage=stage, present=True).select_related("current")
        return [row for row in found.order_by("position", "pk") if row != without]

    def place_statement(self, cell: list[Statement], before: Statement | None) -> int:
        """Position in front of one of them, or at the end for None. Raises Misplaced where it is not among them."""
        index = _index(cell, before)
        position = between(cell, index)
        if position is None:
            for statement, renewed in zip(cell, renumbered(cell, index), strict=True):
                self.revise_statement(statement, {"position": renewed})
            return (index + 1) * STEP
        return position

    def place_row(self, rows: list[Row], before: Row | None) -> int:
        """The same for rows."""
        index = _index(rows, before)
        position = between(rows, index)
        if position is None:
            for row, renewed in zip(rows, renumbered(rows, index), strict=True):
                self.revise_row(row, {"position": renewed})
            return (index + 1) * STEP
        return position


@transaction.atomic
def perform(
    *,
    notebook: Notebook,
    verb: Verb,
    asked: tuple[object, ...],
    command: UUID,
    by: Person | None,
    now: datetime,
    do: Callable[[Edit], Subject],
) -> UUID:
    """The uuid of what `do` returns, which ran once for that command and is what the one journal entry is about.

    `asked` tells two requests apart by its repr. Raises what `do` raises, StageClosed, and
    journal.actions.CommandReused.
    """
    # Before the command is looked up: of two that were sent at once, the second waits here, then finds the first done.
    locked = Notebook.objects.select_for_update().get(pk=notebook.pk)

    def write() -> UUID:
        shut = barriers(visitor=by, consultation=notebook.consultation, territory=notebook.territory, now=now)
        edit = Edit(notebook=locked, command=command, now=now, barriers=shut)
        subject = do(edit)
        if edit.before or edit.after:
            record(
                stream=notebook.stream,
                verb=verb,
                subject=subject.uuid,
                actor=by.uuid if by else None,
                command=command,
                before=edit.before.get(subject.uuid),
                after=edit.after if isinstance(subject, Notebook) else subject.current_id,
                at=now,
            )
        return subject.uuid

    digest = sha256(repr((str(verb), *asked)).encode()).hexdigest()
    return once(command=command, digest=digest, at=now, do=write)


def one_line(text: str) -> str:
    """Tidied, as documents hold it. Raises BadText."""
    tidied = tidy(text)
    if not 0 < len(tidied) <= LONGEST:
        raise BadText(f"{len(tidied)} characters")
    return tidied


def between(neighbours: Sequence[Statement] | Sequence[Row], index: int) -> int | None:
    """A position before the one at that index, after the one before it; None where there is no room."""
    if index == len(neighbours):
        last: int = neighbours[-1].position if neighbours else 0
        return last + STEP
    low: int = neighbours[index - 1].position if index else -1
    high: int = neighbours[index].position
    middle = (low + high) // 2
    return middle if low < middle < high else None


def renumbered(neighbours: Sequence[Statement] | Sequence[Row], index: int) -> list[int]:
    """New positions for them all, STEP apart, with a gap at that index."""
    return [(place + 1 + (place >= index)) * STEP for place in range(len(neighbours))]


def _index(neighbours: Sequence[Statement] | Sequence[Row], before: Statement | Row | None) -> int:
    if before is None:
        return len(neighbours)
    try:
        return [one.pk for one in neighbours].index(before.pk)
    except ValueError:
        raise Misplaced("What it should stand before is no longer there.") from None


def _cite(row: Row, revision: RowRevision) -> None:
    """Citations as the revision numbers them, each linked to the theme's sheet of that number if there is one."""
    sheets: dict[int | None, NotebookFeedback] = {}
    for sheet in NotebookFeedback.objects.filter(theme_id=revision.theme_id, number__in=revision.cited):
        sheets.setdefault(sheet.number, sheet)
    row.cited.all().delete()
    RowFeedback.objects.bulk_create(
        RowFeedback(row=row, position=position, number=number, sheet=sheets.get(number))
        for position, number in enumerate(revision.cited)
    )
