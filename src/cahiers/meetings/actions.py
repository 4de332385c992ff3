"""Writing meetings."""

from collections.abc import Sequence

from django.db.models import Max

from cahiers.consultations.models import Consultation
from cahiers.documents import model
from cahiers.meetings.models import Attendance, Facilitator, Meeting, MeetingDate
from cahiers.territories.models import Territory


def store(
    *, consultation: Consultation, territory: Territory, meetings: Sequence[model.Meeting]
) -> list[Meeting]:
    """Write session forms, in their order, for an action that makes its one journal entry itself."""
    last = consultation.meetings.aggregate(last=Max("number"))["last"] or 0
    stored = Meeting.objects.bulk_create(
        Meeting(
            consultation=consultation,
            territory=territory,
            number=number,
            label=form.label,
            dates_text=list(form.dates_text),
            format=form.format,
            facilitators_note=form.facilitators_note,
        )
        for number, form in enumerate(meetings, last + 1)
    )
    pairs = list(zip(stored, meetings, strict=True))
    MeetingDate.objects.bulk_create(
        MeetingDate(meeting=meeting, position=position, start=day.start, end=day.end, place=day.place)
        for meeting, form in pairs
        for position, day in enumerate(form.dates)
    )
    Facilitator.objects.bulk_create(
        Facilitator(meeting=meeting, position=position, name=person.name, role=person.role, note=person.note)
        for meeting, form in pairs
        for position, person in enumerate(form.facilitators)
    )
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            position=position,
            category=line.category,
            label=line.label,
            checked=line.checked,
            count=line.count,
            establishments=line.establishments,
            note=line.note,
            surveyed=line.surveyed,
        )
        for meeting, form in pairs
        for position, line in enumerate(form.participants)
    )
    return stored
