"""Entry of letters, calls and paper by the team, printing of sheets, and the page that a sheet's code leads to."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for, readable_consultation
from cahiers.contributions.collecting import stamps
from cahiers.contributions.collecting.answers import sent_of
from cahiers.contributions.collecting.forms import AnswerForm
from cahiers.contributions.collecting.queries import fillable
from cahiers.contributions.collecting.views import KINDS, page
from cahiers.contributions.collecting.windows import takes, why_not
from cahiers.contributions.intake.access import may_take_in
from cahiers.contributions.models import Channel, Form, PaperSheet, Submission
from cahiers.contributions.paper import actions
from cahiers.contributions.paper.forms import KEPT, PrintForm, entry_form
from cahiers.contributions.paper.printing import pdf
from cahiers.journal.actions import CommandReused
from cahiers.ui import outbox

SESSION: Final = "entry"


@require_safe
@never_cache
def entries(request: HttpRequest, consultation: str) -> HttpResponse:
    """Forms that can be entered and printed."""
    found = consultation_for(request, consultation, may_take_in)
    forms = found.forms.annotate(printed=Count("sheets"), back=Count("sheets__submission"))
    return render(request, "contributions/paper/entries.html", {"consultation": found, "forms": forms})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def entry(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    """One sheet, letter or call after the other; each begins with what the last one said of itself."""
    form = _form(request, consultation, slug)
    if request.method != "POST":
        return _entry_page(request, form, entry_form(form, None, _kept(request, form)))
    filled = entry_form(form, request.POST, {})
    if not filled.is_valid():
        return outbox.refused(filled) if outbox.wanted(request) else _entry_page(request, form, filled, 422)
    said = filled.cleaned_data
    sheet: PaperSheet | None = said["sheet"]
    again = Submission.objects.filter(uuid=filled.number).exists()
    now = timezone.now()
    try:
        sent = sent_of(form, filled, now, channel=Channel(said["channel"]))
        actions.enter(
            form=form, sent=sent, sheet=sheet, by=signed_in(request), now=now, said_on=said["said_on"]
        )
    except (actions.Entered, CommandReused) as error:
        twice = isinstance(error, actions.Entered)
        why = _("Cette fiche a déjà été saisie.") if twice else _("Cette saisie est déjà faite.")
        if outbox.wanted(request):
            return outbox.refused(why)
        filled.add_error("sheet" if twice else None, why)
        filled.renew()
        return _entry_page(request, form, filled, 422)
    _keep(request, form, filled, again=again)
    if outbox.wanted(request):
        url = "" if sheet else reverse("receipt", args=[said["receipt"]])
        return outbox.done(url=url, message=_("Saisi."), entry=str(filled.number))
    messages.success(request, _said(request, sheet, said["receipt"]))
    return redirect("entry", consultation, slug)


@require_POST
def entry_undo(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    """Take back the last entry of the same person."""
    form = _form(request, consultation, slug)
    try:
        uuid = UUID(request.POST.get("last", ""))
    except ValueError:
        raise Http404 from None
    submission = get_object_or_404(form.submissions.select_related("consultation"), uuid=uuid)
    try:
        actions.take_back(submission=submission, by=signed_in(request), now=timezone.now())
    except actions.NotTheirs:
        raise Http404 from None
    state = _state(request, form)
    if state.get("last") == str(uuid):
        state["count"], state["last"] = max(0, state.get("count", 1) - 1), ""
        request.session.modified = True
    messages.success(request, _("La dernière saisie est retirée."))
    return redirect("entry", consultation, slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def printing(request: HttpRequest, consultation: str, slug: str) -> HttpResponse:
    form = _form(request, consultation, slug)
    asked = PrintForm(request.POST if request.method == "POST" else None)
    if asked.is_valid():
        sheets = actions.print_sheets(
            form=form, count=asked.cleaned_data["count"], by=signed_in(request), now=timezone.now()
        )

        def address(name: str, *arguments: str) -> str:
            return request.build_absolute_uri(reverse(name, args=arguments))

        name = f"{form.slug}-{sheets[0][0].number}-{sheets[-1][0].number}.pdf"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(pdf(form, sheets, address), content_type="application/pdf", headers=headers)
    told = {"consultation": form.consultation, "one": form, "form": asked, "printed": form.sheets.count()}
    return render(request, "contributions/paper/print.html", told, status=422 if asked.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The form of a printed sheet, to fill in on a screen instead; it answers to the receipt on the stub."""
    found = get_object_or_404(
        PaperSheet.objects.select_related("form__consultation", "submission"), code=code.lower()
    )
    form = found.form
    readable_consultation(request, form.consultation.slug)
    if not fillable(request.user, form.consultation).filter(pk=form.pk).exists():
        raise Http404
    if request.method != "POST":
        if found.submission:
            return _sheet_page(request, found)
        return page(request, form, _drawn(request, form), timezone.now())
    return _take_sheet(request, found, _drawn(request, form))


def _take_sheet(request: HttpRequest, found: PaperSheet, filled: AnswerForm) -> HttpResponse:
    form, now = found.form, timezone.now()
    if not filled.is_valid():
        return outbox.refused(filled) if outbox.wanted(request) else page(request, form, filled, now, 422)
    at = stamps.drawn_at(filled.cleaned_data["stamp"], form.pk, now)
    # A code serves once and cannot be guessed: no other limit is needed.
    held_up = at is not None and takes(form, at) and now - at < stamps.HELD_UP
    here = reverse("paper_sheet", args=[found.code])
    why = "" if takes(form, now) or held_up else why_not(form, now)
    if not why:
        try:
            sent = sent_of(form, filled, now, late=not takes(form, now))
            actions.enter(form=form, sent=sent, sheet=found, by=None, now=now)
        except (actions.Entered, CommandReused):
            why = _("Cette fiche a déjà été saisie.")
    if why and outbox.wanted(request):
        return outbox.refused(why)
    if why:
        # With what they wrote, to be kept elsewhere.
        filled.add_error(None, why)
        return page(request, form, filled, now, 422)
    if outbox.wanted(request):
        return outbox.done(url=here, message=_("C’est reçu. Merci !"))
    return redirect(here)


def _sheet_page(request: HttpRequest, found: PaperSheet) -> HttpResponse:
    told = {"consultation": found.form.consultation, "sheet": found}
    return render(request, "contributions/paper/entered.html", told)


def _drawn(request: HttpRequest, form: Form) -> AnswerForm:
    stamp = stamps.stamp(form.pk, timezone.now())
    return KINDS[form.kind](request.POST if request.method == "POST" else None, form=form, stamp=stamp)


def _form(request: HttpRequest, consultation: str, slug: str) -> Form:
    found = consultation_for(request, consultation, may_take_in)
    form = get_object_or_404(found.forms.prefetch_related("questions__theme"), slug=slug)
    form.consultation = found
    return form


def _entry_page(request: HttpRequest, form: Form, filled: AnswerForm, status: int = 200) -> HttpResponse:
    state = _state(request, form)
    told = {
        "consultation": form.consultation,
        "one": form,
        "form": filled,
        "kept": ",".join(KEPT),
        "count": state.get("count", 0),
        "last": state.get("last", ""),
        "fields": [
            filled[name] for name in filled.fields if not filled[name].is_hidden and not name.startswith("q-")
        ],
        "asked": list(getattr(filled, "asked", ())),
    }
    return render(request, "contributions/paper/entry.html", told, status=status)


def _state(request: HttpRequest, form: Form) -> dict[str, Any]:
    """What this browser entered of the form today: how many, the last one, and what the next one begins with."""
    everything: dict[str, Any] = request.session.setdefault(SESSION, {})
    today = timezone.localdate().isoformat()
    state: dict[str, Any] = everything.setdefault(str(form.pk), {"day": today})
    if state["day"] != today:
        state.update(day=today, count=0, last="")
    return state


def _kept(request: HttpRequest, form: Form) -> dict[str, Any]:
    kept: dict[str, Any] = _state(request, form).get("kept", {})
    return dict(kept)


def _keep(request: HttpRequest, form: Form, filled: AnswerForm, *, again: bool) -> None:
    state = _state(request, form)
    state["count"] = state.get("count", 0) + (not again)
    state["last"] = str(filled.number)
    state["kept"] = {name: filled.data.get(name, "") for name in KEPT if name in filled.fields}
    request.session.modified = True


def _said(request: HttpRequest, sheet: PaperSheet | None, token: str) -> str | SafeString:
    if sheet:
        return _("Fiche n° %d saisie : son talon est son reçu.") % sheet.number
    link = request.build_absolute_uri(reverse("receipt", args=[token]))
    return format_html('{} <a href="{}">{}</a>', _("Saisi. Reçu à donner à la personne :"), link, link)
