"""Who may have a file that goes with something, and who may say what goes with what."""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cahiers.consultations.access import refuse
from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, draft_scope, may_edit, may_read
from cahiers.meetings.models import Meeting
from cahiers.meetings.permissions import public_meetings
from cahiers.notebooks.annexes.models import Annex
from cahiers.notebooks.models import Notebook
from cahiers.notebooks.reading import Reading

#: Latest annexes that the page of a notebook shows: the list of all is a page of its own.
SHOWN = 20
#: What a list of annexes names.
PLACES = ("consultation", "meeting__territory", "notebook__territory", "meeting", "notebook")


def public_annexes() -> QuerySet[Annex]:
    """Those marked so, of what is published."""
    published = Q(notebook__live__isnull=False) | Q(meeting__in=public_meetings().values("pk"))
    return Annex.objects.filter(published, public=True)


def readable_annexes(visitor: Visitor, consultation: Consultation) -> QuerySet[Annex]:
    """Public ones and, to members, all where their role extends; the consultation is theirs to read."""
    held = draft_scope(visitor, consultation, "notebook__territory__path")
    held |= draft_scope(visitor, consultation, "meeting__territory__path")
    own = Annex.objects.filter(consultation=consultation)
    return own.filter(held | Q(pk__in=public_annexes().values("pk")))


def readable_annex(request: HttpRequest, consultation: str, uuid: UUID) -> Annex:
    found = _find(consultation, uuid)
    readable = readable_annexes(request.user, found.consultation).filter(pk=found.pk).exists()
    if not readable or not may_read(request.user, found.consultation):
        refuse(request, found.consultation)
    return found


def editable_annex(request: HttpRequest, consultation: str, uuid: UUID) -> Annex:
    found = _find(consultation, uuid)
    if not may_edit(request.user, found.consultation, place_of(found).territory):
        refuse(request, found.consultation)
    return found


def annexes_with(reading: Reading) -> QuerySet[Annex]:
    """The latest of a notebook: all beside a draft, which only members read, public ones beside an edition."""
    held: QuerySet[Annex] = reading.notebook.annexes.order_by("-at", "-pk")
    return (held.filter(public=True) if reading.edition else held)[:SHOWN]


def place_of(annex: Annex) -> Meeting | Notebook:
    place = annex.meeting or annex.notebook
    assert place is not None
    place.consultation = annex.consultation
    return place


def _find(consultation: str, uuid: UUID) -> Annex:
    return get_object_or_404(
        Annex.objects.select_related(*PLACES), consultation__slug=consultation, uuid=uuid
    )
