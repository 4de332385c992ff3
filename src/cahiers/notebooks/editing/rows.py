"""Pages that edit a row."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.windows import StageClosed
from cahiers.journal.actions import CommandReused
from cahiers.notebooks.actions import rows
from cahiers.notebooks.actions.revising import Changed
from cahiers.notebooks.editing.access import barriers_of, editable_notebook, editable_row
from cahiers.notebooks.editing.forms import CiteForm, MoveRowForm, NameForm, RowForm
from cahiers.notebooks.editing.pages import FormPage, answer, around, say, theme_address
from cahiers.notebooks.editing.places import orders_of_row
from cahiers.notebooks.editing.statements import edits
from cahiers.notebooks.models import Row
from cahiers.ui.forms import SeenForm


@require_safe
@never_cache
def row(request: HttpRequest, row: UUID) -> HttpResponse:
    """What it holds, with every way to edit it."""
    found = editable_row(request, row)
    method = found.theme.notebook.consultation.method
    stage = method.stage(found.stage)
    held = found.statements.filter(present=True).select_related("current").order_by("position", "pk")
    statements = list(held)
    barrier = barriers_of(request, found.theme.notebook).get(found.stage)
    return render(
        request,
        "notebooks/row.html",
        {
            **around(found.theme),
            "row": found,
            "stage": stage,
            "columns": [
                (column, [one for one in statements if one.kind == column.kind]) for column in stage.columns
            ],
            "feedback": method.feedback,
            "cites": stage.cites_feedback or found.current.cited,
            "form": SeenForm(initial={"seen": found.current_id}),
            "back": theme_address(found.theme, found.stage),
            "barrier": barrier,
            "writable": found.present and not (barrier and barrier.refused),
        },
    )


@edits
@never_cache
def add(request: HttpRequest, consultation: str, notebook: str, order: int, stage: str) -> HttpResponse:
    found = editable_notebook(request, consultation, notebook)
    theme = get_object_or_404(found.themes, order=order)
    theme.notebook = found
    if stage not in {known.key for known in found.consultation.method.stages}:
        raise Http404
    orders, _end = orders_of_row(theme, stage)
    form = RowForm(request.POST or None, orders=orders)

    def act(given: dict[str, Any]) -> str | None:
        before = _row(given.pop("before"))
        made = rows.add(
            theme=theme, stage=stage, before=before, **given, by=signed_in(request), now=timezone.now()
        )
        return reverse("row", args=[made.uuid])

    page = FormPage(
        title=_("Ajouter une ligne"),
        stage=stage,
        form=form,
        button=_("Ajouter"),
        back=theme_address(theme),
        said=_("La ligne est ajoutée : mettez-y des énoncés."),
        quoted=found.consultation.method.stage(stage).title,
    )
    return answer(request, page, theme, act)


@edits
@never_cache
def name(request: HttpRequest, row: UUID) -> HttpResponse:
    found = editable_row(request, row)
    initial = {"name": found.name or "", "seen": found.current_id}
    form = NameForm(request.POST or None, initial=initial)

    def act(given: dict[str, Any]) -> str | None:
        rows.name(row=found, **given, by=signed_in(request), now=timezone.now())
        return None

    page = FormPage(
        title=_("Nommer la ligne"),
        stage=found.stage,
        form=form,
        button=_("Enregistrer"),
        back=_address(found),
        said=_("Le nom de la ligne est enregistré."),
    )
    return answer(request, page, found.theme, act)


@edits
@never_cache
def cite(request: HttpRequest, row: UUID) -> HttpResponse:
    found = editable_row(request, row)
    cited = ", ".join(map(str, found.current.cited))
    form = CiteForm(request.POST or None, initial={"numbers": cited, "seen": found.current_id})

    def act(given: dict[str, Any]) -> str | None:
        rows.cite(row=found, **given, by=signed_in(request), now=timezone.now())
        return None

    page = FormPage(
        title=_("Citer des retours d’expérience"),
        stage=found.stage,
        form=form,
        button=_("Enregistrer"),
        back=_address(found),
        said=_("Les fiches citées sont enregistrées."),
    )
    return answer(request, page, found.theme, act)


@edits
@never_cache
def move(request: HttpRequest, row: UUID) -> HttpResponse:
    """Within its theme or, with `?theme=`, to another one of the notebook."""
    found = editable_row(request, row)
    themes = list(found.theme.notebook.themes.all())
    target = next((one for one in themes if str(one.order) == request.GET.get("theme")), found.theme)
    target.notebook = found.theme.notebook
    orders, order = orders_of_row(target, found.stage, found)
    initial = {"before": order, "seen": found.current_id}
    form = MoveRowForm(request.POST or None, orders=orders, initial=initial)

    def act(given: dict[str, Any]) -> str | None:
        before = _row(given.pop("before"))
        rows.move(row=found, theme=target, before=before, **given, by=signed_in(request), now=timezone.now())
        return None

    page = FormPage(
        title=_("Déplacer la ligne"),
        stage=found.stage,
        form=form,
        button=_("Déplacer"),
        back=_address(found),
        said=_("La ligne est déplacée."),
        quoted=found.name or "",
        template="notebooks/move.html",
        given={"themes": themes, "target": target},
    )
    return answer(request, page, found.theme, act)


@require_POST
def delete(request: HttpRequest, row: UUID) -> HttpResponse:
    found = editable_row(request, row)
    form = SeenForm(request.POST)
    if form.is_valid():
        try:
            rows.delete(row=found, **form.cleaned_data, by=signed_in(request), now=timezone.now())
        except (Changed, CommandReused):
            messages.error(request, _("Cela vient de changer : relisez, rien n’a été fait."))
        except StageClosed as closed:
            messages.error(request, str(closed))
        else:
            said = _("La ligne est supprimée avec ses énoncés.")
            say(request, found.theme.notebook, form.cleaned_data["command"], said)
            return redirect(theme_address(found.theme, found.stage))
    return redirect(_address(found))


def _row(uuid: str) -> Row | None:
    """One of the form's choices; "" is none."""
    return Row.objects.filter(uuid=uuid).first() if uuid else None


def _address(row: Row) -> str:
    return reverse("row", args=[row.uuid])
