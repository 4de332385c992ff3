"""The end of a meeting: who was there, what was not treated, and a notebook without empty rows."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.boards.actions.opening import close_board, renew_helpers_link
from cahiers.boards.models import Board
from cahiers.consultations.windows import StageClosed
from cahiers.documents import model
from cahiers.meetings import actions as meetings
from cahiers.notebooks.actions import rows
from cahiers.notebooks.models import Notebook, Row, Statement

#: Opens the detail of a line of participants that says how many of them took part from afar.
FROM_AFAR = "dont à distance : "


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """People of a category: in the room, and from afar."""

    here: int
    afar: int

    @property
    def all(self) -> int:
        return self.here + self.afar


@transaction.atomic
def close(
    *,
    board: Board,
    form: model.Meeting,
    untreated: str,
    seen: UUID,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> None:
    """Close it with its session form as it shall be; sent twice, it is closed once.

    Links for co-facilitators open nothing any more. Raises consultations.revising.Changed where the session was
    edited since `seen`.
    """
    Notebook.objects.select_for_update().get(pk=board.notebook_id)
    sweep(board=board, command=command, by=by, now=now)
    close_board(board=board, untreated=untreated, by=by, now=now)
    renew_helpers_link(board=board)
    meeting = board.meeting
    meetings.edit(
        meeting=meeting,
        territory=meeting.territory,
        form=form,
        seen=seen,
        command=uuid5(command, "attendance"),
        by=by,
        now=now,
    )


def sweep(*, board: Board, command: UUID, by: Person | None, now: datetime) -> None:
    """Delete rows where notes waited, once all of them were put in others; in a closed stage they stay."""
    held = Statement.objects.filter(present=True).values("row")
    inboxes = Row.objects.filter(pk__in=board.rounds.values("inbox"), present=True, name=None)
    for row in inboxes.exclude(pk__in=held).select_related("theme__notebook__consultation"):
        with suppress(StageClosed):
            rows.delete(row=row, seen=row.current_id, command=uuid5(command, str(row.uuid)), by=by, now=now)


def counted(board: Board) -> dict[str, Came]:
    """Devices that joined, by category; "" for those that said none."""
    found: dict[str, Came] = {}
    for category, remote in board.participants.values_list("category", "remote"):
        before = found.get(category, Came(here=0, afar=0))
        found[category] = replace(before, here=before.here + (not remote), afar=before.afar + remote)
    return found


def filled_in(form: model.Meeting, came: Mapping[str, Came]) -> model.Meeting:
    """The session form with these people in it; its format is what they came by, where it was not said."""
    known = ((line, came.get(line.category or "")) for line in form.participants)
    lines = tuple(_line(line, there) if line.category and there else line for line, there in known)
    return replace(form, participants=lines, format=form.format or _format(came))


def _format(came: Mapping[str, Came]) -> model.MeetingFormat | None:
    here, afar = any(one.here for one in came.values()), any(one.afar for one in came.values())
    if here and afar:
        return "hybrid"
    return "remote" if afar else "in_person" if here else None


def _line(line: model.Participant, came: Came) -> model.Participant:
    said = [part for part in (line.note or "").split(" ; ") if part and not part.startswith(FROM_AFAR)]
    if came.afar:
        said.append(f"{FROM_AFAR}{came.afar}")
    # A line that nobody filled in stays empty rather than saying that nobody came; answers to a survey are in its
    # number, and are told from it again by theirs.
    count = came.all + (line.surveyed or 0) if came.all or line.count is not None else None
    return replace(line, checked=came.all > 0 or line.checked, count=count, note=" ; ".join(said) or None)


def afar_in(line: model.Participant) -> int:
    """How many of a line's people took part from afar, as `filled_in` wrote it."""
    for part in (line.note or "").split(" ; "):
        number = part.removeprefix(FROM_AFAR)
        if part.startswith(FROM_AFAR) and number.isdigit():
            return int(number)
    return 0
