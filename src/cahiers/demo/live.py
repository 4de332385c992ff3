"""A live meeting in the demo, in full swing: one theme read and voted on, another being written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from cahiers.boards.actions import grouping, joining, opening, running, taking
from cahiers.boards.commands import PutDots, Write
from cahiers.boards.devices import new_key
from cahiers.boards.models import Board, Round, Step
from cahiers.consultations.models import Consultation
from cahiers.documents import model
from cahiers.meetings import actions as meetings
from cahiers.meetings.forms import days_of, facilitators_of
from cahiers.notebooks.actions import statements
from cahiers.notebooks.models import Row, Statement
from cahiers.territories.models import Territory

#: Dots that each person has in the demo.
DOTS = 3


def open_meeting(plan: Mapping[str, Any], now: datetime) -> None:
    """It keeps the plan's code, so that what is written of the demo can name it."""
    consultation = Consultation.objects.get(slug=plan["consultation"])
    people, _note = facilitators_of(plan["facilitators"], None)
    meeting = meetings.create(
        consultation=consultation,
        territory=Territory.objects.get(name=plan["territory"]),
        form=model.Meeting(
            label=plan["label"],
            dates_text=tuple(plan["dates"]),
            dates=days_of(plan["dates"]),
            format="hybrid",
            facilitators=people,
            participants=(),
        ),
        command=uuid4(),
        by=None,
        now=now,
    )
    board = opening.open_board(meeting=meeting, by=None, now=now)
    Board.objects.filter(pk=board.pk).update(code=plan["code"])
    devices = _join(board, plan["joined"], plan["remote"], now)
    _reveal(board, plan["revealed"], devices, now)
    _write(board, plan["writing"], devices, now)


def _join(board: Board, joined: Mapping[str, int], remote: int, now: datetime) -> Mapping[str, Sequence[str]]:
    """Keys of the devices that joined, by category."""
    devices = {category: [new_key() for _ in range(count)] for category, count in joined.items()}
    everyone = [(category, key) for category, keys in devices.items() for key in keys]
    for place, (category, key) in enumerate(everyone):
        joining.join(board=board, key=key, category=category, remote=place < remote, now=now)
    return devices


def _reveal(
    board: Board, plan: Mapping[str, Any], devices: Mapping[str, Sequence[str]], now: datetime
) -> None:
    round = _begin(board, plan, now)
    uuids = _take(board, round, plan["notes"], devices, now)
    _step(board, round, Step.GROUP, now)
    rows = [_group(round, [uuids[place] for place in row["notes"]], row, uuids, now) for row in plan["rows"]]
    _step(board, round, Step.VOTE, now)
    # Everyone puts all of their dots, as far as the plan has some left.
    left = [row["votes"] for row in plan["rows"]]
    for key in [key for keys in devices.values() for key in keys]:
        _vote(board, round, rows, left, key, now)
    _step(board, round, Step.DECIDE, now)


def _write(
    board: Board, plan: Mapping[str, Any], devices: Mapping[str, Sequence[str]], now: datetime
) -> None:
    round = _begin(board, plan, now)
    _take(board, round, plan["notes"], devices, now)


def _begin(board: Board, plan: Mapping[str, Any], now: datetime) -> Round:
    theme = board.notebook.themes.get(theme__key=plan["theme"])
    round = running.go_to(board=board, theme=theme, stage=plan["stage"], command=uuid4(), by=None, now=now)
    _step(board, round, Step.WRITE, now)
    return round


def _take(
    board: Board,
    round: Round,
    notes: Sequence[Sequence[Any]],
    devices: Mapping[str, Sequence[str]],
    now: datetime,
) -> list[UUID]:
    """Each a category, a kind, a text and how many people it stands for."""
    writes = [
        Write(
            command=uuid4(),
            key=devices[category][place % len(devices[category])],
            round=round.uuid,
            kind=kind,
            text=text,
            stands_for=voices,
        )
        for place, (category, kind, text, voices) in enumerate(notes)
    ]
    taking.take(board=board, commands=writes, now=now)
    return [write.command for write in writes]


def _group(
    round: Round, notes: Sequence[UUID], row: Mapping[str, Any], uuids: Sequence[UUID], now: datetime
) -> Row:
    for place in row["emphasised"]:
        one = _statement(uuids[place])
        statements.emphasise(statement=one, seen=one.current_id, command=uuid4(), by=None, now=now)
    cards = [(one, one.current_id) for one in map(_statement, notes)]
    theme = cards[0][0].row.theme
    return grouping.gather_in_new_row(
        theme=theme, stage=round.stage, cards=cards, name=row["name"], command=uuid4(), by=None, now=now
    )


def _vote(board: Board, round: Round, rows: Sequence[Row], left: list[int], key: str, now: datetime) -> None:
    have = DOTS
    for place, row in sorted(enumerate(rows), key=lambda pair: -left[pair[0]]):
        dots = min(have, left[place], 2)
        if dots:
            put = PutDots(command=uuid4(), key=key, round=round.uuid, subject=row.uuid, dots=dots)
            taking.take(board=board, commands=[put], now=now)
            left[place] -= dots
            have -= dots


def _statement(note: UUID) -> Statement:
    return Statement.objects.select_related("current", "row__theme__notebook__consultation").get(
        notes__uuid=note
    )


def _step(board: Board, round: Round, step: Step, now: datetime) -> None:
    running.set_step(board=board, round=round, step=step, command=uuid4(), by=None, now=now)
