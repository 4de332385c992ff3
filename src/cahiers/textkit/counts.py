"""Honest counts: people, remarks and meetings are three numbers, and small numbers of people are withheld in public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

THRESHOLD = 5


class Counted(Protocol):
    """The members of a passage that counting reads."""

    @property
    def id(self) -> str: ...
    @property
    def author_key(self) -> str | None: ...
    @property
    def meeting(self) -> str | None: ...
    @property
    def weight(self) -> int: ...


@dataclass(frozen=True)
class Counts:
    """``people`` counts each known voice once; ``unsigned`` is the remarks whose author is unknown, never added to it.

    ``distinct`` is the remarks left when copies of one text count once: a campaign shows as a gap to ``remarks``.
    """

    people: int
    remarks: int
    distinct: int
    meetings: int
    unsigned: int = 0


def count(passages: Iterable[Counted], kept_of: Mapping[str, str] | None = None) -> Counts:
    """Counts of some passages; ``kept_of`` maps a copy's id to the id of the text it repeats."""
    copies = kept_of or {}
    voices: dict[str, int] = {}
    meetings: set[str] = set()
    texts: set[str] = set()
    remarks = unsigned = 0
    for passage in passages:
        remarks += 1
        texts.add(copies.get(passage.id, passage.id))
        if passage.meeting:
            meetings.add(passage.meeting)
        if passage.author_key:
            # One voice may speak for a group in one remark and alone in another: the larger claim counts, once.
            voices[passage.author_key] = max(voices.get(passage.author_key, 0), passage.weight)
        else:
            unsigned += 1
    return Counts(sum(voices.values()), remarks, len(texts), len(meetings), unsigned)


Cell = int | None  # None: withheld


def suppress(table: Sequence[Sequence[int]], *, threshold: int = THRESHOLD) -> list[list[Cell]]:
    """Numbers of people fit for publication beside their row and column totals.

    Cells of 1 to threshold - 1 are withheld; zeros are not. Where a row or column has exactly one withheld cell, its
    total would give it away: the smallest other non-zero cell is withheld too, until nothing can be worked out so.
    """
    cells = [list(row) for row in table]
    hidden = {(r, c) for r, row in enumerate(cells) for c, value in enumerate(row) if 0 < value < threshold}
    while (extra := _exposed(cells, hidden, threshold)) is not None:
        hidden.add(extra)
    return [
        [None if (r, c) in hidden else value for c, value in enumerate(row)] for r, row in enumerate(cells)
    ]


def suppress_row(row: Sequence[int], *, threshold: int = THRESHOLD) -> list[Cell]:
    """The same for one list of counts published beside its total."""
    return suppress([row], threshold=threshold)[0]


def _exposed(cells: list[list[int]], hidden: set[tuple[int, int]], threshold: int) -> tuple[int, int] | None:
    height, width = len(cells), len(cells[0]) if cells else 0
    lines = [[(r, c) for c in range(width)] for r in range(height)]
    if height > 1:
        lines += [[(r, c) for r in range(height)] for c in range(width)]
    for line in lines:
        withheld = [cell for cell in line if cell in hidden]
        total = sum(cells[r][c] for r, c in withheld)
        if not withheld or (len(withheld) > 1 and total >= threshold):
            continue
        # Two withheld cells that add up to less than the threshold still bound each other below it.
        others = [cell for cell in line if cell not in hidden and cells[cell[0]][cell[1]] > 0]
        if others:
            return min(others, key=lambda cell: (cells[cell[0]][cell[1]], cell))
    return None
