"""Who may do what in a consultation."""

from django.contrib.auth.models import AnonymousUser

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation

Visitor = Person | AnonymousUser


def may_read(visitor: Visitor, consultation: Consultation) -> bool:
    """Everyone once it is published; before, those who run the installation."""
    return consultation.is_published or sees_drafts(visitor)


def sees_drafts(visitor: Visitor) -> bool:
    return visitor.is_active and visitor.is_staff
