"""Pages of files that go with a meeting or a notebook: the list, the file itself, and those that write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cahiers.accounts.access import signed_in
from cahiers.consultations.access import readable_consultation
from cahiers.consultations.pages import FormPage, Refusal, answer, posted
from cahiers.meetings.access import editable_meeting
from cahiers.meetings.models import Meeting
from cahiers.notebooks.annexes import actions
from cahiers.notebooks.annexes.access import (
    PLACES,
    editable_annex,
    place_of,
    readable_annex,
    readable_annexes,
)
from cahiers.notebooks.annexes.forms import AnnexForm, NewAnnexForm, too_large
from cahiers.notebooks.annexes.models import Annex
from cahiers.notebooks.editing.access import editable_notebook
from cahiers.notebooks.models import Notebook
from cahiers.ui.forms import SeenForm
from cahiers.ui.streaming import streamed

#: Keeps the page within its weight: 8 elements a file.
PER_PAGE = 30

edits = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def annexes(request: HttpRequest, consultation: str) -> HttpResponse:
    """Every file of a consultation that the visitor may have."""
    found = readable_consultation(request, consultation)
    listed = readable_annexes(request.user, found).select_related(*PLACES).order_by("-at", "-pk")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    shown = []
    for annex in page:
        annex.consultation = found
        shown.append((annex, place_of(annex)))
    return render(
        request, "notebooks/annexes/annexes.html", {"consultation": found, "page": page, "annexes": shown}
    )


@require_safe
@never_cache
def download(request: HttpRequest, consultation: str, annex: UUID) -> HttpResponseBase:
    """The file, to keep: never shown by the browser in our own address, whatever it holds."""
    found = readable_annex(request, consultation, annex)
    chunks = actions.blocks(found)
    try:
        first = next(chunks, b"")
    except OSError:
        raise Http404 from None
    whole = (block for part in ([first], chunks) for block in part)
    return streamed(
        request,
        whole,
        content_type=found.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, found.name) or "attachment",
            "Content-Length": str(found.size),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@edits
@never_cache
def add_to_notebook(request: HttpRequest, consultation: str, notebook: str) -> HttpResponse:
    return _add(request, editable_notebook(request, consultation, notebook))


@edits
@never_cache
def add_to_meeting(request: HttpRequest, consultation: str, number: int) -> HttpResponse:
    return _add(request, editable_meeting(request, consultation, number))


def _add(request: HttpRequest, place: Notebook | Meeting) -> HttpResponse:
    form = NewAnnexForm(posted(request), request.FILES if request.method == "POST" else None)

    def act(given: dict[str, Any]) -> None:
        file = given["file"]
        with refusals("file"):
            actions.attach(
                to=place,
                stream=file.file,
                title=given["title"],
                name=file.name or "",
                size=file.size or 0,
                public=given["public"],
                by=signed_in(request),
                now=timezone.now(),
            )

    page = FormPage(
        title=_("Ajouter une annexe"),
        lead=_("Un diaporama, une image, un rapport, une liste : ce qui n’est pas une synthèse."),
        form=form,
        button=_("Joindre"),
        back=place.get_absolute_url(),
        said=_("Le fichier est joint."),
        given=around(place),
    )
    return answer(request, place.consultation, page, act)


@edits
@never_cache
def edit(request: HttpRequest, consultation: str, annex: UUID) -> HttpResponse:
    found = editable_annex(request, consultation, annex)
    place = place_of(found)
    initial = {"title": found.title, "public": found.public}
    form = AnnexForm(posted(request), initial={**initial, "seen": actions.state_of(found)})

    def act(given: dict[str, Any]) -> None:
        actions.edit(annex=found, **given, by=signed_in(request), now=timezone.now())

    page = FormPage(
        title=_("Modifier une annexe"),
        lead=found.name,
        form=form,
        button=_("Enregistrer"),
        back=place.get_absolute_url(),
        said=_("L’annexe est modifiée."),
        current=lambda: dict(Annex.objects.filter(pk=found.pk).values("title", "public").first() or {}),
        template="notebooks/annexes/edit.html",
        given={**around(place), "annex": found},
    )
    return answer(request, found.consultation, page, act)


@edits
@never_cache
def delete(request: HttpRequest, consultation: str, annex: UUID) -> HttpResponse:
    """Asks first: the file does not come back."""
    found = editable_annex(request, consultation, annex)
    place = place_of(found)
    form = SeenForm(posted(request), initial={"seen": actions.state_of(found)})

    def act(given: dict[str, Any]) -> None:
        actions.delete(annex=found, seen=given["seen"], by=signed_in(request), now=timezone.now())

    page = FormPage(
        title=_("Supprimer « %s »") % found.title,
        lead=_("Le fichier est effacé aussitôt, et pour toujours."),
        form=form,
        button=_("Supprimer l’annexe"),
        back=place.get_absolute_url(),
        said=_("L’annexe est supprimée, et son fichier avec elle."),
        given=around(place),
    )
    return answer(request, found.consultation, page, act)


@contextmanager
def refusals(field: str) -> Iterator[None]:
    """What `attach` refuses, in words, on the field of that name."""
    try:
        yield
    except actions.AlreadyAttached as known:
        said = _("Ce fichier y est déjà joint, sous le titre « %s ».") % known
        raise Refusal(said, field) from None
    except actions.TooLarge:
        raise Refusal(too_large(), field) from None


def around(place: Notebook | Meeting) -> dict[str, Any]:
    """What the trail of links above a page needs."""
    if isinstance(place, Meeting):
        return {"here": "meeting_edit", "meeting": place}
    return {"here": "edit", "notebook": place}
