"""Readings of strands as they are searched for: one line in its column after the other, the likeliest kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cahiers.documents.readers.txt.weaving.strands import Strand

#: Columns of strands in turn.
Path = Sequence[tuple[int, Strand]]


@dataclass(slots=True)
class State:
    """Strands up to one in their columns: each column's last one and its level, counted downwards; the row's first.

    `rivals` are other ways to come as far, each with how much less likely it is.
    """

    score: float
    column: int
    level: float
    top: float
    tails: tuple[Strand | None, ...]
    levels: tuple[float, ...]
    strand: Strand | None = None
    before: "State | None" = None
    rivals: list[tuple[float, "State"]] = field(default_factory=list)


def keep(
    best: dict[tuple[object, ...], State],
    state: State,
    strand: Strand,
    column: int,
    score: float,
    top: float,
    level: float,
) -> None:
    """Keeps the likelier of the readings that are alike from there on, and the other as its rival."""
    tails = (*state.tails[:column], strand, *state.tails[column + 1 :])
    levels = (*state.levels[:column], level, *state.levels[column + 1 :])
    after = State(score, column, level, top, tails, levels, strand, state)
    key = (
        column,
        tails,
        tuple([-3.0 if own < level - 2.5 else round(own - level, 1) for own in levels]),
        min(round(level - top, 1), 2.0),
    )
    other = best.get(key)
    if other is None:
        best[key] = after
        return
    if other.score < score:
        best[key], other, after = after, after, other
        other.rivals = [(other.score - after.score + gap, rival) for gap, rival in after.rivals]
        after.rivals = []
    other.rivals.append((other.score - after.score, after))


def likeliest(state: State) -> float:
    return -state.score


def path(end: State) -> Path:
    """Columns of the strands up to a state's."""
    placed: list[tuple[int, Strand]] = []
    here: State | None = end
    while here is not None and here.strand is not None:
        placed.append((here.column, here.strand))
        here = here.before
    return placed[::-1]


def paths(end: State, near: float) -> Iterator[tuple[float, Path]]:
    """The likeliest way to a state, and each that is about as likely and joins it: by how much less likely, and it."""
    yield 0.0, path(end)
    rest: list[tuple[int, Strand]] = []
    here: State | None = end
    while here is not None and here.strand is not None:
        for gap, rival in here.rivals:
            if gap < near:
                yield gap, [*path(rival), *rest[::-1]]
        rest.append((here.column, here.strand))
        here = here.before
