"""How a view gets at what a visitor reads of a notebook: the draft, the live edition, or the one asked for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cahiers.consultations.access import refuse
from cahiers.consultations.permissions import may_publish, may_read, may_read_drafts
from cahiers.notebooks.models import Edition, Notebook
from cahiers.notebooks.permissions import may_read_notebook
from cahiers.notebooks.reading import DraftReading, EditionReading, Reading

P = ParamSpec("P")


class Withdrawn(Exception):
    """The edition of that address was withdrawn."""

    def __init__(self, edition: Edition) -> None:
        super().__init__(edition.number)
        self.edition = edition


def of_reading(
    view: Callable[Concatenate[HttpRequest, Reading, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A view of what is read at the address of a notebook or of an edition; 410 where that one is withdrawn."""

    @wraps(view)
    def answer(
        request: HttpRequest,
        consultation: str,
        notebook: str,
        edition: int | None = None,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> HttpResponse:
        try:
            reading = reading_for(request, consultation, notebook, edition)
        except Withdrawn as gone:
            return _gone(request, gone.edition)
        return view(request, reading, *args, **kwargs)

    return answer


def reading_for(request: HttpRequest, consultation: str, notebook: str, number: int | None) -> Reading:
    """The edition of that number; for None, the draft to those who may read it, the live edition to others.

    Raises Withdrawn to those who may not read drafts.
    """
    found = find_notebook(consultation, notebook, light=number is not None)
    if number is not None:
        return _numbered(request, found, number)
    if may_read_drafts(request.user, found.consultation, found.territory):
        return DraftReading(found)
    if found.live is None or not may_read_notebook(request.user, found):
        refuse(request, found.consultation)
    return EditionReading(found, found.live)


def publishable_notebook(request: HttpRequest, consultation: str, notebook: str) -> Notebook:
    """404 to strangers, 403 to members who may not publish it."""
    found = find_notebook(consultation, notebook)
    if not may_publish(request.user, found.consultation, found.territory):
        refuse(request, found.consultation)
    return found


def find_notebook(consultation: str, notebook: str, *, light: bool = False) -> Notebook:
    """With its live edition, or what is light of it. Raises Http404."""
    found = Notebook.objects.select_related("consultation", "territory", "live")
    if light:
        found = found.defer("live__text", "live__places")
    return get_object_or_404(found, consultation__slug=consultation, slug=notebook)


def _numbered(request: HttpRequest, notebook: Notebook, number: int) -> Reading:
    if not may_read(request.user, notebook.consultation):
        refuse(request, notebook.consultation)
    edition = notebook.editions.filter(number=number).first()
    if edition is None:
        raise Http404
    edition.notebook = notebook
    if edition.withdrawn_at and not may_read_drafts(request.user, notebook.consultation, notebook.territory):
        raise Withdrawn(edition)
    return EditionReading(notebook, edition, numbered=True)


def _gone(request: HttpRequest, edition: Edition) -> HttpResponse:
    given = {
        "edition": edition,
        "notebook": edition.notebook,
        "consultation": edition.notebook.consultation,
    }
    return render(request, "notebooks/gone.html", given, status=410)
