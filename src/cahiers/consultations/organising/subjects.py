"""Pages that change the themes of a consultation."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for
from cahiers.consultations.models import Consultation, ConsultationTheme
from cahiers.consultations.organising import themes as actions
from cahiers.consultations.organising.forms import NewThemeForm, ThemeForm
from cahiers.consultations.organising.uses import is_used
from cahiers.consultations.pages import FormPage, Refusal, answer, posted
from cahiers.consultations.permissions import may_manage
from cahiers.consultations.revising import Changed
from cahiers.journal.actions import CommandReused
from cahiers.ui.forms import SeenForm


@require_safe
@never_cache
def themes(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    return render(
        request,
        "consultations/themes.html",
        {"consultation": found, "here": "settings", "themes": found.themes.order_by("order")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def add(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_manage)
    last = found.themes.count() + 1
    form = NewThemeForm(posted(request), initial={"place": last})
    form.set_places(last)

    def act(given: dict[str, Any]) -> None:
        with _told_apart():
            actions.add(consultation=found, **given, by=signed_in(request), now=timezone.now())

    page = FormPage(
        title=_("Ajouter un thème"),
        form=form,
        button=_("Ajouter"),
        back=_list_of(found),
        said=_("Le thème est ajouté."),
        given={"here": "themes"},
    )
    return answer(request, found, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, consultation: str, theme: str) -> HttpResponse:
    found, chosen = _theme(request, consultation, theme)
    before = found.themes.filter(order__lt=chosen.order).count()
    initial = {"title": chosen.title, "aliases": chosen.aliases, "place": before + 1}
    form = ThemeForm(posted(request), initial={**initial, "seen": actions.state_of(chosen)})
    form.set_places(found.themes.count())

    def act(given: dict[str, Any]) -> None:
        with _told_apart():
            actions.edit(theme=chosen, **given, by=signed_in(request), now=timezone.now())

    page = FormPage(
        title=_("Modifier un thème"),
        form=form,
        button=_("Enregistrer"),
        back=_list_of(found),
        said=_("Le thème est enregistré."),
        template="consultations/theme_form.html",
        current=lambda: initial,
        given={
            "here": "themes",
            "theme": chosen,
            "used": is_used(chosen),
            "deletion": SeenForm(initial={"seen": actions.state_of(chosen)}, auto_id=False),
        },
    )
    return answer(request, found, page, act)


@require_POST
def delete(request: HttpRequest, consultation: str, theme: str) -> HttpResponse:
    found, chosen = _theme(request, consultation, theme)
    form = SeenForm(request.POST)
    if form.is_valid():
        try:
            actions.delete(theme=chosen, **form.cleaned_data, by=signed_in(request), now=timezone.now())
        except actions.InUse:
            messages.error(request, _("Ce thème reste : un cahier ou une contribution en parle."))
        except (Changed, CommandReused):
            messages.error(request, _("Cela vient de changer : relisez, rien n’a été fait."))
        else:
            messages.success(request, _("Le thème est supprimé."))
    return redirect(_list_of(found))


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except actions.Ambiguous as same:
        said = _("« %(title)s » désigne déjà le thème « %(other)s ».")
        raise Refusal(said % {"title": same.title, "other": same.other.title}) from None


def _theme(request: HttpRequest, slug: str, key: str) -> tuple[Consultation, ConsultationTheme]:
    found = consultation_for(request, slug, may_manage)
    chosen = get_object_or_404(found.themes, key=key)
    chosen.consultation = found
    return found, chosen


def _list_of(consultation: Consultation) -> str:
    return reverse("themes", args=[consultation.slug])
