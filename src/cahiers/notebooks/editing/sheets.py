"""Pages that write the feedback sheets (RETEX) of a notebook's theme."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.pages import FormPage, Refusal, answer, posted
from cahiers.consultations.revising import Changed
from cahiers.documents.normal import tidy
from cahiers.journal.actions import CommandReused
from cahiers.notebooks.actions import sheets as actions
from cahiers.notebooks.editing.access import editable_notebook
from cahiers.notebooks.editing.pages import theme_address
from cahiers.notebooks.models import NotebookFeedback, NotebookTheme, RemovedSheet
from cahiers.notebooks.reception import LARGEST
from cahiers.ui.forms import CommandForm, LinesField, SeenForm

#: Sheets that the list shows: 7 elements each.
LISTED = 40


class SheetFields(forms.Form):
    number = forms.IntegerField(
        label=gettext_lazy("Numéro"),
        help_text=gettext_lazy("Les lignes citent la fiche par ce numéro."),
        required=False,
        min_value=0,
        max_value=LARGEST,
    )
    scope = forms.CharField(
        label=gettext_lazy("Origine"),
        help_text=gettext_lazy("Facultatif, par exemple : académie, lycée."),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"lang": "fr"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Texte"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 10, "lang": "fr"}),
    )
    links = LinesField(
        label=gettext_lazy("Liens"), help_text=gettext_lazy("Un par ligne."), required=False, rows=3
    )

    def clean_text(self) -> str:
        """One paragraph a line, as documents hold it."""
        return "\n".join(line for line in map(tidy, self.cleaned_data["text"].splitlines()) if line)


class NewSheetForm(SheetFields, CommandForm):
    pass


class SheetForm(SheetFields, SeenForm):
    pass


@require_safe
@never_cache
def sheets(request: HttpRequest, consultation: str, notebook: str, order: int) -> HttpResponse:
    theme = _theme(request, consultation, notebook, order)
    held = theme.feedback.select_related("contribution__current").order_by("position", "pk")
    return render(
        request,
        "notebooks/sheets.html",
        {**_around(theme), "order": order, "sheets": held[:LISTED], "feedback": _feedback(theme)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, consultation: str, notebook: str, order: int) -> HttpResponse:
    theme = _theme(request, consultation, notebook, order)
    numbers = [number for number in theme.feedback.values_list("number", flat=True) if number is not None]
    following = max(numbers, default=0) + 1

    def act(given: dict[str, Any]) -> None:
        command = given.pop("command")
        try:
            actions.add(
                theme=theme, said=_said(given), command=command, by=signed_in(request), now=timezone.now()
            )
        except actions.NumberTaken:
            raise _taken() from None

    page = FormPage(
        title=_("Ajouter une fiche"),
        lead=theme.title,
        form=NewSheetForm(posted(request), initial={"number": following}),
        button=_("Ajouter"),
        back=_list_of(theme),
        said=_("La fiche est ajoutée."),
        given=_around(theme),
    )
    return answer(request, theme.notebook.consultation, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, consultation: str, notebook: str, order: int, sheet: UUID) -> HttpResponse:
    theme = _theme(request, consultation, notebook, order)
    found = _sheet(theme, sheet)
    said = found.contribution
    initial = {
        "number": found.number,
        "scope": said.scope or "",
        "text": said.current.text,
        "links": said.links,
    }

    def act(given: dict[str, Any]) -> None:
        command, seen = given.pop("command"), given.pop("seen")
        try:
            actions.edit(
                sheet=found,
                said=_said(given),
                seen=seen,
                command=command,
                by=signed_in(request),
                now=timezone.now(),
            )
        except actions.NumberTaken:
            raise _taken() from None
        except actions.Gone:
            gone = _("Quelqu’un d’autre vient de supprimer cette fiche : copiez votre texte ailleurs.")
            raise Refusal(gone) from None

    state = actions.state_of(found)
    page = FormPage(
        title=_("Modifier une fiche"),
        lead=theme.title,
        form=SheetForm(posted(request), initial={**initial, "seen": state}),
        button=_("Enregistrer"),
        back=_list_of(theme),
        said=_("La fiche est enregistrée."),
        template="notebooks/sheet_form.html",
        current=lambda: initial,
        given={
            **_around(theme),
            "sheet": found,
            "order": order,
            "deletion": SeenForm(initial={"seen": state}, auto_id=False),
        },
    )
    return answer(request, theme.notebook.consultation, page, act)


@require_POST
def delete(request: HttpRequest, consultation: str, notebook: str, order: int, sheet: UUID) -> HttpResponse:
    theme = _theme(request, consultation, notebook, order)
    found = _sheet(theme, sheet)
    form = SeenForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.delete(sheet=found, **given, by=signed_in(request), now=timezone.now())
        except (Changed, CommandReused, actions.Gone):
            messages.error(request, _("Cela vient de changer : relisez, rien n’a été fait."))
        else:
            undo = reverse("undo", args=[consultation, notebook, given["command"]])
            messages.success(request, _("La fiche est supprimée."), extra_tags=undo)
    return redirect(_list_of(theme))


def put_back(request: HttpRequest, removed: RemovedSheet) -> HttpResponse:
    """Undo a removal; who asks may edit the notebook."""
    try:
        actions.put_back(removed=removed, by=signed_in(request), now=timezone.now())
    except actions.NumberTaken:
        messages.error(request, _("Une autre fiche a pris ce numéro : rien n’a été fait."))
    else:
        messages.success(request, _("La fiche est de nouveau à sa place."))
    return redirect(_list_of(removed.theme))


def _theme(request: HttpRequest, consultation: str, notebook: str, order: int) -> NotebookTheme:
    found = editable_notebook(request, consultation, notebook)
    if found.consultation.method.feedback is None:
        raise Http404
    theme = get_object_or_404(found.themes.select_related("theme"), order=order)
    theme.notebook = found
    return theme


def _sheet(theme: NotebookTheme, uuid: UUID) -> NotebookFeedback:
    held = theme.feedback.select_related("contribution__current")
    found: NotebookFeedback = get_object_or_404(held, contribution__uuid=uuid)
    found.theme = theme
    return found


def _said(given: dict[str, Any]) -> actions.Said:
    return actions.Said(**{**given, "scope": tidy(given["scope"]) or None})


def _around(theme: NotebookTheme) -> dict[str, Any]:
    return {
        "consultation": theme.notebook.consultation,
        "notebook": theme.notebook,
        "within": theme,
        "here": "edit",
    }


def _feedback(theme: NotebookTheme) -> Any:
    return theme.notebook.consultation.method.feedback


def _list_of(theme: NotebookTheme) -> str:
    return f"{theme_address(theme)}fiches/"


def _taken() -> Refusal:
    return Refusal(_("Une autre fiche du thème porte déjà ce numéro."), "number")
