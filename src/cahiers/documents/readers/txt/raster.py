"""Finds the columns of blocks of lines that come from the top of a row downwards, and from left to right."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cahiers.documents.items import NUMBERS
from cahiers.documents.matching import FEEDBACK_COLUMN
from cahiers.documents.readers.txt.evidence import Span, breaks, content_scores, span_of, width_of
from cahiers.documents.readers.txt.fragments import OPEN_END, Piece
from cahiers.documents.readers.txt.metrics import Metric, metric_for
from cahiers.documents.readers.txt.pieces import RowPieces
from cahiers.documents.readers.txt.placing import EMPTY_CELL, EMPTY_FEEDBACK, NAMED, SAMPLE, SURE, Place
from cahiers.methods import Stage

ROUNDS: Final = 4
#: States kept at a block: so many, and fewer in long texts.
BEAM: Final = 40
BEAM_WORK: Final = 40_000
#: Space between two statements of a cell, in lines: a common one.
SPACE: Final = 0.3
#: Blocks are level where their tops are less apart than that, in lines.
LEVEL: Final = 0.5
# Scores are natural logarithms of odds, roughly.
BACK: Final = -3.0
RETURN: Final = -1.2
SKIP: Final = -2.5
DOWN: Final = -1.2
UP: Final = -0.5
ABOVE: Final = -1.2
LATE: Final = -2.5
PASS: Final = -0.4
SAME: Final = -2.5
SAME_IN_CROWD: Final = -0.5
UNKNOWN_WIDTH: Final = -0.3
NOTHING_TO_GO_ON: Final = -6.0
#: Words among cited sheets, in a text that numbers these.
WORDS_CITED: Final = -4.0
#: A fragment after a statement that ends like one, and after one that does not.
CLOSED: Final = -1.0
OPEN: Final = 1.5
LEFT_OPEN: Final = -2.0
CAPITAL: Final = -0.5


@dataclass(slots=True)
class _Block:
    """Pieces with nothing between; they stand in one column. `lines` counts theirs with the space around them."""

    first: int
    pieces: list[Piece]
    spans: list[Span]
    contents: list[float]
    lines: float

    @property
    def fragment(self) -> bool:
        return self.pieces[0].goes_on and not self.pieces[0].bulleted


@dataclass(frozen=True, slots=True)
class _State:
    """Blocks up to one set in columns: how far down the page each column goes, and which piece ends it."""

    score: float
    heights: tuple[float, ...]
    tails: tuple[Piece | None, ...]
    top: float = 0.0
    column: int = -1
    before: "_State | None" = None


def place_blocks(
    rows: Sequence[RowPieces], columns: Sequence[str], stage: Stage, known: Mapping[str, frozenset[str]]
) -> list[list[Place]]:
    """Column of each piece of each row; `known` has the kinds of statements met in earlier stages."""
    wrapped = [found for row in rows for piece in row.pieces if len(found := breaks(piece.lines)) > 1]
    measure = metric_for(wrapped[:SAMPLE])
    blocks = [_blocks(row, columns, stage, known, measure) for row in rows]
    if FEEDBACK_COLUMN in columns and any(
        _words(block) < len(block.pieces) for row in blocks for block in row
    ):
        cited = columns.index(FEEDBACK_COLUMN)
        for block in (block for row in blocks for block in row if not block.fragment):
            block.contents[cited] += WORDS_CITED * _words(block)
    # Where theme cells follow each other, what comes next is of several rows, column after column.
    crowds = [bool(index and not blocks[index - 1]) for index in range(len(rows))]
    beam = max(4, min(BEAM, BEAM_WORK // (sum(map(len, blocks)) or 1)))
    widths: list[float | None] = [None] * len(columns)
    placed: list[list[Place]] = []
    for _ in range(ROUNDS):
        before = placed
        search = _Search(columns, widths, measure, beam)
        placed = []
        for row, own, crowded in zip(rows, blocks, crowds, strict=True):
            if row.chunk <= 1:
                search.heads = [None] * len(columns)
            placed.append(search.row(own, crowded))
            for piece, spot in zip(row.pieces, placed[-1], strict=True):
                search.heads[spot.column] = piece
        if [[p.column for p in row] for row in before] == [[p.column for p in row] for row in placed]:
            break
        widths = _widths(blocks, placed, len(columns))
    return placed


def _blocks(
    row: RowPieces, columns: Sequence[str], stage: Stage, known: Mapping[str, frozenset[str]], measure: Metric
) -> list[_Block]:
    found: list[_Block] = []
    for index, piece in enumerate(row.pieces):
        if not found or piece.block != found[-1].pieces[-1].block or piece.named:
            found.append(_Block(index, [], [], [0.0] * len(columns), 0.0))
        block = found[-1]
        scores = content_scores(piece, columns, stage, known)
        if piece.named in columns:
            scores[columns.index(piece.named)] += NAMED
        elif piece.barred and not block.pieces:
            scores = [
                score - NAMED * (column in piece.barred)
                for score, column in zip(scores, columns, strict=True)
            ]
        if not block.pieces and piece.goes_on and not piece.bulleted:
            scores = [0.0] * len(columns)
        block.pieces.append(piece)
        block.spans.append(span_of(piece, measure))
        block.contents = [a + b for a, b in zip(block.contents, scores, strict=True)]
        block.lines += len(piece.lines) + SPACE
    return found


def _words(block: _Block) -> int:
    """How many of the pieces are no numbers of sheets."""
    return sum(1 for piece in block.pieces if not NUMBERS.fullmatch(piece.text))


def _widths(
    blocks: Sequence[Sequence[_Block]], placed: Sequence[Sequence[Place]], columns: int
) -> list[float | None]:
    spans: list[list[Span]] = [[] for _ in range(columns)]
    for row, places in zip(blocks, placed, strict=True):
        for block in row:
            spans[places[block.first].column] += block.spans
    return [width_of(own) for own in spans]


class _Search:
    """Search for the likeliest columns of a row's blocks, the best states being kept at each."""

    def __init__(
        self, columns: Sequence[str], widths: Sequence[float | None], measure: Metric, beam: int
    ) -> None:
        self.columns = columns
        self.widths = widths
        self.measure = measure
        self.beam = beam
        self.same = SAME
        #: The last piece of each column in the rows before, of the same table.
        self.heads: list[Piece | None] = [None] * len(columns)
        self.empties = [
            math.log(EMPTY_FEEDBACK if column == FEEDBACK_COLUMN else EMPTY_CELL) for column in columns
        ]

    def row(self, blocks: Sequence[_Block], crowded: bool) -> list[Place]:
        """Places of a row's pieces; of several rows' where it is `crowded`."""
        self.same = SAME_IN_CROWD if crowded else SAME
        if not blocks:
            return []
        total = len(self.columns)
        states = [_State(0.0, (0.0,) * total, (None,) * total)]
        chunk = blocks[0].pieces[0].chunk
        for block in blocks:
            if block.pieces[0].chunk != chunk:
                chunk = block.pieces[0].chunk
                states = [_State(s.score, (0.0,) * total, s.tails, before=s.before and s) for s in states]
            states = self._next(states, block)
        ends = sorted(
            ((state.score + self._emptied(state), state) for state in states), key=lambda end: -end[0]
        )
        return self._places(blocks, ends)

    def _emptied(self, state: _State) -> float:
        return sum(empty for tail, empty in zip(state.tails, self.empties, strict=True) if tail is None)

    def _next(self, states: Sequence[_State], block: _Block) -> list[_State]:
        fits = [self._fit(block, column) for column in range(len(self.columns))]
        best: dict[tuple[tuple[float, ...], int], _State] = {}
        for state in states:
            for column, fit in enumerate(fits):
                score = state.score + fit + self._step(state, block, column)
                height = state.heights[column]
                heights = (*state.heights[:column], height + block.lines, *state.heights[column + 1 :])
                other = best.get((heights, column))
                if other is None or other.score < score:
                    tails = (*state.tails[:column], block.pieces[-1], *state.tails[column + 1 :])
                    best[heights, column] = _State(score, heights, tails, height, column, state)
        return sorted(best.values(), key=lambda state: -state.score)[: self.beam]

    def _fit(self, block: _Block, column: int) -> float:
        width = self.widths[column]
        spread = sum(span.fit(width) if width is not None else UNKNOWN_WIDTH for span in block.spans)
        return block.contents[column] + spread

    def _step(self, state: _State, block: _Block, column: int) -> float:
        """Score of a block in a column after those before it."""
        score = 0.0
        if not block.pieces[0].named and not (block.fragment and column == state.column):
            score = self._order(state, block, column)
        tail = state.tails[column]
        if block.fragment:
            before = self.heads[column]
            if tail is None and before is not None and before.chunk < block.pieces[0].chunk:
                tail = before
            return score + (NOTHING_TO_GO_ON if tail is None else self._joint(tail, block.pieces[0], column))
        if tail is not None and OPEN_END.search(tail.lines[-1]):
            score += LEFT_OPEN
        return score

    def _order(self, state: _State, block: _Block, column: int) -> float:
        """Score of a block's place after the last one: cells begin from left to right, and then go on downwards."""
        last, tails = state.column, state.tails
        if last < 0:
            return 0.0
        if column == last:
            return self.same
        top = state.heights[column]
        if tails[column] is None and any(tail is not None for tail in tails[column + 1 :]):
            return LATE
        if column < last:
            return RETURN if top - state.top > LEVEL else BACK
        score = sum(SKIP if tail is None else PASS for tail in tails[last + 1 : column])
        if abs(top - state.top) <= LEVEL:
            return score
        if top > state.top:
            return score + DOWN
        return score + (UP if top + block.lines > state.top else ABOVE)

    def _joint(self, tail: Piece, piece: Piece, column: int) -> float:
        """Score of a fragment that goes on with a statement: the line before it must be full."""
        score = OPEN if OPEN_END.search(tail.lines[-1]) else CLOSED
        if piece.lines[0][:1].isupper():
            score += CAPITAL
        width = self.widths[column]
        joint = breaks((tail.lines[-1], piece.lines[0]))
        if width is None or not joint:
            return score
        return score + Span(self.measure(joint[0][0]), max(self.measure(joint[0][1]), 0.1)).fit(width)

    def _places(self, blocks: Sequence[_Block], ends: Sequence[tuple[float, _State]]) -> list[Place]:
        """Places by the best end, each with the best column of the other ends."""
        paths = [(score, _path(state)) for score, state in ends]
        best, columns = paths[0]
        places: list[Place] = []
        for index, block in enumerate(blocks):
            other = next(
                ((score, path[index]) for score, path in paths if path[index] != columns[index]), None
            )
            score, rival = other or (best - SURE, columns[index])
            spot = Place(columns[index], best - score, rival, self._evidence(block, columns[index], rival))
            places += [spot] * len(block.pieces)
        return places

    def _evidence(self, block: _Block, column: int, rival: int) -> dict[str, float]:
        content = block.contents[column] - block.contents[rival]
        fit = self._fit(block, column) - self._fit(block, rival) - content
        return {"largeur des lignes": fit, "tournure": content}


def _path(state: _State) -> list[int]:
    columns: list[int] = []
    here: _State | None = state
    while here is not None and here.before is not None:
        if here.column >= 0:
            columns.append(here.column)
        here = here.before
    return columns[::-1]
