"""Finds the column of each piece of a stage's rows: the likeliest cuts of every row, given what the others teach."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add
from typing import Final, TypeVar

from cahiers.documents.matching import FEEDBACK_COLUMN
from cahiers.documents.readers.txt.evidence import Span, breaks, content_scores, span_of, width_of
from cahiers.documents.readers.txt.fragments import Piece
from cahiers.documents.readers.txt.metrics import metric_for
from cahiers.documents.readers.txt.pieces import RowPieces
from cahiers.methods import Stage

ROUNDS: Final = 5
#: Statements over several lines by which the face is found.
SAMPLE: Final = 150
#: How many pieces what is usual counts for.
PRIOR: Final = 6.0
#: How often cells are empty: those of a statement, and those that cite feedback sheets.
EMPTY_CELL: Final = 0.06
EMPTY_FEEDBACK: Final = 0.3
FUSED: Final = 6.0
#: A cell of one line stands on the first line of its neighbour, so the two are fused unless something parts them.
ALONE: Final = -1.5
NAMED: Final = 6.0
NEW_PAGE: Final = -0.4
#: Margin where no other column comes into question.
SURE: Final = 99.0
NEVER: Final = -1e6


Mark = TypeVar("Mark")


@dataclass(slots=True)
class Place:
    """Column index of a piece, how much better it is than the next best one, and what tells the two apart."""

    column: int
    margin: float
    rival: int
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Lesson:
    """What the rows of a stage teach about each other."""

    columns: Sequence[str]
    widths: list[float | None]
    #: Probability that a cell of the column goes on after a piece.
    stays: list[float]
    #: Logarithm of the probability that a cell of the column is empty.
    empties: list[float]
    #: Log odds that a cell begins at a piece, by its gap and by the spaces before it.
    gaps: Mapping[int, float] = field(default_factory=lambda: {-1: -2.0, 0: -0.8, 1: 2.0})
    spaces: Mapping[bool, float] = field(default_factory=lambda: {False: -0.1, True: 1.2})
    fuses: bool = False


@dataclass(slots=True)
class Row:
    """A row's pieces with what is known of each whatever the others are."""

    pieces: Sequence[Piece]
    spans: Sequence[Span]
    contents: Sequence[Sequence[float]]
    #: The most that a gap can say here: where there are more gaps than columns, authors left some inside cells.
    gap_cap: float = math.inf


def place(
    rows: Sequence[RowPieces],
    columns: Sequence[str],
    stage: Stage,
    known: Mapping[str, frozenset[str]],
    carried: frozenset[str] = frozenset(),
) -> list[list[Place]]:
    """Column of each piece of each row.

    `known` has the kinds of statements met in earlier stages, by folded text; `carried` the kinds that those had.
    """
    wrapped = [found for row in rows for piece in row.pieces if len(found := breaks(piece.lines)) > 1]
    measure = metric_for(wrapped[:SAMPLE])
    prepared = [
        Row(
            row.pieces,
            [span_of(piece, measure) for piece in row.pieces],
            [content_scores(piece, columns, stage, known) for piece in row.pieces],
            _gap_cap(row.pieces, len(columns)),
        )
        for row in rows
    ]
    stays = [_usual_stay(column, stage, carried) for column in columns]
    empties = [EMPTY_FEEDBACK if column == FEEDBACK_COLUMN else EMPTY_CELL for column in columns]
    lesson = Lesson(
        columns,
        [None] * len(columns),
        stays,
        [math.log(empty) for empty in empties],
        fuses=any(p.fused for row in rows for p in row.pieces[1:]),
    )
    placed: list[list[Place]] = []
    for _ in range(ROUNDS):
        before, placed = placed, [_place_row(row, columns, lesson) for row in prepared]
        if [[p.column for p in row] for row in before] == [[p.column for p in row] for row in placed]:
            break
        lesson = _learn(prepared, placed, stays, empties, lesson)
    return placed


def _gap_cap(pieces: Sequence[Piece], columns: int) -> float:
    gaps = sum(1 for piece in pieces[1:] if piece.gap > 0)
    inside = (gaps - (columns - 1)) / max(len(pieces) - columns, 1)
    return math.log(0.6 / min(inside, 0.6)) if inside > 0 else math.inf


def _usual_stay(column: str, stage: Stage, carried: frozenset[str]) -> float:
    """Cells usually hold two or three pieces; those that carry an earlier stage's statement on, often one."""
    if column == FEEDBACK_COLUMN:
        return 0.3
    return 0.35 if column in carried else 0.65


def _learn(
    rows: Sequence[Row],
    placed: Sequence[Sequence[Place]],
    stays: Sequence[float],
    empties: Sequence[float],
    lesson: Lesson,
) -> Lesson:
    """What a placing of the pieces says about columns and marks, on top of what is usual."""
    columns = range(len(stays))
    spans: list[list[Span]] = [[] for _ in stays]
    gaps = {True: {-1: 0.3, 0: 4.0, 1: 3.7}, False: {-1: 1.0, 0: 8.5, 1: 0.5}}
    spaces = {True: {False: 8.0, True: 2.0}, False: {False: 9.4, True: 0.6}}
    stayed = [PRIOR * stay for stay in stays]
    left = [PRIOR * (1 - stay) for stay in stays]
    unfilled = [PRIOR * empty for empty in empties]
    for row, places in zip(rows, placed, strict=True):
        for column in set(columns) - {spot.column for spot in places}:
            unfilled[column] += 1
        for index, spot in enumerate(places):
            goes_on = index + 1 < len(places) and places[index + 1].column == spot.column
            stayed[spot.column] += goes_on
            left[spot.column] += not goes_on
        for index, (piece, spot) in enumerate(zip(row.pieces, places, strict=True)):
            spans[spot.column].append(row.spans[index])
            if index and not piece.fused:
                begins = spot.column != places[index - 1].column
                gaps[begins][piece.gap] += 1
                spaces[begins][piece.spaced] += 1
    return Lesson(
        lesson.columns,
        [width_of(own) for own in spans],
        [stayed[column] / (stayed[column] + left[column]) for column in columns],
        [math.log(count / (len(rows) + PRIOR)) for count in unfilled],
        {gap: _odds(gaps[True], gaps[False], gap) for gap in (-1, 0, 1)},
        {mark: _odds(spaces[True], spaces[False], mark) for mark in (False, True)},
        fuses=lesson.fuses,
    )


def _odds(begins: Mapping[Mark, float], goes_on: Mapping[Mark, float], mark: Mark) -> float:
    return math.log(begins[mark] / sum(begins.values())) - math.log(goes_on[mark] / sum(goes_on.values()))


def _place_row(row: Row, columns: Sequence[str], lesson: Lesson) -> list[Place]:
    """Best columns of a row's pieces by dynamic programming, columns coming one after the other.

    A state is (column, whether the piece begins its cell).
    """
    if not row.pieces:
        return []
    fits = [_fits(row, index, lesson) for index in range(len(row.pieces))]
    skips = _skips(lesson)
    steps = [_steps(row, index, skips, lesson) for index in range(1, len(row.pieces))]
    forward = _forward(fits, steps, skips)
    backward = _backward(fits, steps, skips, lesson)
    total = len(columns)
    places = []
    for index in range(len(row.pieces)):
        sums = list(map(add, forward[index], backward[index]))
        best = list(map(max, sums[::2], sums[1::2]))
        order = sorted(range(total), key=lambda c: -best[c])
        rival = order[1] if total > 1 else order[0]
        margin = best[order[0]] - best[rival] if total > 1 else math.inf
        places.append(Place(order[0], margin, rival, _evidence(row, index, order[0], rival, lesson)))
    return places


def _evidence(row: Row, index: int, column: int, rival: int, lesson: Lesson) -> dict[str, float]:
    """What speaks for a column rather than for its rival, by kind of sign."""
    widths = [
        row.spans[index].fit(width) if (width := lesson.widths[c]) is not None else 0.0
        for c in (column, rival)
    ]
    contents = row.contents[index]
    return {"largeur des lignes": widths[0] - widths[1], "tournure": contents[column] - contents[rival]}


def _fits(row: Row, index: int, lesson: Lesson) -> list[float]:
    scores = list(row.contents[index])
    if row.pieces[index].named in lesson.columns:
        scores[lesson.columns.index(row.pieces[index].named)] += NAMED
    for column, width in enumerate(lesson.widths):
        if width is not None:
            scores[column] += row.spans[index].fit(width)
    return scores


def _skips(lesson: Lesson) -> list[float]:
    """Score of leaving the columns before each one empty; the last is that of leaving all."""
    return [0.0, *accumulate(lesson.empties)]


def _steps(row: Row, index: int, skips: Sequence[float], lesson: Lesson) -> list[list[float]]:
    """Score of piece `index` in each column, by the state of its forerunner."""
    piece, forerunner = row.pieces[index], row.pieces[index - 1]
    total = len(lesson.stays)
    if piece.chunk != forerunner.chunk:
        # A page begins anew at the row's left.
        return [[NEW_PAGE * (1 + column) for column in range(total)]] * (2 * total)
    stayed = -FUSED if piece.fused else 0.0
    begins = [_begins(piece, row, single, lesson) for single in (False, len(forerunner.lines) == 1)]
    steps = []
    for before, stay in enumerate(lesson.stays):
        leave = math.log(1 - stay) - skips[before + 1]
        for first in (0, 1):
            score = leave + begins[first]
            after = [score + skip for skip in skips[before + 1 : total]]
            steps.append([*[NEVER] * before, math.log(stay) + stayed, *after])
    return steps


def _begins(piece: Piece, row: Row, single: bool, lesson: Lesson) -> float:
    """Score of a cell that begins at the piece; `single` says that the one before it is of one line."""
    if piece.fused:
        return FUSED if single else -FUSED
    alone = ALONE if single and lesson.fuses and piece.gap <= 0 else 0.0
    return alone + min(lesson.gaps[piece.gap], row.gap_cap) + lesson.spaces[piece.spaced]


def _forward(
    fits: Sequence[Sequence[float]], steps: Sequence[Sequence[Sequence[float]]], skips: Sequence[float]
) -> list[list[float]]:
    """Best score of the pieces up to each one, by its state."""
    total = len(fits[0])
    first = [NEVER] * (2 * total)
    first[1::2] = [skip + fit for skip, fit in zip(skips, fits[0], strict=False)]
    table = [first]
    for own, step in zip(fits[1:], steps, strict=True):
        last, now = table[-1], [NEVER] * (2 * total)
        for state, score in enumerate(last):
            if score <= NEVER / 2:
                continue
            before = state // 2
            scores = step[state]
            for column in range(total):
                state_after = 2 * column + (column != before)
                found = score + scores[column] + own[column]
                if found > now[state_after]:
                    now[state_after] = found
        table.append(now)
    return table


def _backward(
    fits: Sequence[Sequence[float]],
    steps: Sequence[Sequence[Sequence[float]]],
    skips: Sequence[float],
    lesson: Lesson,
) -> list[list[float]]:
    """Best score of the pieces after each one, by its state."""
    total = len(fits[0])
    ends = [skips[total] - skips[column + 1] + math.log(1 - stay) for column, stay in enumerate(lesson.stays)]
    table = [[end for end in ends for _ in (0, 1)]]
    for own, step in zip(reversed(fits[1:]), reversed(steps), strict=True):
        after = table[-1]
        # A piece in another column than its forerunner begins its cell.
        goes_on = [score + fit for score, fit in zip(after[::2], own, strict=True)]
        begins = [score + fit for score, fit in zip(after[1::2], own, strict=True)]
        now = []
        for state, scores in enumerate(step):
            found = list(map(add, scores, begins))
            found[state // 2] = scores[state // 2] + goes_on[state // 2]
            now.append(max(found))
        table.append(now)
    return table[::-1]
