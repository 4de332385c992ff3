"""The page that lists what was deleted in a notebook, each with the button that brings it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cahiers.meetings.access import restorable_meetings
from cahiers.notebooks.actions.sheets import removed_from
from cahiers.notebooks.editing.access import editable_notebook
from cahiers.notebooks.models import Row, Statement

#: The last ones of each sort: 8 elements each.
SHOWN = 12


@require_safe
@never_cache
def removed(request: HttpRequest, consultation: str, notebook: str) -> HttpResponse:
    """What was imported without being deleted since has no command to undo; it is not listed."""
    found = editable_notebook(request, consultation, notebook)
    gone = {"theme__notebook": found, "present": False, "current__command__isnull": False}
    statements = Statement.objects.filter(
        row__theme__notebook=found, row__present=True, present=False, current__command__isnull=False
    )
    return render(
        request,
        "notebooks/removed.html",
        {
            "consultation": found.consultation,
            "notebook": found,
            "statements": statements.select_related("current").order_by("-current__at", "-pk")[:SHOWN],
            "rows": Row.objects.filter(**gone).select_related("current").order_by("-current__at")[:SHOWN],
            "sheets": removed_from(found)[:SHOWN],
            "word": feedback.word if (feedback := found.consultation.method.feedback) else "",
            "deleted": restorable_meetings(
                request.user, found.consultation, timezone.now(), within=found.territory
            ),
        },
    )
