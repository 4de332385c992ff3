"""A live meeting, and two telephones."""

from uuid import uuid4

import pytest

from cahiers.boards.actions import opening, running
from cahiers.boards.devices import new_key
from cahiers.boards.models import Board, Round
from cahiers.meetings.models import Meeting


@pytest.fixture
def meeting(consultation, region):
    return Meeting.objects.create(
        consultation=consultation, territory=region, number=1, label="Atelier du lycée"
    )


@pytest.fixture
def board(meeting, now) -> Board:
    return opening.open_board(meeting=meeting, by=None, now=now)


@pytest.fixture
def writing(board, now) -> Round:
    """The diagnosis of the first theme, at the step where the room writes."""
    theme = board.notebook.themes.first()
    begun = running.go_to(board=board, theme=theme, stage="diagnosis", command=uuid4(), by=None, now=now)
    running.set_step(board=board, round=begun, step="write", command=uuid4(), by=None, now=now)
    begun.refresh_from_db()
    return begun


@pytest.fixture
def phone() -> str:
    return new_key()


@pytest.fixture
def other_phone() -> str:
    return new_key()
