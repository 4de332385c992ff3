"""Pages of meetings. A stranger reads those of published notebooks; members, all where their role extends."""

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from cahiers.consultations.access import readable_consultation, refuse
from cahiers.consultations.permissions import may_edit, may_read, may_read_drafts
from cahiers.meetings.access import may_write_some, restorable_meetings
from cahiers.meetings.actions import state_of
from cahiers.meetings.models import Meeting
from cahiers.meetings.permissions import public_meetings, readable_meetings
from cahiers.meetings.queries import page_of, with_forms
from cahiers.ui.forms import SeenForm

#: Keeps the page within its weight: 13 elements a meeting.
PER_PAGE = 30
#: Latest annexes that a page shows: the list of all is a page of its own.
ANNEXES = 20


def meetings(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    readable = readable_meetings(request.user, found)
    asked = request.GET.get("page", "")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 6 else 1
    lines, counted = page_of(readable.order_by("territory__path", "number"), number, PER_PAGE)
    pages = Paginator(range(counted.meetings), PER_PAGE)
    writes = may_write_some(request.user, found)
    return render(
        request,
        "meetings/meetings.html",
        {
            "consultation": found,
            "page": pages.get_page(number),
            "lines": lines,
            "totals": counted,
            "may_write": writes,
            "deleted": restorable_meetings(request.user, found, timezone.now()) if writes else [],
        },
    )


def meeting(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    public = public_meetings().filter(pk=OuterRef("pk"))
    # A room above holds what was left over of a live meeting: its relation is followed by its name.
    meetings = Meeting.objects.select_related("consultation", "territory", "board")
    chosen = get_object_or_404(
        with_forms(meetings.annotate(is_public=Exists(public))),
        consultation__slug=consultation,
        number=number,
    )
    found = chosen.consultation
    whole = may_read_drafts(request.user, found, chosen.territory)
    # Known by the same query, which mypy cannot tell.
    is_public: bool = vars(chosen)["is_public"]
    if not whole and not (is_public and may_read(request.user, found)):
        refuse(request, found)
    editable = may_edit(request.user, found, chosen.territory)
    # A room above holds annexes: their relation is followed by its name.
    annexes = chosen.annexes.all() if whole else chosen.annexes.filter(public=True)
    return render(
        request,
        "meetings/meeting.html",
        {
            "annexes": annexes.order_by("-at", "-pk")[:ANNEXES],
            "consultation": found,
            "meeting": chosen,
            "editable": editable,
            "deletion": SeenForm(initial={"seen": state_of(chosen)}, auto_id=False) if editable else None,
        },
    )
