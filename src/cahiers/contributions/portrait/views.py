"""Who spoke. Strangers see it once the consultation is published, at one level and without small numbers."""

import csv

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cahiers.consultations.access import readable_consultation
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import may_edit, may_read_drafts
from cahiers.contributions.portrait.charts import bars, shown_as
from cahiers.contributions.portrait.counting import count, kept
from cahiers.contributions.portrait.queries import Portrait, levels_of, portrait_of
from cahiers.contributions.portrait.tiles import tile_map
from cahiers.contributions.portrait.wording import nobody_in, nobody_of
from cahiers.contributions.reading.filters import Filters
from cahiers.meetings.permissions import readable_meetings
from cahiers.territories.models import Level

#: Gaps that are said in words: the rest is in the table.
SAID = 12
#: Weeks that the page shows, the latest.
WEEKS = 26
PER_PAGE = 25


@require_safe
def portrait(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    told, drawn = _told(request, found)
    gaps = [nobody_in(place) for place in drawn.silent]
    gaps += [nobody_of(category, place) for place, category in drawn.gaps]
    shapes, height = bars([(one.name or _("Non dit"), one.people) for one in drawn.shares])
    told |= {
        "bars": shapes,
        "height": height,
        "map": tile_map(drawn.lines),
        "gaps": gaps[:SAID],
        "more_gaps": max(0, len(gaps) - SAID),
        "weeks": drawn.weeks[-WEEKS:],
        "may_enter": may_edit(request.user, found),
    }
    return render(request, "contributions/portrait/portrait.html", told)


@require_safe
def table(request: HttpRequest, consultation: str) -> HttpResponse:
    """The same numbers by territory and category, 25 territories a page or all of them in a file."""
    found = readable_consultation(request, consultation)
    told, drawn = _told(request, found)
    if request.GET.get("format") == "csv":
        return _csv(found, drawn)
    told["page"] = Paginator(drawn.lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "contributions/portrait/table.html", told)


def _told(request: HttpRequest, consultation: Consultation) -> tuple[dict[str, object], Portrait]:
    """What both pages show. Strangers narrow nothing: what is withheld would be told by the difference."""
    team = may_read_drafts(request.user, consultation)
    levels = levels_of(consultation, public=not team)
    asked = request.GET.get("niveau")
    level: Level = next((one for one in levels if one == asked), levels[0])
    filters = Filters(request, consultation, team=True) if team else None
    narrowed = filters.address if filters else ""
    drawn = portrait_of(
        consultation,
        level,
        public=not team,
        counted=count(filters.narrow(consultation.contributions.standing()))
        if filters and narrowed
        else kept(consultation),
        meetings=readable_meetings(request.user, consultation),
    )
    told: dict[str, object] = {
        "consultation": consultation,
        "team": team,
        "levels": levels,
        "level": level,
        "filters": filters,
        "narrowed": narrowed,
        "portrait": drawn,
        # Columns that would be empty are left out.
        "known": any(one.known is not None for one in drawn.lines)
        or any(one.known is not None for one in drawn.shares),
    }
    return told, drawn


def _csv(consultation: Consultation, drawn: Portrait) -> HttpResponse:
    names = [category.short_label for category in drawn.categories]
    head = [
        _("Territoire"),
        *names,
        _("Non dit"),
        _("Total"),
        _("Population"),
        _("Sessions"),
        _("Participants"),
    ]

    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="qui-a-parle-{consultation.slug}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow(head)
    for line in drawn.lines:
        cells = [shown_as(None) if people is None else people for people in (*line.people, line.total)]
        known = "" if line.known is None else line.known
        name = line.territory.name if line.territory else _("Plus large")
        writer.writerow([name, *cells, known, line.met.meetings, line.met.attended])
    return response
