"""Joining a live meeting without an account."""

from datetime import datetime

from django.db import transaction

from cahiers.boards.devices import trace
from cahiers.boards.models import Board, Participant
from cahiers.journal.actions import record
from cahiers.journal.models import Verb


class UnknownCategory(ValueError):
    """The method has no such category of participants."""


@transaction.atomic
def join(*, board: Board, key: str, category: str, remote: bool, now: datetime) -> Participant:
    """The device takes part, in that category ("" for none said); joined before, it changes what it said.

    `key` is the device's own: see devices.py. Raises UnknownCategory.
    """
    if category and category not in {one.key for one in board.notebook.consultation.method.categories}:
        raise UnknownCategory(category)
    participant, made = Participant.objects.update_or_create(
        board=board,
        device=trace(key, board.meeting.uuid),
        defaults={"category": category, "remote": remote},
        create_defaults={"category": category, "remote": remote, "joined_at": now},
    )
    if made:
        record(stream=board.stream, verb=Verb.JOIN, subject=board.meeting.uuid, actor=None, at=now)
    return participant
