"""What the page of the run mode shows beside the board itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from rapidfuzz import fuzz, process

from cahiers.boards import paging, queries
from cahiers.boards.actions import carrying, closing
from cahiers.boards.host import sheets
from cahiers.boards.models import LONGEST_NOTE, Board, Note, Round, Step
from cahiers.boards.queries import Card, RowOfRound
from cahiers.boards.room.neighbours import NEAR
from cahiers.boards.room.panels import name_of
from cahiers.contributions.models import Status
from cahiers.documents.matching import fold
from cahiers.methods import Stage
from cahiers.notebooks.editing.places import excerpt
from cahiers.notebooks.models import Link, Sameness

#: Pairs of near cards shown at once, and cards of a kind compared: a pair takes 2 µs, all of 400 a third of a second.
PAIRS, COMPARED = 4, 400
#: Steps at which cards are brought together.
PAIRING = (Step.REVEAL, Step.GROUP)
#: Late notes that are read over at once.
LATE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A stage in the agenda; `present` where the room works on it, `done` themes that it was revealed for."""

    stage: Stage
    prompts: tuple[str, ...]
    present: bool
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People who joined for a category."""

    label: str
    came: closing.Came


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A row, by its uuid, or a card that is in none yet, by its code: to vote for by hand or to carry on."""

    key: UUID | str
    name: str
    dots: int
    carried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """The last notes that came too late, and how many more there are."""

    last: list[Note]
    more: int


def agenda_of(board: Board) -> list[Work]:
    method = board.notebook.consultation.method
    opening = method.feedback.prompts if method.feedback else ()
    revealed = list(board.rounds.exclude(revealed_at=None).values_list("stage", flat=True))
    return [
        Work(
            stage=stage,
            prompts=stage.prompts or (opening if stage.cites_feedback else ()),
            present=board.round is not None and board.round.stage == stage.key,
            done=revealed.count(stage.key),
        )
        for stage in method.stages
    ]


def about(board: Board, words: str = "", number: str = "") -> dict[str, Any]:
    """All but what every page of a board is given. `number` is the page of the board; "" for what is on the wall."""
    round = board.round
    method = board.notebook.consultation.method
    stage = method.stage(round.stage) if round else None
    rows = queries.rows_of(round) if round else []
    screen = paging.screen_of(rows, board.screen)
    page = paging.page_of(rows, number or paging.page_with(rows, screen))
    unseen = queries.unseen_notes(round) if round else []
    shown = queries.sheets_shown(board)
    votes = round is not None and round.step in (Step.VOTE, Step.DECIDE)
    following = carrying.next_stage(board, round.stage) if round else None
    return {
        "host": True,
        "rows": page[0],
        "page": page,
        "screen": screen,
        "stage": stage,
        "agenda": agenda_of(board),
        "themes": list(board.notebook.themes.order_by("order")),
        "steps": Step.choices,
        "hidden": unseen[-paging.PAGE :],
        "earlier": max(0, len(unseen) - paging.PAGE),
        "late": late_notes(board),
        "groups": groups_of(board),
        "categories": method.categories,
        "targets": [(row.row.uuid, excerpt(name_of(row))) for row in rows if not row.inbox],
        "inbox": inbox_of(round) if round else None,
        "votes": votes,
        "choices": choices_of(page[0]) if votes else [],
        "carriable": _carriable(page[0], following) if following else [],
        "following": method.stage(following) if following else None,
        "pairs": pairs_of(rows) if round and round.step in PAIRING else [],
        "offered": sheets.offered(board, shown, words) if method.feedback else [],
        "feedback": method.feedback,
        "sheets": shown,
        "words": words,
        "longest": LONGEST_NOTE,
    }


def inbox_of(round: Round) -> UUID | None:
    """Where cards go back to that are taken out of their row."""
    return round.inbox.uuid if round.inbox is not None and round.inbox.present else None


def groups_of(board: Board) -> list[Group]:
    """People by category in the method's order, those who said none last; only categories that someone joined for."""
    came = closing.counted(board)
    labels = {one.key: one.short_label for one in board.notebook.consultation.method.categories}
    found = [Group(label=label, came=came[key]) for key, label in labels.items() if key in came]
    return [*found, *([Group(label="", came=came[""])] if "" in came else [])]


def late_notes(board: Board) -> Late:
    """Those that came after their step, and stand."""
    late = board.notes.filter(late=True, contribution__status=Status.ACCEPTED)
    last = list(late.select_related("contribution__current", "round__theme").order_by("-position")[:LATE])
    return Late(last=last[::-1], more=max(0, late.count() - LATE))


def choices_of(rows: list[RowOfRound]) -> list[Choice]:
    """What hands can be raised for: rows that people made, and cards in none."""
    found = []
    for row in rows:
        if row.inbox:
            found += [Choice(key=card.code, name=excerpt(card.text), dots=card.dots) for card in row.cards]
        else:
            found.append(Choice(key=row.row.uuid, name=excerpt(name_of(row)), dots=row.dots))
    return found


def _carriable(rows: list[RowOfRound], following: str) -> list[Choice]:
    """Rows by their dots, those that have some first; one that was carried already says so."""
    carried = set(
        Link.objects.filter(
            Q(source__row__stage=following, source__present=True),
            kind=Sameness.RESTATES,
            target__row__in=[row.row for row in rows],
        ).values_list("target__row__uuid", flat=True)
    )
    found = [
        Choice(
            key=row.row.uuid,
            name=excerpt(name_of(row)),
            dots=row.dots + sum(card.dots for card in row.cards),
            carried=row.row.uuid in carried,
        )
        for row in rows
        if not row.inbox and row.cards
    ]
    return sorted(found, key=lambda choice: -choice.dots)


def pairs_of(rows: list[RowOfRound]) -> list[tuple[Card, Card]]:
    """Cards of the same column that say almost the same, the nearest first; a person decides."""
    cards: dict[str, list[Card]] = {}
    for row in rows:
        for card in row.cards:
            cards.setdefault(card.kind, []).append(card)
    found: list[tuple[float, Card, Card]] = []
    for several in cards.values():
        compared = several[:COMPARED]
        texts = [fold(card.text) for card in compared]
        near = process.cdist(texts, texts, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR)
        for first, second in zip(*near.nonzero(), strict=True):
            if first < second:
                found.append((float(near[first][second]), compared[first], compared[second]))
    found.sort(key=lambda pair: -pair[0])
    return [(first, second) for _score, first, second in found[:PAIRS]]
