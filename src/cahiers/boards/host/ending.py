"""The end of a meeting, in two minutes on a telephone."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cahiers.boards.actions import closing
from cahiers.boards.actions.closing import Came
from cahiers.boards.host import page
from cahiers.boards.host.access import actor, board_to_run, is_member
from cahiers.boards.models import Board
from cahiers.consultations.revising import Changed
from cahiers.documents import model
from cahiers.journal.actions import CommandReused
from cahiers.meetings.actions import state_of
from cahiers.meetings.forms import lines_of
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import form_of, with_forms
from cahiers.ui.forms import SeenForm

#: People that a hall holds.
MOST = 10_000


class ClosingForm(SeenForm):
    untreated = forms.CharField(
        label=gettext_lazy("Ce qui n’a pas pu être traité"),
        help_text=gettext_lazy(
            "Quelques mots pour qui lira le cahier : un thème laissé de côté, une question en suspens."
        ),
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "fr"}),
    )


class CameForm(forms.Form):
    """People of a category."""

    here = forms.IntegerField(
        label=gettext_lazy("Dans la salle"), required=False, min_value=0, max_value=MOST
    )
    afar = forms.IntegerField(label=gettext_lazy("À distance"), required=False, min_value=0, max_value=MOST)

    def __init__(self, data: Any, *, category: str, title: str, came: Came) -> None:
        # A zero in each of nine lines would have to be read over: an empty field says the same.
        initial = {"here": came.here or None, "afar": came.afar or None}
        super().__init__(data, prefix=category, initial=initial)
        self.category, self.title = category, title

    @property
    def came(self) -> Came:
        given = self.cleaned_data
        return Came(here=given["here"] or 0, afar=given["afar"] or 0)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    board = board_to_run(request, code)
    if not board.is_open:
        return redirect("run_board", board.code)
    meeting = with_forms(Meeting.objects.filter(pk=board.meeting_id)).get()
    told = _whole(form_of(meeting), board)
    data = request.POST if request.method == "POST" else None
    form = ClosingForm(data, initial={"seen": state_of(meeting), "untreated": board.untreated})
    lines = _lines(data, board, told)
    status = 200 if data is None else 422
    if all([form.is_valid(), *(line.is_valid() for line in lines)]):
        given = dict(form.cleaned_data)
        filled = closing.filled_in(told, {line.category: line.came for line in lines})
        member = is_member(request, board)
        try:
            closing.close(board=board, form=filled, **given, by=actor(request, board), now=timezone.now())
        except (Changed, CommandReused):
            status = 409
            form.add_error(None, _("La session vient de changer : relisez les nombres, puis recommencez."))
            form.renew(seen=state_of(meeting))
        else:
            messages.success(request, _("La séance est close : son cahier est prêt."))
            return redirect("run_board" if member else "board", board.code)
    given = {
        "board": board,
        "form": form,
        "lines": lines,
        "unsaid": closing.counted(board).get(""),
        "late": page.late_notes(board),
    }
    return render(request, "boards/host/close.html", given, status=status)


def _whole(form: model.Meeting, board: Board) -> model.Meeting:
    """With a line for each category of the method."""
    lines = lines_of(form, board.notebook.consultation.method)
    return replace(form, participants=tuple(line for line, _category in lines))


def _lines(data: Any, board: Board, form: model.Meeting) -> Sequence[CameForm]:
    """Prefilled with what the session form says already, else with who joined."""
    joined = closing.counted(board)
    labels = {one.key: one.short_label for one in board.notebook.consultation.method.categories}
    found = []
    for line in form.participants:
        if line.category not in labels:
            continue
        came = joined.get(line.category, Came(here=0, afar=0))
        if line.count:
            afar = closing.afar_in(line)
            came = Came(here=max(0, line.count - afar - (line.surveyed or 0)), afar=afar)
        found.append(CameForm(data, category=line.category, title=labels[line.category], came=came))
    return found
