"""Pages of meetings. Who may read the consultation may read its meetings."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cahiers.consultations.access import readable_consultation
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import totals, with_forms, with_totals

#: Keeps the page within its weight: 13 elements a meeting.
PER_PAGE = 30


def meetings(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    listed = with_totals(found.meetings.select_related("territory")).order_by("territory__path", "number")
    return render(
        request,
        "meetings/meetings.html",
        {
            "consultation": found,
            "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
            "totals": totals(with_totals(found.meetings.all())),
        },
    )


def meeting(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    found = readable_consultation(request, consultation)
    chosen = get_object_or_404(
        with_forms(with_totals(Meeting.objects.select_related("territory"))),
        consultation=found,
        number=number,
    )
    return render(request, "meetings/meeting.html", {"consultation": found, "meeting": chosen})
