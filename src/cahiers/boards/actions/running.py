"""What the facilitator does for the whole room: the round, its step, the reveal, the countdown, what the wall shows."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.boards.actions.placing import place
from cahiers.boards.models import Board, Note, Round, Step
from cahiers.contributions.models import Status
from cahiers.journal.actions import once, record
from cahiers.journal.models import Verb
from cahiers.methods import Method
from cahiers.notebooks.models import Notebook, NotebookTheme

#: Steps at which everyone sees the notes.
SHOWN = (Step.REVEAL, Step.GROUP, Step.VOTE, Step.DECIDE)

#: Feedback sheets that a wall holds in letters that are read from afar, and screens that a round fills at most.
SHEETS, MOST_SCREENS = 3, 999


class BoardClosed(Exception):
    """The meeting is closed."""


class NotOfThisBoard(ValueError):
    """The theme, stage, round or note is another board's."""


def go_to(
    *, board: Board, theme: NotebookTheme, stage: str, command: UUID, by: Person | None, now: datetime
) -> Round:
    """The room's round from now on, begun if it is new. Raises BoardClosed or NotOfThisBoard."""
    if theme.notebook_id != board.notebook_id or stage not in {s.key for s in _method(board).stages}:
        raise NotOfThisBoard(stage)

    def do(locked: Board) -> tuple[Verb, UUID]:
        locked.round, _ = Round.objects.get_or_create(board=locked, theme=theme, stage=stage)
        locked.ends_at, locked.screen = None, 1
        locked.save(update_fields=["round", "ends_at", "screen"])
        return Verb.STEP, locked.round.uuid

    uuid = perform(board=board, asked=("round", theme.pk, stage), command=command, by=by, now=now, do=do)
    return Round.objects.get(uuid=uuid)


def set_step(
    *, board: Board, round: Round, step: Step, command: UUID, by: Person | None, now: datetime
) -> None:
    """What the room does in a round from now on; a step at which notes are seen reveals them, once and for good."""
    if round.board_id != board.pk:
        raise NotOfThisBoard(str(round.uuid))

    def do(locked: Board) -> tuple[Verb, UUID]:
        current = Round.objects.select_related("inbox").get(pk=round.pk)
        current.step = step
        current.save(update_fields=["step"])
        if step not in SHOWN or current.revealed_at is not None:
            return Verb.STEP, current.uuid
        current.revealed_at = now
        current.save(update_fields=["revealed_at"])
        place(round=current, notes=hidden_notes(current), command=command, commands={}, now=now)
        return Verb.REVEAL, current.uuid

    perform(board=board, asked=("step", round.uuid, str(step)), command=command, by=by, now=now, do=do)


def set_dots(
    *, board: Board, round: Round, dots: int, command: UUID, by: Person | None, now: datetime
) -> None:
    """Dots that each has in a round, 1 to 20; those already put stay."""

    def do(locked: Board) -> tuple[Verb, UUID]:
        Round.objects.filter(pk=round.pk, board=locked).update(dots=min(20, max(1, dots)))
        return Verb.EDIT, round.uuid

    perform(board=board, asked=("dots", round.uuid, dots), command=command, by=by, now=now, do=do)


def set_hiding(*, board: Board, hides: bool, command: UUID, by: Person | None, now: datetime) -> None:
    """Whether the notes of rounds to come wait for the reveal."""

    def do(locked: Board) -> tuple[Verb, UUID]:
        locked.hides = hides
        locked.save(update_fields=["hides"])
        return Verb.EDIT, locked.meeting.uuid

    perform(board=board, asked=("hides", hides), command=command, by=by, now=now, do=do)


def set_timer(*, board: Board, seconds: int | None, command: UUID, by: Person | None, now: datetime) -> None:
    """A countdown for the room, up to four hours; None stops it."""

    def do(locked: Board) -> tuple[Verb, UUID]:
        locked.ends_at = now + timedelta(seconds=min(seconds, 4 * 3600)) if seconds else None
        locked.save(update_fields=["ends_at"])
        return Verb.EDIT, locked.meeting.uuid

    perform(board=board, asked=("timer", seconds), command=command, by=by, now=now, do=do)


def lengthen(*, board: Board, seconds: int, command: UUID, by: Person | None, now: datetime) -> None:
    """So many seconds more of the countdown, from now where none runs."""

    def do(locked: Board) -> tuple[Verb, UUID]:
        start = max(now, locked.ends_at) if locked.ends_at else now
        locked.ends_at = min(start + timedelta(seconds=seconds), now + timedelta(hours=4))
        locked.save(update_fields=["ends_at"])
        return Verb.EDIT, locked.meeting.uuid

    perform(board=board, asked=("lengthen", seconds), command=command, by=by, now=now, do=do)


def show_sheets(
    *, board: Board, sheets: Sequence[UUID], command: UUID, by: Person | None, now: datetime
) -> None:
    """The feedback sheets that the projector shows, the first three of these; none for the round again."""
    shown = [str(uuid) for uuid in sheets[:SHEETS]]

    def do(locked: Board) -> tuple[Verb, UUID]:
        locked.sheets = shown
        locked.save(update_fields=["sheets"])
        return Verb.EDIT, locked.meeting.uuid

    perform(board=board, asked=("sheets", *shown), command=command, by=by, now=now, do=do)


def turn_to(*, board: Board, screen: int, command: UUID, by: Person | None, now: datetime) -> None:
    """Which screen of the round is on the wall; one past the last shows the last."""

    def do(locked: Board) -> tuple[Verb, UUID]:
        locked.screen = min(MOST_SCREENS, max(1, screen))
        locked.save(update_fields=["screen"])
        # Nobody has another form before them: only what is seen has moved.
        return Verb.MOVE, locked.meeting.uuid

    perform(board=board, asked=("screen", screen), command=command, by=by, now=now, do=do)


def hidden_notes(round: Round) -> list[Note]:
    """Notes of the round that stand nowhere in the notebook yet and that nobody has hidden or withdrawn."""
    notes = round.notes.filter(statement=None, contribution__status=Status.ACCEPTED)
    return list(notes.select_related("contribution__current", "row").order_by("position"))


@transaction.atomic
def perform(
    *,
    board: Board,
    asked: tuple[object, ...],
    command: UUID,
    by: Person | None,
    now: datetime,
    do: Callable[[Board], tuple[Verb, UUID]],
) -> UUID:
    """The uuid that `do` returns, which ran once for that command under the notebook's lock. Raises BoardClosed."""
    # The lock of every edit of the notebook and of every note: a reveal misses none that is being written.
    Notebook.objects.select_for_update().get(pk=board.notebook_id)

    def write() -> UUID:
        locked = Board.objects.select_related("meeting", "round").get(pk=board.pk)
        if not locked.is_open:
            raise BoardClosed(str(locked))
        verb, subject = do(locked)
        record(
            stream=locked.stream,
            verb=verb,
            subject=subject,
            actor=by.uuid if by else None,
            command=command,
            at=now,
        )
        return subject

    digest = sha256(repr(("board", board.pk, *asked)).encode()).hexdigest()
    return once(command=command, digest=digest, at=now, do=write)


def _method(board: Board) -> Method:
    return board.notebook.consultation.method
