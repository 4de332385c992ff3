"""Tells what statements may go on over the turn of a page, and with which of the fragments that the next page holds."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from cahiers.documents.matching import fold
from cahiers.documents.model import Warning
from cahiers.documents.readers.txt.evidence import WORD
from cahiers.documents.readers.txt.fragments import Piece, join
from cahiers.documents.readers.txt.mending import OTHERWISE, Usage, joint
from cahiers.documents.readers.txt.metrics import METRICS

# Scores are natural logarithms of odds.
#: Lost for each statement that ends nearer to the page's end.
FAR: Final = 0.25
FARTHEST: Final = 8
#: Lost where the fragment's first word would have stood on the statement's last line, its cell being as wide as the
#: widest of both their lines; and for each tenth of the width left free then, up to so many: authors break lines too.
FITS: Final = 1.25
TENTHS: Final = 2
TOLERANCE: Final = 0.02
#: Of a fragment that goes on with none of the page's statements.
NONE: Final = 0.7
#: Readings are told that are no less likely than that, and the likeliest.
LEAST: Final = 0.01
#: So many of the last statements of a page come into question.
MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """A piece of some table, and what it was before lines from elsewhere were added.

    `odds`, a logarithm, is how much less likely it is than what was read: 0 for what was.
    """

    piece: Piece
    seen: Piece
    table: int
    odds: float = 0.0


def standing(pieces: Sequence[Piece], table: int) -> list[Standing]:
    return [Standing(piece, replace(piece, lines=list(piece.lines)), table) for piece in pieces]


def turns(
    pieces: Sequence[Standing], edges: Sequence[Standing], pairs: frozenset[tuple[str, str]]
) -> Iterator[Warning]:
    """A warning for each likely reading; marks the statements that may go on. `pairs` are words that follow each other.

    A page's end cuts the last cells of the page, whatever order these come in. `edges` are what other readings have
    at the ends and beginnings of their blocks.
    """
    ordered = sorted(pieces, key=_line)
    usage = Usage(pairs, Counter({fold(one.seen.text): 1 for one in ordered if one.seen.bulleted}))
    pages = {page: list(own) for page, own in groupby(ordered, key=_page)}
    for page, own in pages.items():
        after = [one for one in pages.get(page + 1, ()) if not one.seen.bulleted and one.seen.text]
        after += [one for one in edges if _page(one) == page + 1 and not one.seen.bulleted]
        if not after:
            continue
        heads = _ranked(
            list(_ends(own))[-MOST:],
            [one for one in edges if _page(one) == page and one.seen.bulleted],
        )
        for fragment in after:
            yield from _readings(heads, fragment, usage)


def _line(one: Standing) -> int:
    return one.seen.source.line or 0


def _page(one: Standing) -> int:
    return one.seen.source.page or 0


def _ends(pieces: Sequence[Standing]) -> Iterator[Standing]:
    """The last piece of each block, and of each cell that a bullet within a line ends."""
    for one, after in pairwise(pieces):
        if (one.table, one.seen.block) != (after.table, after.seen.block) or after.seen.fused:
            yield one
    yield pieces[-1]


def _ranked(ends: Sequence[Standing], others: Sequence[Standing]) -> list[tuple[int, Standing]]:
    """The heads, each with how many statements that were read end below it."""
    lines = [_line(one) for one in ends]
    first = lines[0] if lines else 0
    found = [one for one in others if _line(one) >= first]
    return [(sum(1 for line in lines if line > _line(one)), one) for one in (*ends, *found)]


def _readings(heads: Sequence[tuple[int, Standing]], fragment: Standing, usage: Usage) -> Iterator[Warning]:
    """Readings of a fragment with the heads, which come from the page's end upwards."""
    scores = [
        joint(head.seen, fragment.seen, usage)
        + _room(head.seen, fragment.seen)
        - FAR * min(rank, FARTHEST)
        + head.odds
        for rank, head in heads
    ]
    total = math.log(sum(math.exp(score) for score in (NONE, *scores)))
    least = min(total - fragment.odds + math.log(LEAST), max(scores, default=0.0))
    for score, (_, head) in zip(scores, heads, strict=True):
        if score >= least:
            head.piece.cut = True
            text = join([*head.seen.lines, *fragment.seen.lines])
            if text != head.piece.text:
                yield Warning(message=OTHERWISE, text=text, source=head.seen.source)


def _room(head: Piece, fragment: Piece) -> float:
    """Score lost where the head's last line has room for the fragment's first word."""
    measure = METRICS[0]
    word = WORD.match(fragment.lines[0])
    width = max(map(measure, (*head.lines, *fragment.lines)))
    free = 1 - measure(f"{head.lines[-1]} {word[0] if word else ''}") / (width or 1) - TOLERANCE
    return -FITS * (1 + min(free * 10, TENTHS)) if free > 0 else 0.0
