"""Saying which meetings a notebook accounts for, in which order."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation
from cahiers.consultations.revising import check, perform, state
from cahiers.journal.models import Verb
from cahiers.meetings.models import Meeting
from cahiers.notebooks.models import STEP, Notebook, NotebookMeeting


class OutsideConsultation(ValueError):
    """A meeting is another consultation's."""


def agenda_of(notebook: Notebook) -> list[Meeting]:
    return list(notebook.meetings.order_by("notebook_links__position", "notebook_links__pk"))


def state_of(notebook: Notebook) -> UUID:
    return state(notebook.uuid, *(meeting.pk for meeting in agenda_of(notebook)))


def account_for(
    *,
    notebook: Notebook,
    meetings: Sequence[Meeting],
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """These meetings and no other, in this order. Raises consultations.revising.Changed or OutsideConsultation."""

    def do(locked: Consultation) -> tuple[UUID, bool]:
        check(seen, state_of(notebook))
        if any(meeting.consultation_id != locked.pk for meeting in meetings):
            raise OutsideConsultation(notebook.title)
        notebook.meeting_links.all().delete()
        NotebookMeeting.objects.bulk_create(
            NotebookMeeting(notebook=notebook, meeting=meeting, position=place * STEP)
            for place, meeting in enumerate(dict.fromkeys(meetings), 1)
        )
        return notebook.uuid, state_of(notebook) != seen

    asked = ("agenda", notebook.uuid, [meeting.uuid for meeting in meetings], seen)
    perform(
        consultation=notebook.consultation,
        verb=Verb.EDIT,
        asked=asked,
        command=command,
        by=by,
        now=now,
        do=do,
    )
