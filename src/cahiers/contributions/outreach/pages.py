"""The form of one line, and the table of many that is dropped on the same page."""

from collections.abc import Callable
from typing import BinaryIO, TypeVar

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cahiers.consultations.models import Consultation
from cahiers.contributions.collecting import places
from cahiers.contributions.tables import Unreadable
from cahiers.territories.models import Territory
from cahiers.ui.forms import CommandForm

PER_PAGE = 25
#: Lines of a file that are told to be wrong.
TOLD = 100
Item = TypeVar("Item")
Read = Callable[[Consultation, BinaryIO, str], tuple[list[Item], list[tuple[int, str]]]]


class LineForm(CommandForm):
    """Of a territory and, perhaps, a category."""

    territory = forms.ModelChoiceField(
        Territory.objects.none(), label=gettext_lazy("Territoire"), empty_label=gettext_lazy("Choisir")
    )
    category = forms.ChoiceField(required=False, label=gettext_lazy("Catégorie"))
    #: What the choice of no category is called.
    no_category = gettext_lazy("Aucune")

    def __init__(self, *args: object, consultation: Consultation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        territory, category = self.fields["territory"], self.fields["category"]
        assert isinstance(territory, forms.ModelChoiceField)
        assert isinstance(category, forms.ChoiceField)
        listed = [one.pk for one in places.choices(consultation)]
        territory.queryset = Territory.objects.filter(pk__in=listed).order_by("path")
        known = [(one.key, one.short_label) for one in consultation.method.categories]
        category.choices = [("", self.no_category), *known]


class FileForm(CommandForm):
    """A table of them."""

    file = forms.FileField(label=gettext_lazy("Tableau (CSV, XLSX, ODS)"))


def paged(request: HttpRequest, listed: QuerySet[Item]) -> "Page[Item]":  # type: ignore[type-var]
    return Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))


def dropped(
    request: HttpRequest, consultation: Consultation, read: Read[Item], back: str
) -> tuple[FileForm, list[Item]] | HttpResponse:
    """The form with all that its table says; or the page that says why nothing is taken. `back` names the list."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choisissez un fichier."))
        return redirect(back, consultation.slug)
    file = form.cleaned_data["file"]
    try:
        items, wrong = read(consultation, file.file, file.name)
    except Unreadable as error:
        messages.error(request, str(error))
        return redirect(back, consultation.slug)
    if wrong:
        told = {
            "consultation": consultation,
            "wrong": wrong[:TOLD],
            "more": max(0, len(wrong) - TOLD),
            "back": back,
        }
        return render(request, "contributions/outreach/wrong.html", told, status=422)
    return form, items
