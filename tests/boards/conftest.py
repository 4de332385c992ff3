"""A live meeting, two telephones, and who runs it."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client

from cahiers.boards.actions import opening, running, taking
from cahiers.boards.commands import Write
from cahiers.boards.devices import new_key
from cahiers.boards.models import Board, Round
from cahiers.consultations.models import Role
from cahiers.meetings.models import Meeting
from tests.consultations.teams import member, signed_in


@pytest.fixture(autouse=True)
def no_loop_runs() -> Iterator[None]:
    """Playwright’s loop counts as running until its browser is closed, in this process too: ours could not begin."""
    others = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(others)


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


@pytest.fixture
def host(consultation, region) -> Client:
    return signed_in(member(consultation, Role.FACILITATOR, region))


@pytest.fixture
def send(host, board):
    """Sends a command and returns the page that follows."""

    def post(verb, follow=True, **fields):
        fields.setdefault("command", uuid4())
        return host.post(f"/r/{board.code}/animer/{verb}/", fields, follow=follow)

    return post


@pytest.fixture
def write(board, writing, phone, now):
    def put(*texts, kind="irritant", **more):
        commands = [
            Write(command=uuid4(), key=phone, round=writing.uuid, kind=kind, text=text, **more)
            for text in texts
        ]
        taking.take(board=board, commands=commands, now=now)

    return put


@pytest.fixture
def reveal(writing, now):
    def to(step="reveal"):
        running.set_step(board=writing.board, round=writing, step=step, command=uuid4(), by=None, now=now)

    return to
