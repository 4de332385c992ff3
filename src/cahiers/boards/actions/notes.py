"""What the facilitator does with one note: hide it and show it again, and let it join another that says the same."""

from datetime import datetime
from uuid import UUID, uuid5

from cahiers.accounts.models import Person
from cahiers.boards.actions.placing import place
from cahiers.boards.actions.running import NotOfThisBoard, perform
from cahiers.boards.models import Board, Note
from cahiers.contributions.models import Status
from cahiers.journal.models import Verb
from cahiers.notebooks.actions import statements
from cahiers.notebooks.models import Citation


def hide(*, note: Note, reason: str, command: UUID, by: Person | None, now: datetime) -> None:
    """From everyone but facilitators and its author, whose page says why; its statement leaves the notebook."""

    def do(board: Board) -> tuple[Verb, UUID]:
        current = _current(note, board)
        if current.contribution.status == Status.ACCEPTED:
            _set_status(current, Status.HIDDEN, reason)
            take_out(current, command, by, now)
        return Verb.HIDE, current.uuid

    perform(board=note.board, asked=("hide", note.uuid, reason), command=command, by=by, now=now, do=do)


def show(*, note: Note, command: UUID, by: Person | None, now: datetime) -> None:
    """Undo `hide`: where its round is revealed it is a statement again."""

    def do(board: Board) -> tuple[Verb, UUID]:
        current = _current(note, board)
        if current.contribution.status == Status.HIDDEN:
            _set_status(current, Status.ACCEPTED, "")
            if current.round.revealed_at is not None or not board.hides:
                place(round=current.round, notes=[current], command=command, commands={}, now=now)
        return Verb.RESTORE, current.uuid

    perform(board=note.board, asked=("show", note.uuid), command=command, by=by, now=now, do=do)


def join(*, note: Note, other: Note, command: UUID, by: Person | None, now: datetime) -> None:
    """Say that the note says what the other does: one statement stays, which rests on both.

    Raises NotOfThisBoard where the two are not shown in the same round.
    """

    def do(board: Board) -> tuple[Verb, UUID]:
        current, kept = _current(note, board), _current(other, board)
        if not join_to(current, kept, command, by, now):
            raise NotOfThisBoard(str(kept.uuid))
        return Verb.MERGE, current.uuid

    perform(board=note.board, asked=("join", note.uuid, other.uuid), command=command, by=by, now=now, do=do)


def join_to(note: Note, other: Note, command: UUID, by: Person | None, now: datetime) -> bool:
    """Under the notebook's lock: whether the two are shown in the same round, and now share a statement."""
    kept = other.statement
    if note.round_id != other.round_id or kept is None or not kept.present or note.pk == other.pk:
        return False
    if note.statement_id != kept.pk:
        take_out(note, command, by, now)
        note.statement = kept
        note.save(update_fields=["statement"])
        Citation.objects.get_or_create(
            statement=kept,
            contribution=note.contribution,
            start=None,
            defaults={"revision_id": note.contribution.current_id, "at": now},
        )
    return True


def take_out(note: Note, command: UUID, by: Person | None, now: datetime) -> None:
    """Its statement leaves the notebook, unless others say the same there: then only its citation does."""
    statement = note.statement
    note.statement = None
    note.save(update_fields=["statement"])
    if statement is None:
        return
    if statement.notes.exists():
        statement.citations.filter(contribution=note.contribution_id).delete()
    elif statement.present:
        statements.delete(
            statement=statement,
            seen=statement.current_id,
            # Of its own, made from the one that asked: an entry of the journal has one command.
            command=uuid5(command, "statement"),
            by=by,
            now=now,
        )
    else:
        # Merged into another since, which rests on it no more.
        near = {"statement__row__theme": note.round.theme_id, "statement__row__stage": note.round.stage}
        Citation.objects.filter(contribution=note.contribution_id, **near).delete()


def _current(note: Note, board: Board) -> Note:
    found = (
        Note.objects.select_related(
            "round__inbox",
            "contribution__current",
            "row",
            "statement__current",
            "statement__row__theme__notebook__consultation",
        )
        .filter(pk=note.pk, board=board)
        .first()
    )
    if found is None:
        raise NotOfThisBoard(str(note.uuid))
    return found


def _set_status(note: Note, status: Status, reason: str) -> None:
    note.contribution.status, note.contribution.hidden_because = status, reason
    note.contribution.save(update_fields=["status", "hidden_because"])
