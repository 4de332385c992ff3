"""What a board shows: the rows of its round with their cards, what is hidden still, and the counts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from cahiers.boards.devices import trace
from cahiers.boards.models import Board, Note, Round
from cahiers.contributions.models import Contribution, Status
from cahiers.methods import Column
from cahiers.notebooks.models import Citation, Row, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A statement as the room sees it; `voices` are the people whose contributions it rests on."""

    statement: Statement
    text: str
    voices: int
    late: bool
    dots: int

    @property
    def id(self) -> str:
        return f"s-{self.statement.code}"


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
    for card in cards_of(round, Statement.objects.filter(row__in=found, present=True), dots):
        cards[card.statement.row_id, card.statement.kind].append(card)
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


def cards_of(
    round: Round, statements: QuerySet[Statement], dots: dict[UUID, int] | None = None
) -> list[Card]:
    """Cards of these statements, in their order. Three queries, two where `dots` are known."""
    found = list(statements.select_related("current", "row").order_by("row", "position", "pk"))
    people: defaultdict[int, dict[int, int]] = defaultdict(dict)
    late: set[int] = set()
    cited = Citation.objects.filter(statement__in=found).order_by()
    for statement, said, stands_for, of, is_late in cited.values_list(
        "statement",
        "contribution",
        "contribution__stands_for",
        "contribution__note__statement",
        "contribution__note__late",
    ):
        people[statement][said] = stands_for
        if is_late and of == statement:
            late.add(statement)
    dots = dots_of(round) if dots is None else dots
    return [
        Card(
            statement=one,
            text=one.current.text,
            voices=sum(people[one.pk].values()),
            late=one.pk in late,
            dots=dots.get(one.uuid, 0),
        )
        for one in found
    ]


def dots_of(round: Round) -> dict[UUID, int]:
    """Dots by row or statement."""
    return dict(
        round.votes.order_by().values("subject").annotate(sum=Sum("dots")).values_list("subject", "sum")
    )


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


def unseen_notes(round: Round) -> list[Note]:
    """What only facilitators see: notes before the reveal, and those that were hidden; in the order they came."""
    notes = round.notes.filter(
        Q(statement=None, contribution__status=Status.ACCEPTED) | Q(contribution__status=Status.HIDDEN)
    )
    found = list(notes.select_related("contribution__current", "row").order_by("position"))
    for note in found:
        note.round = round
    return found


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
