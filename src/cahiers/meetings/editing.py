"""Pages that write meetings: the form, the days as they were read, the participants, deletion."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for, refuse
from cahiers.consultations.pages import FormPage, Refusal, answer, posted
from cahiers.consultations.permissions import may_edit
from cahiers.consultations.revising import Changed
from cahiers.documents import model
from cahiers.journal.actions import CommandReused
from cahiers.meetings import actions
from cahiers.meetings.access import editable_meeting, may_write_some, writable_territories
from cahiers.meetings.forms import AttendanceForm, DayForm, MeetingForm, lines_of, told_by, written
from cahiers.meetings.models import DeletedMeeting, Meeting
from cahiers.meetings.queries import form_of
from cahiers.territories.models import Level, Territory, TerritoryQuerySet
from cahiers.ui.forms import SeenForm

#: Territories that the page offers by name; all others can be typed.
OFFERED = 40
#: For the state of what is not made yet.
NOTHING = UUID(int=0)

edits = require_http_methods(["GET", "HEAD", "POST"])


@edits
@never_cache
def add(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_write_some)
    among = writable_territories(request.user, found)
    form = MeetingForm(posted(request), initial={"seen": NOTHING}, among=among)

    def act(given: dict[str, Any]) -> str:
        territory, told = given["territory"], told_by(given, None)
        try:
            made = actions.create(
                consultation=found,
                territory=territory,
                form=told,
                command=given["command"],
                by=signed_in(request),
                now=timezone.now(),
            )
        except actions.OutsideConsultation:
            raise _outside() from None
        return _address("check_meeting", made)

    page = FormPage(
        title=_("Ajouter une session"),
        form=form,
        button=_("Enregistrer"),
        back=reverse("meetings", args=[found.slug]),
        said=_("La session est enregistrée. Vérifiez ce qui a été compris."),
        template="meetings/meeting_form.html",
        given={"offered": _offered(among)},
    )
    return answer(request, found, page, act)


@edits
@never_cache
def edit(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    meeting = editable_meeting(request, consultation, number)
    held, among = form_of(meeting), writable_territories(request.user, meeting.consultation)
    initial = {
        "label": meeting.label,
        "territory": meeting.territory.name,
        "dates_text": meeting.dates_text,
        "format": meeting.format,
        "facilitators": [*map(written, held.facilitators), *filter(None, [held.facilitators_note])],
    }
    form = MeetingForm(posted(request), initial={**initial, "seen": actions.state_of(meeting)}, among=among)

    def act(given: dict[str, Any]) -> str | None:
        territory, told = given["territory"], told_by(given, held)
        _edit(request, meeting, territory, told, given)
        read_again = (told.dates, told.facilitators) != (held.dates, held.facilitators)
        return _address("check_meeting", meeting) if read_again else None

    page = FormPage(
        title=_("Modifier la session"),
        form=form,
        button=_("Enregistrer"),
        back=meeting.get_absolute_url(),
        said=_("La session est enregistrée."),
        template="meetings/meeting_form.html",
        current=lambda: {**initial, "territory": meeting.territory},
        given={"offered": _offered(among), "here": "meeting_edit", "meeting": meeting},
    )
    return answer(request, meeting.consultation, page, act)


@edits
@never_cache
def check(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    """The days and people that were read from the lines, and what to put right."""
    meeting = editable_meeting(request, consultation, number)
    held, data = form_of(meeting), posted(request)
    count = _count(data, len(held.dates) + 1)
    shown = [{"start": day.start, "end": day.end, "place": day.place} for day in held.dates]
    days = [
        DayForm(data, prefix=f"jour{place}", initial=shown[place] if place < len(shown) else {})
        for place in range(count)
    ]
    form = SeenForm(data, initial={"seen": actions.state_of(meeting)})

    def act(given: dict[str, Any]) -> None:
        read = tuple(day for one in days if (day := one.day()))
        _edit(request, meeting, meeting.territory, replace(held, dates=read), given)

    page = FormPage(
        title=_("Vérifier ce qui a été compris"),
        lead=_("Corrigez les jours s’il le faut : les lignes que vous avez écrites restent telles quelles."),
        form=form,
        button=_("Enregistrer ces jours"),
        back=meeting.get_absolute_url(),
        said=_("Les jours de la session sont enregistrés."),
        template="meetings/check.html",
        given={"here": "meeting_edit", "meeting": meeting, "days": days, "count": count},
    )
    return answer(request, meeting.consultation, page, act, parts=days)


@edits
@never_cache
def attendance(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    meeting = editable_meeting(request, consultation, number)
    held, data = form_of(meeting), posted(request)
    lines = [
        AttendanceForm(data, prefix=f"ligne{place}", line=line, category=category)
        for place, (line, category) in enumerate(lines_of(held, meeting.consultation.method))
    ]
    form = SeenForm(data, initial={"seen": actions.state_of(meeting)})

    def act(given: dict[str, Any]) -> None:
        told = tuple(line.participant() for line in lines)
        _edit(request, meeting, meeting.territory, replace(held, participants=told), given)

    page = FormPage(
        title=_("Participants"),
        lead=_("Les réponses à une enquête sont comptées à part : elles ne s’ajoutent jamais aux présents."),
        form=form,
        button=_("Enregistrer"),
        back=meeting.get_absolute_url(),
        said=_("Les participants sont enregistrés."),
        template="meetings/attendance.html",
        given={"here": "meeting_edit", "meeting": meeting, "lines": lines},
    )
    return answer(request, meeting.consultation, page, act, parts=lines)


@require_POST
def delete(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    meeting = editable_meeting(request, consultation, number)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return redirect(meeting)
    try:
        actions.delete(meeting=meeting, **form.cleaned_data, by=signed_in(request), now=timezone.now())
    except actions.InUse:
        messages.error(
            request, _("Cette session reste : un cahier en rend compte, ou des participants y sont comptés.")
        )
    except (Changed, CommandReused):
        messages.error(request, _("Cela vient de changer : relisez, rien n’a été fait."))
    else:
        undo = reverse("restore_meeting", args=[meeting.consultation.slug, form.cleaned_data["command"]])
        messages.success(request, _("La session est supprimée."), extra_tags=undo)
        return redirect("meetings", meeting.consultation.slug)
    return redirect(meeting)


@require_POST
def restore(request: HttpRequest, consultation: str, command: UUID) -> HttpResponse:
    """Undo a deletion."""
    deleted = get_object_or_404(
        DeletedMeeting.objects.select_related("consultation", "place"),
        consultation__slug=consultation,
        command=command,
    )
    if not may_edit(request.user, deleted.consultation, deleted.place):
        refuse(request, deleted.consultation)
    try:
        meeting = actions.restore(deleted=deleted, by=signed_in(request), now=timezone.now())
    except actions.OutsideConsultation:
        messages.error(request, _("Le territoire de cette session n’est plus consulté : rien n’a été fait."))
        return redirect("meetings", consultation)
    messages.success(request, _("La session est rétablie."))
    return redirect(meeting)


def _edit(
    request: HttpRequest, meeting: Meeting, territory: Territory, form: model.Meeting, given: dict[str, Any]
) -> None:
    try:
        actions.edit(
            meeting=meeting,
            territory=territory,
            form=form,
            seen=given["seen"],
            command=given["command"],
            by=signed_in(request),
            now=timezone.now(),
        )
    except actions.OutsideConsultation:
        raise _outside() from None


def _outside() -> Refusal:
    return Refusal(_("Ce territoire n’est pas dans la concertation."), "territory")


def _offered(among: TerritoryQuerySet) -> Sequence[str]:
    highest = [level.value for level in Level if level.depth <= Level.DEPARTMENT.depth]
    return list(among.filter(level__in=highest).values_list("name", flat=True)[:OFFERED])


def _count(data: Any, needed: int) -> int:
    """How many days the page that was sent held: as many are read back."""
    told = (data or {}).get("jours", "")
    return min(int(told), 100) if told.isascii() and told.isdigit() else needed


def _address(name: str, meeting: Meeting) -> str:
    return reverse(name, args=[meeting.consultation.slug, meeting.number])
