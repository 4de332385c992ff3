"""One address a command of the run mode: done, or refused in a sentence, and back to the page."""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cahiers.boards import queries
from cahiers.boards.actions.carrying import next_stage
from cahiers.boards.actions.opening import digest_of
from cahiers.boards.actions.running import BoardClosed, NotOfThisBoard
from cahiers.boards.host import cards
from cahiers.boards.host.access import actor, board_to_run
from cahiers.boards.host.asked import Asked, Done, Unclear
from cahiers.boards.host.deeds import ARRANGING, DEEDS
from cahiers.boards.models import Board
from cahiers.boards.rights import session_key
from cahiers.boards.room.access import key_or_new, with_key
from cahiers.consultations.windows import StageClosed, barriers
from cahiers.journal.actions import CommandReused
from cahiers.notebooks.actions.revising import BadText, Changed, Misplaced
from cahiers.notebooks.actions.undoing import NothingToUndo
from cahiers.ui import outbox

REFUSALS = (
    BadText,
    BoardClosed,
    Changed,
    CommandReused,
    Misplaced,
    NotOfThisBoard,
    NothingToUndo,
    StageClosed,
    Unclear,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def command_or_link(request: HttpRequest, code: str, word: str) -> HttpResponse:
    """A command's word, sent; or the token of the link for co-facilitators, followed."""
    return command(request, code, word) if request.method == "POST" else _enter(request, code, word)


def command(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    board = board_to_run(request, code)
    deed = DEEDS.get(verb)
    if deed is None:
        raise Http404
    asked = _asked(request, board)
    try:
        if not board.is_open:
            raise BoardClosed(str(board))
        if asked.by is None and verb in ARRANGING:
            _check_open(asked)
        with transaction.atomic():  # of several cards, all or none
            done = deed(asked)
    except REFUSALS as refusal:
        if isinstance(refusal, Changed) and verb == "reformuler" and not outbox.wanted(request):
            return cards.overtaken(request, asked, refusal)
        done = Done(refused=(why(refusal),))
    response = _answer(request, board, done)
    return with_key(request, response, asked.key)


def why(refusal: Exception) -> str:
    if isinstance(refusal, StageClosed):
        return str(refusal)
    if isinstance(refusal, BoardClosed):
        return _("La séance est close : rouvrez-la d’abord.")
    if isinstance(refusal, Changed):
        return _("Quelqu’un vient de changer cela : relisez, rien n’a été fait.")
    if isinstance(refusal, CommandReused):
        return _("Cette page avait déjà servi : rien n’a été fait de plus.")
    if isinstance(refusal, BadText):
        return _("Le texte est vide ou trop long.")
    if isinstance(refusal, NothingToUndo):
        return _("Il n’y a rien à annuler.")
    if isinstance(refusal, Unclear):
        return _("Choisissez d’abord sur quoi porte ce geste : rien n’a été fait.")
    return _("Cette place n’existe pas, ou n’existe plus : rien n’a été fait.")


def _asked(request: HttpRequest, board: Board) -> Asked:
    fields = request.GET.copy()
    fields.update(request.POST)
    try:
        # A button that undoes has no number of its own: what it undoes gives it one.
        command = UUID(str(fields.get("command", ""))) if fields.get("command") else uuid4()
    except ValueError:
        raise Http404 from None
    return Asked(
        board=board,
        fields=fields,
        command=command,
        by=actor(request, board),
        now=timezone.now(),
        key=key_or_new(request),
    )


def _check_open(asked: Asked) -> None:
    """Who came by the link may write where a facilitator may. Raises StageClosed."""
    board = asked.board
    closed = barriers(
        visitor=AnonymousUser(),
        consultation=board.notebook.consultation,
        territory=board.meeting.territory,
        now=asked.now,
    )
    if board.round is not None and closed:
        for stage in (board.round.stage, next_stage(board, board.round.stage)):
            if stage in closed:
                raise StageClosed(closed[stage].sentence)


def _answer(request: HttpRequest, board: Board, done: Done) -> HttpResponse:
    page = f"{reverse('run_board', args=[board.code])}{_page(request)}"
    undo = _undo(board, done) if done.edits else ""
    if outbox.wanted(request):
        if done.refused and not done.said:
            return outbox.refused(" ".join(done.refused))
        return outbox.done(message=" ".join(filter(None, (done.said, *done.refused))), undo=undo)
    for sentence in done.refused:
        messages.error(request, sentence)
    if done.said:
        messages.success(request, done.said, extra_tags=undo)
    return redirect(f"{page}#{done.anchor}" if done.anchor else page)


def _page(request: HttpRequest) -> str:
    """The page of the board that the command came from, to go back to; what the wall shows otherwise."""
    asked = parse_qs(urlsplit(request.headers.get("Referer", "")).query).get("page", [""])[0]
    return f"?page={asked}" if asked.isascii() and asked.isdigit() else ""


def _undo(board: Board, done: Done) -> str:
    asked: list[tuple[str, Any]] = [("edit", edit) for edit in done.edits]
    return f"{reverse('run_command', args=[board.code, 'annuler'])}?{urlencode(asked)}"


def _enter(request: HttpRequest, code: str, token: str) -> HttpResponse:
    board = queries.board_of_code(code)
    if board is None or not board.is_open or board.helpers != digest_of(token):
        raise Http404
    request.session[session_key(board)] = board.helpers
    messages.success(request, _("Vous animez cette séance avec les autres, jusqu’à ce qu’elle soit close."))
    return redirect("run_board", board.code)
