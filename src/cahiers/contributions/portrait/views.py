"""Who spoke. Strangers see it once the consultation is published, without numbers of fewer than five people."""

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cahiers.consultations.access import readable_consultation
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import may_read_drafts
from cahiers.contributions.portrait.charts import bars
from cahiers.contributions.portrait.queries import Portrait, levels_of, portrait_of
from cahiers.territories.models import Level

#: Gaps that are said in words: the rest is in the table.
SAID = 12


@require_safe
def portrait(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    levels, level = _level(request, found)
    drawn = portrait_of(found, level, public=not may_read_drafts(request.user, found))
    if request.GET.get("format") == "csv":
        return _csv(found, drawn)
    by_category = _by_category(drawn)
    shapes, height = bars(by_category)
    told = {
        "consultation": found,
        "levels": levels,
        "level": level,
        "portrait": drawn,
        "by_category": by_category,
        "bars": shapes,
        "height": height,
        "gaps": drawn.gaps[:SAID],
        "more_gaps": max(0, len(drawn.gaps) - SAID),
    }
    return render(request, "contributions/portrait/portrait.html", told)


def _level(request: HttpRequest, consultation: Consultation) -> tuple[list[Level], Level]:
    levels = levels_of(consultation) or [Level.NATION]
    asked = request.GET.get("niveau")
    several = [level for level in levels if level != Level.NATION] or levels
    return levels, next((level for level in levels if level == asked), several[0])


def _by_category(drawn: Portrait) -> list[tuple[str, int | None]]:
    names = [category.short_label for category in drawn.categories]
    sums: list[tuple[str, int | None]] = []
    for index, name in enumerate(names):
        people = [line.people[index] for line in drawn.lines]
        sums.append((name, None if None in people else sum(filter(None, people))))
    return sums


def _csv(consultation: Consultation, drawn: Portrait) -> HttpResponse:
    head = ["Territoire", *(category.short_label for category in drawn.categories), "Non dit", "Total"]

    class Echo:
        def write(self, text: str) -> str:
            return text

    def lines() -> Iterator[str]:
        writer = csv.writer(Echo(), delimiter=";")
        yield "\ufeff" + writer.writerow(head)
        for line in drawn.lines:
            cells = ["< 5" if people is None else people for people in (*line.people, line.total)]
            yield writer.writerow([line.territory.name, *cells])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="qui-a-parle-{consultation.slug}.csv"'
    return response  # type: ignore[return-value]
