"""Open forms of a consultation, and each of them. Public ones ask for no account; others are the team’s."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cahiers.consultations.access import readable_consultation
from cahiers.contributions.actions.submitting import submit_all
from cahiers.contributions.actions.taking import ConsultationClosed
from cahiers.contributions.collecting import limits, places, stamps
from cahiers.contributions.collecting.answers import sent_of
from cahiers.contributions.collecting.forms import AnswerForm, SheetForm, ShortForm
from cahiers.contributions.collecting.kept import kept
from cahiers.contributions.collecting.queries import fillable, with_reasons
from cahiers.contributions.collecting.questionnaire import QuestionnaireForm
from cahiers.contributions.collecting.windows import takes, why_not
from cahiers.contributions.models import Form, FormKind, Question, Submission
from cahiers.contributions.receipts.views import keep_to_oneself
from cahiers.journal.actions import CommandReused
from cahiers.ui import outbox
from cahiers.ui.qr import qr_svg

KINDS: dict[str, type[AnswerForm]] = {
    FormKind.SHORT: ShortForm,
    FormKind.SHEET: SheetForm,
    FormKind.QUESTIONNAIRE: QuestionnaireForm,
}
#: Establishments that a search shows.
SHOWN = 20


class SaidBefore(Exception):
    """The same browser sent the same words today."""


@require_safe
def forms(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    shown = with_reasons(fillable(request.user, found), found, timezone.now())
    return render(request, "contributions/collecting/forms.html", {"consultation": found, "forms": shown})


@outbox.kept_offline
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    chosen = _chosen(request, consultation, slug)
    now = timezone.now()
    if request.method != "POST" and asks_category_first(chosen) and "vous" not in request.GET:
        return _category(request, chosen, now)
    filled = drawn(request, chosen, now)
    if request.method == "POST":
        return _take(request, chosen, filled, now)
    return page(request, chosen, filled, now)


@require_safe
def establishments(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    """A search in a page of its own; what is chosen stands in the form that it leads back to."""
    chosen = _chosen(request, consultation, slug)
    words = request.GET.get("q", "").strip()[:100]
    found = list(places.sought(chosen.consultation, words)[: SHOWN + 1]) if words else []
    back = request.GET.copy()
    back.pop("q", None)
    back.pop("etablissement", None)
    told = {
        "consultation": chosen.consultation,
        "form_page": chosen,
        "words": words,
        "found": found[:SHOWN],
        "more": len(found) > SHOWN,
        "back": back.urlencode(),
        "kept_query": back.items(),
    }
    return render(request, "contributions/collecting/establishments.html", told)


@require_safe
def thanks(request: HttpRequest, consultation: str) -> HttpResponse:
    found = readable_consultation(request, consultation)
    token = request.GET.get("recu", "")
    if not token.isalnum():
        return redirect("contribute", consultation)  # nobody came from a form
    receipt = request.build_absolute_uri(reverse("receipt", args=[token]))
    told = {
        "consultation": found,
        "receipt": receipt,
        "qr": qr_svg(receipt),
        "late": "tard" in request.GET,
    }
    response = render(request, "contributions/collecting/thanks.html", told)
    keep_to_oneself(response)
    return response


def asks_category_first(form: Form) -> bool:
    return any(one.categories and one.present for one in form.questions.all())


def drawn(request: HttpRequest, form: Form, now: datetime) -> AnswerForm:
    """The form as it is filled in, or empty with what is known from the address."""
    sent = request.POST if request.method == "POST" else None
    given: dict[str, Any] = {
        "form": form,
        "stamp": stamps.stamp(form.pk, now),
        "initial": _known(request, form),
    }
    kind = KINDS[form.kind]
    if issubclass(kind, QuestionnaireForm):
        first = request.GET.get("vous", "") if sent is None else sent.get("category", "")
        return kind(sent, category=first if asks_category_first(form) else None, **given)
    return kind(sent, **given)


def page(
    request: HttpRequest,
    form: Form,
    filled: AnswerForm,
    now: datetime,
    status: int = 200,
    *,
    preview: bool = False,
) -> HttpResponse:
    told = {
        "consultation": form.consultation,
        "form_page": form,
        "form": filled,
        "closed": "" if preview else why_not(form, now),
        "preview": preview,
        "kept": kept(filled),
        "searchable": places.establishments(form.consultation).exists(),
    }
    return render(request, "contributions/collecting/form.html", told, status=status)


def _chosen(request: HttpRequest, consultation: str, slug: str) -> Form:
    found = readable_consultation(request, consultation)
    questions = Prefetch("questions", Question.objects.select_related("theme"))
    chosen = get_object_or_404(fillable(request.user, found).prefetch_related(questions), slug=slug)
    # Each is asked for several times to draw a form.
    prefetch_related_objects([found], "territories", "themes", "windows")
    chosen.consultation = found
    return chosen


def _category(request: HttpRequest, form: Form, now: datetime) -> HttpResponse:
    first = QuestionnaireForm(form=form, stamp=stamps.stamp(form.pk, now))
    told = {
        "consultation": form.consultation,
        "form_page": form,
        "choices": [one for one in first["category"] if one.data["value"]],
        "closed": why_not(form, now),
    }
    return render(request, "contributions/collecting/category.html", told)


def _known(request: HttpRequest, form: Form) -> dict[str, Any]:
    """What a search chose, or a link that organisers gave out says."""
    code = request.GET.get("etablissement", "")
    if not code:
        return {}
    found = places.establishments(form.consultation).filter(code=code).first()
    if found is None:
        return {}
    above = places.nearest(found, places.choices(form.consultation))
    return {"place": f"{found.name} ({found.code})", "territory": above.pk if above else None}


def _take(request: HttpRequest, form: Form, filled: AnswerForm, now: datetime) -> HttpResponse:
    if not filled.is_valid():
        return outbox.refused(filled) if outbox.wanted(request) else page(request, form, filled, now, 422)
    # It came already: an answer that was lost on its way is given again, whatever has closed since.
    again = Submission.objects.filter(uuid=filled.number).exists()
    at = stamps.drawn_at(filled.cleaned_data["stamp"], form.pk, now)
    late = not takes(form, now)
    why = "" if again else _hindrance(form, filled, at, now)
    if why:
        return _sorry(request, form, filled, now, why, stale=at is None)
    key = limits.key_of(request)
    if not again and limits.too_many(key, form.pk, now):
        if outbox.wanted(request):
            return outbox.later(limits.PATIENCE)
        return _sorry(
            request, form, filled, now, _("Beaucoup d’envois d’un coup : réessayez dans dix minutes.")
        )
    try:
        with transaction.atomic():
            if not again and limits.said_before(key, filled, now):
                raise SaidBefore
            sent = sent_of(form, filled, now, late=late)
            submit_all(consultation=form.consultation, sent=sent, by=None, now=now, checked=not late)
    except SaidBefore:
        why = _(
            "Vous avez déjà envoyé ce texte aujourd’hui : il est bien arrivé. Votre reçu permet de le corriger."
        )
    except CommandReused:
        why = _("Un premier envoi est déjà arrivé : voyez votre reçu.")
    except ConsultationClosed:
        why = _("Cette étape est fermée : votre texte n’a pas été pris.")
    if why:
        return _sorry(request, form, filled, now, why)
    response = _thank(request, form, filled, late=late and not again)
    limits.remember(request, response, key)
    return response


def _hindrance(form: Form, filled: AnswerForm, at: datetime | None, now: datetime) -> str:
    """Why a valid form is not taken, in words; "" where it is."""
    if at is None or filled.cleaned_data["site"] or (now - at).total_seconds() < stamps.FASTEST:
        return _("Relisez votre texte, puis envoyez-le de nouveau.")
    held_up = takes(form, at) and now - at < stamps.HELD_UP
    if not takes(form, now) and not held_up:
        return f"{why_not(form, now)} {_('Votre texte n’a pas été pris.')}"
    return ""


def _thank(request: HttpRequest, form: Form, filled: AnswerForm, *, late: bool) -> HttpResponse:
    token = filled.cleaned_data["receipt"]
    if outbox.wanted(request):
        message = (
            _("C’est reçu, après la fermeture : la page avait été ouverte avant. Merci !")
            if late
            else _("C’est reçu. Merci !")
        )
        return outbox.done(url=reverse("receipt", args=[token]), message=message)
    there = reverse("thanks", args=[form.consultation.slug])
    return redirect(f"{there}?recu={token}{'&tard=1' if late else ''}")


def _sorry(
    request: HttpRequest, form: Form, filled: AnswerForm, now: datetime, why: str, *, stale: bool = False
) -> HttpResponse:
    if outbox.wanted(request):
        return outbox.refused(why)
    filled.add_error(None, why)
    filled.renew(**({"stamp": stamps.stamp(form.pk, now)} if stale else {}))
    return page(request, form, filled, now, 422)
