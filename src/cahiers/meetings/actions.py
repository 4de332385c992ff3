"""Writing meetings. Each edit says which state was seen, and raises consultations.revising.Changed for another."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Max

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.consultations.revising import Changed, check, perform, state
from cahiers.documents import model
from cahiers.documents.interchange import kept, kept_meeting
from cahiers.journal.models import Verb
from cahiers.meetings.models import Attendance, DeletedMeeting, Facilitator, Meeting, MeetingDate
from cahiers.meetings.queries import counted, form_of, with_forms
from cahiers.territories.models import Territory


class OutsideConsultation(ValueError):
    """The territory is not one of the consultation's."""


class InUse(ValueError):
    """A notebook accounts for the meeting, something was said there, or people are counted."""


def state_of(meeting: Meeting) -> UUID:
    """Of all that its form says; `meeting` comes from with_forms."""
    return state(meeting.uuid, meeting.territory_id, form_of(meeting))


def create(
    *,
    consultation: Consultation,
    territory: Territory,
    form: model.Meeting,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Meeting:
    """Raises OutsideConsultation."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        _check_inside(locked, territory)
        [meeting] = store(consultation=locked, territory=territory, meetings=[form])
        return meeting.uuid, True

    asked = ("meeting", territory.uuid, form)
    uuid = perform(
        consultation=consultation, verb=Verb.CREATE, asked=asked, command=command, by=by, now=now, do=do
    )
    return Meeting.objects.select_related("consultation").get(uuid=uuid)


def edit(
    *,
    meeting: Meeting,
    territory: Territory,
    form: model.Meeting,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """All that the form says, in the place of what it said. Raises Changed or OutsideConsultation."""

    def write(current: Meeting) -> bool:
        if territory.pk != current.territory_id:
            _check_inside(current.consultation, territory)
        current.territory = territory
        rewrite(meeting=current, form=form)
        return state_of(_now(current)) != seen

    asked = ("meeting", meeting.uuid, territory.uuid, form, seen)
    _perform(meeting, Verb.EDIT, asked, seen, command, by, now, write)


def delete(*, meeting: Meeting, seen: UUID, command: UUID, by: Person | None, now: datetime) -> None:
    """It can be restored for a time. Raises Changed or InUse."""

    def write(current: Meeting) -> bool:
        if is_used(current):
            raise InUse(str(current))
        DeletedMeeting.objects.filter(at__lte=now - DeletedMeeting.KEPT).delete()
        DeletedMeeting.objects.update_or_create(
            uuid=current.uuid,
            defaults={
                "consultation": current.consultation,
                "place": current.territory,
                "number": current.number,
                "form": kept(form_of(current)),
                "command": command,
                "at": now,
            },
        )
        current.delete()
        return True

    _perform(meeting, Verb.DELETE, ("delete meeting", meeting.uuid, seen), seen, command, by, now, write)


def restore(*, deleted: DeletedMeeting, by: Person | None, now: datetime) -> Meeting:
    """As it was, under its number or, where another has it by now, the next; restored already, nothing changes.

    Raises OutsideConsultation.
    """

    def do(locked: Consultation) -> tuple[UUID, bool]:
        _check_inside(locked, deleted.place)
        [meeting] = store(consultation=locked, territory=deleted.place, meetings=[kept_meeting(deleted.form)])
        meeting.uuid = deleted.uuid
        if not locked.meetings.filter(number=deleted.number).exists():
            meeting.number = deleted.number
        meeting.save(update_fields=["uuid", "number"])
        return meeting.uuid, True

    uuid = perform(
        consultation=deleted.consultation,
        verb=Verb.RESTORE,
        asked=("restore meeting", deleted.uuid),
        command=uuid5(deleted.command, "undo"),
        by=by,
        now=now,
        do=do,
    )
    return Meeting.objects.select_related("consultation").get(uuid=uuid)


def is_used(meeting: Meeting) -> bool:
    """Whether people are counted, or something in a room above is about it."""
    if any(line.count or line.surveyed for line in meeting.attendance.all()):
        return True
    own = (MeetingDate, Facilitator, Attendance)
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: meeting}).exists()
        for relation in Meeting._meta.related_objects
        if isinstance(relation.related_model, type) and relation.related_model not in own
    )


def _perform(
    meeting: Meeting,
    verb: Verb,
    asked: tuple[object, ...],
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
    write: Callable[[Meeting], bool],
) -> None:
    def do(locked: Consultation) -> tuple[UUID, bool]:
        current = with_forms(locked.meetings.filter(pk=meeting.pk)).first()
        if current is None:
            raise Changed(state(meeting.uuid))
        check(seen, state_of(current))
        return meeting.uuid, write(current)

    consultation = meeting.consultation
    perform(consultation=consultation, verb=verb, asked=asked, command=command, by=by, now=now, do=do)


def _now(meeting: Meeting) -> Meeting:
    return with_forms(Meeting.objects.filter(pk=meeting.pk)).get()


def _check_inside(consultation: Consultation, territory: Territory) -> None:
    if not consultation.covers(territory):
        raise OutsideConsultation(territory.name)


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
            **_own(form),
        )
        for number, form in enumerate(meetings, last + 1)
    )
    _fill(list(zip(stored, meetings, strict=True)))
    return stored


def rewrite(*, meeting: Meeting, form: model.Meeting) -> None:
    """All that its form says, for an action that holds the lock and makes the journal entry itself."""
    for name, value in _own(form).items():
        setattr(meeting, name, value)
    meeting.save()
    for lines in (meeting.dates, meeting.facilitators, meeting.attendance):
        lines.all().delete()
    _fill([(meeting, form)])


def _own(form: model.Meeting) -> dict[str, Any]:
    """What a meeting itself holds of its form."""
    people = counted(form)
    return {
        "label": form.label,
        "dates_text": list(form.dates_text),
        "format": form.format,
        "facilitators_note": form.facilitators_note,
        "attended": people.attended,
        "surveyed": people.surveyed,
    }


def _fill(pairs: Sequence[tuple[Meeting, model.Meeting]]) -> None:
    """Days, people who led and lines of participants of each."""
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
