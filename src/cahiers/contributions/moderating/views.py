"""The queue of moderators, one contribution, and what their buttons do."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for, refuse
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import is_member, may_manage
from cahiers.contributions import erasing
from cahiers.contributions.models import Contribution, FlagPlace, KeptOriginal, Status
from cahiers.contributions.moderating import deeds, queries
from cahiers.contributions.moderating.access import moderated, moderated_consultation
from cahiers.contributions.moderating.actions import Impossible, state_of
from cahiers.contributions.moderating.forms import DeedForm, asked_of, chosen_of
from cahiers.contributions.moderating.likeness import near
from cahiers.contributions.moderating.marks import marked
from cahiers.contributions.reading.filters import Filters
from cahiers.contributions.reading.paging import PER_PAGE, paged
from cahiers.contributions.reading.queries import citing
from cahiers.contributions.sentences import sentences_of
from cahiers.ui.forms import CommandForm


@require_safe
@never_cache
def queue(request: HttpRequest, consultation: str) -> HttpResponse:
    found = moderated_consultation(request, consultation)
    kinds = {
        queries.PENDING: _("À relire"),
        queries.REREAD: _("Publiées, à relire"),
        queries.FLAGGED: _("Publiées, signalées"),
        queries.HIDDEN: _("Masquées"),
    }
    which = request.GET.get("file", "")
    which = which if which in kinds else queries.PENDING
    filters = Filters(request, found, team=False)
    waiting = filters.narrow(queries.queue(request.user, found, which))
    page = paged(request, queries.items(waiting))
    told = {
        "consultation": found,
        "kinds": kinds,
        "which": which,
        "filters": filters,
        "page": page,
        "items": [queries.item(one) for one in page],
        "form": CommandForm(auto_id=False),
        "here": request.get_full_path(),
    }
    return render(request, "contributions/moderating/queue.html", told)


@require_safe
@never_cache
def moderate(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    found = moderated_consultation(request, consultation)
    everything = moderated(request.user, found).select_related(
        "current", "theme", "territory", "question", "submission__form", "twin_of"
    )
    chosen = get_object_or_404(everything, uuid=uuid)
    flags = list(chosen.current.flags.filter(dismissed_at=None))
    text = chosen.current.text
    told = {
        "consultation": found,
        "one": chosen,
        "labels": Filters(request, found, team=False).labels,
        "runs": marked(text, flags),
        "title": marked(chosen.current.title, flags, place=FlagPlace.TITLE),
        "flags": [(flag, flag.words_of(chosen.current)) for flag in flags],
        "sentences": sentences_of(text),
        "original": KeptOriginal.objects.filter(contribution=chosen).order_by("-pk").first(),
        "near": near(chosen) if chosen.twin_of_id is None else [],
        "twins": list(chosen.twins.select_related("current")[:PER_PAGE]),
        "citing": citing(chosen, whole=True),
        "seen": state_of(chosen),
        "next": queries.queue(request.user, found, queries.PENDING).filter(pk__gt=chosen.pk).first(),
        "form": CommandForm(auto_id=False),
        "here": request.get_full_path(),
        "may_erase": may_manage(request.user, found, chosen.territory),
    }
    return render(request, "contributions/moderating/moderate.html", told)


@require_POST
def decide(request: HttpRequest, consultation: str) -> HttpResponse:
    """One button, for one contribution or for those that are ticked; leads back to where it was pressed."""
    found = moderated_consultation(request, consultation)
    mine = moderated(request.user, found)
    deed, chosen = chosen_of(request.POST, mine)
    form = DeedForm(request.POST)
    back = _back(request, found)
    if not chosen:
        messages.info(request, _("Rien n’était coché : rien n’a été fait."))
        return redirect(back)
    if not form.is_valid():
        messages.error(request, _("Un numéro de phrase s’écrit « 2 » ou « 2-4 »."))
        return redirect(back)
    try:
        asked = asked_of(deed, form, request.POST, mine, chosen[0][0].current)
    except Impossible as impossible:
        messages.error(request, str(impossible))
        return redirect(back)
    outcome = deeds.do(
        asked, chosen, command=form.cleaned_data["command"], by=signed_in(request), now=timezone.now()
    )
    deeds.remember(request, asked, outcome, back)
    _say(request, found, deed, outcome)
    return redirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def erase(request: HttpRequest, consultation: str, uuid: UUID) -> HttpResponse:
    """For whoever asks without a receipt: all that was sent at once, as their receipt would erase it."""
    found = consultation_for(request, consultation, is_member)
    there = found.contributions.exclude(status__in=(Status.ARRIVING, Status.ERASED))
    chosen = get_object_or_404(there.select_related("current", "territory", "submission"), uuid=uuid)
    if not may_manage(request.user, found, chosen.territory):
        refuse(request, found)
    same = (
        Contribution.objects.filter(submission=chosen.submission)
        if chosen.submission
        else there.filter(pk=chosen.pk)
    )
    said = list(same.select_related("consultation", "current"))
    if request.method == "POST":
        erasing.erase(
            contributions=said, submission=chosen.submission, by=signed_in(request), now=timezone.now()
        )
        messages.success(request, _("C’est effacé."))
        return redirect("moderation", found.slug)
    told = {"consultation": found, "one": chosen, "others": len(said) - 1}
    return render(request, "contributions/moderating/erase.html", told)


@require_POST
def undo(request: HttpRequest, consultation: str) -> HttpResponse:
    found = moderated_consultation(request, consultation)
    mine = moderated(request.user, found)
    back = deeds.last_place(request) or reverse("moderation", args=[found.slug])
    outcome = deeds.undo(request, mine, by=signed_in(request), now=timezone.now())
    if outcome.done:
        messages.success(request, _("C’est annulé."))
    elif not outcome.changed and not outcome.refused:
        messages.info(request, _("Il n’y a rien à annuler."))
    _say_what_failed(request, outcome)
    return redirect(back)


def _say(request: HttpRequest, consultation: Consultation, deed: str, outcome: deeds.Outcome) -> None:
    n = outcome.done
    said = {
        "accept": ngettext("%d contribution acceptée.", "%d contributions acceptées.", n),
        "hide": ngettext("%d contribution masquée.", "%d contributions masquées.", n),
        "put_back": ngettext("%d contribution à relire.", "%d contributions à relire.", n),
        "redact": ngettext("%d contribution caviardée.", "%d contributions caviardées.", n),
        "unredact": ngettext("%d texte d’origine rétabli.", "%d textes d’origine rétablis.", n),
        "dismiss": ngettext(
            "%d contribution n’est plus signalée.", "%d contributions ne sont plus signalées.", n
        ),
        "merge": ngettext("%d copie mise avec son original.", "%d copies mises avec leur original.", n),
        "part": ngettext("%d copie séparée de son original.", "%d copies séparées de leur original.", n),
    }
    if n:
        undone = "" if deed == "unredact" else reverse("undo_moderation", args=[consultation.slug])
        messages.success(request, said[deed] % n, extra_tags=undone)
    _say_what_failed(request, outcome)


def _say_what_failed(request: HttpRequest, outcome: deeds.Outcome) -> None:
    if n := outcome.changed:
        messages.error(
            request,
            ngettext(
                "%d contribution a changé entre-temps : relisez-la.",
                "%d contributions ont changé entre-temps : relisez-les.",
                n,
            )
            % n,
        )
    for why in dict.fromkeys(outcome.refused):
        messages.error(request, why)


def _back(request: HttpRequest, consultation: Consultation) -> str:
    """The page of moderation that the button stood on."""
    queue_address = reverse("moderation", args=[consultation.slug])
    asked = request.POST.get("here", "")
    return asked if asked.startswith(queue_address) else queue_address
