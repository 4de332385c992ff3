"""Choosing what a statement rests on: contributions are searched, and cited whole or by their sentences."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers.accounts.access import signed_in
from cahiers.contributions import search
from cahiers.contributions.models import Contribution, ContributionQuerySet
from cahiers.contributions.reading.queries import readable
from cahiers.contributions.sentences import sentences_of, span_of
from cahiers.journal.actions import CommandReused
from cahiers.notebooks.citations import actions
from cahiers.notebooks.citations.queries import support_of
from cahiers.notebooks.editing.access import editable_statement
from cahiers.notebooks.editing.pages import around
from cahiers.notebooks.models import Citation, Statement
from cahiers.ui.forms import CommandForm

#: Contributions offered at once; more are found by their words.
OFFERED = 20
#: Sentences of which a page lists the numbers.
NUMBERED = 60


class CitationForm(CommandForm):
    """Sentences from one number to another; neither for the whole."""

    revision = forms.UUIDField(widget=forms.HiddenInput)
    first = forms.IntegerField(required=False, min_value=1, label=gettext_lazy("De la phrase"))
    last = forms.IntegerField(required=False, min_value=1, label=gettext_lazy("à la phrase"))

    def clean(self) -> None:
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if last and not first:
            raise forms.ValidationError(_("Donnez aussi le numéro de la première phrase."))


@require_http_methods(["GET", "HEAD"])
@never_cache
def support(request: HttpRequest, code: str) -> HttpResponse:
    """What it rests on, and what it could rest on."""
    found = editable_statement(request, code)
    words = request.GET.get("q", "").strip()[:200]
    offered = list(_found(request, found, words)[: OFFERED + 1])
    told = {
        **around(found.row.theme),
        "statement": found,
        "support": support_of(found, whole=True),
        "words": words,
        "offered": offered[:OFFERED],
        "more": len(offered) > OFFERED,
    }
    return render(request, "notebooks/citations/support.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def cite(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """One contribution, the whole of it or a run of its sentences."""
    found = editable_statement(request, code)
    chosen = get_object_or_404(_citable(request, found), uuid=uuid)
    form = CitationForm(request.POST or None, initial={"revision": chosen.current_id})
    if request.method == "POST" and form.is_valid() and _cited(request, found, chosen, form):
        messages.success(request, _("L’énoncé s’appuie sur cette contribution."))
        return redirect("support", found.code)
    told = {
        **around(found.row.theme),
        "statement": found,
        "chosen": chosen,
        "sentences": sentences_of(chosen.current.text)[:NUMBERED],
        "form": form,
    }
    return render(request, "notebooks/citations/cite.html", told, status=422 if form.errors else 200)


@require_POST
def uncite(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    found = editable_statement(request, code)
    form = CommandForm(request.POST)
    citation = Citation.objects.filter(statement=found, uuid=uuid).first()
    if citation is None:
        messages.info(request, _("Cet appui était déjà retiré."))
    elif form.is_valid():
        citation.statement = found
        command = form.cleaned_data["command"]
        try:
            actions.uncite(citation=citation, command=command, by=signed_in(request), now=timezone.now())
        except CommandReused:
            messages.error(request, _("Cette page avait déjà servi : vérifiez, puis enregistrez de nouveau."))
        else:
            messages.success(request, _("L’énoncé ne s’appuie plus sur ces mots."))
    return redirect(reverse("support", args=[found.code]))


def _citable(request: HttpRequest, statement: Statement) -> ContributionQuerySet:
    """Of those that the editor may read, what still stands; a copy is cited by its original."""
    consultation = statement.row.theme.notebook.consultation
    standing = readable(request.user, consultation).standing()
    return standing.select_related("current", "territory", "consultation")


def _found(request: HttpRequest, statement: Statement, words: str) -> "ContributionQuerySet":
    """With these words; without any, the latest of the notebook's territory."""
    offered = _citable(request, statement).exclude(citations__statement=statement, citations__start=None)
    if not words:
        place = statement.row.theme.notebook.territory.path
        return offered.filter(territory__path__startswith=place).order_by("-pk")
    # Ordered first: the index then gives the latest without looking at all.
    found = search.search(offered.order_by("-pk"), words)
    assert isinstance(found, ContributionQuerySet)
    return found


def _cited(request: HttpRequest, statement: Statement, chosen: Contribution, form: CitationForm) -> bool:
    given = form.cleaned_data
    if given["revision"] != chosen.current_id:
        form.add_error(None, _("Cette contribution a changé entre-temps : relisez-la."))
        form.renew(revision=chosen.current_id)
        return False
    span = None
    if given["first"]:
        span = span_of(chosen.current.text, given["first"], given["last"] or given["first"])
        if span is None:
            form.add_error("first", _("Aucune phrase du texte ne porte ce numéro."))
            return False
    try:
        actions.cite(
            statement=statement,
            contribution=chosen,
            span=span,
            command=given["command"],
            by=signed_in(request),
            now=timezone.now(),
        )
    except CommandReused:
        form.add_error(None, _("Cette page avait déjà servi : vérifiez, puis enregistrez de nouveau."))
        form.renew()
        return False
    return True
