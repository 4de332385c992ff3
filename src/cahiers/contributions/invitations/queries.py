"""Who was invited, and who answered: by a contribution from there, by coming to a meeting, or as someone wrote down."""

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from cahiers.consultations.models import Consultation
from cahiers.contributions.models import Contribution, Status
from cahiers.meetings.models import Attendance
from cahiers.territories.models import Level

SPOKE, CAME, TOLD, SILENT = "spoke", "came", "told", "silent"


def invited_of(consultation: Consultation) -> QuerySet[Any]:
    """All of them with how each answered, as `answer`: one query."""
    said = Contribution.objects.filter(
        consultation=OuterRef("consultation"),
        territory=OuterRef("territory"),
        status__in=(Status.PENDING, Status.ACCEPTED, Status.HIDDEN),
    )
    met = Attendance.objects.filter(
        meeting__consultation=OuterRef("consultation"), meeting__territory=OuterRef("territory"), count__gt=0
    )
    # What was said somewhere in a département is no answer of an organisation there.
    itself = Q(territory__level=Level.ESTABLISHMENT)
    return (
        consultation.invited.select_related("territory__parent")
        .annotate(
            answer=Case(
                When(itself & Exists(said), then=Value(SPOKE)),
                When(itself & Exists(met), then=Value(CAME)),
                When(answered_on__isnull=False, then=Value(TOLD)),
                default=Value(SILENT),
            )
        )
        .order_by("territory__path", "name")
    )
