"""The record of invitations: the team's, in the whole consultation."""

import csv
from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.accounts.models import Person
from cahiers.consultations.access import consultation_for
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import may_edit, may_read_drafts
from cahiers.contributions.collecting import places
from cahiers.contributions.invitations import actions, files
from cahiers.contributions.invitations.queries import SILENT, invited_of
from cahiers.contributions.tables import Unreadable
from cahiers.territories.models import Territory
from cahiers.ui.forms import CommandForm, DayInput

PER_PAGE = 25
ANSWERS = {
    "spoke": later("a contribué"),
    "came": later("est venu à une session"),
    "told": later("a répondu"),
    "silent": later("sans réponse"),
}


class GuestForm(CommandForm):
    """One establishment or organisation."""

    name = forms.CharField(max_length=200, label=later("Établissement ou organisation"))
    territory = forms.ModelChoiceField(Territory.objects.none(), label=later("Territoire"))
    category = forms.ChoiceField(required=False, label=later("Catégorie"))
    way = forms.CharField(
        required=False, max_length=200, label=later("Comment"), help_text=later("Lettre, visite, liste…")
    )
    invited_on = forms.DateField(required=False, label=later("Le"), widget=DayInput)

    def __init__(self, *args: object, consultation: Consultation, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        territory, category = self.fields["territory"], self.fields["category"]
        assert isinstance(territory, forms.ModelChoiceField)
        assert isinstance(category, forms.ChoiceField)
        listed = [one.pk for one in places.choices(consultation)]
        territory.queryset = Territory.objects.filter(pk__in=listed).order_by("path")
        known = [(one.key, one.short_label) for one in consultation.method.categories]
        category.choices = [("", _("Aucune")), *known]


class FileForm(CommandForm):
    """A table of them."""

    file = forms.FileField(label=later("Tableau (CSV, XLSX, ODS)"))


@require_safe
def invitations(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_read_drafts)
    listed = invited_of(found)
    total, silent = listed.count(), listed.filter(answer=SILENT).count()
    if request.GET.get("reponse") == SILENT:
        listed = listed.filter(answer=SILENT)
    if request.GET.get("format") == "csv":
        return _csv(found)
    told = {
        "consultation": found,
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "total": total,
        "silent": silent,
        "answers": ANSWERS,
        "may_write": may_edit(request.user, found),
        "adding": GuestForm(consultation=found),
        "dropping": FileForm(),
        "columns": list(files.columns()),
    }
    return render(request, "contributions/invitations/invitations.html", told)


@require_http_methods(["POST"])
def invite(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_edit)
    form = GuestForm(request.POST, consultation=found)
    if not form.is_valid():
        told = {"consultation": found, "form": form}
        return render(request, "contributions/invitations/invite.html", told, status=422)
    said = form.cleaned_data
    guest = actions.Guest(
        territory=said["territory"],
        name=said["name"],
        category=said["category"],
        way=said["way"],
        invited_on=said["invited_on"],
    )
    made = actions.invite(
        consultation=found, guests=[guest], command=said["command"], by=_who(request), now=timezone.now()
    )
    messages.success(request, _("C’est noté.") if made else _("Cette invitation était déjà notée."))
    return redirect("guests", found.slug)


@require_POST
def drop(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_edit)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choisissez un fichier."))
        return redirect("guests", found.slug)
    file = form.cleaned_data["file"]
    try:
        guests, wrong = files.read(found, file.file, file.name)
    except Unreadable as error:
        messages.error(request, str(error))
        return redirect("guests", found.slug)
    if wrong:
        told = {"consultation": found, "wrong": wrong[:100], "more": max(0, len(wrong) - 100)}
        return render(request, "contributions/invitations/wrong.html", told, status=422)
    made = actions.invite(
        consultation=found,
        guests=guests,
        command=form.cleaned_data["command"],
        by=_who(request),
        now=timezone.now(),
    )
    messages.success(
        request, ngettext("%d invitation est notée.", "%d invitations sont notées.", made) % made
    )
    return redirect("guests", found.slug)


@require_POST
def mark(request: HttpRequest, consultation: str, uuid: str) -> HttpResponse:
    """That one of them answered, or not after all, or was never invited."""
    found = consultation_for(request, consultation, may_edit)
    chosen = get_object_or_404(found.invited, uuid=uuid)
    form = CommandForm(request.POST)
    if form.is_valid():
        now, command, by = timezone.now(), form.cleaned_data["command"], _who(request)
        if request.POST.get("what") == "withdraw":
            actions.withdraw(invited=chosen, command=command, by=by, now=now)
        else:
            day = None if request.POST.get("what") == "silent" else timezone.localdate(now)
            actions.answered(invited=chosen, on=day, command=command, by=by, now=now)
    return redirect("guests", found.slug)


def _csv(consultation: Consultation) -> HttpResponse:
    class Echo:
        def write(self, text: str) -> str:
            return text

    def lines() -> Iterator[str]:
        writer = csv.writer(Echo(), delimiter=";")
        yield "\ufeff" + str(writer.writerow(["Nom", "Territoire", "Catégorie", "Voie", "Date", "Réponse"]))
        for one in invited_of(consultation).iterator(chunk_size=500):
            cells = [one.name, one.territory.name, one.category, one.way, one.invited_on or "", one.answer]
            yield str(writer.writerow([_neutral(str(cell)) for cell in cells]))

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="invitations-{consultation.slug}.csv"'
    return response  # type: ignore[return-value]


def _neutral(cell: str) -> str:
    """No spreadsheet reads it as a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" else cell


def _who(request: HttpRequest) -> Person | None:
    return request.user if isinstance(request.user, Person) else None
