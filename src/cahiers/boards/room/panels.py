"""What a participant has before them at each step: what can be written, and what can be voted for."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator

from cahiers.boards import queries
from cahiers.boards.models import LONGEST_NOTE, Board, Round, Step
from cahiers.methods import Column, Stage

#: Rows that a note can answer, by what they are called: more would not be read on a telephone.
MOST_ROWS = 60
#: Rows and cards to vote for on a page: each has a form of its own.
CHOICES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A row, or a statement, that something can be written or voted for."""

    uuid: UUID
    name: str
    dots: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """`columns` are those that participants write in, `rows` those that a note can answer."""

    stage: Stage
    step: str
    columns: tuple[Column, ...]
    rows: list[Choice]
    choices: Page[Choice]
    left: int
    longest: int = LONGEST_NOTE

    @property
    def writes(self) -> bool:
        return self.step == Step.WRITE

    @property
    def votes(self) -> bool:
        return self.step == Step.VOTE


def panel_of(
    board: Board,
    own: Mapping[UUID, int] | None = None,
    *,
    rows: list[queries.RowOfRound] | None = None,
    page: int | str = 1,
) -> Panel | None:
    """None before the first round. `own` are the device's dots by what it put them on, `rows` those of the round."""
    round = board.round
    if round is None:
        return None
    stage = board.notebook.consultation.method.stage(round.stage)
    own = own or {}
    votes = round.step == Step.VOTE
    if rows is None:
        rows = queries.rows_of(round) if votes or round.step == Step.WRITE else []
    answered = [row for row in rows if not row.inbox][:MOST_ROWS] if round.step == Step.WRITE else []
    candidates = _candidates(rows) if votes else []
    return Panel(
        stage=stage,
        step=round.step,
        columns=_written(board, stage),
        rows=[Choice(uuid=row.row.uuid, name=name_of(row)) for row in answered],
        choices=Paginator(
            [Choice(uuid=uuid, name=name, dots=own.get(uuid, 0)) for uuid, name in candidates], CHOICES
        ).get_page(page),
        left=max(0, round.dots - sum(own.values())),
    )


def name_of(row: queries.RowOfRound) -> str:
    """Its name, else the first words in it."""
    if row.row.name:
        return row.row.name
    return row.cards[0].text if row.cards else "…"


def _candidates(rows: list[queries.RowOfRound]) -> list[tuple[UUID, str]]:
    """Rows that people made; of what is in none yet, each card."""
    found: list[tuple[UUID, str]] = []
    for row in rows:
        if row.inbox:
            found += [(card.uuid, card.text) for card in row.cards]
        else:
            found.append((row.row.uuid, name_of(row)))
    return found


def _written(board: Board, stage: Stage) -> tuple[Column, ...]:
    """Columns of the stage, but for those that an earlier stage has filled."""
    earlier: set[str] = set()
    for one in board.notebook.consultation.method.stages:
        if one.key == stage.key:
            break
        earlier |= set(one.kinds)
    return tuple(column for column in stage.columns if column.kind not in earlier) or stage.columns


def opens_on_rows(round: Round) -> bool:
    """Whether what is written answers a row: every stage but the first."""
    stages = round.theme.notebook.consultation.method.stages
    return round.stage != stages[0].key
