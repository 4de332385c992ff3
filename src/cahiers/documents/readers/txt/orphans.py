"""Tells what fragments that open a page may be the end of, where that stands in the table before."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from cahiers.documents.model import Warning
from cahiers.documents.readers.txt.fragments import Piece, join
from cahiers.documents.readers.txt.mending import END, NEAR, OTHERS, OTHERWISE, Usage, joint

#: A fragment with so many pieces before it on its page does not open it.
MOST_BEFORE: Final = 6


def orphans(tables: Sequence[Sequence[Piece]], usage: Usage) -> Iterator[Warning]:
    """A warning for each likely reading; `tables` are the pieces of each table, in any order.

    Within a table fragments were given their statements already.
    """
    own = sorted(
        (sorted(table, key=lambda piece: piece.source.line or 0) for table in tables if table),
        key=lambda table: table[0].source.line or 0,
    )
    for above, below in pairwise(own):
        page = below[0].source.page
        if page is None:
            continue
        heads = [piece for piece in _block_ends(above) if piece.source.page == page - 1]
        heads = [piece for piece in heads if not END.search(piece.text)]
        opening = [piece for piece in below[:MOST_BEFORE] if piece.source.page == page]
        for fragment in opening:
            if not fragment.bulleted and fragment.text[:1].islower():
                yield from _readings(heads, fragment, usage)


def _block_ends(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece, after in pairwise(pieces):
        if piece.block != after.block:
            yield piece
    yield pieces[-1]


def _readings(heads: Sequence[Piece], fragment: Piece, usage: Usage) -> Iterator[Warning]:
    scored = sorted(((joint(head, fragment, usage), at) for at, head in enumerate(heads)), reverse=True)
    for score, at in scored[:OTHERS]:
        if scored[0][0] - score < NEAR:
            head = heads[at]
            yield Warning(message=OTHERWISE, text=join([*head.lines, *fragment.lines]), source=head.source)
