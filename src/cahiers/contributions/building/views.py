"""Pages on which organisers make forms, and members read what was answered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for
from cahiers.consultations.models import Consultation
from cahiers.consultations.pages import FormPage, answer, posted
from cahiers.consultations.permissions import may_manage, may_read_drafts
from cahiers.contributions.building import actions
from cahiers.contributions.building.forms import FormForm, NewFormForm
from cahiers.contributions.building.results import count_of, csv_lines, open_counts, results
from cahiers.contributions.collecting import views as collecting
from cahiers.contributions.collecting.queries import with_reasons
from cahiers.contributions.collecting.windows import why_not
from cahiers.contributions.models import Form, FormKind
from cahiers.journal.actions import CommandReused
from cahiers.ui.forms import CommandForm
from cahiers.ui.qr import qr_svg
from cahiers.ui.streaming import streamed
from cahiers.ui.times import name_of


@require_safe
@never_cache
def forms(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_read_drafts)
    told = {
        "consultation": found,
        "forms": with_reasons(found.forms.all(), found, timezone.now()),
        "may_build": may_manage(request.user, found),
    }
    return render(request, "contributions/building/forms.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    with timezone.override(found.time_zone):
        form = NewFormForm(posted(request), consultation=found)

        def act(given: dict[str, Any]) -> str:
            made = actions.create(
                consultation=found,
                kind=FormKind(given["kind"]),
                told=form.told,
                command=given["command"],
                by=signed_in(request),
                now=timezone.now(),
            )
            return _address(made)

        page = FormPage(
            title=_("Nouveau formulaire"),
            lead=_("%s. Rien n’est ouvert avant d’être diffusé.") % capfirst(name_of(found.time_zone)),
            form=form,
            button=_("Enregistrer"),
            back=reverse("forms", args=[found.slug]),
            said=_("Le formulaire est enregistré : relisez-le, puis diffusez-le."),
            template="contributions/building/form_edit.html",
        )
        return answer(request, found, page, act)


@require_safe
@never_cache
def form(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    """All of it on one page: what it says, its questions, and what can be done with it."""
    chosen = chosen_form(request, consultation, slug)
    now = timezone.now()
    asked = list(chosen.questions.all())
    address = request.build_absolute_uri(reverse("fill_in", args=[consultation, slug]))
    told = {
        "consultation": chosen.consultation,
        "form_page": chosen,
        "closed": why_not(chosen, now),
        "is_open": chosen.is_open(now),
        "questions": [one for one in asked if one.present],
        "left_out": [one for one in asked if not one.present],
        "count": count_of(chosen),
        "address": address,
        "qr": qr_svg(address) if chosen.released_at else "",
        "state": actions.state_of(chosen),
    }
    return render(request, "contributions/building/form.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    chosen = chosen_form(request, consultation, slug)
    with timezone.override(chosen.consultation.time_zone):
        initial = actions.told_of(chosen).fields
        form = FormForm(
            posted(request),
            initial={**initial, "seen": actions.state_of(chosen)},
            consultation=chosen.consultation,
        )

        def act(given: dict[str, Any]) -> None:
            actions.edit(
                form=chosen,
                told=form.told,
                seen=given["seen"],
                command=given["command"],
                by=signed_in(request),
                now=timezone.now(),
            )

        page = FormPage(
            title=_("Modifier le formulaire"),
            form=form,
            button=_("Enregistrer"),
            back=_address(chosen),
            said=_("Le formulaire est enregistré."),
            template="contributions/building/form_edit.html",
            current=lambda: initial,
            given={"form_page": chosen},
        )
        return answer(request, chosen.consultation, page, act)


@require_POST
def release(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    return _do(request, consultation, slug, actions.release, _("Le formulaire est diffusé."))


@require_POST
def close(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    return _do(request, consultation, slug, actions.close, _("Le formulaire est fermé."))


@require_POST
def reopen(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    return _do(request, consultation, slug, actions.reopen, _("Le formulaire est rouvert, sans date de fin."))


@require_POST
def duplicate(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    chosen = chosen_form(request, consultation, slug)
    form = CommandForm(request.POST)
    if not form.is_valid():
        return redirect(_address(chosen))
    try:
        copy = actions.duplicate(
            form=chosen,
            title=_("%s (copie)") % chosen.title,
            command=form.cleaned_data["command"],
            by=signed_in(request),
            now=timezone.now(),
        )
    except CommandReused:
        messages.error(request, _("Cette page avait déjà servi : rien n’a été fait, recommencez."))
        return redirect(_address(chosen))
    messages.success(request, _("Voici la copie : donnez-lui son titre, puis diffusez-la."))
    return redirect(_address(copy))


@require_safe
@never_cache
def preview(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    chosen = chosen_form(request, consultation, slug)
    now = timezone.now()
    return collecting.page(request, chosen, collecting.drawn(request, chosen, now), now, preview=True)


@require_safe
@never_cache
def answers(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    """For the team alone: numbers of people are small here."""
    chosen = _readable(request, consultation, slug)
    told = {
        "consultation": chosen.consultation,
        "form_page": chosen,
        "count": count_of(chosen),
        "results": results(chosen),
        "open": open_counts(chosen),
        # Who only reads drafts would be refused there.
        "no_form_link": not may_manage(request.user, chosen.consultation),
    }
    return render(request, "contributions/building/results.html", told)


@require_safe
@never_cache
def download(request: HttpRequest, consultation: str, slug: str) -> HttpResponseBase:
    chosen = _readable(request, consultation, slug)
    return streamed(
        request,
        csv_lines(chosen),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{chosen.slug}.csv"'},
    )


def chosen_form(request: HttpRequest, consultation: str, slug: str) -> Form:
    """For those who may change it."""
    return _of(consultation_for(request, consultation, may_manage), slug)


def _readable(request: HttpRequest, consultation: str, slug: str) -> Form:
    return _of(consultation_for(request, consultation, may_read_drafts), slug)


def _of(consultation: Consultation, slug: str) -> Form:
    found = get_object_or_404(consultation.forms.prefetch_related("questions__theme"), slug=slug)
    found.consultation = consultation
    return found


def _address(form: Form) -> str:
    return reverse("form", args=[form.consultation.slug, form.slug])


def _do(request: HttpRequest, consultation: str, slug: str, action: Any, said: str) -> HttpResponse:
    chosen = chosen_form(request, consultation, slug)
    form = CommandForm(request.POST)
    if form.is_valid():
        try:
            action(
                form=chosen,
                command=form.cleaned_data["command"],
                by=signed_in(request),
                now=timezone.now(),
            )
        except actions.NothingAsked:
            messages.error(request, _("Ce questionnaire n’a pas de question : ajoutez-en une avant."))
        except CommandReused:
            messages.error(request, _("Cette page avait déjà servi : rien n’a été fait, recommencez."))
        else:
            messages.success(request, said)
    return redirect(_address(chosen))
