"""A note taken and told before anyone writes, which leaves nothing: what a first use makes is there then."""

import logging
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from cahiers import methods
from cahiers.boards import queries, rendering
from cahiers.boards.actions import opening, running
from cahiers.boards.actions.known import Memory
from cahiers.boards.actions.taking import take_quickly
from cahiers.boards.commands import Write
from cahiers.boards.devices import new_key
from cahiers.boards.models import Board, Round, Step
from cahiers.boards.rendering import Audience, Level, Scene
from cahiers.consultations.actions import create
from cahiers.meetings.models import Meeting
from cahiers.territories import actions as territories
from cahiers.territories.models import Level as Place

log = logging.getLogger(__name__)

AUDIENCES = [Audience(level, language) for level in Level for language in ("fr", "en")]


def rehearse(now: datetime) -> None:
    """In a meeting that never was. What hinders it hinders nothing else.

    The first notes of a crowd waited 30 to 80 ms: statements were made, templates read.
    """
    try:
        with transaction.atomic():
            _play(now)
            transaction.set_rollback(True)
    except Exception:
        log.exception("The rehearsal was interrupted: the first notes will take a little longer.")


def _play(now: datetime) -> None:
    board = _board(now)
    method = methods.get(board.notebook.consultation.method_key)
    stage = method.stages[0]
    theme = board.notebook.themes.all()[0]
    begun = running.go_to(board=board, theme=theme, stage=stage.key, command=uuid4(), by=None, now=now)
    scene = Scene(queries.boards().get(pk=board.pk), rendering.position_of(board))
    memory = Memory()
    for step in (Step.WRITE, Step.REVEAL):
        running.set_step(board=board, round=begun, step=step, command=uuid4(), by=None, now=now)
        for _again in range(2):
            _write(board, begun, stage.columns[0].kind, memory, now)
            scene = rendering.changes(scene, scene.position, AUDIENCES).scene


def _write(board: Board, begun: Round, kind: str, memory: Memory, now: datetime) -> None:
    note = Write(command=uuid4(), key=new_key(), round=begun.uuid, kind=kind, text="Essai")
    take_quickly(board=board, commands=[note], memory=memory, now=now)


def _board(now: datetime) -> Board:
    name = uuid4().hex
    place = territories.add(parent=None, level=Place.NATION, name=name, by=None, now=now)
    consultation = create(
        slug=name, title=name, method_key=methods.keys()[0], territories=[place], by=None, now=now
    )
    meeting = Meeting.objects.create(consultation=consultation, territory=place, number=1, label=name)
    return opening.open_board(meeting=meeting, by=None, now=now)
