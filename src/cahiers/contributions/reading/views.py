"""The list of contributions and each of them: to strangers what is public, to the team all that is not erased."""

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cahiers.consultations.access import readable_consultation
from cahiers.consultations.permissions import is_member, may_manage, may_read_drafts
from cahiers.contributions.models import Flag
from cahiers.contributions.moderating.access import may_moderate, may_moderate_some
from cahiers.contributions.reading import files
from cahiers.contributions.reading.answering import answered
from cahiers.contributions.reading.filters import Filters
from cahiers.contributions.reading.paging import PER_PAGE, paged
from cahiers.contributions.reading.queries import citing, listed, readable
from cahiers.ui.streaming import streamed


@require_safe
def contributions(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    team = is_member(request.user, found)
    filters = Filters(request, found, team=team)
    everything = readable(request.user, found)
    shown = filters.narrow(listed(everything))
    if team:
        standing = Flag.objects.filter(dismissed_at=None)
        shown = shown.prefetch_related(Prefetch("flags", standing, to_attr="standing"))
    page = paged(request, shown)
    told = {
        "consultation": found,
        "team": team,
        "filters": filters,
        "page": page,
        "answered": answered(page, everything),
        "moderates": may_moderate_some(request.user, found),
    }
    return render(request, "contributions/reading/contributions.html", told)


@require_safe
def download(request: HttpRequest, consultation: str, format: str) -> StreamingHttpResponse:
    """The same contributions as the page that leads here, all of its pages."""
    found = readable_consultation(request, consultation)
    team = is_member(request.user, found)
    filters = Filters(request, found, team=team)
    shown = filters.narrow(readable(request.user, found))
    if format == "csv":
        written, media_type = files.as_csv(shown, filters.labels, team=team), "text/csv; charset=utf-8"
    elif format == "json":
        written, media_type = files.as_json(shown, team=team), "application/json"
    else:
        raise Http404
    name = f"{found.slug}-contributions.{format}"
    return streamed(
        request,
        written,
        content_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Robots-Tag": "noindex"},
    )


@require_safe
def contribution(request: HttpRequest, consultation: str, uuid: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    everything = readable(request.user, found).select_related(
        *("current", "theme", "territory", "question", "submission__form", "meeting", "twin_of"),
        "imported_line__table",
    )
    chosen = get_object_or_404(everything, uuid=uuid)
    whole = may_read_drafts(request.user, found, chosen.territory)
    twins = readable(request.user, found).filter(twin_of=chosen)
    told = {
        "consultation": found,
        "one": chosen,
        "whole": whole,
        "line": getattr(chosen, "imported_line", None),
        "labels": Filters(request, found, team=whole).labels,
        "citing": citing(chosen, whole=whole),
        "answered": answered([chosen], readable(request.user, found)),
        "twins": list(twins[:PER_PAGE]),
        "moderates": may_moderate(request.user, found, chosen.territory),
        "may_erase": may_manage(request.user, found, chosen.territory),
    }
    return render(request, "contributions/reading/contribution.html", told)
