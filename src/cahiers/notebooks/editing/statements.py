"""Pages that edit a statement."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers.accounts.access import signed_in
from cahiers.consultations.windows import StageClosed
from cahiers.journal.actions import CommandReused
from cahiers.notebooks.actions import statements
from cahiers.notebooks.actions.revising import Changed, Misplaced
from cahiers.notebooks.editing.access import editable_row, editable_statement
from cahiers.notebooks.editing.forms import (
    MergeForm,
    MoveForm,
    SplitForm,
    StatementForm,
    TextForm,
)
from cahiers.notebooks.editing.pages import FormPage, answer, around, say, theme_address
from cahiers.notebooks.editing.places import kinds_of, orders_of_statement, rows_of
from cahiers.notebooks.models import Row, Statement
from cahiers.ui.forms import SeenForm

#: Statements offered to merge: keeps the page within its weight.
OFFERED = 60

edits = require_http_methods(["GET", "HEAD", "POST"])


@edits
@never_cache
def add(request: HttpRequest, row: UUID) -> HttpResponse:
    found = editable_row(request, row)
    stage = found.theme.notebook.consultation.method.stage(found.stage)
    asked = request.GET.get("colonne", stage.kinds[0])
    kinds = [(column.kind, column.label) for column in stage.columns]
    form = StatementForm(request.POST or None, kinds=kinds, initial={"kind": asked})

    def act(given: dict[str, Any]) -> str | None:
        statements.add(row=found, **given, by=signed_in(request), now=timezone.now())
        return None

    page = FormPage(
        title=_("Ajouter un énoncé"),
        stage=found.stage,
        form=form,
        button=_("Ajouter"),
        back=reverse("row", args=[found.uuid]),
        said=_("L’énoncé est ajouté."),
    )
    return answer(request, page, found.theme, act)


@edits
@never_cache
def reword(request: HttpRequest, code: str) -> HttpResponse:
    found = editable_statement(request, code)
    form = TextForm(request.POST or None, initial={"text": found.current.text, "seen": found.current_id})

    def act(given: dict[str, Any]) -> str | None:
        statements.reword(statement=found, **given, by=signed_in(request), now=timezone.now())
        return None

    page = FormPage(
        title=_("Reformuler l’énoncé"),
        stage=found.row.stage,
        form=form,
        button=_("Enregistrer"),
        back=_address(found),
        said=_("L’énoncé est reformulé."),
        template="notebooks/reword.html",
        given={"statement": found},
    )
    return answer(request, page, found.row.theme, act)


@edits
@never_cache
def split(request: HttpRequest, code: str) -> HttpResponse:
    found = editable_statement(request, code)
    form = SplitForm(request.POST or None, initial={"text": found.current.text, "seen": found.current_id})

    def act(given: dict[str, Any]) -> str | None:
        given["parts"] = given.pop("text")
        statements.split(statement=found, **given, by=signed_in(request), now=timezone.now())
        return reverse("row", args=[found.row.uuid])

    page = FormPage(
        title=_("Diviser l’énoncé"),
        stage=found.row.stage,
        form=form,
        button=_("Diviser"),
        back=_address(found),
        said=_("L’énoncé est divisé."),
    )
    return answer(request, page, found.row.theme, act)


@edits
@never_cache
def move(request: HttpRequest, code: str) -> HttpResponse:
    """To a row of its own theme or, with `?theme=`, of another one of the notebook."""
    found = editable_statement(request, code)
    theme = found.row.theme
    themes = list(theme.notebook.themes.all())
    target = next((one for one in themes if str(one.order) == request.GET.get("theme")), theme)
    target.notebook = theme.notebook
    stays = target == theme
    orders, order = orders_of_statement(found) if stays else ([], "")
    form = MoveForm(
        request.POST or None,
        rows=rows_of(target),
        kinds=kinds_of(theme.notebook.consultation.method),
        orders=orders,
        initial={"row": found.row.uuid, "kind": found.kind, "before": order, "seen": found.current_id},
    )

    def act(given: dict[str, Any]) -> str | None:
        row = get_object_or_404(Row, uuid=given.pop("row"))
        before = given.pop("before", "")
        if row != found.row or given["kind"] != found.kind:
            before = ""
        statements.move(
            statement=found,
            row=row,
            before=Statement.objects.filter(code=before).first() if before else None,
            **given,
            by=signed_in(request),
            now=timezone.now(),
        )
        return None

    page = FormPage(
        title=_("Déplacer l’énoncé"),
        stage=found.row.stage,
        form=form,
        button=_("Déplacer"),
        back=_address(found),
        said=_("L’énoncé est déplacé."),
        quoted=found.current.text,
        template="notebooks/move.html",
        given={"themes": themes, "target": target},
    )
    return answer(request, page, theme, act)


@edits
@never_cache
def merge(request: HttpRequest, code: str) -> HttpResponse:
    """With `?avec=`, the form that merges; before, the choice of what to merge with."""
    found = editable_statement(request, code)
    chosen = _chosen(found, request.GET.getlist("avec"))
    if request.method != "POST" and not chosen:
        return _offer(request, found)
    others = ",".join(f"{one.code}:{one.current_id}" for one in chosen)
    text = " ; ".join(one.current.text for one in (found, *chosen))
    form = MergeForm(request.POST or None, initial={"text": text, "others": others, "seen": found.current_id})

    def act(given: dict[str, Any]) -> str | None:
        seen = given.pop("others")
        merged = _chosen(found, list(seen))
        if len(merged) < len(seen):
            raise Misplaced("One of them is of another notebook.")
        statements.merge(
            statement=found,
            others=[(one, seen[one.code]) for one in merged],
            **given,
            by=signed_in(request),
            now=timezone.now(),
        )
        return None

    page = FormPage(
        title=_("Fusionner des énoncés"),
        stage=found.row.stage,
        form=form,
        button=_("Fusionner"),
        back=_address(found),
        said=_("Les énoncés sont fusionnés."),
        template="notebooks/merge.html",
        given={"merged": [found, *chosen]},
    )
    return answer(request, page, found.row.theme, act)


@require_POST
def emphasise(request: HttpRequest, code: str) -> HttpResponse:
    found = editable_statement(request, code)
    emphasised = request.POST.get("souligner") == "1"
    said = _("L’énoncé est souligné.") if emphasised else _("L’énoncé n’est plus souligné.")
    return _at_once(request, found, statements.emphasise, {"emphasised": emphasised}, said)


@require_POST
def delete(request: HttpRequest, code: str) -> HttpResponse:
    found = editable_statement(request, code)
    there = theme_address(found.row.theme, found.row.stage)
    return _at_once(request, found, statements.delete, {}, _("L’énoncé est supprimé."), there)


@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """An earlier revision, by its number."""
    found = editable_statement(request, code)
    asked = request.POST.get("revision", "")
    revision = found.revisions.select_related("row").filter(number=asked if asked.isdecimal() else 0).first()
    if revision is None:
        raise Http404
    said = _("L’énoncé est comme avant.")
    return _at_once(request, found, statements.restore, {"revision": revision}, said)


def _at_once(
    request: HttpRequest, found: Statement, do: Any, asked: dict[str, Any], said: str, there: str = ""
) -> HttpResponse:
    """What needs no form of its own: done, or refused in a message on the statement's page."""
    form = SeenForm(request.POST)
    if form.is_valid():
        try:
            do(statement=found, **asked, **form.cleaned_data, by=signed_in(request), now=timezone.now())
        except (Changed, CommandReused):
            messages.error(request, _("Cela vient de changer : relisez, rien n’a été fait."))
        except Misplaced:
            messages.error(request, _("Cette place n’existe plus : rien n’a été fait."))
        except StageClosed as closed:
            messages.error(request, str(closed))
        else:
            say(request, found.row.theme.notebook, form.cleaned_data["command"], said)
            return redirect(there or _address(found))
    return redirect(_address(found))


def _offer(request: HttpRequest, found: Statement) -> HttpResponse:
    """Statements of the same kind in the theme, those of its row first, fewer where words are asked for."""
    words = request.GET.get("q", "").strip()
    near = (
        Statement.objects.filter(row__theme=found.row.theme, row__present=True, present=True, kind=found.kind)
        .exclude(pk=found.pk)
        .select_related("current")
        .order_by(Case(When(row=found.row_id, then=0), default=1), "row__position", "row", "position", "pk")
    )
    for word in words.split():
        near = near.filter(current__text__icontains=word)
    offered = list(near[: OFFERED + 1])
    return render(
        request,
        "notebooks/merge_with.html",
        {
            **around(found.row.theme),
            "statement": found,
            "offered": offered[:OFFERED],
            "more": len(offered) > OFFERED,
            "words": words,
            "forgotten": "suite" in request.GET,
        },
    )


def _chosen(found: Statement, codes: list[str]) -> list[Statement]:
    notebook = found.row.theme.notebook_id
    return list(
        Statement.objects.filter(code__in=codes[:OFFERED], row__theme__notebook=notebook)
        .exclude(pk=found.pk)
        .select_related("current")
        .order_by("row", "position", "pk")
    )


def _address(statement: Statement) -> str:
    return reverse("statement", args=[statement.code])
