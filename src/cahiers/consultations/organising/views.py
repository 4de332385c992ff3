"""Pages that make a consultation, and change its settings and stage windows."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers.accounts.access import sign_in_first, signed_in
from cahiers.consultations import actions as consultations
from cahiers.consultations.access import consultation_for
from cahiers.consultations.organising import actions
from cahiers.consultations.organising.forms import NewForm, SettingsForm, WindowsForm
from cahiers.consultations.pages import FormPage, Refusal, answer, posted
from cahiers.consultations.permissions import may_create, may_manage, may_publish
from cahiers.ui.times import name_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sign_in_first
def create(request: HttpRequest) -> HttpResponse:
    if not may_create(request.user):
        raise PermissionDenied

    def act(given: dict[str, Any]) -> str:
        try:
            made = actions.start(**given, by=signed_in(request), now=timezone.now())
        except actions.AddressTaken:
            raise _taken() from None
        return reverse("consulted", args=[made.slug])

    page = FormPage(
        title=_("Nouvelle concertation"),
        lead=_(
            "Elle reste cachée jusqu’à ce que vous la publiiez. Territoires, étapes et thèmes viennent ensuite."
        ),
        form=NewForm(posted(request)),
        button=_("Créer la concertation"),
        back=reverse("home"),
        said=_(
            "La concertation est créée, vous l’organisez. Dites maintenant quels territoires sont consultés."
        ),
    )
    return answer(request, None, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def settings(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    initial = {name: getattr(found, name) for name in ("title", "slug", "description", "opens", "closes")}
    form = SettingsForm(
        posted(request), initial={**initial, "seen": actions.state_of(found)}, published=found.is_published
    )

    def act(given: dict[str, Any]) -> str:
        try:
            edited = actions.edit(consultation=found, **given, by=signed_in(request), now=timezone.now())
        except actions.AddressTaken:
            raise _taken() from None
        except actions.AddressKnown:
            raise Refusal(
                _("La concertation vient d’être publiée : son adresse ne change plus."), "slug"
            ) from None
        return reverse("settings", args=[edited.slug])

    page = FormPage(
        title=_("Réglages de la concertation"),
        form=form,
        button=_("Enregistrer"),
        back=found.get_absolute_url(),
        said=_("Les réglages sont enregistrés."),
        template="consultations/settings.html",
        current=lambda: initial,
    )
    return answer(request, found, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def windows(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    with timezone.override(found.time_zone):
        initial = {
            f"{window.stage}-{end}": moment
            for window in found.windows.all()
            for end, moment in (("opens", window.opens), ("closes", window.closes))
        }
        form = WindowsForm(
            posted(request),
            initial={**initial, "seen": actions.state_of_windows(found)},
            stages=found.method.stages,
        )

        def act(given: dict[str, Any]) -> None:
            actions.set_windows(
                consultation=found,
                windows=form.windows(),
                seen=given["seen"],
                command=given["command"],
                by=signed_in(request),
                now=timezone.now(),
            )

        page = FormPage(
            title=_("Ouverture des étapes"),
            lead=_(
                "%s. Une date laissée vide n’ouvre ou ne ferme rien ; une étape fermée peut rouvrir."
                " Hors de ces dates, seules les personnes qui organisent y écrivent."
            )
            % capfirst(name_of(found.time_zone)),
            form=form,
            button=_("Enregistrer"),
            back=reverse("settings", args=[found.slug]),
            said=_("L’ouverture des étapes est enregistrée."),
            current=lambda: {name: initial.get(name) for name in form.fields if "-" in name},
        )
        return answer(request, found, page, act)


@require_POST
def publish(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_publish)
    consultations.publish(consultation=found, by=signed_in(request), now=timezone.now())
    messages.success(request, _("La concertation est publiée : chacun peut la lire."))
    return redirect(found)


@require_POST
def withdraw(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_publish)
    consultations.withdraw(consultation=found, by=signed_in(request), now=timezone.now())
    messages.success(request, _("La concertation est retirée : seule l’équipe la voit."))
    return redirect("settings", found.slug)


def _taken() -> Refusal:
    return Refusal(_("Cette adresse est déjà prise."), "slug")
