"""The record of processing, for organisers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cahiers.consultations.access import consultation_for
from cahiers.consultations.permissions import may_manage
from cahiers.contributions.processing.record import as_markdown, record_of


@require_safe
def record(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    sections = record_of(found)
    if request.GET.get("format") == "md":
        response = HttpResponse(as_markdown(found, sections), content_type="text/markdown; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="registre-{found.slug}.md"'
        return response
    told = {"consultation": found, "sections": sections}
    return render(request, "contributions/processing/record.html", told)
