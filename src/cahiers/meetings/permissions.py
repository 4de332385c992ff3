"""Who may read a meeting."""

from django.db.models import Q, QuerySet

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, draft_scope
from cahiers.meetings.models import Meeting


def public_meetings() -> QuerySet[Meeting]:
    """Those that a published notebook accounts for, of any consultation."""
    # A room above holds notebooks: their relation is followed by its name.
    return Meeting.objects.filter(notebooks__live__isnull=False)


def meetings_to_count(visitor: Visitor, consultation: Consultation) -> QuerySet[Meeting]:
    """Those that they may read, for `totals_by_territory`: one of two notebooks comes twice, at half the cost."""
    scope = draft_scope(visitor, consultation, public=Q(notebooks__live__isnull=False))
    return Meeting.objects.filter(scope, consultation=consultation)


def readable_meetings(visitor: Visitor, consultation: Consultation) -> QuerySet[Meeting]:
    """Public ones and, to members, all where their role extends; the consultation is theirs to read."""
    # A subquery: through a join, a meeting of two notebooks would come, and count, twice.
    public = public_meetings().filter(consultation=consultation).values("pk")
    scope = draft_scope(visitor, consultation, public=Q(pk__in=public))
    return Meeting.objects.filter(scope, consultation=consultation).select_related("territory")
