"""Publishing an edition, the list of editions, withdrawing and restoring one, a whole consultation in a zip."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cahiers import methods
from cahiers.accounts.access import signed_in
from cahiers.consultations.access import readable_consultation, refuse
from cahiers.consultations.permissions import may_publish, may_read_drafts
from cahiers.documents.errors import UnknownFormat
from cahiers.documents.formats import writer_names
from cahiers.journal.actions import CommandReused
from cahiers.notebooks import actions
from cahiers.notebooks.actions.editions import NotAsSeen, NothingChanged, digest_of
from cahiers.notebooks.bundles import Bundle, annexes_of, published
from cahiers.notebooks.comparison import Changes, changes, in_words, standing
from cahiers.notebooks.freezing import thaw
from cahiers.notebooks.models import Edition, Notebook
from cahiers.notebooks.permissions import may_read_notebook
from cahiers.notebooks.publishing.access import find_notebook, publishable_notebook
from cahiers.notebooks.publishing.forms import PublishForm, WithdrawForm
from cahiers.notebooks.publishing.pages import sorts
from cahiers.notebooks.queries import state_of
from cahiers.notebooks.remarks import remarks
from cahiers.ui.streaming import streamed

#: Keeps the page within its weight: 12 elements an edition.
PER_PAGE = 20
#: Remarks shown: the others are counted.
REMARKS = 20
#: In place of a format's name.
ALL = "tout"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def publish(request: HttpRequest, consultation: str, notebook: str) -> HttpResponse:
    """What has changed and what may be looked at, then the next edition; a draft that has changed is shown again."""
    found = publishable_notebook(request, consultation, notebook)
    form = PublishForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            edition = actions.publish(
                notebook=found,
                note=form.cleaned_data["note"],
                seen=form.cleaned_data["digest"],
                command=form.cleaned_data["command"],
                by=signed_in(request),
                now=timezone.now(),
            )
        except NothingChanged as refusal:
            messages.info(request, str(refusal))
            return redirect(found)
        except NotAsSeen:
            status = 409
            form.add_error(None, _("Le brouillon a changé entre-temps : relisez ce qui suit, puis publiez."))
        except CommandReused:
            status = 409
            form.add_error(None, _("Cette page avait déjà servi : vérifiez, puis publiez de nouveau."))
        else:
            messages.success(request, _("L’édition %d est publiée.") % edition.number)
            return redirect("editions", consultation, notebook)
    return render(request, "notebooks/publish.html", _before_publishing(found, form), status=status)


def _before_publishing(notebook: Notebook, form: PublishForm) -> dict[str, Any]:
    state, live = state_of(notebook), notebook.live
    before = thaw(live) if live else None
    found = changes(before, state) if before else Changes()
    digest = digest_of(state)
    if form.is_bound:
        form.renew(digest=digest)
    else:
        form.initial["digest"] = digest
    noted = list(remarks(state, methods.get(notebook.consultation.method_key)))
    return {
        "consultation": notebook.consultation,
        "notebook": notebook,
        "live": live,
        "next": (notebook.editions.order_by("-number").values_list("number", flat=True).first() or 0) + 1,
        "unchanged": live is not None and not found,
        "changed": in_words(found),
        "sorts": list(sorts(found, standing(before.placed), standing(state.placed))) if before else [],
        "statements": len(standing(state.placed)),
        "remarks": noted[:REMARKS],
        "other_remarks": max(0, len(noted) - REMARKS),
        "form": form,
    }


def editions(request: HttpRequest, consultation: str, notebook: str) -> HttpResponse:
    """Those that were published, last first, each with what it changed."""
    found = find_notebook(consultation, notebook, light=True)
    if not may_read_notebook(request.user, found):
        refuse(request, found.consultation)
    page = Paginator(found.editions.light().order_by("-number"), PER_PAGE).get_page(request.GET.get("page"))
    for edition in page:
        edition.notebook = found
    return render(
        request,
        "notebooks/editions.html",
        {
            "consultation": found.consultation,
            "notebook": found,
            "page": page,
            "editions": [(edition, _said_of(edition)) for edition in page],
            "whole": may_read_drafts(request.user, found.consultation, found.territory),
            "publishes": may_publish(request.user, found.consultation, found.territory),
        },
    )


def _said_of(edition: Edition) -> list[str]:
    return in_words(Changes.of_data(edition.changes)) if edition.changes else []


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: HttpRequest, consultation: str, notebook: str, edition: int) -> HttpResponse:
    found, chosen = _edition(request, consultation, notebook, edition)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        try:
            actions.withdraw(edition=chosen, **form.cleaned_data, by=signed_in(request), now=timezone.now())
        except CommandReused:
            messages.error(request, _("Cette page avait déjà servi : rien n’a été fait."))
        else:
            messages.success(request, _("L’édition %d est retirée.") % edition)
        return redirect("editions", consultation, notebook)
    before = found.editions.standing().exclude(pk=chosen.pk).order_by("-number").light().first()
    return render(
        request,
        "notebooks/withdraw.html",
        {
            "consultation": found.consultation,
            "notebook": found,
            "edition": chosen,
            "is_live": chosen.pk == found.live_id,
            "before": before,
            "form": form,
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
def restore(request: HttpRequest, consultation: str, notebook: str, edition: int) -> HttpResponse:
    _found, chosen = _edition(request, consultation, notebook, edition)
    actions.restore(edition=chosen, by=signed_in(request), now=timezone.now())
    messages.success(request, _("L’édition %d se lit de nouveau.") % edition)
    return redirect("editions", consultation, notebook)


def _edition(request: HttpRequest, consultation: str, notebook: str, number: int) -> tuple[Notebook, Edition]:
    found = publishable_notebook(request, consultation, notebook)
    edition = get_object_or_404(found.editions.light(), number=number)
    edition.notebook = found
    return found, edition


def download_all(request: HttpRequest, consultation: str, format: str) -> HttpResponseBase:
    """Every published notebook in a zip, in one format or in all; the same state gives the same bytes."""
    found = readable_consultation(request, consultation)
    try:
        bundle = Bundle(
            found,
            published(found),
            writer_names() if format == ALL else [format],
            annexes_of(found, public=True),
        )
    except UnknownFormat:
        raise Http404 from None
    if not bundle.exports:
        raise Http404
    unchanged = get_conditional_response(request, etag=bundle.etag)
    if isinstance(unchanged, HttpResponseNotModified):
        return unchanged
    return streamed(
        request,
        bundle.chunks(),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{bundle.filename}"', "ETag": bundle.etag},
    )
