"""What a board shows: the rows of its round with their cards, what is hidden still, and the counts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from cahiers.boards.devices import trace
from cahiers.boards.models import Board, Note, Participant, Round, Vote
from cahiers.contributions.models import Contribution, Status
from cahiers.journal.asking import Question
from cahiers.methods import Column
from cahiers.notebooks.models import Citation, Row, Statement

#: Characters of a revision's uuid that tell it from the others of its statement.
SEEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A statement as the room sees it; `voices` are the people whose contributions it rests on."""

    pk: int
    uuid: UUID
    code: str
    #: Uuid of its revision.
    current_id: UUID
    kind: str
    text: str
    emphasised: bool
    #: Key and uuid of its row, and where it stands there.
    row_id: int
    row: UUID
    position: int
    voices: int
    late: bool
    dots: int

    @property
    def id(self) -> str:
        return f"s-{self.code}"

    @property
    def ticked(self) -> str:
        """What a form says of it: which it is, and the beginning of the revision that is seen, to weigh little."""
        return f"{self.code}:{str(self.current_id)[:SEEN]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnOfRow:
    row: UUID
    column: Column
    cards: list[Card]

    @property
    def id(self) -> str:
        return f"l-{self.row}-{self.column.kind}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOfRound:
    """A row with its columns in the stage's order; `inbox` is where notes wait for a row.

    `follows` where it is a part of a row that begins on an earlier page.
    """

    row: Row
    columns: list[ColumnOfRow]
    dots: int
    inbox: bool
    follows: bool = False

    @property
    def id(self) -> str:
        return f"w-{self.row.uuid}"

    @property
    def cards(self) -> list[Card]:
        return [card for column in self.columns for card in column.cards]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Notes of the round that stand, those of them still hidden, and devices that joined."""

    notes: int
    hidden: int
    people: int


def boards() -> QuerySet[Board]:
    """Each with what its pages and its streams read of it."""
    return Board.objects.select_related(
        "meeting__territory",
        "notebook__consultation",
        "notebook__territory",
        "round__theme__notebook__consultation",
        "round__inbox",
        "round__board",
    )


def board_of_code(code: str) -> Board | None:
    """The board with that join code, however it was typed."""
    typed = "".join(code.split()).replace("-", "").upper()
    return boards().filter(code=typed).first()


def rows_of(round: Round, only: Iterable[UUID] | None = None) -> list[RowOfRound]:
    """Its present rows in order, the inbox last and only where it holds something; `only` names some of them.

    Four queries, however many there are.
    """
    rows = Row.objects.filter(theme=round.theme_id, stage=round.stage, present=True)
    if only is not None:
        rows = rows.filter(uuid__in=list(only))
    found = list(rows.order_by("position", "pk"))
    stage = round.theme.notebook.consultation.method.stage(round.stage)
    cards: defaultdict[tuple[int, str], list[Card]] = defaultdict(list)
    dots = dots_of(round)
    for card in _cards(_cards_in([row.pk for row in found]), dots):
        cards[card.row_id, card.kind].append(card)
    shown = [
        RowOfRound(
            row=row,
            columns=[
                ColumnOfRow(row=row.uuid, column=column, cards=cards[row.pk, column.kind])
                for column in stage.columns
            ],
            dots=dots.get(row.uuid, 0),
            inbox=row.pk == round.inbox_id,
        )
        for row in found
    ]
    shown = [row for row in shown if row.cards or not row.inbox]
    return sorted(shown, key=lambda row: row.inbox)


def cards_of(round: Round, statements: Collection[int], dots: Mapping[UUID, int] | None = None) -> list[Card]:
    """Cards of those of these statements, by their keys, that stand in the round, in order.

    Three queries, two where `dots` are known.
    """
    found = _cards_among(statements, round.theme_id, round.stage)
    return _cards(found, dots_of(round) if dots is None else dots)


def _placed(**where: Any) -> "QuerySet[Statement, tuple[Any, ...]]":
    found = Statement.objects.filter(present=True, **where).order_by("row", "position", "pk")
    return found.values_list(
        "pk",
        "uuid",
        "code",
        "current_id",
        "kind",
        "current__text",
        "emphasised",
        "row",
        "row__uuid",
        "position",
    )


# Asked for each note that comes: see asking.py.
_cards_in = Question(lambda rows: _placed(row__pk__in=rows))
_cards_among = Question(
    lambda statements, theme, stage: _placed(
        pk__in=statements, row__theme=theme, row__stage=stage, row__present=True
    )
)
_cited = Question(
    lambda statements: (
        Citation.objects.filter(statement__pk__in=statements)
        .order_by()
        .values_list(
            "statement",
            "contribution",
            "contribution__stands_for",
            "contribution__note__statement",
            "contribution__note__late",
        )
    )
)
_dots = Question(
    lambda round: (
        Vote.objects.filter(round=round)
        .order_by()
        .values("subject")
        .annotate(sum=Sum("dots"))
        .values_list("subject", "sum")
    )
)


def _cards(found: Sequence[tuple[Any, ...]], dots: Mapping[UUID, int]) -> list[Card]:
    people: defaultdict[int, dict[int, int]] = defaultdict(dict)
    late: set[int] = set()
    for statement, said, stands_for, of, is_late in _cited([pk for pk, *_rest in found]):
        people[statement][said] = stands_for
        if is_late and of == statement:
            late.add(statement)
    return [
        Card(
            pk=pk,
            uuid=uuid,
            code=code,
            current_id=current,
            kind=kind,
            text=text,
            emphasised=emphasised,
            row_id=row_id,
            row=row,
            position=position,
            voices=sum(people[pk].values()),
            late=pk in late,
            dots=dots.get(uuid, 0),
        )
        for pk, uuid, code, current, kind, text, emphasised, row_id, row, position in found
    ]


def dots_of(round: Round) -> dict[UUID, int]:
    """Dots by row or statement."""
    return dict(_dots(round.pk))


def own_dots(round: Round, voter: str) -> dict[UUID, int]:
    """The same, of one device: `voter` is its trace of the round."""
    return dict(round.votes.filter(voter=voter).values_list("subject", "dots"))


def counts_of(board: Board) -> Counts:
    """Two queries; people alone are counted before the first round."""
    people = board.participants.count()
    if board.round is None:
        return Counts(notes=0, hidden=0, people=people)
    standing = board.round.notes.filter(contribution__status=Status.ACCEPTED)
    counted = standing.aggregate(notes=Count("pk"), hidden=Count("pk", filter=Q(statement=None)))
    return Counts(people=people, **counted)


_categories = Question(
    lambda board, devices: (
        Participant.objects.filter(board=board, device__in=devices)
        .exclude(category="")
        .order_by()
        .values_list("device", "category")
    )
)


def categories_of(board: Board, devices: Collection[str]) -> dict[str, str]:
    """What these devices joined as, by their traces of the meeting; those that said none are left out."""
    return dict(_categories(board.pk, devices))


def unseen_notes(round: Round, only: Collection[UUID] | None = None) -> list[Note]:
    """What only facilitators see: notes before the reveal, and those that were hidden; in the order they came.

    `only` names some of them.
    """
    notes = _unseen(round) if only is None else _unseen(round).filter(uuid__in=only)
    found = list(notes.select_related("contribution__current", "row"))
    for note in found:
        note.round = round
    return found


def unseen_from(round: Round, note: Note) -> list[UUID]:
    """Those of them from that one on."""
    return list(_unseen(round).filter(position__gte=note.position).values_list("uuid", flat=True))


def _unseen(round: Round) -> QuerySet[Note]:
    waits = Q(statement=None, contribution__status=Status.ACCEPTED)
    return round.notes.filter(waits | Q(contribution__status=Status.HIDDEN)).order_by("position")


def own_notes(round: Round, key: str) -> list[Note]:
    """Notes of the round that the device with that key wrote, in the order they came, withdrawn ones left out."""
    mine = [uuid for uuid, author in round.notes.values_list("uuid", "author") if author == trace(key, uuid)]
    if not mine:
        return []
    notes = standing_notes(round.board).filter(uuid__in=mine)
    return list(notes.select_related("row", "statement").order_by("position"))


def standing_notes(board: Board) -> QuerySet[Note]:
    """Those that were neither withdrawn nor erased, shown or not."""
    gone = (Status.WITHDRAWN, Status.ERASED)
    return board.notes.exclude(contribution__status__in=gone).select_related("contribution__current")


def sheets_shown(board: Board) -> list[Contribution]:
    """The feedback sheets that the facilitator shows, in order; those that are no longer there to be shown left out."""
    if not board.sheets:
        return []
    sheets = board.notebook.consultation.contributions.filter(status=Status.ACCEPTED)
    found = {
        str(sheet.uuid): sheet
        for sheet in sheets.select_related("current", "territory").filter(uuid__in=board.sheets)
    }
    return [found[uuid] for uuid in board.sheets if uuid in found]
