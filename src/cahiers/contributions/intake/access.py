"""Who may import tables, and where."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cahiers.consultations.access import refuse
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import EDITORS, Visitor, may_edit, memberships, sees_drafts
from cahiers.contributions.intake.models import TableImport
from cahiers.territories.models import Territory, TerritoryQuerySet


def may_take_in(visitor: Visitor, consultation: Consultation) -> bool:
    """Whether they may bring in what others said, were it in one territory alone."""
    return sees_drafts(visitor) or any(held.role in EDITORS for held in memberships(visitor, consultation))


def own_territories(visitor: Visitor, consultation: Consultation) -> TerritoryQuerySet:
    """Territories of the consultation that they may bring something in for, in tree order."""
    if may_edit(visitor, consultation):
        return Territory.objects.within(*consultation.territories.all())
    held = memberships(visitor, consultation)
    tops = [one.territory for one in held if one.role in EDITORS and one.territory is not None]
    return Territory.objects.within(*tops)


def import_for(request: HttpRequest, consultation: str, uuid: UUID) -> TableImport:
    """The import of that address: 404 to strangers, 403 to members who have not the right."""
    found = get_object_or_404(
        TableImport.objects.select_related("consultation", "territory", "by"),
        consultation__slug=consultation,
        uuid=uuid,
    )
    if not may_edit(request.user, found.consultation, found.territory):
        refuse(request, found.consultation)
    return found
