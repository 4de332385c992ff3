"""Who runs a board: those who may edit in its territory, and who opened the link for co-facilitators."""

from collections.abc import Mapping
from typing import Any

from cahiers.boards.models import Board
from cahiers.consultations.permissions import Visitor, may_edit


def session_key(board: Board) -> str:
    return f"board-{board.code}"


def may_run(visitor: Visitor, session: Mapping[str, Any], board: Board) -> bool:
    """A link that was renewed opens nothing any more: the session holds the fingerprint of the one that was opened."""
    if session.get(session_key(board)) == board.helpers:
        return board.is_open
    return may_edit(visitor, board.notebook.consultation, board.meeting.territory)
