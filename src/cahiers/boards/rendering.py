"""What changed on a board between two positions of its stream, drawn with the partials that its pages include."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.template.loader import get_template
from django.utils import translation

from cahiers.boards import queries
from cahiers.boards.models import Board, Note, Round
from cahiers.boards.room import panels
from cahiers.journal.models import Entry, Verb
from cahiers.journal.queries import entries_after
from cahiers.notebooks.models import Row, RowRevision, Statement, StatementRevision

#: Entries after which a page is asked to read the whole again: it is less than to send each change.
TOO_MANY = 1000
#: Verbs of entries about the board or a round, after which participants have another form before them.
TURNS = (Verb.STEP, Verb.REVEAL, Verb.OPEN, Verb.CLOSE, Verb.EDIT)


class Level(StrEnum):
    """How much a stream tells: counts and step, what everyone may see, hidden notes too."""

    LEAN = "lean"
    FULL = "full"
    HOST = "host"


@dataclass(slots=True)
class Change:
    """Elements to put (container, element, before which, html) and to drop, by their ids."""

    put: list[tuple[str, str, str | None, str]] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """One event a level, as text/event-stream bytes, and the position that it leads to."""

    position: int
    events: dict[Level, bytes]


def position_of(board: Board) -> int:
    """Of the last entry in its stream: read before what is drawn, so that nothing is missed."""
    last = (
        Entry.objects.filter(stream__uuid=board.stream)
        .order_by("-position")
        .values_list("position", flat=True)
    )
    return last.first() or 0


def changes(board: Board, after: int, language: str = "fr") -> Rendered:
    """All that came after that position, as one event a level; too much of it is a request to read the page again."""
    entries = list(entries_after(board.stream, after)[: TOO_MANY + 1])
    position = entries[-1].position if entries else after
    if len(entries) > TOO_MANY:
        return Rendered(position=position_of(board), events=dict.fromkeys(Level, resync(position_of(board))))
    board = Board.objects.select_related(
        "meeting__territory", "notebook__consultation", "round__theme", "round__inbox"
    ).get(pk=board.pk)
    with translation.override(language):
        return Rendered(position=position, events=_draw(board, entries, position))


def resync(position: int) -> bytes:
    return b"id: %d\nevent: resync\ndata: {}\n\n" % position


def state_of(board: Board) -> dict[str, Any]:
    """What every stream tells, and what each page holds when it is drawn."""
    counts = queries.counts_of(board.round) if board.round else None
    return {
        "open": board.is_open,
        "round": str(board.round.uuid) if board.round else None,
        "step": board.round.step if board.round else None,
        "ends_at": board.ends_at.isoformat() if board.ends_at else None,
        "shown": str(board.shown) if board.shown else None,
        "notes": counts.notes if counts else 0,
        "hidden": counts.hidden if counts else 0,
        "late": counts.late if counts else 0,
        "people": counts.people if counts else board.participants.count(),
    }


def _draw(board: Board, entries: list[Entry], position: int) -> dict[Level, bytes]:
    told: dict[str, Any] = {"state": state_of(board)}
    own = {board.meeting.uuid, *board.rounds.values_list("uuid", flat=True)}
    turned = any(entry.verb in TURNS and entry.subject in own for entry in entries)
    events = {}
    if turned:
        told["panel"] = _panel(board)
    events[Level.LEAN] = _encode(position, told)
    for level in (Level.FULL, Level.HOST):
        change = _changed(board, entries, turned, level)
        events[level] = _encode(position, {**told, "put": change.put, "drop": change.drop})
    return events


def _encode(position: int, told: dict[str, Any]) -> bytes:
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return f"id: {position}\nevent: change\ndata: {data}\n\n".encode()


def _panel(board: Board) -> str:
    told = {"board": board, "round": board.round, "panel": panels.panel_of(board)}
    return get_template("boards/_panel.html").render(told)


def _changed(board: Board, entries: list[Entry], turned: bool, level: Level) -> Change:
    change = Change()
    if board.round is None:
        return change
    if turned:
        rows = queries.rows_of(board.round)
        change.put.append(("board", "rows", None, get_template("boards/_rows.html").render({"rows": rows})))
        if level is Level.HOST:
            change.put.append(("aside", "hidden", None, _hidden_list(board.round)))
        return change
    touched = _touched(entries)
    _put_rows(change, board.round, touched)
    if level is Level.HOST:
        _put_notes(change, board.round, touched)
    return change


@dataclass(slots=True)
class Touched:
    """Rows to draw again, statements that are new in theirs, notes."""

    rows: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)
    notes: set[UUID] = field(default_factory=set)


def _touched(entries: Iterable[Entry]) -> Touched:
    """What the entries are about, and all that their commands changed beside it."""
    touched = Touched()
    subjects = {entry.subject for entry in entries}
    commands = {entry.command for entry in entries if entry.command}
    revisions: defaultdict[int, list[StatementRevision]] = defaultdict(list)
    for one in StatementRevision.objects.filter(command__in=commands).select_related("statement"):
        revisions[one.statement_id].append(one)
    previous = _rows_before(revisions)
    for statement, made in revisions.items():
        if statement in previous or not made[-1].statement.present:
            touched.rows |= {previous.get(statement, made[-1].row_id), made[-1].statement.row_id}
        else:
            touched.added.add(statement)
    touched.rows.update(RowRevision.objects.filter(command__in=commands).values_list("row_id", flat=True))
    touched.rows.update(Row.objects.filter(uuid__in=subjects).values_list("pk", flat=True))
    cards = Statement.objects.filter(uuid__in=subjects).exclude(pk__in=touched.added)
    touched.rows.update(cards.values_list("row_id", flat=True))
    notes = Note.objects.filter(uuid__in=subjects).values_list("uuid", "statement", "statement__row")
    for uuid, joined, row in notes:
        touched.notes.add(uuid)
        if joined is not None and joined not in touched.added:
            touched.rows.add(row)
    return touched


def _rows_before(revisions: dict[int, list[StatementRevision]]) -> dict[int, int]:
    """For each statement that is not new, the row where it stood before."""
    wanted = {(pk, min(one.number for one in made) - 1) for pk, made in revisions.items()}
    found = StatementRevision.objects.filter(
        statement__in=[pk for pk, number in wanted if number > 0]
    ).values_list("statement", "number", "row")
    return {pk: row for pk, number, row in found if (pk, number) in wanted}


def _put_rows(change: Change, round: Round, touched: Touched) -> None:
    """Rows whole where something in them moved; cards alone where they are only added at the end of theirs."""
    added = Statement.objects.filter(pk__in=touched.added, present=True, row__stage=round.stage)
    cards = queries.cards_of(round, added.filter(row__theme=round.theme_id)) if touched.added else []
    whole = touched.rows | {card.statement.row_id for card in cards if _is_first(card, touched)}
    if whole:
        order = queries.rows_of(round)
        ids = [row.id for row in order]
        present = {row.row.pk for row in order}
        template = get_template("boards/_row.html")
        for place, row in enumerate(order):
            if row.row.pk in whole:
                follower = ids[place + 1] if place + 1 < len(ids) else None
                change.put.append(("rows", row.id, follower, template.render({"row": row})))
        gone = Row.objects.filter(pk__in=whole - present).values_list("uuid", flat=True)
        change.drop += [f"w-{uuid}" for uuid in gone]
    template = get_template("boards/_card.html")
    for card in cards:
        if card.statement.row_id not in whole:
            place_ = f"l-{card.statement.row.uuid}-{card.statement.kind}"
            change.put.append((place_, card.id, None, template.render({"card": card})))


def _is_first(card: queries.Card, touched: Touched) -> bool:
    """Whether its row showed nothing before, and so was not drawn."""
    others = Statement.objects.filter(row=card.statement.row_id, present=True)
    return not others.exclude(pk__in=touched.added).exists()


def _put_notes(change: Change, round: Round, touched: Touched) -> None:
    """Hidden notes one by one, for facilitators."""
    if not touched.notes:
        return
    template = get_template("boards/_note.html")
    unseen = {note.uuid: note for note in queries.unseen_notes(round)}
    for uuid in sorted(touched.notes, key=str):
        if uuid in unseen:
            change.put.append(("hidden", f"n-{uuid}", None, template.render({"note": unseen[uuid]})))
        else:
            change.drop.append(f"n-{uuid}")


def _hidden_list(round: Round) -> str:
    return get_template("boards/_hidden.html").render({"notes": queries.unseen_notes(round)})
