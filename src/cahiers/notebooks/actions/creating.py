"""Beginning a notebook that no document brings."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.meetings.actions import OutsideConsultation
from cahiers.meetings.models import Meeting
from cahiers.notebooks.actions.imports import free_slug
from cahiers.notebooks.models import STEP, Notebook, NotebookMeeting, NotebookTheme
from cahiers.territories.models import Territory


@transaction.atomic
def create(
    *,
    consultation: Consultation,
    territory: Territory,
    title: str,
    meetings: Sequence[Meeting] = (),
    by: Person | None,
    now: datetime,
) -> Notebook:
    """An empty notebook on all the consultation's themes, numbered in their order. Raises OutsideConsultation."""
    if not consultation.covers(territory):
        raise OutsideConsultation(territory.name)
    notebook = Notebook.objects.create(
        consultation=consultation,
        territory=territory,
        slug=free_slug(consultation, title),
        title=title,
        created_at=now,
    )
    NotebookMeeting.objects.bulk_create(
        NotebookMeeting(notebook=notebook, meeting=meeting, position=place * STEP)
        for place, meeting in enumerate(meetings, 1)
    )
    NotebookTheme.objects.bulk_create(
        NotebookTheme(notebook=notebook, theme=theme, order=order, number=order, title=theme.title)
        for order, theme in enumerate(consultation.themes.all(), 1)
    )
    record(
        stream=consultation.uuid,
        verb=Verb.CREATE,
        subject=notebook.uuid,
        actor=by.uuid if by else None,
        at=now,
    )
    return notebook
