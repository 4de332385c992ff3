"""How every page that corrects a draft answers, and the addresses that lead to its pieces."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cahiers.accounts.access import signed_in
from cahiers.documents.model import Synthesis, ThemeBlock
from cahiers.journal.actions import CommandReused
from cahiers.methods import Stage
from cahiers.notebooks.intake import actions, corrections, preview
from cahiers.notebooks.intake.access import draft_for
from cahiers.notebooks.intake.corrections import NoSuchPlace, Spot
from cahiers.notebooks.intake.forms import SeenForm
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.intake.views import say_changed


@dataclass(slots=True, kw_only=True)
class Correction:
    """A form in its page; `change` is what it asks once valid, and `there` then says where it leads."""

    draft: ImportDraft
    form: SeenForm
    template: str
    said: str
    change: Callable[[Synthesis], Synthesis]
    there: Callable[[], str]
    #: What stands at that place in a synthesis, for whoever was overtaken; raises NoSuchPlace.
    current: Callable[[Synthesis], str]
    given: dict[str, Any] = field(default_factory=dict)


def answer(request: HttpRequest, page: Correction) -> HttpResponse:
    """The form, the form again with what is wrong or what someone else did meanwhile, or on to what was done."""
    status, changed, current = 200, False, ""
    if page.form.is_bound:
        status = 422
    if page.form.is_valid():
        try:
            _correct(request, page)
        except NoSuchPlace:
            page.form.add_error(None, _("Cette place n’existe pas : choisissez-en une autre."))
        except (actions.Changed, CommandReused):
            now = draft_for(request, page.draft.consultation.slug, page.draft.uuid)
            if not now.is_read:
                say_changed(request)
                return redirect(now)
            try:
                current = page.current(actions.content(now))
            except NoSuchPlace:
                say_changed(request)
                return redirect(now)
            status, changed = 409, True
            page.form.renew(now.version)
        else:
            messages.success(request, page.said)
            return redirect(page.there())
    given = page.given | {"form": page.form, "changed": changed, "current": current}
    return render(request, page.template, given, status=status)


def _correct(request: HttpRequest, page: Correction) -> None:
    given = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    actions.correct(
        draft=page.draft,
        change=page.change,
        asked=f"{request.path} {sorted(given.items())}",
        command=page.form.cleaned_data["command"],
        seen=page.form.cleaned_data["seen"],
        by=signed_in(request),
        now=timezone.now(),
    )


def read_draft(request: HttpRequest, consultation: str, draft: UUID) -> tuple[ImportDraft, Synthesis]:
    """A draft that has been read; 404 for one that has not, or that is closed."""
    found = draft_for(request, consultation, draft)
    if not found.is_read:
        raise Http404
    return found, actions.content(found)


def read_theme(
    request: HttpRequest, consultation: str, draft: UUID, theme: int
) -> tuple[ImportDraft, Synthesis, ThemeBlock]:
    found, synthesis = read_draft(request, consultation, draft)
    try:
        return found, synthesis, corrections.theme_at(synthesis, theme - 1)
    except NoSuchPlace:
        raise Http404 from None


def stage_of(draft: ImportDraft, key: str) -> Stage:
    try:
        return draft.consultation.method.stage(key)
    except KeyError:
        raise Http404 from None


def address_of(draft: ImportDraft) -> list[Any]:
    return [draft.consultation.slug, draft.uuid]


def table_address(draft: ImportDraft, spot: Spot) -> str:
    """Of the page and row where an item stands."""
    address = reverse("import_table", args=[*address_of(draft), spot.theme + 1, spot.stage])
    rows = actions.content(draft).themes[spot.theme].stages.get(spot.stage, ()) if draft.is_read else ()
    page = preview.page_of(rows, spot.row)
    return f"{address}{f'?page={page}' if page > 1 else ''}#ligne-{spot.row + 1}"
