"""Who moderates: whoever may edit where the contribution comes from."""

from django.db.models import Q
from django.http import HttpRequest

from cahiers.consultations.access import consultation_for
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import (
    EDITORS,
    EVERYTHING,
    Visitor,
    may_edit,
    memberships,
    sees_drafts,
)
from cahiers.contributions.models import Contribution, ContributionQuerySet, Status
from cahiers.territories.models import Territory


def may_moderate(visitor: Visitor, consultation: Consultation, territory: Territory) -> bool:
    return may_edit(visitor, consultation, territory)


def may_moderate_some(visitor: Visitor, consultation: Consultation) -> bool:
    """Were it in one territory alone."""
    return sees_drafts(visitor) or any(held.role in EDITORS for held in memberships(visitor, consultation))


def moderated_consultation(request: HttpRequest, slug: str) -> Consultation:
    """404 to strangers, 403 to members who only read."""
    return consultation_for(request, slug, may_moderate_some)


def moderated(visitor: Visitor, consultation: Consultation) -> ContributionQuerySet:
    """What they decide about; what its author withdrew or erased is nobody's to decide."""
    decided = (Status.PENDING, Status.ACCEPTED, Status.HIDDEN)
    return within_reach(visitor, consultation).filter(status__in=decided)


def within_reach(visitor: Visitor, consultation: Consultation) -> ContributionQuerySet:
    """Whatever its status: who asks for one status alone has it from the index."""
    mine = Q(pk__in=())
    for held in memberships(visitor, consultation):
        if held.role in EDITORS:
            mine |= Q(territory__path__startswith=held.territory.path) if held.territory else EVERYTHING
    if sees_drafts(visitor):
        mine = EVERYTHING
    return Contribution.objects.filter(mine, consultation=consultation)
