"""The run mode, its invitations, what is taken away from it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.boards.actions import opening
from cahiers.boards.host import page
from cahiers.boards.host.access import board_to_edit, board_to_run, is_member
from cahiers.boards.models import Board
from cahiers.boards.room.access import key_or_new, told, with_key
from cahiers.documents.errors import UnknownFormat
from cahiers.meetings.access import editable_meeting
from cahiers.notebooks.exports import Export, downloads
from cahiers.notebooks.reading import DraftReading
from cahiers.ui.qr import qr_svg


@require_POST
def open_board(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    """Its board, made the first time; one that was closed waits to be opened again on its own page."""
    meeting = editable_meeting(request, consultation, number)
    board = Board.objects.filter(meeting=meeting).first()
    if board is None:
        board = opening.open_board(meeting=meeting, by=signed_in(request), now=timezone.now())
    return redirect("run_board", board.code)


@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    board = board_to_edit(request, code)
    opening.open_board(meeting=board.meeting, by=signed_in(request), now=timezone.now())
    messages.success(request, _("La séance est rouverte, avec le même code."))
    return redirect("run_board", board.code)


@never_cache
@require_safe
def run(request: HttpRequest, code: str) -> HttpResponse:
    board = board_to_run(request, code)
    given = told(board, downloads=downloads(), is_member=is_member(request, board))
    if not board.is_open:
        return render(request, "boards/host/closed.html", {**given, "late": page.late_notes(board)})
    given |= page.about(board, request.GET.get("fiche", "").strip()[:100], request.GET.get("page", ""))
    # So that what they write down for others is known as theirs, once sent twice too.
    return with_key(request, render(request, "boards/host/run.html", given), key_or_new(request))


@never_cache
@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """How to join, on a sheet of paper."""
    board = board_to_run(request, code)
    address = request.build_absolute_uri(reverse("board", args=[board.code]))
    given = {"board": board, "address": address, "short": f"{request.get_host()}/r", "qr": qr_svg(address)}
    return render(request, "boards/host/poster.html", given)


@require_POST
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """A new link for co-facilitators, shown this once: what is kept of it opens nothing."""
    board = board_to_edit(request, code)
    if not board.is_open:
        return redirect("run_board", board.code)
    token = opening.renew_helpers_link(board=board)
    link = request.build_absolute_uri(reverse("run_command", args=[board.code, token]))
    response = render(
        request, "boards/host/invitation.html", {"board": board, "link": link, "qr": qr_svg(link)}
    )
    patch_cache_control(response, no_store=True)
    return response


@never_cache
@require_safe
def export(request: HttpRequest, code: str, format: str) -> HttpResponse:
    """The notebook as it stands, whoever runs the meeting; what is not revealed is not in it."""
    board = board_to_run(request, code)
    try:
        written = Export(DraftReading(board.notebook), format)
    except UnknownFormat:
        raise Http404 from None
    return HttpResponse(
        written.data,
        content_type=written.media_type,
        headers={"Content-Disposition": f'attachment; filename="{written.filename}"'},
    )
