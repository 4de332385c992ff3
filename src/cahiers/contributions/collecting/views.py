"""Open forms of a consultation, and each of them. Public ones ask for no account; others are the team\'s."""

from datetime import datetime
from typing import NoReturn

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cahiers.consultations.access import readable_consultation
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import is_member
from cahiers.consultations.windows import is_open
from cahiers.contributions.actions.submitting import submit_all
from cahiers.contributions.actions.taking import ConsultationClosed
from cahiers.contributions.collecting import stamps
from cahiers.contributions.collecting.answers import sent_of
from cahiers.contributions.collecting.forms import AnswerForm, SheetForm, ShortForm
from cahiers.contributions.models import Access, Form, FormKind
from cahiers.journal.actions import CommandReused
from cahiers.ui import outbox

KINDS: dict[str, type[AnswerForm]] = {FormKind.SHORT: ShortForm, FormKind.SHEET: SheetForm}


@require_safe
def forms(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    now = timezone.now()
    shown = [(form, takes(form, now)) for form in fillable(request, found)]
    return render(request, "contributions/collecting/forms.html", {"consultation": found, "forms": shown})


@outbox.kept_offline
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    chosen = get_object_or_404(fillable(request, found), slug=slug)
    now = timezone.now()
    kind = KINDS.get(chosen.kind) or _not_here()
    drawn = stamps.stamp(chosen.pk, now)
    filled = kind(request.POST or None, form=chosen, stamp=drawn)
    if request.method == "POST":
        return _take(request, chosen, filled, now)
    return _page(request, chosen, filled, now)


@require_safe
def thanks(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    token = request.GET.get("recu", "")
    receipt = request.build_absolute_uri(reverse("receipt", args=[token])) if token.isalnum() else ""
    response = render(
        request, "contributions/collecting/thanks.html", {"consultation": found, "receipt": receipt}
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def fillable(request: HttpRequest, consultation: Consultation) -> QuerySet[Form]:
    """Released forms that the visitor may fill in, open or not."""
    released = consultation.forms.filter(released_at__isnull=False).select_related("consultation")
    if is_member(request.user, consultation):
        return released
    return released.filter(access=Access.PUBLIC)


def takes(form: Form, now: datetime) -> bool:
    """Whether it is open: its own window, its stage\'s and the consultation\'s."""
    consultation = form.consultation
    return (
        form.is_open(now)
        and is_open(consultation, None, now)
        and is_open(consultation, form.stage or None, now)
    )


def _take(request: HttpRequest, form: Form, filled: AnswerForm, now: datetime) -> HttpResponse:
    if not filled.is_valid():
        return outbox.refused(filled) if outbox.wanted(request) else _page(request, form, filled, now, 422)
    drawn = stamps.drawn_at(filled.cleaned_data["stamp"], form.pk, now)
    if drawn is None or filled.cleaned_data["site"] or (now - drawn).total_seconds() < stamps.FASTEST:
        return _sorry(
            request, form, filled, now, _("Cette page a vieilli : relisez, puis envoyez de nouveau.")
        )
    held_up = not takes(form, now) and takes(form, drawn) and now - drawn < stamps.HELD_UP
    if not takes(form, now) and not held_up:
        return _sorry(
            request, form, filled, now, _("Ce formulaire est fermé : votre texte n’a pas été pris.")
        )
    try:
        sent = sent_of(form, filled, now)
        submit_all(consultation=form.consultation, sent=sent, by=None, now=now, checked=not held_up)
    except CommandReused:
        return _sorry(request, form, filled, now, _("Un premier envoi est déjà arrivé : voyez votre reçu."))
    except ConsultationClosed:
        return _sorry(request, form, filled, now, _("Cette étape est fermée : votre texte n’a pas été pris."))
    token = filled.cleaned_data["receipt"]
    if outbox.wanted(request):
        return outbox.done(url=reverse("receipt", args=[token]), message=_("C’est reçu. Merci !"))
    return redirect(reverse("thanks", args=[form.consultation.slug]) + f"?recu={token}")


def _sorry(request: HttpRequest, form: Form, filled: AnswerForm, now: datetime, why: str) -> HttpResponse:
    if outbox.wanted(request):
        return outbox.refused(why)
    filled.add_error(None, why)
    filled.renew(stamp=stamps.stamp(form.pk, now))
    return _page(request, form, filled, now, 422)


def _page(
    request: HttpRequest, form: Form, filled: AnswerForm, now: datetime, status: int = 200
) -> HttpResponse:
    told = {"consultation": form.consultation, "form_page": form, "form": filled, "open": takes(form, now)}
    return render(request, "contributions/collecting/form.html", told, status=status)


def _not_here() -> NoReturn:
    raise Http404
