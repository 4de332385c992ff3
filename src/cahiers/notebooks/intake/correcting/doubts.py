"""The page of a warning: what the source has there, and its words put where they belong."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cahiers.documents.model import Synthesis
from cahiers.journal.actions import CommandReused
from cahiers.notebooks.intake.actions import Changed
from cahiers.notebooks.intake.correcting.forms import PlaceForm, TickForm, line
from cahiers.notebooks.intake.correcting.sheets import sheets_address
from cahiers.notebooks.intake.corrections import items, sheets
from cahiers.notebooks.intake.corrections.places import Spot, warning_at
from cahiers.notebooks.intake.doubts import doubts
from cahiers.notebooks.intake.pages import (
    Correction,
    address_of,
    answer,
    correct,
    form_page,
    read_draft,
    table_address,
)
from cahiers.notebooks.intake.views import say_changed


@require_POST
def tick(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    """Doubts go from the list once someone has seen to them; those that hold words, to its end."""
    found, synthesis = read_draft(request, consultation, draft)
    form = TickForm(request.POST, version=found.version, doubts=len(synthesis.warnings))
    if form.is_valid():
        seen = [number - 1 for number in form.cleaned_data["ticked"]]
        try:
            correct(request, found, form, lambda before: items.tick_off(before, seen))
        except (Changed, CommandReused):
            say_changed(request)
        else:
            messages.success(request, _("Les doutes cochés sont rangés."))
    else:
        messages.error(request, _("Cochez les doutes que vous avez vus."))
    return redirect("import_doubts", *address_of(found))


@form_page
@never_cache
def doubt(request: HttpRequest, consultation: str, draft: UUID, number: int) -> HttpResponse:
    found, synthesis = read_draft(request, consultation, draft)
    if not 1 <= number <= len(synthesis.warnings):
        messages.error(request, _("Ce doute n’est plus là : voici ceux qui restent."))
        return redirect("import_doubts", *address_of(found))
    shown = doubts(synthesis)[number - 1]
    near = shown.place
    form = PlaceForm(
        request.POST or None,
        version=found.version,
        synthesis=synthesis,
        method=found.consultation.method,
        initial={
            "text": shown.warning.text or "",
            "theme": str(near.theme or 0) if near else "0",
            "row": near.row + 1 if near and near.stage else None,
        },
    )
    landed = [reverse("import_doubts", args=address_of(found))]
    placed: list[Spot] = []

    def change(before: Synthesis) -> Synthesis:
        given, sheet = form.cleaned_data, form.sheet()
        if sheet is not None:
            theme = int(given["theme"])
            after, index = sheets.place(before, number - 1, theme, sheet)
            landed[0] = sheets_address(found, theme, index)
            return after
        after, spot = items.place(
            before, number - 1, form.destination(), text=line(given["text"]), emphasised=given["emphasised"]
        )
        placed.append(spot)
        return after

    def current(now: Synthesis) -> str:
        warning = warning_at(now, number - 1)
        return warning.text or warning.message

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            title=_("Placer un texte"),
            template="notebooks/intake/doubt.html",
            button=_("Placer"),
            said=_("Le texte est à sa place."),
            change=change,
            there=lambda: table_address(found, placed[0]) if placed else landed[0],
            current=current,
            source=shown.warning.source,
            given={"lead": shown.warning.message, "doubt": shown},
        ),
    )
