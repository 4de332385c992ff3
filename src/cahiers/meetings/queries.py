"""Reading meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import Count, Prefetch, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from cahiers.documents import model
from cahiers.meetings.models import Attendance, Facilitator, Meeting, MeetingDate

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class People(TypedDict):
        attended: int
        surveyed: int

    CountedMeeting = WithAnnotations[Meeting, People]


#: Of a line of the form: no figure is nobody.
CAME = Greatest(Coalesce("attendance__count", 0) - Coalesce("attendance__surveyed", 0), 0)
SURVEYED = "attendance__surveyed"
#: Of meetings, each of which comes once a line.
ADDED_UP = {
    "meetings": Count("pk", distinct=True),
    "attended": Coalesce(Sum(CAME), 0),
    "surveyed": Coalesce(Sum(SURVEYED), 0),
}


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


def with_totals(meetings: QuerySet[Meeting]) -> "QuerySet[CountedMeeting]":
    """Each with `attended` and `surveyed`, 0 where the form gives no figure."""
    return meetings.annotate(attended=Coalesce(Sum(CAME), 0), surveyed=Coalesce(Sum(SURVEYED), 0))


def totals(meetings: Iterable["CountedMeeting"]) -> Totals:
    """Of meetings that come from with_totals."""
    meetings = list(meetings)
    return Totals(
        meetings=len(meetings),
        attended=sum(meeting.attended for meeting in meetings),
        surveyed=sum(meeting.surveyed for meeting in meetings),
    )


def totals_of(meetings: QuerySet[Meeting]) -> Totals:
    """The same of however many, added up by the database."""
    return Totals(**meetings.order_by().aggregate(**ADDED_UP))


def totals_by_territory(meetings: QuerySet[Meeting]) -> dict[str, Totals]:
    """The same for each territory that has some, by its path."""
    found = meetings.order_by().values("territory__path").annotate(**ADDED_UP)
    rows = found.values_list("territory__path", *ADDED_UP)
    return {
        path: Totals(meetings=meetings, attended=attended, surveyed=surveyed)
        for path, meetings, attended, surveyed in rows
    }


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
