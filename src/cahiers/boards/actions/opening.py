"""Opening a meeting's board, closing it, and opening it again."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from cahiers.accounts.models import Person
from cahiers.boards.actions.sifting import sift_all
from cahiers.boards.models import Board
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.meetings.models import Meeting
from cahiers.notebooks.actions import creating
from cahiers.notebooks.models import Notebook

#: Codes are drawn until one is free: 34 million of them make a second draw rare.
DRAWS = 20


class SharedNotebook(ValueError):
    """The meeting's notebook accounts for another live meeting."""


@transaction.atomic
def open_board(*, meeting: Meeting, by: Person | None, now: datetime) -> Board:
    """The meeting's board, made with its notebook if it has none; an open one is handed back as it is.

    A closed one is opened again, with the same code.
    """
    board = Board.objects.select_for_update().filter(meeting=meeting).first()
    if board is None:
        board = _made(meeting, _notebook_of(meeting, by, now), now)
    elif board.closed_at is None:
        return board
    board.closed_at = None
    board.save(update_fields=["closed_at"])
    Notebook.objects.filter(pk=board.notebook_id).update(live_stream=meeting.uuid)
    _note(board, Verb.OPEN, by, now)
    return board


@transaction.atomic
def close_board(*, board: Board, untreated: str, by: Person | None, now: datetime) -> None:
    """Edits of its notebook enter the consultation's stream again; closed already, nothing changes."""
    locked = Board.objects.select_for_update().select_related("meeting").get(pk=board.pk)
    if locked.closed_at is not None:
        return
    locked.closed_at, locked.ends_at, locked.untreated = now, None, untreated
    locked.save(update_fields=["closed_at", "ends_at", "untreated"])
    Notebook.objects.filter(pk=locked.notebook_id).update(live_stream=None)
    _note(locked, Verb.CLOSE, by, now)
    # From here on its notebook may be published: nothing that was said there is without its flags.
    sift_all(board=locked)


@transaction.atomic
def renew_helpers_link(*, board: Board) -> str:
    """The token of a new link for co-facilitators; the one before opens nothing any more."""
    token = secrets.token_urlsafe(24)
    Board.objects.filter(pk=board.pk).update(helpers=digest_of(token))
    return token


def digest_of(token: str) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(token.encode()).hexdigest()


def _notebook_of(meeting: Meeting, by: Person | None, now: datetime) -> Notebook:
    """The one that accounts for this meeting alone and for no board yet, else a new one."""
    for notebook in meeting.notebooks.filter(board=None):
        if notebook.meetings.count() == 1:
            return notebook
    return creating.create(
        consultation=meeting.consultation,
        territory=meeting.territory,
        title=str(meeting),
        meetings=[meeting],
        by=by,
        now=now,
    )


def _made(meeting: Meeting, notebook: Notebook, now: datetime) -> Board:
    for _ in range(DRAWS):
        try:
            with transaction.atomic():
                return Board.objects.create(
                    meeting=meeting,
                    notebook=notebook,
                    helpers=digest_of(secrets.token_urlsafe(24)),
                    opened_at=now,
                    closed_at=now,
                )
        except IntegrityError:
            continue
    raise RuntimeError("No free code was found.")


def _note(board: Board, verb: Verb, by: Person | None, now: datetime) -> None:
    record(
        stream=board.stream,
        verb=verb,
        subject=board.meeting.uuid,
        actor=by.uuid if by else None,
        at=now,
    )
