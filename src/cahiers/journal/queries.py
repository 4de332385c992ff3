"""Reading the journal."""

from uuid import UUID

from django.db.models import QuerySet

from cahiers.journal.models import Entry


def entries_after(stream: UUID, position: int = 0) -> QuerySet[Entry]:
    """Entries of the stream past that position, in order."""
    return Entry.objects.filter(stream__uuid=stream, position__gt=position).order_by("position")


def history(subject: UUID) -> QuerySet[Entry]:
    """Entries about one thing, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("at", "position")
