"""How a view gets at a consultation."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import may_read


def readable_consultation(request: HttpRequest, slug: str) -> Consultation:
    """The consultation of that address, or what `refuse` raises."""
    consultation = get_object_or_404(Consultation, slug=slug)
    if not may_read(request.user, consultation):
        refuse(request)
    return consultation


def refuse(request: HttpRequest) -> None:
    """Raises Http404 for a stranger, who is not told that there is something, and PermissionDenied for others."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    raise PermissionDenied
