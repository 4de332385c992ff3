"""Which forms someone may fill in."""

from datetime import datetime
from operator import attrgetter

from django.db.models import QuerySet, prefetch_related_objects

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, is_member
from cahiers.contributions.collecting.windows import takes, why_not
from cahiers.contributions.models import Access, Form


def fillable(visitor: Visitor, consultation: Consultation) -> QuerySet[Form]:
    """Released forms that the visitor may fill in, open or not."""
    released = consultation.forms.filter(released_at__isnull=False)
    if is_member(visitor, consultation):
        return released
    return released.filter(access=Access.PUBLIC)


def open_forms(visitor: Visitor, consultation: Consultation, now: datetime) -> list[Form]:
    """Each with what a list of them shows; one query where there is none, at most three however many there are."""
    found = fillable(visitor, consultation).only("consultation", "slug", "title", "stage", "opens", "closes")
    return [form for form in with_windows(found, consultation) if takes(form, now)]


def with_reasons(forms: QuerySet[Form], consultation: Consultation, now: datetime) -> list[tuple[Form, str]]:
    """Each with why it takes nothing, "" where it does; what can be filled in comes first."""
    found = [(form, why_not(form, now)) for form in with_windows(forms, consultation)]
    return sorted(found, key=lambda pair: bool(pair[1]))


def with_windows(forms: QuerySet[Form], consultation: Consultation) -> list[Form]:
    """Each on the same consultation, whose windows are read once, the oldest first."""
    # Put in order here: that of the model would join the consultation, to sort by its dates.
    found = sorted(forms.order_by(), key=attrgetter("pk"))
    if found:
        prefetch_related_objects([consultation], "windows")
    for form in found:
        form.consultation = consultation
    return found
