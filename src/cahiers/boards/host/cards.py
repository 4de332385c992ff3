"""Pages of one card, one row, or one note that is hidden still: all that can be done with it."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cahiers.boards import paging, queries
from cahiers.boards.actions import carrying
from cahiers.boards.host.access import board_to_run
from cahiers.boards.host.asked import Asked
from cahiers.boards.host.page import inbox_of
from cahiers.boards.models import Board, Round
from cahiers.boards.room.panels import name_of
from cahiers.contributions.models import Status
from cahiers.notebooks.actions.revising import Changed
from cahiers.notebooks.editing.places import excerpt, orders_of_row
from cahiers.notebooks.history import author_of
from cahiers.notebooks.models import Row, RowRevision, Statement


@never_cache
@require_safe
def statement(request: HttpRequest, code: str, statement: str) -> HttpResponse:
    board = board_to_run(request, code)
    found = _statement(board, statement)
    return render(request, "boards/host/card.html", _of_card(board, found))


@never_cache
@require_safe
def row(request: HttpRequest, code: str, row: UUID) -> HttpResponse:
    board = board_to_run(request, code)
    rows = Row.objects.select_related("current", "theme__notebook__consultation")
    found = get_object_or_404(rows, uuid=row, theme__notebook=board.notebook_id, present=True)
    orders, order = orders_of_row(found.theme, found.stage, found)
    following = carrying.next_stage(board, found.stage)
    method = board.notebook.consultation.method
    told = {
        "board": board,
        "row": found,
        "statements": found.statements.filter(present=True).select_related("current").order_by("position"),
        "orders": orders,
        "order": order,
        "targets": _rows_beside(found),
        "following": method.stage(following) if following else None,
    }
    return render(request, "boards/host/row.html", told)


@never_cache
@require_safe
def note(request: HttpRequest, code: str, note: UUID) -> HttpResponse:
    board = board_to_run(request, code)
    found = get_object_or_404(
        board.notes.select_related("contribution__current", "round__theme", "statement"),
        uuid=note,
        contribution__status__in=(Status.ACCEPTED, Status.HIDDEN),
    )
    return render(request, "boards/host/note.html", {"board": board, "note": found})


@never_cache
@require_safe
def unseen(request: HttpRequest, code: str) -> HttpResponse:
    """Every note that only facilitators see, the last first."""
    board = board_to_run(request, code)
    notes = queries.unseen_notes(board.round)[::-1] if board.round else []
    shown = Paginator(notes, paging.PAGE).get_page(request.GET.get("page"))
    return render(request, "boards/host/notes.html", {"board": board, "notes": shown})


def overtaken(request: HttpRequest, asked: Asked, changed: Changed) -> HttpResponse:
    """Someone reworded the card meanwhile: both texts, and the form again."""
    [(found, _seen)] = asked.cards()[:1]
    told = _of_card(asked.board, found)
    told |= {
        "text": asked.text("text"),
        "changed": changed.current,
        "changed_row": isinstance(changed.current, RowRevision),
        "changed_by": author_of(changed.current),
    }
    return render(request, "boards/host/card.html", told, status=409)


def _statement(board: Board, code: str) -> Statement:
    statements = Statement.objects.select_related("current", "row__theme__notebook__consultation")
    return get_object_or_404(
        statements, code=code, row__theme__notebook=board.notebook_id, present=True, row__present=True
    )


def _of_card(board: Board, found: Statement) -> dict[str, Any]:
    notes = found.notes.filter(board=board, contribution__status=Status.ACCEPTED)
    following = carrying.next_stage(board, found.row.stage)
    method = board.notebook.consultation.method
    kinds = method.stage(following).kinds if following else ()
    return {
        "board": board,
        "statement": found,
        "column": method.stage(found.row.stage).column(found.kind),
        "text": found.current.text,
        "notes": notes.select_related("contribution__current").order_by("position"),
        "targets": _rows_beside(found.row),
        "inbox": _inbox_beside(found.row),
        "following": method.stage(following) if following and found.kind in kinds else None,
        "changed": None,
        "changed_row": False,
        "changed_by": "",
    }


def _round_of(row: Row) -> Round | None:
    rounds = row.theme.notebook.board.rounds.select_related("inbox")
    return rounds.filter(theme=row.theme_id, stage=row.stage).first()


def _inbox_beside(row: Row) -> UUID | None:
    """None for a row that is the inbox itself."""
    round = _round_of(row)
    return inbox_of(round) if round is not None and round.inbox_id != row.pk else None


def _rows_beside(row: Row) -> list[tuple[UUID, str]]:
    """Other rows of its stage, each by its name or its first words."""
    round = _round_of(row)
    if round is None:
        rows = Row.objects.filter(theme=row.theme_id, stage=row.stage, present=True).exclude(pk=row.pk)
        return [(one.uuid, one.name or "…") for one in rows]
    drawn = queries.rows_of(round)
    return [(one.row.uuid, excerpt(name_of(one))) for one in drawn if one.row.pk != row.pk and not one.inbox]
