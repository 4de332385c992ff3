"""Gives statements that a page's end cuts the fragments that open the next page, whatever order these come in."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from cahiers.documents.matching import fold
from cahiers.documents.model import OTHER_READING, Warning
from cahiers.documents.readers.txt.evidence import WORD
from cahiers.documents.readers.txt.fragments import OPEN_END, Piece, join
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.pieces import RowPieces
from cahiers.documents.readers.txt.placing import Place

# Scores are natural logarithms of odds, roughly.
OPEN: Final = 2.5
CLOSED: Final = -2.5
CAPITAL: Final = -2.0
LOWER: Final = 0.5
#: The two make a statement that the text has elsewhere; the first is one without the second.
KNOWN: Final = 5.0
COMPLETE: Final = -2.5
#: The last and first word follow each other elsewhere.
PAIR: Final = 1.5
#: Score lost for a tenth of the width that the head's last line leaves free, and at most.
FREE: Final = (1.0, 4.0)
SAME_COLUMN: Final = 1.0
CROSSED: Final = -1.5
LEFT: Final = -1.5
#: A statement seldom goes on with a gap between on the same page.
APART: Final = -2.5
#: Another reading is given where it is no less likely than that.
NEAR: Final = 7.0
OTHERS: Final = 3
NEVER: Final = -1e6
#: More than so many columns are not cut at once.
MOST: Final = 12
#: No table of a theme has as many statements.
MAX_PIECES: Final = 1_500
OTHERWISE: Final = f"{OTHER_READING} d’un énoncé coupé par la fin d’une page."
END: Final = re.compile(r"[.!?…]$")


def word_pairs(lines: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Words that follow each other on a line."""
    return frozenset(pair for line in lines for pair in pairwise(line.lower().split()))


@dataclass(frozen=True, slots=True)
class Usage:
    """What the text says elsewhere: words that follow each other on a line, and how often each statement, folded."""

    pairs: frozenset[tuple[str, str]]
    wholes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Spot:
    """A piece with where it stands: its row, its index there and its place."""

    row: int
    at: int
    piece: Piece
    place: Place


@dataclass(frozen=True, slots=True)
class _Match:
    """Which head each fragment was given, None for none, and what that is worth."""

    score: float = 0.0
    heads: tuple[int | None, ...] = ()
    taken: frozenset[int] = frozenset()
    last: int = -1


@dataclass(slots=True)
class Mender:
    """Mends the rows of one table; `widest` is how wide each column's lines are, `trust` what its places are worth."""

    rows: Sequence[RowPieces]
    places: list[list[Place]]
    usage: Usage
    widest: Sequence[float]
    trust: float = SAME_COLUMN
    others: list[Warning] = field(default_factory=list)

    def mend(self) -> list[Warning]:
        """Joins what belongs together; gives the readings that are about as likely."""
        if sum(len(row.pieces) for row in self.rows) > MAX_PIECES:
            return []
        for chunk in sorted({piece.chunk for row in self.rows for piece in row.pieces})[1:]:
            fragments = [
                spot for spot in self._spots() if spot.piece.chunk == chunk and _is_fragment(spot.piece)
            ]
            heads = list(self._heads(chunk))
            if heads and fragments:
                self._join(fragments[:MOST], heads)
        return self.others

    def _spots(self) -> Iterator[_Spot]:
        for index, row in enumerate(self.rows):
            for at, piece in enumerate(row.pieces):
                yield _Spot(index, at, piece, self.places[index][at])

    def _heads(self, chunk: int) -> Iterator[_Spot]:
        """Statements of the page before that may go on: the last of each column, and others that end a block open."""
        spots = [spot for spot in self._spots() if spot.piece.chunk < chunk]
        newest = max((spot.piece.chunk for spot in spots), default=0)
        last = {spot.place.column: spot for spot in spots}
        blocks = {spot.piece.block: spot for spot in spots}
        found = [spot for spot in last.values() if spot.piece.chunk == newest]
        others = [spot for spot in blocks.values() if spot.piece.chunk == newest and spot not in found]
        # What a page's end cuts stands near it.
        others.sort(key=lambda spot: -(spot.piece.source.line or 0))
        yield from sorted((found + others)[:MOST], key=lambda spot: spot.place.column)

    def _join(self, fragments: Sequence[_Spot], heads: Sequence[_Spot]) -> None:
        scores = [[self._score(head, fragment) for head in heads] for fragment in fragments]
        stays = [self._stays(fragment) for fragment in fragments]
        columns = [head.place.column for head in heads]
        best = _best(scores, stays, columns)
        gone: list[_Spot] = []
        for fragment, own, row in zip(fragments, best.heads, scores, strict=True):
            self._tell_others(fragment, heads, own, row)
        for fragment, own in zip(fragments, best.heads, strict=True):
            if own is not None:
                head = heads[own]
                head.piece.go_on_with(fragment.piece)
                self._move_block(fragment, head)
                gone.append(fragment)
        for spot in sorted(gone, key=lambda spot: (spot.row, -spot.at)):
            at = self.rows[spot.row].pieces.index(spot.piece)
            del self.rows[spot.row].pieces[at], self.places[spot.row][at]

    def _score(self, head: _Spot, fragment: _Spot) -> float:
        """Score of a fragment after a head."""
        score = joint(head.piece, fragment.piece, self.usage)
        if head.place.column == fragment.place.column:
            score += self.trust + SAME_COLUMN * bool(fragment.piece.named)
        if _is_known(head.piece, fragment.piece, self.usage):
            return score
        word = WORD.match(fragment.piece.lines[0])
        wide = METRICS[0](f"{head.piece.lines[-1]} {word[0] if word else ''}")
        free = 1 - wide / self.widest[head.place.column]
        return score - min(max(free, 0.0) * 10 * FREE[0], FREE[1])

    def _stays(self, fragment: _Spot) -> float:
        """Score of a fragment that is left where it is: after what stands above it on its page, or alone."""
        own = [
            spot
            for spot in self._spots()
            if spot.row == fragment.row
            and spot.place.column == fragment.place.column
            and spot.at < fragment.at
        ]
        if own and own[-1].piece.chunk == fragment.piece.chunk:
            return self._score(own[-1], fragment) + APART
        return LEFT

    def _tell_others(
        self, fragment: _Spot, heads: Sequence[_Spot], own: int | None, scores: Sequence[float]
    ) -> None:
        """Tells the readings where another statement goes on with the fragment."""
        best = max(scores)
        for head, (index, score) in zip(heads, enumerate(scores), strict=True):
            if index != own and best - score < NEAR:
                head.piece.cut = True
                lines = [*head.piece.lines, *fragment.piece.lines]
                self.others.append(Warning(message=OTHERWISE, text=join(lines), source=head.piece.source))

    def _move_block(self, fragment: _Spot, head: _Spot) -> None:
        """What stands right below a fragment is of its cell."""
        own = self.rows[fragment.row]
        block = [
            at
            for at, piece in enumerate(own.pieces)
            if piece.block == fragment.piece.block and piece is not fragment.piece and not piece.named
        ]
        column = head.place.column
        moved = [(own.pieces[at], self.places[fragment.row][at]) for at in block]
        for piece, place in moved:
            if place.column != column:
                place = replace(place, column=column, rival=place.column)
            at = own.pieces.index(piece)
            if fragment.row == head.row:
                self.places[fragment.row][at] = place
                continue
            del own.pieces[at], self.places[fragment.row][at]
            self.rows[head.row].pieces.append(piece)
            self.places[head.row].append(place)


def joint(head: Piece, fragment: Piece, usage: Usage) -> float:
    """Score of a fragment after a head by what the two say."""
    before, after = head.lines[-1], fragment.lines[0]
    score = OPEN if OPEN_END.search(before) else CLOSED if END.search(before) else 0.0
    score += LOWER if after[:1].islower() else CAPITAL if after[:1].isupper() else 0.0
    if _is_known(head, fragment, usage):
        return score + KNOWN
    if usage.wholes.get(fold(head.text), 0) > 1:
        score += COMPLETE
    words = before.lower().split()[-1:] + after.lower().split()[:1]
    return score + (PAIR if tuple(words) in usage.pairs else 0.0)


def _is_known(head: Piece, fragment: Piece, usage: Usage) -> bool:
    return fold(join([*head.lines, *fragment.lines])) in usage.wholes


def _is_fragment(piece: Piece) -> bool:
    return piece.goes_on and not piece.bulleted and bool(piece.text)


def _best(scores: Sequence[Sequence[float]], stays: Sequence[float], columns: Sequence[int]) -> _Match:
    """The likeliest heads of the fragments, each head being given once; columns are cut from left to right."""
    states = {(frozenset[int](), -1): _Match()}
    for row, stay in zip(scores, stays, strict=True):
        after: dict[tuple[frozenset[int], int], _Match] = {}
        for state in states.values():
            options: list[tuple[int | None, float]] = [(None, stay)]
            options += [
                (index, score + (CROSSED if columns[index] < state.last else 0.0))
                for index, score in enumerate(row)
                if index not in state.taken
            ]
            for index, score in options:
                taken = state.taken if index is None else state.taken | {index}
                last = state.last if index is None else max(state.last, columns[index])
                own = _Match(state.score + score, (*state.heads, index), taken, last)
                if (taken, last) not in after or after[taken, last].score < own.score:
                    after[taken, last] = own
        states = after
    return max(states.values(), key=lambda state: state.score)
