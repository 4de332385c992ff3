"""The record of invitations: the team's, in the whole consultation."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import consultation_for
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import may_edit, may_read_drafts
from cahiers.contributions.invitations import actions, files
from cahiers.contributions.invitations.queries import SILENT, invited_of
from cahiers.contributions.outreach.pages import LineForm, dropped, paged
from cahiers.ui.forms import CommandForm, DayInput
from cahiers.ui.streaming import streamed

ANSWERS = {
    "spoke": gettext_lazy("a contribué"),
    "came": gettext_lazy("est venu à une session"),
    "told": gettext_lazy("a répondu"),
    "silent": gettext_lazy("sans réponse"),
}


class GuestForm(LineForm):
    """One establishment or organisation."""

    name = forms.CharField(max_length=200, label=gettext_lazy("Établissement ou organisation"))
    way = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Comment"),
        help_text=gettext_lazy("Lettre, visite, liste…"),
    )
    invited_on = forms.DateField(required=False, label=gettext_lazy("Le"), widget=DayInput)
    field_order = ("command", "name", "territory", "category", "way", "invited_on")


@require_safe
def invitations(request: HttpRequest, consultation: str) -> HttpResponse | StreamingHttpResponse:
    found = consultation_for(request, consultation, may_read_drafts)
    if request.GET.get("format") == "csv":
        return _csv(request, found)
    return _page(request, found, GuestForm(consultation=found))


@require_POST
def invite(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_edit)
    form = GuestForm(request.POST, consultation=found)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    said = dict(form.cleaned_data)
    command = said.pop("command")
    guest = actions.Guest(**said)
    made = actions.invite(
        consultation=found, guests=[guest], command=command, by=signed_in(request), now=timezone.now()
    )
    messages.success(request, _("C’est noté.") if made else _("Cette invitation était déjà notée."))
    return redirect("guests", found.slug)


@require_POST
def drop(request: HttpRequest, consultation: str) -> HttpResponse:
    found = consultation_for(request, consultation, may_edit)
    taken = dropped(request, found, files.read, "guests")
    if isinstance(taken, HttpResponse):
        return taken
    form, guests = taken
    made = actions.invite(
        consultation=found,
        guests=guests,
        command=form.cleaned_data["command"],
        by=signed_in(request),
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
        now, command, by = timezone.now(), form.cleaned_data["command"], signed_in(request)
        if request.POST.get("what") == "withdraw":
            actions.withdraw(invited=chosen, command=command, by=by, now=now)
        else:
            day = None if request.POST.get("what") == "silent" else timezone.localdate(now)
            actions.answered(invited=chosen, on=day, command=command, by=by, now=now)
    # Back where they were in a list that may be long: whoever goes down it by keyboard goes on from there.
    listed = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{reverse('guests', args=[found.slug])}{listed}#i-{chosen.uuid}")


def _page(
    request: HttpRequest, consultation: Consultation, form: GuestForm, status: int = 200
) -> HttpResponse:
    everyone = invited_of(consultation)
    silent = everyone.filter(answer=SILENT)
    silence = request.GET.get("reponse") == SILENT
    told = {
        "consultation": consultation,
        "page": paged(request, silent if silence else everyone),
        "silence": silence,
        "total": everyone.count(),
        "silent": silent.count(),
        "answers": ANSWERS,
        "may_write": may_edit(request.user, consultation),
        "form": form,
        "columns": files.COLUMNS,
    }
    return render(request, "contributions/invitations/invitations.html", told, status=status)


def _csv(request: HttpRequest, consultation: Consultation) -> StreamingHttpResponse:
    categories = {one.key: one.short_label for one in consultation.method.categories}
    answers = {key: str(words) for key, words in ANSWERS.items()}
    invited = invited_of(consultation).iterator(chunk_size=500)
    return streamed(
        request,
        (line.encode() for line in files.as_csv(invited, categories, answers)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="invitations-{consultation.slug}.csv"'},
    )
