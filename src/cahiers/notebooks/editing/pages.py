"""How every page of editing answers: the form, the form again with what is wrong, or back with a way to undo."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cahiers.consultations.windows import StageClosed
from cahiers.journal.actions import CommandReused
from cahiers.journal.models import Entry
from cahiers.notebooks.actions.revising import BadText, Changed, Misplaced
from cahiers.notebooks.actions.rows import NoSuchSheet
from cahiers.notebooks.editing.access import barriers_of
from cahiers.notebooks.history import author_of
from cahiers.notebooks.models import Notebook, NotebookTheme, RowRevision
from cahiers.ui.forms import CommandForm

#: In the address that undoes, says that what it undoes was undoing something.
AGAIN = "retablir"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """A form in its page. `back` is where it leads once done or given up; `said` is the message that follows."""

    title: str
    form: CommandForm
    button: str
    back: str
    said: str
    #: Key of the stage that it writes in.
    stage: str
    #: The text that is edited, shown above the form.
    quoted: str = ""
    template: str = "notebooks/edit.html"
    given: dict[str, Any] = field(default_factory=dict)


def answer(
    request: HttpRequest, page: FormPage, theme: NotebookTheme, act: Callable[[dict[str, Any]], str | None]
) -> HttpResponse:
    """`act` does what a valid form asks, and returns where to go if that is not `back`."""
    status, changed = 200, None
    if page.form.is_bound:
        status = 422
    if page.form.is_valid():
        try:
            there = act(page.form.cleaned_data)
        except Changed as conflict:
            status, changed = 409, conflict.current
            page.form.renew(seen=conflict.current.uuid)
        except CommandReused:
            status = 409
            page.form.add_error(
                None, _("Cette page avait déjà servi : vérifiez, puis enregistrez de nouveau.")
            )
            page.form.renew()
        except (BadText, Misplaced, NoSuchSheet, StageClosed) as refusal:
            page.form.add_error(None, why(refusal))
        else:
            say(request, theme.notebook, page.form.cleaned_data["command"], page.said)
            return redirect(there or page.back)
    return render(
        request,
        page.template,
        {
            **around(theme),
            "page": page,
            "form": page.form,
            "changed": changed,
            "changed_row": isinstance(changed, RowRevision),
            "changed_by": author_of(changed) if changed else "",
            "barrier": barriers_of(request, theme.notebook).get(page.stage),
            **page.given,
        },
        status=status,
    )


def around(theme: NotebookTheme) -> dict[str, Any]:
    """What the trail of links above a page of the theme is made of."""
    return {"consultation": theme.notebook.consultation, "notebook": theme.notebook, "within": theme}


def say(request: HttpRequest, notebook: Notebook, command: UUID, said: str, *, undone: bool = False) -> None:
    """What was done, in a message that can undo it or, where it was `undone`, do it again."""
    if not Entry.objects.filter(command=command).exists():
        messages.info(request, _("Rien n’a changé."))
        return
    undo = reverse("undo", args=[notebook.consultation.slug, notebook.slug, command])
    if undone:
        messages.info(request, said, extra_tags=f"{undo}?{AGAIN}=1")
    else:
        messages.success(request, said, extra_tags=undo)


def why(refusal: Exception) -> str:
    if isinstance(refusal, StageClosed):
        return str(refusal)
    if isinstance(refusal, NoSuchSheet):
        return _("Aucune fiche du thème ne porte ce numéro : %s.") % refusal
    if isinstance(refusal, BadText):
        return _("Le texte est vide ou trop long.")
    return _("Cette place n’existe pas, ou n’existe plus : choisissez-en une autre.")


def theme_address(theme: NotebookTheme, anchor: str = "") -> str:
    notebook = theme.notebook
    address = reverse("theme", args=[notebook.consultation.slug, notebook.slug, theme.order])
    return f"{address}#{anchor}" if anchor else address
