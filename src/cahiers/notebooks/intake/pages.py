"""How every page that corrects a draft answers, and the addresses that lead to its pieces."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cahiers.accounts.access import signed_in
from cahiers.documents.model import Source, Synthesis, ThemeBlock
from cahiers.journal.actions import CommandReused
from cahiers.methods import Stage
from cahiers.notebooks.intake import actions, preview
from cahiers.notebooks.intake.access import draft_for
from cahiers.notebooks.intake.corrections.places import NoSuchPlace, RowSpot, theme_at
from cahiers.notebooks.intake.forms import SeenForm
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.intake.views import say_changed

form_page = require_http_methods(["GET", "HEAD", "POST"])
#: What the button that sets something aside sends.
ASIDE = "aside"


@dataclass(slots=True, kw_only=True)
class Correction:
    """A form in its page; `change` is what it asks once valid, and `there` then says where it leads."""

    draft: ImportDraft
    form: SeenForm
    said: str
    change: Callable[[Synthesis], Synthesis]
    there: Callable[[], str]
    #: What stands at that place in a synthesis, for whoever was overtaken; raises NoSuchPlace.
    current: Callable[[Synthesis], str] = lambda _synthesis: ""
    template: str = "notebooks/intake/correct.html"
    title: str = ""
    button: str = ""
    #: Other buttons of the form: what each sends as `do`, and its words.
    others: Sequence[tuple[str, str]] = ()
    #: Forms of one line each that have to be valid too.
    parts: Sequence[forms.Form] = ()
    #: Address and name of what the thing is in.
    up: tuple[str, str] = ("", "")
    source: Source | None = None
    given: dict[str, Any] = field(default_factory=dict)


def answer(request: HttpRequest, page: Correction) -> HttpResponse:
    """The form, the form again with what is wrong or what someone else did meanwhile, or on to what was done."""
    status, changed, current = 200, False, ""
    if page.form.is_bound:
        status = 422
    if all([page.form.is_valid(), *(part.is_valid() for part in page.parts)]):
        try:
            correct(request, page.draft, page.form, page.change)
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
    return render(
        request,
        page.template,
        {
            "consultation": page.draft.consultation,
            "draft": page.draft,
            "page": page,
            "form": page.form,
            "parts": page.parts,
            "wrong": any(part.errors for part in (page.form, *page.parts)),
            "changed": changed,
            "current": current,
            "source": page.source,
            "lines": preview.lines_at(page.source, preview.source_lines(page.draft)),
            **page.given,
        },
        status=status,
    )


def correct(
    request: HttpRequest, draft: ImportDraft, form: SeenForm, change: Callable[[Synthesis], Synthesis]
) -> None:
    """Do what a valid form asks. Raises what actions.correct does."""
    given = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    actions.correct(
        draft=draft,
        change=change,
        asked=f"{request.path} {sorted(given.items())}",
        command=form.cleaned_data["command"],
        seen=form.cleaned_data["seen"],
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
        return found, synthesis, theme_at(synthesis, theme - 1)
    except NoSuchPlace:
        raise Http404 from None


def stage_of(draft: ImportDraft, key: str) -> Stage:
    try:
        return draft.consultation.method.stage(key)
    except KeyError:
        raise Http404 from None


def gone(request: HttpRequest, address: str) -> HttpResponse:
    """For a thing that someone moved since its link was shown."""
    say_changed(request)
    return redirect(address)


def address_of(draft: ImportDraft) -> list[Any]:
    return [draft.consultation.slug, draft.uuid]


def theme_address(draft: ImportDraft, theme: int) -> str:
    """Of the theme of that index."""
    return reverse("import_theme", args=[*address_of(draft), theme + 1])


def table_address(draft: ImportDraft, spot: RowSpot) -> str:
    """Of the page and row where a thing stands; of the last row where the table has no more so many."""
    address = reverse("import_table", args=[*address_of(draft), spot.theme + 1, spot.stage])
    rows = actions.content(draft).themes[spot.theme].stages.get(spot.stage, ()) if draft.is_read else ()
    row = min(spot.row, len(rows) - 1)
    page = preview.page_of(rows, row)
    return f"{address}{f'?page={page}' if page > 1 else ''}{f'#ligne-{row + 1}' if rows else ''}"


def titled(block: ThemeBlock) -> str:
    return block.title or _("Sans titre")
