"""How many there are to hear: read by the team, entered by who edits the whole consultation."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import may_edit, may_read_drafts
from cahiers.contributions.outreach.pages import LineForm, dropped, paged
from cahiers.contributions.portrait.reference import actions, files
from cahiers.ui.forms import CommandForm


class NumberForm(LineForm):
    """How many people of a category there are in a territory."""

    people = forms.IntegerField(min_value=0, max_value=10**10, label=gettext_lazy("Effectif"))
    source = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Qui le dit, et de quelle année."),
    )
    no_category = gettext_lazy("Tout le monde")


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
    said = dict(form.cleaned_data)
    del said["command"]
    return _enter(request, found, [actions.Number(**said)], form)


@require_POST
def drop(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_edit)
    taken = dropped(request, found, files.read, "reference")
    if isinstance(taken, HttpResponse):
        return taken
    form, read = taken
    return _enter(request, found, read, form)


@require_POST
def remove(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    found = consultation_for(request, consultation, may_edit)
    chosen = get_object_or_404(found.reference_counts, pk=number)
    form = CommandForm(request.POST)
    if form.is_valid():
        actions.remove(
            number=chosen, command=form.cleaned_data["command"], by=signed_in(request), now=timezone.now()
        )
    return redirect("reference", found.slug)


def _enter(
    request: HttpRequest, consultation: Consultation, read: list[actions.Number], form: CommandForm
) -> HttpResponse:
    actions.enter(
        consultation=consultation,
        numbers=read,
        command=form.cleaned_data["command"],
        by=signed_in(request),
        now=timezone.now(),
    )
    count = len(read)
    messages.success(request, ngettext("%d effectif est noté.", "%d effectifs sont notés.", count) % count)
    return redirect("reference", consultation.slug)


def _page(
    request: HttpRequest, consultation: Consultation, form: NumberForm, status: int = 200
) -> HttpResponse:
    entered = consultation.reference_counts.select_related("territory").order_by(
        "territory__path", "category"
    )
    told = {
        "consultation": consultation,
        "page": paged(request, entered),
        "labels": {one.key: one.short_label for one in consultation.method.categories},
        "may_write": may_edit(request.user, consultation),
        "form": form,
        "columns": files.COLUMNS,
    }
    return render(request, "contributions/portrait/reference.html", told, status=status)
