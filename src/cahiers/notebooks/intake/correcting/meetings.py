"""Pages that correct session forms: what they say, the days that were understood, who attended."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cahiers.documents.model import Meeting, Synthesis
from cahiers.meetings.forms import AttendanceForm, DayForm, lines_of, told_by, written
from cahiers.notebooks.intake import preview
from cahiers.notebooks.intake.correcting.forms import SessionForm
from cahiers.notebooks.intake.corrections import head as corrections
from cahiers.notebooks.intake.corrections.places import NoSuchPlace, meeting_at
from cahiers.notebooks.intake.forms import SeenForm
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.intake.pages import (
    ASIDE,
    Correction,
    address_of,
    answer,
    form_page,
    gone,
    read_draft,
)
from cahiers.notebooks.intake.views import undo_form

#: Sessions that a page lists within its weight.
PER_PAGE = 30
#: Days that a form takes at once.
MOST_DAYS = 100


@require_safe
@never_cache
def meetings(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    found, synthesis = read_draft(request, consultation, draft)
    shown = preview.shown_meetings(synthesis)
    return render(
        request,
        "notebooks/intake/meetings.html",
        {
            "consultation": found.consultation,
            "draft": found,
            "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
            "undoing": undo_form(found),
        },
    )


@form_page
@never_cache
def add(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    """A session form that the reader missed, after the others."""
    found, synthesis = read_draft(request, consultation, draft)
    form = SessionForm(request.POST or None, version=found.version)
    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            title=_("Ajouter une session"),
            button=_("Ajouter"),
            said=_("La session est ajoutée. Vérifiez ce qui a été compris."),
            change=lambda before: corrections.add_meeting(before, told_by(form.cleaned_data, None)),
            there=lambda: _address(found, len(synthesis.meetings) + 1, "import_days"),
            up=(_list(found), _("Sessions")),
        ),
    )


@form_page
@never_cache
def meeting(request: HttpRequest, consultation: str, draft: UUID, meeting: int) -> HttpResponse:
    """What a session form says, but its participants; or it is set aside."""
    found, held = _read(request, consultation, draft, meeting)
    if held is None:
        return gone(request, _list(found))
    form = SessionForm(
        request.POST or None,
        version=found.version,
        initial={
            "label": held.label,
            "dates_text": held.dates_text,
            "format": held.format,
            "facilitators": [*map(written, held.facilitators), *filter(None, [held.facilitators_note])],
        },
    )
    aside = request.POST.get("do") == ASIDE
    read_again: list[bool] = []

    def change(before: Synthesis) -> Synthesis:
        if aside:
            # In French whoever reads, like the warnings of readers.
            return corrections.set_meeting_aside(before, meeting - 1, "Session mise de côté avant l’import.")
        told = told_by(form.cleaned_data, held)
        if (told.dates, told.facilitators) != (held.dates, held.facilitators):
            read_again.append(True)
        return corrections.rewrite_meeting(before, meeting - 1, told)

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/meeting.html",
            title=_("Corriger une session"),
            button=_("Enregistrer"),
            others=[(ASIDE, _("Mettre la session de côté"))],
            said=_("La session est mise de côté : ce qu’elle disait est parmi les doutes.")
            if aside
            else _("La session est corrigée."),
            change=change,
            there=lambda: (
                _address(found, meeting, "import_days") if read_again else _list(found, meeting - 1)
            ),
            current=lambda now: "\n".join(corrections.said(meeting_at(now, meeting - 1))),
            up=(_list(found, meeting - 1), _("Sessions")),
            given={"meeting": held, "number": meeting},
        ),
    )


@form_page
@never_cache
def days(request: HttpRequest, consultation: str, draft: UUID, meeting: int) -> HttpResponse:
    """The days and places that were understood from the lines, and the people."""
    found, held = _read(request, consultation, draft, meeting)
    if held is None:
        return gone(request, _list(found))
    data = request.POST or None
    shown = [{"start": day.start, "end": day.end, "place": day.place} for day in held.dates]
    count = _count(data, len(shown) + 1)
    parts = [
        DayForm(data, prefix=f"jour{place}", initial=shown[place] if place < len(shown) else {})
        for place in range(count)
    ]

    def change(before: Synthesis) -> Synthesis:
        read = tuple(day for one in parts if (day := one.day()))
        return corrections.rewrite_meeting(before, meeting - 1, replace(held, dates=read))

    return answer(
        request,
        Correction(
            draft=found,
            form=SeenForm(data, version=found.version),
            parts=parts,
            template="notebooks/intake/days.html",
            title=_("Vérifier ce qui a été compris"),
            button=_("Enregistrer ces jours"),
            said=_("Les jours de la session sont corrigés."),
            change=change,
            there=lambda: _list(found, meeting - 1),
            current=lambda now: _days_said(meeting_at(now, meeting - 1)),
            up=(_address(found, meeting), _titled(held)),
            given={"meeting": held, "count": count},
        ),
    )


@form_page
@never_cache
def attendance(request: HttpRequest, consultation: str, draft: UUID, meeting: int) -> HttpResponse:
    """Who attended, category by category."""
    found, held = _read(request, consultation, draft, meeting)
    if held is None:
        return gone(request, _list(found))
    data = request.POST or None
    parts = [
        AttendanceForm(data, prefix=f"ligne{place}", line=line, category=category)
        for place, (line, category) in enumerate(lines_of(held, found.consultation.method))
    ]

    def change(before: Synthesis) -> Synthesis:
        told = replace(held, participants=tuple(line.participant() for line in parts))
        return corrections.rewrite_meeting(before, meeting - 1, told)

    return answer(
        request,
        Correction(
            draft=found,
            form=SeenForm(data, version=found.version),
            parts=parts,
            template="notebooks/intake/attendance.html",
            title=_("Participants"),
            button=_("Enregistrer"),
            said=_("Les participants sont corrigés."),
            change=change,
            there=lambda: _list(found, meeting - 1),
            current=lambda now: "\n".join(corrections.said(meeting_at(now, meeting - 1))),
            up=(_address(found, meeting), _titled(held)),
            given={
                "lead": _(
                    "Les réponses à une enquête sont comptées à part : elles ne s’ajoutent jamais aux présents."
                )
            },
        ),
    )


def _read(
    request: HttpRequest, consultation: str, draft: UUID, meeting: int
) -> tuple[ImportDraft, Meeting | None]:
    found, synthesis = read_draft(request, consultation, draft)
    try:
        return found, meeting_at(synthesis, meeting - 1)
    except NoSuchPlace:
        return found, None


def _count(data: Any, needed: int) -> int:
    """How many days the page that was sent held: as many are read back."""
    told = (data or {}).get("jours", "")
    return min(int(told), MOST_DAYS) if told.isascii() and told.isdigit() and len(told) < 6 else needed


def _days_said(meeting: Meeting) -> str:
    return "\n".join(
        " – ".join(filter(None, [f"{day.start}", f"{day.end}", day.place])) for day in meeting.dates
    )


def _list(draft: ImportDraft, index: int = 0) -> str:
    """Of the page of the list where the session of that index stands."""
    address = reverse("import_meetings", args=address_of(draft))
    page = index // PER_PAGE + 1
    return f"{address}?page={page}" if page > 1 else address


def _address(draft: ImportDraft, number: int, name: str = "import_meeting") -> str:
    return reverse(name, args=[*address_of(draft), number])


def _titled(meeting: Meeting) -> str:
    return meeting.label or _("Sans titre")
