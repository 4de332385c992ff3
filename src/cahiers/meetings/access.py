"""Who writes meetings, and where."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cahiers.consultations.access import refuse
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import EDITORS, Visitor, may_edit, memberships
from cahiers.meetings.models import DeletedMeeting, Meeting
from cahiers.meetings.queries import with_forms
from cahiers.territories.models import Territory, TerritoryQuerySet

#: Deleted meetings that pages offer to restore.
RESTORABLE: Final = 10


def writable_territories(visitor: Visitor, consultation: Consultation) -> TerritoryQuerySet:
    """Those of the consultation where the visitor may write, in tree order."""
    tops = (
        list(consultation.territories.all())
        if may_edit(visitor, consultation)
        else [
            held.territory
            for held in memberships(visitor, consultation)
            if held.territory and held.role in EDITORS
        ]
    )
    return Territory.objects.within(*tops)


def may_write_some(visitor: Visitor, consultation: Consultation) -> bool:
    """Write, were it in one territory alone."""
    return may_edit(visitor, consultation) or any(
        held.role in EDITORS for held in memberships(visitor, consultation)
    )


def restorable_meetings(
    visitor: Visitor, consultation: Consultation, now: datetime, within: Territory | None = None
) -> list[DeletedMeeting]:
    """The last that were deleted where the visitor may write, in one query."""
    found = consultation.deleted_meetings.filter(at__gt=now - DeletedMeeting.KEPT)
    there = Meeting.objects.filter(uuid=OuterRef("uuid"))
    found = found.filter(~Exists(there), place__path__startswith=within.path if within else "")
    deleted = found.select_related("place")[: 10 * RESTORABLE]
    return [one for one in deleted if may_edit(visitor, consultation, one.place)][:RESTORABLE]


def editable_meeting(request: HttpRequest, consultation: str, number: int) -> Meeting:
    """With all that its form says; 404 to strangers, 403 to members who have not the right."""
    found = get_object_or_404(
        with_forms(Meeting.objects.select_related("consultation", "territory")),
        consultation__slug=consultation,
        number=number,
    )
    if not may_edit(request.user, found.consultation, found.territory):
        refuse(request, found.consultation)
    return found
