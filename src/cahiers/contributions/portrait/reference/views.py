"""How many there are to hear: read by the team, entered by who edits the whole consultation."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cahiers.accounts.models import Person
from cahiers.consultations.access import consultation_for
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import may_edit, may_read_drafts
from cahiers.contributions.collecting import places
from cahiers.contributions.portrait.reference import actions, files
from cahiers.contributions.tables import Unreadable
from cahiers.territories.models import Territory
from cahiers.ui.forms import CommandForm

PER_PAGE = 25
#: Lines of a file that are told to be wrong.
TOLD = 100


class NumberForm(CommandForm):
    """How many people of a category there are in a territory."""

    territory = forms.ModelChoiceField(Territory.objects.none(), label=later("Territoire"))
    category = forms.ChoiceField(required=False, label=later("Catégorie"))
    people = forms.IntegerField(min_value=0, max_value=10**10, label=later("Effectif"))
    source = forms.CharField(
        required=False,
        max_length=200,
        label=later("Source"),
        help_text=later("Qui le dit, et de quelle année."),
    )

    def __init__(self, *args: object, consultation: Consultation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        territory, category = self.fields["territory"], self.fields["category"]
        assert isinstance(territory, forms.ModelChoiceField)
        assert isinstance(category, forms.ChoiceField)
        listed = [one.pk for one in places.choices(consultation)]
        territory.queryset = Territory.objects.filter(pk__in=listed).order_by("path")
        known = [(one.key, one.short_label) for one in consultation.method.categories]
        category.choices = [("", _("Tout le monde")), *known]


class FileForm(CommandForm):
    """A table of them."""

    file = forms.FileField(label=later("Tableau (CSV, XLSX, ODS)"))


@require_safe
def numbers(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_read_drafts)
    return _page(request, found, NumberForm(consultation=found))


@require_POST
def enter(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_edit)
    form = NumberForm(request.POST, consultation=found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    said = form.cleaned_data
    number = actions.Number(
        territory=said["territory"], category=said["category"], people=said["people"], source=said["source"]
    )
    _enter(request, found, [number], form)
    return redirect("reference", found.slug)


@require_POST
def drop(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_edit)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choisissez un fichier."))
        return redirect("reference", found.slug)
    file = form.cleaned_data["file"]
    try:
        read, wrong = files.read(found, file.file, file.name)
    except Unreadable as error:
        messages.error(request, str(error))
        return redirect("reference", found.slug)
    if wrong:
        told = {"consultation": found, "wrong": wrong[:TOLD], "more": max(0, len(wrong) - TOLD)}
        return render(request, "contributions/portrait/wrong.html", told, status=422)
    _enter(request, found, read, form)
    return redirect("reference", found.slug)


@require_POST
def remove(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    found = consultation_for(request, consultation, may_edit)
    chosen = get_object_or_404(found.reference_counts, pk=number)
    form = CommandForm(request.POST)
    if form.is_valid():
        actions.remove(
            number=chosen, command=form.cleaned_data["command"], by=_who(request), now=timezone.now()
        )
    return redirect("reference", found.slug)


def _enter(
    request: HttpRequest, consultation: Consultation, read: list[actions.Number], form: CommandForm
) -> None:
    actions.enter(
        consultation=consultation,
        numbers=read,
        command=form.cleaned_data["command"],
        by=_who(request),
        now=timezone.now(),
    )
    count = len(read)
    messages.success(request, ngettext("%d effectif est noté.", "%d effectifs sont notés.", count) % count)


def _page(
    request: HttpRequest, consultation: Consultation, form: NumberForm, status: int = 200
) -> HttpResponse:
    entered = consultation.reference_counts.select_related("territory").order_by(
        "territory__path", "category"
    )
    told = {
        "consultation": consultation,
        "page": Paginator(entered, PER_PAGE).get_page(request.GET.get("page")),
        "labels": {one.key: one.short_label for one in consultation.method.categories},
        "may_write": may_edit(request.user, consultation),
        "form": form,
        "columns": files.COLUMNS,
    }
    return render(request, "contributions/portrait/reference.html", told, status=status)


def _who(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None
