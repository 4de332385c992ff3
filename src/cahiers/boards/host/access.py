"""How a page of the run mode gets at its board: 404 to strangers, 403 to members who have not the right."""

from django.http import Http404, HttpRequest

from cahiers.accounts.models import Person
from cahiers.boards import queries
from cahiers.boards.models import Board
from cahiers.boards.rights import may_run
from cahiers.consultations.access import refuse
from cahiers.consultations.permissions import may_edit


def board_to_run(request: HttpRequest, code: str) -> Board:
    """To who may edit in its territory, and to who opened the link for co-facilitators."""
    board = _board(code)
    if not may_run(request.user, request.session, board):
        refuse(request, board.notebook.consultation)
    return board


def board_to_edit(request: HttpRequest, code: str) -> Board:
    """To who may edit in its territory alone."""
    board = _board(code)
    if not is_member(request, board):
        refuse(request, board.notebook.consultation)
    return board


def is_member(request: HttpRequest, board: Board) -> bool:
    return may_edit(request.user, board.notebook.consultation, board.meeting.territory)


def actor(request: HttpRequest, board: Board) -> Person | None:
    """In whose name it is done: nobody's, for a co-facilitator who came by the link."""
    person = request.user
    return person if isinstance(person, Person) and is_member(request, board) else None


def _board(code: str) -> Board:
    board = queries.board_of_code(code)
    if board is None:
        raise Http404
    return board
