"""How a view gets at a consultation: 404 to strangers, 403 to members who have not the right."""

from collections.abc import Callable
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest
from django.shortcuts import get_list_or_404, get_object_or_404

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, is_member, may_read

#: One line a theme, or one alone: the join saves a query, and is written once.
NAMED = Consultation.objects.annotate(theme=F("themes__title"), order=F("themes__order")).order_by()


def consultation_for(
    request: HttpRequest, slug: str, may: Callable[[Visitor, Consultation], bool]
) -> Consultation:
    """The consultation of that address, where the visitor may; else what `refuse` raises."""
    consultation = get_object_or_404(Consultation, slug=slug)
    if not may(request.user, consultation):
        refuse(request, consultation)
    return consultation


def readable_consultation(request: HttpRequest, slug: str) -> Consultation:
    return consultation_for(request, slug, may_read)


def readable_with_themes(request: HttpRequest, slug: str) -> tuple[Consultation, list[str]]:
    """The same, and what its themes are called; in one query."""
    lines = get_list_or_404(NAMED, slug=slug)
    if not may_read(request.user, lines[0]):
        refuse(request, lines[0])
    themes = sorted((line.order, line.theme) for line in lines if line.theme is not None)  # type: ignore[attr-defined]
    return lines[0], [title for _, title in themes]


def refuse(request: HttpRequest, consultation: Consultation) -> NoReturn:
    """Raises Http404 for a stranger, who is not told that there is something, and PermissionDenied for a member."""
    if is_member(request.user, consultation):
        raise PermissionDenied
    raise Http404
