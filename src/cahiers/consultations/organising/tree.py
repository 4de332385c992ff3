"""Pages that grow the tree of territories: by hand, the French one, or from a directory of establishments."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for
from cahiers.consultations.models import Consultation
from cahiers.consultations.pages import FormPage, Refusal, answer, posted
from cahiers.consultations.permissions import may_create, may_manage
from cahiers.consultations.revising import state
from cahiers.consultations.team.forms import TerritoryField
from cahiers.documents.errors import Unreadable
from cahiers.journal.actions import HOUSE, once
from cahiers.territories import actions
from cahiers.territories.enrolment import NoDepartments, enrol
from cahiers.territories.models import Level, Territory
from cahiers.territories.planting import Occupied, plant_france
from cahiers.territories.report import Report
from cahiers.ui.forms import CommandForm

#: Problems of a directory that the page tells line by line; the others are counted.
TOLD = 100
#: The directory of every French school weighs 25 MB.
HEAVIEST = 60_000_000


class TerritoryForm(CommandForm):
    parent = TerritoryField(
        label=gettext_lazy("Dépend de"),
        help_text=gettext_lazy("Le nom ou le code d’un territoire de la concertation."),
        max_length=200,
    )
    level = forms.ChoiceField(label=gettext_lazy("Niveau"), choices=Level.choices)
    name = forms.CharField(
        label=gettext_lazy("Nom"), max_length=200, widget=forms.TextInput(attrs={"lang": "fr"})
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Facultatif, par exemple le numéro UAI."),
        required=False,
        max_length=40,
    )
    time_zone = forms.CharField(
        label=gettext_lazy("Fuseau horaire"),
        help_text=gettext_lazy(
            "Facultatif, par exemple : Indian/Reunion. Vide : celui du territoire dont il dépend."
        ),
        required=False,
        max_length=60,
    )

    def clean_time_zone(self) -> str | None:
        zone: str = self.cleaned_data["time_zone"]
        if zone and zone not in available_timezones():
            raise forms.ValidationError(_("Ce fuseau horaire n’existe pas."))
        return zone or None


class DirectoryForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Fichier CSV"),
        help_text=gettext_lazy("Une ligne par établissement, avec son numéro UAI et son nom."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > HEAVIEST:
            raise forms.ValidationError(_("Ce fichier est trop lourd."))
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    form = TerritoryForm(posted(request))
    field = form.fields["parent"]
    assert isinstance(field, TerritoryField)
    field.among = Territory.objects.all() if may_create(request.user) else _of(found)
    field.required = not may_create(request.user)

    def act(given: dict[str, Any]) -> None:
        command = given.pop("command")
        given["level"] = Level(given["level"])
        digest = state(HOUSE, *(str(value) for value in given.values())).hex
        by, now = signed_in(request), timezone.now()
        try:
            once(command=command, digest=digest, at=now, do=lambda: actions.add(**given, by=by, now=now).uuid)
        except actions.Misplaced:
            told = _("Un territoire dépend d’un plus grand que lui.")
            raise Refusal(told, "level") from None
        except IntegrityError:
            told = _("Un territoire porte déjà ce nom à cet endroit, ou ce code à ce niveau.")
            raise Refusal(told, "name") from None

    page = FormPage(
        title=_("Ajouter un territoire à l’arbre"),
        form=form,
        button=_("Ajouter"),
        back=reverse("consulted", args=[found.slug]),
        said=_("Le territoire est dans l’arbre."),
        given={"here": "settings"},
    )
    return answer(request, found, page, act)


@require_POST
def plant(request: HttpRequest, consultation: str) -> HttpResponse:
    found = _kept(request, consultation)
    try:
        added = plant_france(by=signed_in(request), now=timezone.now())
    except Occupied as refusal:
        messages.error(request, str(refusal))
    else:
        told = ngettext("%d territoire est ajouté.", "%d territoires sont ajoutés.", added)
        messages.success(request, told % added if added else _("Tous y étaient déjà : rien n’a changé."))
    return redirect("consulted", found.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def directory(request: HttpRequest, consultation: str) -> HttpResponse:
    """Read without writing unless it is asked to import; a file with a wrong line is never imported."""
    found = _kept(request, consultation)
    form = DirectoryForm(posted(request), request.FILES or None)
    report: Report | None = None
    if form.is_valid():
        try:
            report = enrol(
                stream=form.cleaned_data["file"].file,
                dry_run="import" not in request.POST,
                by=signed_in(request),
                now=timezone.now(),
            )
        except (Unreadable, NoDepartments) as refusal:
            form.add_error("file", str(refusal))
    return render(
        request,
        "consultations/directory.html",
        {
            "consultation": found,
            "here": "settings",
            "form": form,
            "report": report,
            "problems": report.problems[:TOLD] if report else [],
            "more": max(0, report.refused + report.repeated - TOLD) if report else 0,
        },
        status=422 if form.errors or (report and report.refused) else 200,
    )


def _kept(request: HttpRequest, consultation: str) -> Consultation:
    """For what changes the tree that every consultation shares: those who run the installation."""
    found = consultation_for(request, consultation, may_manage)
    if not may_create(request.user):
        raise PermissionDenied
    return found


def _of(consultation: Consultation) -> Any:
    return Territory.objects.within(*consultation.territories.all())
