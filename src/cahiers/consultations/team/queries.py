"""Reading a team."""

from django.db.models import Case, F, Value, When

from cahiers.consultations.models import Consultation, Membership, MembershipQuerySet, Role


def team_of(consultation: Consultation) -> MembershipQuerySet:
    """Current memberships with their person and territory: the whole consultation's first, then down the tree."""
    rank = Case(*(When(role=role, then=Value(place)) for place, role in enumerate(Role)))
    return (
        Membership.objects.current()
        .filter(consultation=consultation)
        .select_related("person", "territory")
        .order_by(F("territory__path").asc(nulls_first=True), rank, "person__display_name", "pk")
    )
