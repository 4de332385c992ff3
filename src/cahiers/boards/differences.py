"""Which elements of a board's page entries of its stream changed, drawn with the partials that pages include."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.template.loader import get_template

from cahiers.boards import paging, queries
from cahiers.boards.models import Note, Round
from cahiers.boards.queries import Card, RowOfRound
from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.models import Row, RowRevision, Statement, StatementRevision

#: Verbs after which a statement that several notes share may have lost one of them: nothing says which it was.
LEAVES = (Verb.WITHDRAW, Verb.HIDE, Verb.RESTORE, Verb.MERGE, Verb.ERASE)
#: Verbs of commands that changed nothing but their subject and what is drawn with it.
ALONE = (Verb.SUBMIT, Verb.VOTE, Verb.JOIN)


@dataclass(slots=True)
class Difference:
    """Elements to put, in this order, then those to drop, by their ids.

    One to put: container, id, id of the element that it comes before, html. It is taken from where it was first. A
    container of None says that it takes the place of the one with its id; before None, it comes last.
    """

    put: list[tuple[str | None, str, str | None, str]] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    #: Whether cards and rows come with what facilitators do with them.
    host: bool = False
    #: Whether pages are to read themselves again: there is more than one of them holds.
    again: bool = False

    def replace(self, id: str, html: str) -> None:
        self.put.append((None, id, None, html))


@dataclass(slots=True)
class _Touched:
    """Primary keys of statements and of rows, uuids of notes, and whether something else may have changed too."""

    statements: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    notes: set[UUID] = field(default_factory=set)
    more: bool = False


def whole_board(round: Round, *, host: bool = False) -> Difference:
    """Every row, where they fit on a page."""
    drawn = queries.rows_of(round)
    difference = Difference(host=host, again=len(paging.pages_of(drawn)) > 1)
    if not difference.again:
        difference.replace("rows", get_template("boards/_rows.html").render({"rows": drawn, "host": host}))
    return difference


def whole_hidden(round: Round) -> Difference:
    """Notes that only facilitators see, the last ones."""
    difference = Difference()
    notes = queries.unseen_notes(round)[-paging.PAGE :]
    difference.replace("hidden", get_template("boards/_hidden.html").render({"notes": notes}))
    return difference


class NoteThere(NamedTuple):
    """A note that an entry is about, as it is now: its round and its statement by their keys."""

    uuid: UUID
    round: int
    statement: int | None
    status: str


def notes_of(entries: Sequence[Entry]) -> list[NoteThere]:
    """The notes among what the entries are about."""
    if not entries:
        return []
    found = Note.objects.filter(uuid__in={entry.subject for entry in entries}).order_by()
    return [
        NoteThere(*one) for one in found.values_list("uuid", "round", "statement", "contribution__status")
    ]


def of_rows(
    round: Round,
    entries: Sequence[Entry],
    notes: Sequence[NoteThere],
    known: set[UUID],
    *,
    host: bool = False,
) -> Difference:
    """What everyone may see. `notes` are those of the entries, `known` subjects that are no element of the board."""
    touched = _touched(round, entries, notes, known)
    if touched.more:
        return whole_board(round, host=host)
    difference = Difference(host=host)
    statements = Statement.objects.filter(pk__in=touched.statements)
    here = Q(present=True, row__theme=round.theme_id, row__stage=round.stage, row__present=True)
    cards = queries.cards_of(round, statements.filter(here)) if touched.statements else []
    rows = _rows_to_draw(round, touched)
    _put_rows(difference, round, rows)
    _put_cards(difference, [card for card in cards if card.statement.row_id not in rows])
    stay = {card.statement.pk for card in cards}
    gone = touched.statements - stay
    if gone:
        difference.drop += [
            f"s-{code}" for code in statements.filter(pk__in=gone).values_list("code", flat=True)
        ]
    return difference


def of_hidden(round: Round, entries: Sequence[Entry]) -> Difference:
    """Notes that only facilitators see, one by one: there where they wait or were hidden, else gone."""
    difference = Difference()
    subjects = {entry.subject for entry in entries}
    changed = list(round.notes.filter(uuid__in=subjects).values_list("uuid", flat=True))
    if not changed:
        return difference
    template = get_template("boards/_note.html")
    unseen = queries.unseen_notes(round)
    followers = {note.uuid: f"n-{after.uuid}" for note, after in pairwise(unseen)}
    asked = set(changed)
    for note in reversed(unseen):
        if note.uuid in asked:
            html = template.render({"note": note})
            difference.put.append(("hidden", f"n-{note.uuid}", followers.get(note.uuid), html))
    seen = asked - {note.uuid for note in unseen}
    difference.drop += [f"n-{uuid}" for uuid in sorted(seen, key=str)]
    return difference


def _touched(
    round: Round, entries: Sequence[Entry], notes: Sequence[NoteThere], known: set[UUID]
) -> _Touched:
    """What the entries are about, and what their commands changed beside it."""
    touched = _Touched()
    subjects = {entry.subject for entry in entries} - known
    commands = {entry.command for entry in entries if entry.command and entry.verb not in ALONE}
    for note in notes:
        touched.notes.add(note.uuid)
        if note.round == round.pk and note.statement is not None:
            touched.statements.add(note.statement)
    if commands:
        statements = StatementRevision.objects.filter(command__in=commands).order_by()
        touched.statements.update(statements.values_list("statement", flat=True))
        rows = RowRevision.objects.filter(command__in=commands).order_by()
        touched.rows.update(rows.values_list("row", flat=True))
    others = subjects - touched.notes
    if others:
        cards = dict(Statement.objects.filter(uuid__in=others).order_by().values_list("uuid", "pk"))
        lines = dict(Row.objects.filter(uuid__in=others).order_by().values_list("uuid", "pk"))
        touched.statements.update(cards.values())
        touched.rows.update(lines.values())
        touched.more = bool(others - cards.keys() - lines.keys())
    if round.revealed_at is not None or not round.board.hides:
        touched.more |= any(entry.verb in LEAVES and entry.subject in touched.notes for entry in entries)
    return touched


def _rows_to_draw(round: Round, touched: _Touched) -> set[int]:
    """Rows that changed themselves; and the inbox, which is shown only where it holds something, at its first cards."""
    rows = set(touched.rows)
    inbox = round.inbox_id
    if inbox is not None and touched.statements:
        stays = Statement.objects.filter(row=inbox, present=True).exclude(pk__in=touched.statements)
        if not stays.exists():
            rows.add(inbox)
    return rows


def _put_rows(difference: Difference, round: Round, rows: set[int]) -> None:
    if not rows:
        return
    drawn = queries.rows_of(round)
    template = get_template("boards/_row.html")
    follower: str | None = None
    for row in reversed(drawn):
        if row.row.pk in rows:
            difference.put.append(
                ("rows", row.id, follower, template.render({"row": row, "host": difference.host}))
            )
        follower = row.id
    difference.drop += _gone(rows, drawn)


def _gone(rows: set[int], drawn: list[RowOfRound]) -> list[str]:
    gone = Row.objects.filter(pk__in=rows - {row.row.pk for row in drawn})
    return [f"w-{uuid}" for uuid in gone.values_list("uuid", flat=True)]


def _put_cards(difference: Difference, cards: list[Card]) -> None:
    """The last of each column first: the one that a card comes before is there already."""
    columns: defaultdict[tuple[int, str], list[Card]] = defaultdict(list)
    for card in cards:
        columns[card.statement.row_id, card.statement.kind].append(card)
    template = get_template("boards/_card.html")
    for (row, kind), changed in columns.items():
        first = min(card.statement.position for card in changed)
        followers = _followers(
            Statement.objects.filter(row=row, kind=kind, present=True, position__gte=first)
        )
        container = f"l-{changed[0].statement.row.uuid}-{kind}"
        for card in reversed(changed):
            html = template.render({"card": card, "host": difference.host})
            difference.put.append((container, card.id, followers.get(card.statement.pk), html))


def _followers(statements: QuerySet[Statement]) -> dict[int, str]:
    """The element that comes after each but the last."""
    order = list(statements.order_by("position", "pk").values_list("pk", "code"))
    return {pk: f"s-{code}" for (pk, _), (_, code) in pairwise(order)}
