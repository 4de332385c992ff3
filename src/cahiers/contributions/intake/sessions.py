"""Meetings that another platform reports: each becomes a session with its form, and its report what was said there."""

from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from cahiers.consultations.models import Consultation
from cahiers.contributions.intake.models import TableImport
from cahiers.contributions.models import Contribution
from cahiers.contributions.tables import as_date
from cahiers.documents import model
from cahiers.meetings.actions import store

FORMATS: Final[dict[str, model.MeetingFormat]] = {
    "in_person": "in_person",
    "online": "remote",
    "hybrid": "hybrid",
}


def hold(found: TableImport) -> int:
    """Give each report that came in the session that it is of, in the transaction of who calls; how many were held."""
    if not found.mapping.get("sessions"):
        return 0
    said = Contribution.objects.filter(imported_line__table=found, meeting=None)
    known = said.select_related("territory", "current", "submission").order_by("pk")
    # Numbers of sessions are taken under the consultation's lock.
    consultation = Consultation.objects.select_for_update().get(pk=found.consultation.pk)
    count = 0
    for one in known:
        [meeting] = store(consultation=consultation, territory=one.territory, meetings=[form_of(one)])
        Contribution.objects.filter(pk=one.pk).update(meeting=meeting)
        count += 1
    return count


def form_of(one: Contribution) -> model.Meeting:
    """The form that the line of a report fills in; what it does not say is left out."""
    answers: dict[str, str] = one.submission.answers if one.submission else {}
    # Some columns say their language: location/fr.
    told = {name.partition("/")[0]: value for name, value in answers.items()}
    start, end = _day(told.get("start_time")) or one.said_on, _day(told.get("end_time"))
    place = ", ".join(told[name] for name in ("location", "address") if told.get(name)) or None
    dates: tuple[model.MeetingDate, ...] = ()
    if start:
        dates = (model.MeetingDate(start=start, end=max(start, end or start), place=place),)
    written = ", ".join(part for part in (f"{start:%d/%m/%Y}" if start else "", place) if part)
    return model.Meeting(
        label=one.current.title,
        dates_text=(written,) if written else (),
        dates=dates,
        format=FORMATS.get(told.get("type_of_meeting", "")),
        facilitators=(),
        participants=_participants(told),
    )


def _participants(told: dict[str, str]) -> tuple[model.Participant, ...]:
    """All who came in one line, for the platform knows no categories; organisations are its note."""
    count, note = told.get("attendees", ""), told.get("organizations")
    if not count.isdecimal() and not note:
        return ()
    return (
        model.Participant(
            category=None,
            label=_("Personnes présentes"),
            checked=True,
            count=int(count) if count.isdecimal() else None,
            establishments=None,
            note=note,
        ),
    )


def _day(cell: str | None) -> date | None:
    return as_date(cell[:10], False) if cell else None
