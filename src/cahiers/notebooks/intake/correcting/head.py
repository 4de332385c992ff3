"""Pages that correct what a document says of itself: its names, its themes."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from cahiers.documents.model import Synthesis
from cahiers.notebooks.intake import preview
from cahiers.notebooks.intake.correcting.forms import HeadForm, ThemeForm
from cahiers.notebooks.intake.corrections import head as corrections
from cahiers.notebooks.intake.corrections.places import theme_at
from cahiers.notebooks.intake.pages import (
    Correction,
    address_of,
    answer,
    form_page,
    read_draft,
    read_theme,
    theme_address,
    titled,
)
from cahiers.notebooks.intake.views import undo_form

REMOVE = "remove"


@form_page
@never_cache
def head(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    """The territory and the consultation, as the document names them."""
    found, synthesis = read_draft(request, consultation, draft)
    names = {"territory": synthesis.territory or "", "consultation": synthesis.consultation or ""}
    form = HeadForm(request.POST or None, version=found.version, initial=names)

    def change(before: Synthesis) -> Synthesis:
        given = form.cleaned_data
        return corrections.name(before, territory=given["territory"], consultation=given["consultation"])

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            title=_("L’en-tête du document"),
            button=_("Enregistrer"),
            said=_("L’en-tête est corrigé."),
            change=change,
            there=found.get_absolute_url,
            current=lambda now: " – ".join(filter(None, [now.territory, now.consultation])),
        ),
    )


@form_page
@never_cache
def add_theme(request: HttpRequest, consultation: str, draft: UUID) -> HttpResponse:
    """A theme that the reader missed, after the others."""
    found, synthesis = read_draft(request, consultation, draft)
    form = ThemeForm(request.POST or None, version=found.version, method=found.consultation.method)

    def change(before: Synthesis) -> Synthesis:
        given = form.cleaned_data
        return corrections.add_theme(before, key=given["key"], number=given["number"], title=given["title"])

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            title=_("Ajouter un thème"),
            button=_("Ajouter"),
            said=_("Le thème est ajouté."),
            change=change,
            there=lambda: theme_address(found, len(synthesis.themes)),
        ),
    )


@form_page
@never_cache
def theme(request: HttpRequest, consultation: str, draft: UUID, theme: int) -> HttpResponse:
    """What a theme is called, and what was understood of it; one that holds nothing can go."""
    found, _synthesis, block = read_theme(request, consultation, draft, theme)
    method = found.consultation.method
    form = ThemeForm(
        request.POST or None,
        version=found.version,
        method=method,
        initial={"key": block.key or "", "number": block.number, "title": block.title},
    )
    asked = request.POST.get("do", "")

    def change(synthesis: Synthesis) -> Synthesis:
        if asked == REMOVE:
            return corrections.remove_theme(synthesis, theme - 1)
        given = form.cleaned_data
        return corrections.entitle(
            synthesis, theme - 1, key=given["key"], number=given["number"], title=given["title"]
        )

    return answer(
        request,
        Correction(
            draft=found,
            form=form,
            template="notebooks/intake/theme.html",
            title=titled(block),
            button=_("Enregistrer"),
            others=[(REMOVE, _("Retirer ce thème, qui est vide"))] if corrections.is_bare(block) else [],
            said=_("Le thème est retiré.") if asked == REMOVE else _("Le thème est enregistré."),
            change=change,
            there=lambda: found.get_absolute_url() if asked == REMOVE else theme_address(found, theme - 1),
            current=lambda now: theme_at(now, theme - 1).title,
            given={
                "order": theme,
                "stages": preview.stages_of(block, method),
                "sheets": len(block.feedback),
                "feedback": method.feedback,
                "sheets_address": reverse("import_sheets", args=[*address_of(found), theme]),
                "undoing": undo_form(found),
            },
        ),
    )
