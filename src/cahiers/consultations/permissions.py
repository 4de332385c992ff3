"""Who may do what in a consultation; whatever a page asks, it costs one query."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, prefetch_related_objects

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation, ConsultationQuerySet, Membership, Role
from cahiers.territories.models import Territory

Visitor = Person | AnonymousUser

EDITORS = (Role.ORGANISER, Role.FACILITATOR)
ORGANISERS = (Role.ORGANISER,)
#: Not Q(), which in an "or" stands for nothing.
EVERYTHING = Q(pk__isnull=False)
NOTHING = Q(pk__in=())
#: Made once: a page asks three times who its visitor is.
HELD: "Prefetch[Any]" = Prefetch("memberships", Membership.objects.held().select_related("territory"))


def may_read(visitor: Visitor, consultation: Consultation) -> bool:
    """Everyone once it is published; before, its members."""
    return consultation.is_published or is_member(visitor, consultation)


def is_member(visitor: Visitor, consultation: Consultation) -> bool:
    """Whether they have a role somewhere in it; who runs the installation counts as a member of all."""
    return sees_drafts(visitor) or bool(memberships(visitor, consultation))


def may_read_drafts(visitor: Visitor, consultation: Consultation, territory: Territory | None = None) -> bool:
    """Unpublished notebooks of that territory; None asks for the whole consultation's, here and below."""
    return _holds(visitor, consultation, territory, Role.values)


def may_edit(visitor: Visitor, consultation: Consultation, territory: Territory | None = None) -> bool:
    """Import, write and correct notebooks and meetings."""
    return _holds(visitor, consultation, territory, EDITORS)


def may_publish(visitor: Visitor, consultation: Consultation, territory: Territory | None = None) -> bool:
    """Publish and withdraw notebooks or, for None, the consultation."""
    return _holds(visitor, consultation, territory, ORGANISERS)


def may_manage(visitor: Visitor, consultation: Consultation, territory: Territory | None = None) -> bool:
    """Invite and remove people there or, for None, everywhere; for None, the consultation's themes and dates too."""
    return _holds(visitor, consultation, territory, ORGANISERS)


def may_manage_some(visitor: Visitor, consultation: Consultation) -> bool:
    """Invite people, were it in one territory alone."""
    return sees_drafts(visitor) or any(
        membership.role in ORGANISERS for membership in memberships(visitor, consultation)
    )


def may_create(visitor: Visitor) -> bool:
    """Make a consultation, of which they become the organiser."""
    return sees_drafts(visitor)


def sees_drafts(visitor: Visitor) -> bool:
    """Whether they run this installation, and see all of every consultation."""
    return visitor.is_active and visitor.is_staff


def visible_to(visitor: Visitor, consultations: ConsultationQuerySet) -> ConsultationQuerySet:
    """Those that they may read."""
    if sees_drafts(visitor):
        return consultations
    if not isinstance(visitor, Person) or not visitor.is_active:
        return consultations.published()
    return consultations.published() | consultations.of_member(visitor)


def draft_scope(
    visitor: Visitor, consultation: Consultation, to_path: str = "territory__path", public: Q = NOTHING
) -> Q:
    """Condition on things that are public, and on those whose drafts they may read.

    `to_path` leads from the thing to its territory's path.
    """
    if sees_drafts(visitor):
        return EVERYTHING
    scope = public
    for membership in memberships(visitor, consultation):
        if membership.territory is None:
            return EVERYTHING
        scope |= Q(**{f"{to_path}__startswith": membership.territory.path})
    return scope


def drafts_anywhere(visitor: Visitor, to_path: str = "territory__path") -> Q:
    """The same on things of every consultation at once."""
    if sees_drafts(visitor):
        return EVERYTHING
    scope = NOTHING
    for held in _all_memberships(visitor):
        place = {f"{to_path}__startswith": held.territory.path} if held.territory else {}
        scope |= Q(consultation=held.consultation_id, **place)
    return scope


def memberships(visitor: Visitor, consultation: Consultation) -> list[Membership]:
    """Those that they hold in it."""
    return [held for held in _all_memberships(visitor) if held.consultation_id == consultation.pk]


def _all_memberships(visitor: Visitor) -> list[Membership]:
    """All that they have, read once and kept with the visitor for the request."""
    if not isinstance(visitor, Person) or not visitor.is_active:
        return []
    prefetch_related_objects([visitor], HELD)
    return list(visitor.memberships.all())


def _holds(
    visitor: Visitor, consultation: Consultation, territory: Territory | None, roles: Collection[str]
) -> bool:
    return sees_drafts(visitor) or any(
        held.role in roles and held.extends_to(territory) for held in memberships(visitor, consultation)
    )
