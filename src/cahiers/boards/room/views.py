"""Pages of the room. Whoever has the code may read what is revealed and take part; nobody is asked who they are."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.boards import paging, queries
from cahiers.boards.actions import joining, taking
from cahiers.boards.commands import Outcome, Refused
from cahiers.boards.devices import trace
from cahiers.boards.live import limits
from cahiers.boards.live.requests import asked
from cahiers.boards.models import Board
from cahiers.boards.queries import RowOfRound
from cahiers.boards.room import neighbours, panels
from cahiers.boards.room.access import (
    Away,
    board_for,
    key_of,
    key_or_new,
    participant_of,
    told,
    with_key,
)
from cahiers.ui import outbox
from cahiers.ui.qr import qr_svg

View = Callable[..., HttpResponse]

#: Notes of one's own on the page where one writes, the last ones.
MINE = 30


def of_board(view: View) -> View:
    """The view with its board in the place of the code; a code that is none is said to be."""

    @wraps(view)
    def respond(request: HttpRequest, code: str, **more: Any) -> HttpResponse:
        try:
            return view(request, board_for(request, code), **more)
        except Away as away:
            return away.page

    return respond


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Where the code is typed."""
    typed = request.POST.get("code", "")
    if request.method != "POST":
        return render(request, "boards/room/code.html", {"unknown": ""})
    try:
        board = board_for(request, typed)
    except Away as away:
        return away.page
    return redirect("board", board.code)


@outbox.kept_offline
@never_cache
@require_safe
@of_board
def participant(request: HttpRequest, board: Board) -> HttpResponse:
    joined = participant_of(request, board)
    if joined is None and board.is_open:
        return _join_page(request, board)
    key = key_of(request)
    own = queries.own_dots(board.round, trace(key, board.round.uuid)) if board.round and key else {}
    mine = queries.own_notes(board.round, key) if board.round and key else []
    rows = queries.rows_of(board.round) if board.round else []
    page = _page(request, board, rows)
    context = told(
        board,
        participant=joined if _is_taken(board) else None,
        panel=panels.panel_of(board, own, rows=rows, page=request.GET.get("page", 1)),
        page=page,
        rows=page[0],
        mine=mine[-MINE:],
        earlier=max(0, len(mine) - MINE),
        twins=neighbours.twins_of(board.round, mine) if board.round and board.is_open else [],
        command=uuid4(),
    )
    return render(request, "boards/room/participant.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_board
def join(request: HttpRequest, board: Board) -> HttpResponse:
    """Who joined already may say again which group they came for."""
    if not board.is_open:
        return redirect("board", board.code)
    if request.method != "POST":
        return _join_page(request, board)
    key = key_or_new(request)
    try:
        joining.join(
            board=board,
            key=key,
            category=request.POST.get("category", ""),
            remote=request.POST.get("remote") == "1",
            now=timezone.now(),
        )
    except joining.UnknownCategory:
        messages.error(request, _("Choisissez une des catégories proposées."))
    return with_key(request, redirect("board", board.code), key)


@require_POST
@of_board
def send(request: HttpRequest, board: Board) -> HttpResponse:
    """A command without a script: the same as what the live feed takes."""
    key = key_of(request)
    outcome = _taken(request, board, key) if key else _first()
    if outbox.wanted(request):
        return outbox.refused(outcome.sentence) if isinstance(outcome, Refused) else outbox.done()
    if isinstance(outcome, Refused):
        messages.error(request, outcome.sentence)
    elif outcome.late:
        messages.success(request, _("C’est reçu, et signalé comme arrivé après coup."))
    else:
        messages.success(request, _("C’est reçu."))
    return redirect("board", board.code)


@never_cache
@require_safe
@of_board
def own_notes(request: HttpRequest, board: Board) -> HttpResponse:
    """Every note of the round that this device wrote, the last first."""
    notes = queries.own_notes(board.round, key_of(request))[::-1] if board.round else []
    shown = Paginator(notes, paging.PAGE).get_page(request.GET.get("page"))
    return render(request, "boards/room/notes.html", {"board": board, "notes": shown})


@never_cache
@require_safe
@of_board
def own_note(request: HttpRequest, board: Board, note: UUID) -> HttpResponse:
    """What its device may do with a note; a page for who has no script."""
    found = queries.standing_notes(board).filter(uuid=note).first()
    if found is None or found.author != trace(key_of(request), note):
        messages.error(request, _("Cette note n’est plus là, ou vient d’un autre appareil."))
        return redirect("board", board.code)
    return render(request, "boards/room/note.html", {"board": board, "note": found})


@require_safe
@of_board
def observer(request: HttpRequest, board: Board) -> HttpResponse:
    rows = queries.rows_of(board.round) if board.round else []
    page = _page(request, board, rows)
    context = told(board, page=page, rows=page[0], sheets=queries.sheets_shown(board))
    return render(request, "boards/room/observer.html", context)


@require_safe
@of_board
def screen(request: HttpRequest, board: Board) -> HttpResponse:
    """The projector: what everyone may see, and how to join."""
    address = request.build_absolute_uri(f"/r/{board.code}/")
    page = paging.screen_of(queries.rows_of(board.round) if board.round else [], board.screen)
    context = told(
        board,
        page=page,
        rows=page[0],
        panel=panels.panel_of(board),
        address=request.get_host() + "/r",
        qr=qr_svg(address),
        sheets=queries.sheets_shown(board),
    )
    return render(request, "boards/room/screen.html", context)


def _is_taken(board: Board) -> bool:
    """Whether a note would be taken now, late or not."""
    return board.closed_at is None or timezone.now() <= board.closed_at + taking.GRACE


def _page(request: HttpRequest, board: Board, rows: list[RowOfRound]) -> Page[list[RowOfRound]]:
    """The one that is asked for, else the one that holds what is on the wall."""
    asked = request.GET.get("page")
    shown = paging.screen_of(rows, board.screen)
    return paging.page_of(rows, asked or paging.page_with(rows, shown))


def _join_page(request: HttpRequest, board: Board) -> HttpResponse:
    categories = board.notebook.consultation.method.categories
    joined = participant_of(request, board)
    return render(request, "boards/room/join.html", told(board, categories=categories, joined=joined))


def _taken(request: HttpRequest, board: Board, key: str) -> Outcome:
    try:
        command = asked({name: str(value) for name, value in request.POST.items()}, key)
    except (KeyError, ValueError):
        return Refused(code="unclear", sentence=_("Cet envoi est incomplet : rien n’a été écrit."))
    if wait := limits.devices.take(trace(key, board.meeting.uuid)):
        seconds = max(1, round(wait))
        return Refused(code="busy", sentence=_("Trop d’envois à la fois : réessayez dans %d s.") % seconds)
    [outcome] = taking.take(board=board, commands=[command], now=timezone.now())
    return outcome


def _first() -> Refused:
    return Refused(code="join", sentence=_("Rejoignez d’abord la séance."))
