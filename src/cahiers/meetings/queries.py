"""Reading meetings."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from django.db.models import Count, Prefetch, QuerySet, Sum, Window

from cahiers.documents import model
from cahiers.meetings.models import Attendance, Facilitator, Meeting, MeetingDate, MeetingFormat

#: Of meetings.
ADDED_UP = {
    "meetings": Count("pk"),
    "attended": Sum("attended"),
    "surveyed": Sum("surveyed"),
}


#: Of a meeting, for its line.
SHOWN = ("number", "label", "territory__name", "dates_text", "format", "attended", "surveyed")


class Line(NamedTuple):
    """A meeting as the table of meetings shows it."""

    number: int
    title: str
    days: str
    format: str
    attended: int
    surveyed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many meetings, and their people; who answered a survey is never counted among who came."""

    meetings: int = 0
    attended: int = 0
    surveyed: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            meetings=self.meetings + other.meetings,
            attended=self.attended + other.attended,
            surveyed=self.surveyed + other.surveyed,
        )


def totals(lines: Sequence[Line]) -> Totals:
    return Totals(
        meetings=len(lines),
        attended=sum(line.attended for line in lines),
        surveyed=sum(line.surveyed for line in lines),
    )


def counted(form: model.Meeting) -> Totals:
    """Of one form: a line without a figure is nobody, and more answers than people make no negative attendance."""
    lines = [(line.count or 0, line.surveyed or 0) for line in form.participants]
    return Totals(
        meetings=1,
        attended=sum(max(0, count - surveyed) for count, surveyed in lines),
        surveyed=sum(surveyed for _, surveyed in lines),
    )


def totals_by_territory(meetings: QuerySet[Meeting]) -> dict[str, Totals]:
    """The same for each territory that has some, by its path; a meeting that comes twice counts once.

    Added up here: SQL would want a subquery to count each once, and twice the time.
    """
    found = meetings.order_by().values_list("pk", "territory__path", "attended", "surveyed").distinct()
    lines: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for _, path, attended, surveyed in found:
        lines[path].append((attended, surveyed))
    return {
        path: Totals(
            meetings=len(there),
            attended=sum(attended for attended, _ in there),
            surveyed=sum(surveyed for _, surveyed in there),
        )
        for path, there in lines.items()
    }


def lines_of(meetings: QuerySet[Meeting]) -> list[Line]:
    """In their order."""
    return _lines(meetings.values_list(*SHOWN))


def page_of(meetings: QuerySet[Meeting], number: int, size: int) -> tuple[list[Line], Totals]:
    """Lines of a page, numbered from 1, the last one's past it, and the totals of all pages.

    In one query: asking who may read what takes half the time of a list, and would be asked twice.
    """
    everywhere = {f"all_{name}": Window(total) for name, total in ADDED_UP.items()}
    found = list(
        meetings.annotate(**everywhere).values_list(*SHOWN, *everywhere)[(number - 1) * size : number * size]
    )
    if not found and (count := meetings.count()):
        return page_of(meetings, -(-count // size), size)
    if not found:
        return [], Totals()
    together = dict(zip(ADDED_UP, found[0][len(SHOWN) :], strict=True))
    return _lines(one[: len(SHOWN)] for one in found), Totals(**together)


def _lines(rows: Iterable[tuple[Any, ...]]) -> list[Line]:
    names = format_names()
    return [
        Line(number, label or territory, " ; ".join(days), names[format], attended, surveyed)
        for number, label, territory, days, format, attended, surveyed in rows
    ]


def format_names() -> dict[str | None, str]:
    """In the language of the page, looked up once for all lines."""
    return {None: "", **{format.value: str(format.label) for format in MeetingFormat}}


def with_forms(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Each with all that its form says, in three more queries whatever their number."""
    return meetings.prefetch_related(
        Prefetch("dates", MeetingDate.objects.order_by("position", "pk")),
        Prefetch("facilitators", Facilitator.objects.order_by("position", "pk")),
        Prefetch("attendance", Attendance.objects.order_by("position", "pk")),
    )


def form_of(meeting: Meeting) -> model.Meeting:
    """The session form as documents hold it; `meeting` comes from with_forms."""
    return model.Meeting(
        label=meeting.label,
        dates_text=tuple(meeting.dates_text),
        dates=tuple(
            model.MeetingDate(start=day.start, end=day.end, place=day.place) for day in meeting.dates.all()
        ),
        format=cast(model.MeetingFormat | None, meeting.format),
        facilitators=tuple(
            model.Facilitator(name=person.name, role=person.role, note=person.note)
            for person in meeting.facilitators.all()
        ),
        participants=tuple(
            model.Participant(
                category=line.category,
                label=line.label,
                checked=line.checked,
                count=line.count,
                establishments=line.establishments,
                note=line.note,
                surveyed=line.surveyed,
            )
            for line in meeting.attendance.all()
        ),
        facilitators_note=meeting.facilitators_note,
    )
