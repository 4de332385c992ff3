"""The button that undoes what has just been done."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cahiers.accounts.access import signed_in
from cahiers.consultations.windows import StageClosed
from cahiers.notebooks.actions import sheets
from cahiers.notebooks.actions.revising import Changed
from cahiers.notebooks.actions.undoing import NothingToUndo, is_import, undo
from cahiers.notebooks.editing.access import editable_notebook
from cahiers.notebooks.editing.pages import AGAIN, say, theme_address
from cahiers.notebooks.editing.sheets import put_back
from cahiers.notebooks.history import subject_of
from cahiers.notebooks.models import Row


@require_POST
def undo_edit(request: HttpRequest, consultation: str, notebook: str, command: UUID) -> HttpResponse:
    found = editable_notebook(request, consultation, notebook)
    if sheet := sheets.removed_by(found, command):
        return put_back(request, sheet)
    try:
        only = _only(request) if is_import(found, command) else None
        done = undo(notebook=found, edit=command, by=signed_in(request), now=timezone.now(), only=only)
    except NothingToUndo:
        raise Http404 from None
    except Changed:
        messages.error(request, _("Quelqu’un a modifié cela depuis : rien n’a été annulé."))
    except StageClosed as closed:
        messages.error(request, str(closed))
    else:
        if AGAIN in request.GET:
            say(request, found, done, _("C’est rétabli."))
        else:
            say(request, found, done, _("C’est annulé : tout est comme avant."), undone=True)
    subject = subject_of(command)
    if isinstance(subject, Row):
        gone = theme_address(subject.theme, subject.stage)
        return redirect(reverse("row", args=[subject.uuid]) if subject.present else gone)
    if subject is None or not (subject.present and subject.row.present):
        return redirect(found)
    return redirect("statement", subject.code)


def _only(request: HttpRequest) -> UUID | None:
    """The one thing to bring back of all that a newer version of the document changed; None for all of it."""
    sent = request.POST.get("only")
    try:
        return UUID(sent) if sent else None
    except ValueError:
        raise Http404 from None
