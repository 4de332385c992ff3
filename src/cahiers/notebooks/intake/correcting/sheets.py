"""Pages that correct the feedback sheets (RETEX) of a theme."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cahiers.documents.model import Synthesis, ThemeBlock
from cahiers.notebooks.intake.correcting.forms import SheetForm
from cahiers.notebooks.intake.corrections import sheets as corrections
from cahiers.notebooks.intake.corrections.places import NoSuchPlace, sheet_at
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.intake.pages import (
    ASIDE,
    Correction,
    address_of,
    answer,
    form_page,
    gone,
    read_theme,
    titled,
)
from cahiers.notebooks.intake.views import undo_form

#: Sheets that a page lists within its weight.
PER_PAGE = 25


@require_safe
@never_cache
def sheets(request: HttpRequest, consultation: str, draft: UUID, theme: int) -> HttpResponse:
    found, _synthesis, block = _read(request, consultation, draft, theme)
    page = Paginator(list(enumerate(block.feedback, 1)), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "notebooks/intake/sheets.html",
        {
            "consultation": found.consultation,
            "draft": found,
            "theme": block,
            "order": theme,
            "feedback": found.consultation.method.feedback,
            "page": page,
            "undoing": undo_form(found),
        },
    )


@form_page
@never_cache
def add(request: HttpRequest, consultation: str, draft: UUID, theme: int) -> HttpResponse:
    found, synthesis, block = _read(request, consultation, draft, theme)
    form = SheetForm(
        request.POST or None, version=found.version, synthesis=synthesis, initial={"theme": str(theme - 1)}
    )
    landed = [(theme - 1, 0)]

    def change(before: Synthesis) -> Synthesis:
        to = int(form.cleaned_data["theme"])
        after, index = corrections.add(before, to, form.sheet())
        landed[0] = (to, index)
        return after

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            title=_("Ajouter une fiche"),
            button=_("Ajouter"),
            said=_("La fiche est ajoutée."),
            change=change,
            there=lambda: sheets_address(found, *landed[0]),
            up=(sheets_address(found, theme - 1), titled(block)),
        ),
    )


@form_page
@never_cache
def sheet(request: HttpRequest, consultation: str, draft: UUID, theme: int, sheet: int) -> HttpResponse:
    """A sheet: its number, origin, text, links and theme; or it is set aside."""
    found, synthesis, block = _read(request, consultation, draft, theme)
    try:
        current = sheet_at(synthesis, theme - 1, sheet - 1)
    except NoSuchPlace:
        return gone(request, sheets_address(found, theme - 1))
    form = SheetForm(
        request.POST or None,
        version=found.version,
        synthesis=synthesis,
        initial={
            "number": current.number,
            "scope": current.scope or "",
            "text": current.text,
            "links": current.links,
            "theme": str(theme - 1),
        },
    )
    asked, landed = request.POST.get("do", ""), [(theme - 1, sheet - 1)]

    def change(before: Synthesis) -> Synthesis:
        if asked == ASIDE:
            # In French whoever reads, like the warnings of readers.
            said = f"Fiche mise de côté avant l’import ({block.title or 'thème sans titre'})."
            return corrections.set_aside(before, theme - 1, sheet - 1, said)
        to = int(form.cleaned_data["theme"])
        after, index = corrections.rewrite(before, theme - 1, sheet - 1, form.sheet(), to=to)
        landed[0] = (to, index)
        return after

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            title=_("Corriger une fiche"),
            button=_("Enregistrer"),
            others=[(ASIDE, _("Mettre la fiche de côté"))],
            said=_("La fiche est mise de côté : son texte est parmi les doutes.")
            if asked == ASIDE
            else _("La fiche est corrigée."),
            change=change,
            there=lambda: sheets_address(found, *landed[0]),
            current=lambda now: Truncator(sheet_at(now, theme - 1, sheet - 1).text).chars(2000),
            source=current.source,
            up=(sheets_address(found, theme - 1, sheet - 1), titled(block)),
        ),
    )


def sheets_address(draft: ImportDraft, theme: int, index: int = 0) -> str:
    """Of the page of the list where that sheet stands; both count from 0."""
    address = reverse("import_sheets", args=[*address_of(draft), theme + 1])
    page = index // PER_PAGE + 1
    return f"{address}?page={page}" if page > 1 else address


def _read(
    request: HttpRequest, consultation: str, draft: UUID, theme: int
) -> tuple[ImportDraft, Synthesis, ThemeBlock]:
    found, synthesis, block = read_theme(request, consultation, draft, theme)
    if found.consultation.method.feedback is None and not block.feedback:
        raise Http404
    return found, synthesis, block
