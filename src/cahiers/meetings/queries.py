"""Reading meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, cast

from django.db.models import Case, F, Prefetch, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from cahiers.documents import model
from cahiers.meetings.models import Attendance, Facilitator, Meeting, MeetingDate

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class People(TypedDict):
        attended: int
        surveyed: int

    CountedMeeting = WithAnnotations[Meeting, People]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """People of some meetings; who answered a survey is never counted among who came."""

    attended: int
    surveyed: int


def with_totals(meetings: QuerySet[Meeting]) -> "QuerySet[CountedMeeting]":
    """Each with `attended` and `surveyed`, 0 where the form gives no figure."""
    came = Case(
        When(attendance__count=None, then=Value(0)),
        default=Greatest(F("attendance__count") - Coalesce(F("attendance__surveyed"), 0), Value(0)),
    )
    return meetings.annotate(
        attended=Coalesce(Sum(came), 0), surveyed=Coalesce(Sum("attendance__surveyed"), 0)
    )


def totals(meetings: Iterable["CountedMeeting"]) -> Totals:
    """Of meetings that come from with_totals."""
    meetings = list(meetings)
    return Totals(
        attended=sum(meeting.attended for meeting in meetings),
        surveyed=sum(meeting.surveyed for meeting in meetings),
    )


def totals_of(meetings: "QuerySet[CountedMeeting]") -> Totals:
    """The same of however many, added up by the database."""
    # Names of annotations cannot be given again.
    found = meetings.order_by().aggregate(
        came=Coalesce(Sum("attended"), 0), answered=Coalesce(Sum("surveyed"), 0)
    )
    return Totals(attended=found["came"], surveyed=found["answered"])


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
