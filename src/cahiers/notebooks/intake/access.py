"""Who may drop documents, and see those that were dropped."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cahiers.consultations.access import refuse
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import EDITORS, Visitor, may_edit, memberships, sees_drafts
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.territories.models import Territory, TerritoryQuerySet


def may_drop(visitor: Visitor, consultation: Consultation) -> bool:
    """Whether they write notebooks there, were it in one territory alone."""
    return sees_drafts(visitor) or any(held.role in EDITORS for held in memberships(visitor, consultation))


def may_handle(visitor: Visitor, draft: ImportDraft) -> bool:
    """Who dropped it, and who writes the notebooks of its territory; all of them while it has none."""
    if not may_drop(visitor, draft.consultation):
        return False
    return draft.by_id == visitor.pk or may_edit(visitor, draft.consultation, draft.territory)


def editable_territories(visitor: Visitor, consultation: Consultation) -> TerritoryQuerySet:
    """Territories of the consultation whose notebooks they write, in tree order."""
    if may_edit(visitor, consultation):
        return Territory.objects.within(*consultation.territories.all())
    return Territory.objects.within(*_tops(visitor, consultation))


def drafts_of(visitor: Visitor, consultation: Consultation) -> Q:
    """Condition on the consultation's drafts that they may handle; they may drop some."""
    if may_edit(visitor, consultation):
        return Q()
    scope = Q(by=visitor.pk)
    for top in _tops(visitor, consultation):
        scope |= Q(territory__path__startswith=top.path)
    return scope


def draft_for(
    request: HttpRequest, consultation: str, draft: UUID, drafts: QuerySet[ImportDraft] | None = None
) -> ImportDraft:
    """The draft of that address: 404 to strangers, 403 to members who have not the right.

    `drafts` are all, by default, or all with more that their page shows.
    """
    drafts = ImportDraft.objects.all() if drafts is None else drafts
    found = get_object_or_404(
        drafts.select_related("consultation", "territory", "by", "notebook", "updates__territory"),
        consultation__slug=consultation,
        uuid=draft,
    )
    if not may_handle(request.user, found):
        refuse(request, found.consultation)
    return found


def _tops(visitor: Visitor, consultation: Consultation) -> list[Territory]:
    return [
        held.territory
        for held in memberships(visitor, consultation)
        if held.role in EDITORS and held.territory is not None
    ]
