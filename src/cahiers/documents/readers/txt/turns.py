"""Tells what statements may go on over the turn of a page, and with which of the fragments that the next page holds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from cahiers.documents.matching import fold
from cahiers.documents.model import Warning
from cahiers.documents.readers.txt.fragments import Piece, join
from cahiers.documents.readers.txt.mending import OTHERWISE, Usage, joint

#: Score lost for each statement that ends nearer to the page's end.
FAR: Final = 0.3
FARTHEST: Final = 8
#: Readings are told that are no less likely than that than the best.
NEAR: Final = 5.0
#: So many for a fragment: what is less likely is hardly ever right.
LIKELIEST: Final = 8
#: So many of the last statements of a page come into question.
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """A piece of some table, and what it was before lines from elsewhere were added."""

    piece: Piece
    seen: Piece
    table: int


def standing(pieces: Sequence[Piece], table: int) -> list[Standing]:
    return [Standing(piece, replace(piece, lines=list(piece.lines)), table) for piece in pieces]


def turns(pieces: Sequence[Standing], pairs: frozenset[tuple[str, str]]) -> Iterator[Warning]:
    """A warning for each likely reading; marks the statements that may go on. `pairs` are words that follow each other.

    A page's end cuts the last cells of the page, whatever order these come in.
    """
    ordered = sorted(pieces, key=lambda one: one.seen.source.line or 0)
    usage = Usage(pairs, Counter({fold(one.seen.text): 1 for one in ordered if one.seen.bulleted}))
    pages = {page: list(own) for page, own in groupby(ordered, key=lambda one: one.seen.source.page or 0)}
    for page, own in pages.items():
        heads = list(_ends(own))[-MOST:][::-1]
        for fragment in pages.get(page + 1, ()):
            if heads and not fragment.seen.bulleted and fragment.seen.text:
                yield from _readings(heads, fragment.seen, usage)


def _ends(pieces: Sequence[Standing]) -> Iterator[Standing]:
    """The last piece of each block, and of each cell that a bullet within a line ends."""
    for one, after in pairwise(pieces):
        if (one.table, one.seen.block) != (after.table, after.seen.block) or after.seen.fused:
            yield one
    yield pieces[-1]


def _readings(heads: Sequence[Standing], fragment: Piece, usage: Usage) -> Iterator[Warning]:
    """Readings of a fragment with the heads, which come from the page's end upwards."""
    scores = [joint(head.seen, fragment, usage) - FAR * min(at, FARTHEST) for at, head in enumerate(heads)]
    likeliest = sorted(zip(scores, heads, strict=True), key=lambda one: -one[0])[:LIKELIEST]
    for score, head in likeliest:
        if likeliest[0][0] - score < NEAR:
            head.piece.cut = True
            text = join([*head.seen.lines, *fragment.lines])
            if text != head.piece.text:
                yield Warning(message=OTHERWISE, text=text, source=head.seen.source)
