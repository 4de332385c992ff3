"""What happened on a board after a position of its stream, as one event for each kind of reader."""

import json
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.template.loader import get_template
from django.utils import translation

from cahiers.boards import differences, queries
from cahiers.boards.commands import ALONE
from cahiers.boards.differences import Changed, Difference, Happened, NoteThere
from cahiers.boards.models import Board
from cahiers.boards.queries import Counts
from cahiers.boards.room import panels
from cahiers.contributions.models import Status
from cahiers.journal.models import Verb
from cahiers.journal.queries import last_position

#: Seconds that counts are carried on: what the team does to contributions elsewhere makes no entry here.
COUNTED = 10.0
#: Verbs of entries about the board or a round, after which participants have another form before them.
TURNS = (Verb.STEP, Verb.REVEAL, Verb.OPEN, Verb.CLOSE, Verb.EDIT)
#: Verbs of entries that bring a note or a person, and change nothing that was there.
NEW = (Verb.SUBMIT, Verb.JOIN)


class Level(StrEnum):
    """How much a stream tells: counts and step, what everyone may see, hidden notes too."""

    LEAN = "lean"
    FULL = "full"
    HOST = "host"


class Audience(NamedTuple):
    """Readers who are sent the same bytes."""

    level: Level
    language: str


@dataclass(frozen=True)
class Event:
    """One event of a stream; `data` is JSON. `position` is that of the newest entry it covers."""

    position: int
    kind: str
    data: str

    @cached_property
    def wire(self) -> bytes:
        """As text/event-stream, encoded once for all who are sent it."""
        return f"id: {self.position}\nevent: {self.kind}\ndata: {self.data}\n\n".encode()

    @property
    def item(self) -> str:
        """As an item of the list that a poll is answered with."""
        return f'{{"id":{self.position},"event":"{self.kind}","data":{self.data}}}'


@dataclass(frozen=True, slots=True)
class Scene:
    """A board as it was at a position of its stream, and what was counted there; None where nothing was."""

    board: Board
    position: int
    counts: Counts | None = None
    #: When all was counted, by time.monotonic(); since then, what came was added.
    counted_at: float = 0.0
    #: Whether it is known that its inbox held cards.
    filled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An event for each audience that was asked for, and the scene they lead to."""

    scene: Scene
    events: dict[Audience, Event]


def resync(position: int) -> Event:
    """Asks the page to read itself again."""
    return Event(position, "resync", "{}")


def position_of(board: Board) -> int:
    """Of the last entry in its stream: read before what is drawn, so that nothing is missed."""
    return last_position(board.stream)


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read inside is as it was at one moment.

    Without it, what is written between two questions would be drawn by halves: a card that comes before another one,
    which no event has brought yet.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        # Django's own transactions take the lock of writers on SQLite, and see each commit on PostgreSQL.
        whole = "ISOLATION LEVEL REPEATABLE READ READ ONLY"
        cursor.execute(f"BEGIN {whole if connection.vendor == 'postgresql' else 'DEFERRED'}")
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def changes(scene: Scene, after: int, audiences: Collection[Audience]) -> Rendered:
    """All that came after that position; too much of it is a request to read the page again.

    `scene` is what is known of the board, at that position or later.
    """
    with one_moment():
        return _changes(scene, after, audiences)


def _changes(scene: Scene, after: int, audiences: Collection[Audience]) -> Rendered:
    entries = differences.entries_of(scene.board.stream, after)
    if entries is None:
        board = queries.boards().get(pk=scene.board.pk)
        scene = Scene(board, position_of(board))
        return Rendered(scene=scene, events=dict.fromkeys(audiences, resync(scene.position)))
    notes = differences.notes_of(entries)
    turned = any(entry.verb in TURNS for entry in entries)
    went_on = _goes_on(scene, entries, notes)
    fresh = went_on is not None and after == scene.position and all(entry.verb in NEW for entry in entries)
    scene = went_on or _anew(scene.board, entries[-1].position if entries else after, turned)
    own = {scene.board.meeting.uuid}
    if turned:
        own.update(scene.board.rounds.order_by().values_list("uuid", flat=True))
    turned = any(entry.verb in TURNS and entry.subject in own for entry in entries)
    news = _News(entries, notes, fresh, turned)
    if any(audience.level != Level.LEAN for audience in audiences):
        news.changed = _of_rows(scene, news, own)
        inbox = scene.board.round.inbox_id if scene.board.round else None
        if any(card.row_id == inbox for card, _follower in news.changed.cards):
            scene = replace(scene, filled=True)
    events: dict[Audience, Event] = {}
    for language in {audience.language for audience in audiences}:
        levels = {audience.level for audience in audiences if audience.language == language}
        with translation.override(language):
            for level, told in _draw(scene, news, levels):
                data = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
                events[Audience(level, language)] = Event(scene.position, "change", data)
    return Rendered(scene=scene, events=events)


@dataclass(slots=True)
class _News:
    """What there is to tell."""

    entries: Sequence[Happened]
    notes: Sequence[NoteThere]
    #: Whether readers have all that came before, and nothing but notes and people came.
    fresh: bool
    #: Whether the room turned to something else, which has another form.
    turned: bool
    changed: Changed = field(default_factory=Changed)


def _of_rows(scene: Scene, news: _News, own: set[UUID]) -> Changed:
    round = scene.board.round
    if round is None:
        return Changed()
    if news.turned:
        return Changed(whole=queries.rows_of(round))
    return differences.of_rows(
        round, news.entries, news.notes, own, fresh=news.fresh, filled=news.fresh and scene.filled
    )


def _goes_on(scene: Scene, entries: Sequence[Happened], notes: Sequence[NoteThere]) -> Scene | None:
    """The scene with what came since, where that is notes, dots and people alone; None where it has to be read."""
    board, counts = scene.board, scene.counts
    fresh = [entry for entry in entries if entry.position > scene.position]
    if counts is None or time.monotonic() - scene.counted_at > COUNTED:
        return None
    if any(entry.verb not in ALONE for entry in fresh):
        return None
    subjects = {entry.subject for entry in fresh if entry.verb == Verb.SUBMIT}
    came = [note for note in notes if note.uuid in subjects and board.round and note.round == board.round.pk]
    placed = [note for note in came if note.statement is not None]
    inbox = board.round.inbox if board.round else None
    if placed and (inbox is None or not inbox.present):
        # The first of them made it.
        return None
    standing = [note for note in came if note.status == Status.ACCEPTED]
    counts = Counts(
        notes=counts.notes + len(standing),
        hidden=counts.hidden + sum(note.statement is None for note in standing),
        people=counts.people + sum(_joins(board, entry) for entry in fresh),
    )
    return replace(scene, position=fresh[-1].position if fresh else scene.position, counts=counts)


def _anew(board: Board, position: int, turned: bool) -> Scene:
    board = queries.boards().get(pk=board.pk) if turned else _as_it_stands(board)
    return Scene(board, position, queries.counts_of(board), time.monotonic())


def _as_it_stands(board: Board) -> Board:
    """Where nobody has turned to something else, the round's theme and the meeting are as they were."""
    now = Board.objects.select_related("round__inbox").get(pk=board.pk)
    now.meeting, now.notebook = board.meeting, board.notebook
    if now.round is not None and board.round is not None and now.round.theme_id == board.round.theme_id:
        now.round.board, now.round.theme = now, board.round.theme
    return now


def state_of(board: Board, counts: Counts | None = None) -> dict[str, Any]:
    """What every stream tells, and what each page holds when it is drawn."""
    counts = counts or queries.counts_of(board)
    return {
        "open": board.is_open,
        "step": board.round.step if board.round else None,
        "notes": counts.notes,
        "hidden": counts.hidden,
        "people": counts.people,
    }


def _draw(scene: Scene, news: _News, levels: set[Level]) -> Iterable[tuple[Level, dict[str, Any]]]:
    board = scene.board
    state = state_of(board, scene.counts)
    told: dict[str, Any] = {"state": state}
    head = Difference()
    if news.turned:
        told["panel"] = _panel(board)
        line = {"board": board, "round": board.round, "state": state}
        head.replace("state", get_template("boards/_state.html").render(line))
    if Level.LEAN in levels:
        hint = {"room": 1} if _is_seen(board, news.entries) else {}
        yield Level.LEAN, {**told, **hint, "put": head.put} if news.turned else {**told, **hint}
    # What is on the wall may move without anything else that changes.
    moved = any(_moves_the_wall(board, entry) for entry in news.entries)
    for level in levels - {Level.LEAN}:
        seen = news.changed.drawn(host=level is Level.HOST)
        unseen = _of_hidden(board, news) if level is Level.HOST else Difference()
        again = {"again": 1} if seen.again or moved else {}
        put = head.put + seen.put + unseen.put
        yield level, {**told, **again, "put": put, "drop": seen.drop + unseen.drop}


def _is_seen(board: Board, entries: Sequence[Happened]) -> bool:
    """Whether what participants see of the others may have changed: they are told that much, and ask for the rest."""
    if board.round is None or (board.round.revealed_at is None and board.hides):
        return any(_moves_the_wall(board, entry) for entry in entries)
    return any(entry.verb != Verb.VOTE and not _joins(board, entry) for entry in entries)


def _joins(board: Board, entry: Happened) -> bool:
    """A device joins the meeting; a note joins another note."""
    return entry.verb == Verb.JOIN and entry.subject == board.meeting.uuid


def _moves_the_wall(board: Board, entry: Happened) -> bool:
    return entry.verb == Verb.MOVE and entry.subject == board.meeting.uuid


def _panel(board: Board) -> str:
    # One's own form, late notes among it, comes with one's own page.
    told = {"board": board, "round": board.round, "panel": panels.panel_of(board), "participant": None}
    return get_template("boards/_panel.html").render(told)


def _of_hidden(board: Board, news: _News) -> Difference:
    if board.round is None:
        return Difference()
    if news.turned:
        return differences.whole_hidden(board.round)
    return differences.of_hidden(board.round, news.notes, fresh=news.fresh)
