"""Which elements of a board's page entries of its stream changed, drawn with the partials that pages include."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from django.template.loader import get_template

from cahiers.boards import paging, queries
from cahiers.boards.commands import ALONE
from cahiers.boards.models import Note, Round
from cahiers.boards.queries import Card, RowOfRound
from cahiers.contributions.models import Status
from cahiers.journal.asking import Question
from cahiers.journal.models import Verb
from cahiers.journal.queries import entries_after
from cahiers.notebooks.models import Row, RowRevision, Statement, StatementRevision

#: Entries after which a page is asked to read the whole again: it is less than to send each change.
TOO_MANY = 1000
#: Verbs after which a statement that several notes share may have lost one of them: nothing says which it was.
LEAVES = (Verb.WITHDRAW, Verb.HIDE, Verb.RESTORE, Verb.MERGE, Verb.ERASE)


@dataclass(slots=True)
class Difference:
    """Elements to put, in this order, then those to drop, by their ids.

    One to put: container, id, id of the element that it comes before, html. It is taken from where it was first. A
    container of None says that it takes the place of the one with its id; before None, it comes last.
    """

    put: list[tuple[str | None, str, str | None, str]] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    #: Whether pages are to read themselves again: there is more than one of them holds.
    again: bool = False

    def replace(self, id: str, html: str) -> None:
        self.put.append((None, id, None, html))


@dataclass(slots=True)
class Changed:
    """What of the rows is to be drawn anew, read once for readers of every kind.

    Each row and card with the id of the element that it comes before, the last first: that one is there already.
    """

    rows: list[tuple[RowOfRound, str | None]] = field(default_factory=list)
    cards: list[tuple[Card, str | None]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    #: Every row, in order, where more may have changed than is known.
    whole: list[RowOfRound] | None = None

    def drawn(self, *, host: bool) -> Difference:
        """With what facilitators do with cards and rows, or without, in the language that is active."""
        if self.whole is not None:
            return _whole(self.whole, host)
        difference = Difference(drop=list(self.gone))
        row_template, template = get_template("boards/_row.html"), get_template("boards/_card.html")
        for row, follower in self.rows:
            html = row_template.render({"row": row, "host": host})
            difference.put.append(("rows", row.id, follower, html))
        for card, follower in self.cards:
            html = template.render({"card": card, "host": host})
            difference.put.append((f"l-{card.row}-{card.kind}", card.id, follower, html))
        return difference


def _whole(rows: list[RowOfRound], host: bool) -> Difference:
    difference = Difference(again=len(paging.pages_of(rows)) > 1)
    if not difference.again:
        difference.replace("rows", get_template("boards/_rows.html").render({"rows": rows, "host": host}))
    return difference


class Happened(NamedTuple):
    """An entry of the board's stream."""

    position: int
    verb: str
    subject: UUID
    command: UUID | None


class NoteThere(NamedTuple):
    """A note that an entry is about, as it is now: its round and its statement by their keys."""

    uuid: UUID
    round: int
    statement: int | None
    status: str


@dataclass(slots=True)
class _Touched:
    """Primary keys of statements and of rows, uuids of notes, and whether something else may have changed too."""

    statements: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    notes: set[UUID] = field(default_factory=set)
    more: bool = False


# Asked for each note that comes: see asking.py.
_entries = Question(
    lambda stream, after: entries_after(stream, after).values_list("position", "verb", "subject", "command")[
        : TOO_MANY + 1
    ]
)
_notes = Question(
    lambda uuids: (
        Note.objects.filter(uuid__in=uuids)
        .order_by()
        .values_list("uuid", "round", "statement", "contribution__status")
    )
)


def entries_of(stream: UUID, after: int) -> list[Happened] | None:
    """Past that position; None where they are too many to be told one by one."""
    found = _entries(stream, after)
    return [Happened(*one) for one in found] if len(found) <= TOO_MANY else None


def notes_of(entries: Sequence[Happened]) -> list[NoteThere]:
    """The notes among what the entries are about."""
    return [NoteThere(*one) for one in _notes({entry.subject for entry in entries})]


def of_rows(
    round: Round,
    entries: Sequence[Happened],
    notes: Sequence[NoteThere],
    known: set[UUID],
    *,
    fresh: bool = False,
    filled: bool = False,
) -> Changed:
    """What everyone may see. `notes` are those of the entries, `known` subjects that are no element of the board.

    `fresh` says that readers have all that came before, and that nothing but notes came; `filled` that there are
    cards in the inbox that they have.
    """
    touched = _touched(round, entries, notes, known)
    if touched.more:
        return Changed(whole=queries.rows_of(round))
    # Nobody could vote yet for what has just come.
    cards = queries.cards_of(round, touched.statements, {} if fresh else None)
    gone = touched.statements - {card.pk for card in cards}
    rows = touched.rows if filled else touched.rows | _inbox_to_draw(round, touched)
    changed = _rows(round, rows)
    if gone:
        codes = Statement.objects.filter(pk__in=gone).values_list("code", flat=True)
        changed.gone += [f"s-{code}" for code in codes]
    columns: defaultdict[tuple[int, str], list[Card]] = defaultdict(list)
    for card in cards:
        if card.row_id not in rows:
            columns[card.row_id, card.kind].append(card)
    for column in columns.values():
        # A note comes last in its column, under the notebook's lock.
        order = [(card.pk, card.code) for card in column] if fresh else _from(column[0])
        followers = {pk: f"s-{code}" for (pk, _), (_, code) in pairwise(order)}
        changed.cards += [(card, followers.get(card.pk)) for card in reversed(column)]
    return changed


def whole_hidden(round: Round) -> Difference:
    """Notes that only facilitators see, the last ones."""
    difference = Difference()
    notes = queries.unseen_notes(round)[-paging.PAGE :]
    difference.replace("hidden", get_template("boards/_hidden.html").render({"notes": notes}))
    return difference


def of_hidden(round: Round, notes: Sequence[NoteThere], *, fresh: bool = False) -> Difference:
    """Notes that only facilitators see, one by one: there where they wait or were hidden, else gone.

    `fresh` as of rows.
    """
    difference = Difference()
    asked = {note.uuid for note in notes if note.round == round.pk}
    if not asked:
        return difference
    shown = {note.uuid for note in notes if note.statement is not None and note.status == Status.ACCEPTED}
    unseen = queries.unseen_notes(round, asked - shown) if asked - shown else []
    template = get_template("boards/_note.html")
    order = [note.uuid for note in unseen] if fresh or not unseen else queries.unseen_from(round, unseen[0])
    followers = {uuid: f"n-{after}" for uuid, after in pairwise(order)}
    for note in reversed(unseen):
        html = template.render({"note": note})
        difference.put.append(("hidden", f"n-{note.uuid}", followers.get(note.uuid), html))
    seen = asked - {note.uuid for note in unseen}
    difference.drop += [f"n-{uuid}" for uuid in sorted(seen, key=str)]
    return difference


def _touched(
    round: Round, entries: Sequence[Happened], notes: Sequence[NoteThere], known: set[UUID]
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


def _inbox_to_draw(round: Round, touched: _Touched) -> set[int]:
    """The inbox is shown only where it holds something: at its first cards it comes as a whole."""
    inbox = round.inbox_id
    if inbox is None or not touched.statements:
        return set()
    stays = Statement.objects.filter(row=inbox, present=True).exclude(pk__in=touched.statements)
    return set() if stays.exists() else {inbox}


def _rows(round: Round, rows: set[int]) -> Changed:
    changed = Changed()
    if not rows:
        return changed
    drawn = queries.rows_of(round)
    follower: str | None = None
    for row in reversed(drawn):
        if row.row.pk in rows:
            changed.rows.append((row, follower))
        follower = row.id
    left = Row.objects.filter(pk__in=rows - {row.row.pk for row in drawn})
    changed.gone = [f"w-{uuid}" for uuid in left.values_list("uuid", flat=True)]
    return changed


def _from(card: Card) -> list[tuple[int, str]]:
    """Keys and codes of its column, from it on."""
    column = Statement.objects.filter(
        row=card.row_id, kind=card.kind, present=True, position__gte=card.position
    )
    return list(column.order_by("position", "pk").values_list("pk", "code"))
