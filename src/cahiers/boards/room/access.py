"""How a page of the room gets at its board; anyone who has the code may."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cahiers.boards import queries, rendering
from cahiers.boards.devices import COOKIE, new_key, trace
from cahiers.boards.models import Board, Participant

#: Seconds that a device keeps its key: a year, so that it can still withdraw what it wrote.
KEPT = 365 * 24 * 3600


class Away(Exception):
    """There is no such board; `page` says so and what to do."""

    def __init__(self, page: HttpResponse) -> None:
        super().__init__()
        self.page = page


def board_for(request: HttpRequest, code: str) -> Board:
    """Raises Away."""
    board = queries.board_of_code(code)
    if board is None:
        raise Away(render(request, "boards/room/code.html", {"unknown": code[:12]}, status=404))
    return board


def key_of(request: HttpRequest) -> str:
    """The device's own; "" where it has none yet."""
    return request.COOKIES.get(COOKIE, "")


def participant_of(request: HttpRequest, board: Board) -> Participant | None:
    key = key_of(request)
    return board.participants.filter(device=trace(key, board.meeting.uuid)).first() if key else None


def with_key(request: HttpRequest, response: HttpResponse, key: str) -> HttpResponse:
    """The same response, which leaves the device its key; scripts cannot read it."""
    response.set_cookie(
        COOKIE, key, max_age=KEPT, httponly=True, samesite="Lax", secure=request.is_secure(), path="/"
    )
    return response


def key_or_new(request: HttpRequest) -> str:
    return key_of(request) or new_key()


def told(board: Board, **more: Any) -> dict[str, Any]:
    """What every page of the room is given; the position is read before what is drawn."""
    position = rendering.position_of(board)
    return {
        "board": board,
        "round": board.round,
        "consultation": board.notebook.consultation,
        "position": position,
        "state": rendering.state_of(board),
        **more,
    }
