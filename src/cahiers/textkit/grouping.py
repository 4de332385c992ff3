"""Groups of remarks that speak of one thing, learnt on a bounded sample: the others are placed, or stand alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from cahiers.textkit.communities import (
    Labels,
    Lots,
    between,
    by_size,
    communities,
    finest,
    numbered,
    order_of,
)
from cahiers.textkit.neighbours import neighbour_graph, one_thread
from cahiers.textkit.vectors import Dense, unit_rows

NEIGHBOURS = 10
SAMPLE = 8_000  # remarks in the neighbour graph; the others join the nearest centre
OUTLIER_SHARE = 0.05
OUTLIER_AFFINITY = 0.2
SMALLEST = 3
FINEST = 4.0  # resolution
LARGE = 40  # remarks in a group from which it may have subgroups
_BLOCK = 20_000
_LAST_BITS = 1e-6


@dataclass(frozen=True)
class Grouping:
    """Three nested levels as labels of each row; ``alone`` rows belong to no group (label -1 at every level).

    ``centres`` are those of the finest level, in the centred space that ``middle`` defines; a row whose affinity is
    under ``limit`` stands alone.
    """

    families: Labels
    groups: Labels
    subgroups: Labels
    affinity: Dense
    alone: NDArray[np.bool_]
    centres: Dense
    middle: Dense
    limit: float = OUTLIER_AFFINITY


def resolution_for(count: int) -> float:
    """At most how fine: people tag 600 answers with 10 to 24 labels, 2,100 with 99, 10,000 with 148.

    It does not grow beyond: of 600 it makes 20 to 35 groups, of 2,100 about 115, of 4,000 and more about 150, under
    some twenty families.
    """
    return float(np.clip(count / 600, 1, FINEST))


def group(
    vectors: Dense,
    *,
    seed: int,
    resolution: float | None = None,
    must_link: list[tuple[int, int]] | None = None,
    lots: Lots | None = None,
) -> Grouping:
    """Rows of unit length to groups; zero rows stand alone. ``must_link`` pairs are drawn together, not yet obeyed.

    ``lots``, a number a row (its place by default), decide which rows are in the sample and the order in which they
    are visited: where they come from what a row says, a line elsewhere in the file, or one line more, changes little.
    """
    count = len(vectors)
    lots = numbered(count) if lots is None else lots
    speaking = np.flatnonzero(np.einsum("ij,ij->i", vectors, vectors) > 0.5)
    if len(speaking) < SMALLEST:
        return _no_group(vectors)
    sample = _sample(speaking, lots, must_link or [])
    middle = vectors[sample].mean(axis=0)
    points = unit_rows(vectors[sample] - middle)
    graph = _linked(neighbour_graph(points, min(NEIGHBOURS, len(sample) - 1)), sample, must_link or [])
    level = resolution or finest(graph, resolution_for(len(sample)), lots[sample])
    found = communities(graph, resolution=level, seed=seed, lots=lots[sample])
    groups = _without_crumbs(graph, found)
    families = _merge_up(graph, groups, seed)
    subgroups = _split_down(graph, groups, seed)
    centres = _centres(points, subgroups)
    group_of, family_of = _parents(subgroups, groups), _parents(subgroups, families)
    placed, affinity = place(vectors, centres, middle)
    placed[sample] = subgroups
    affinity[sample] = np.einsum("ij,ij->i", points, centres[subgroups])
    limit = limit_for(affinity[speaking])
    alone = np.ones(count, dtype=bool)
    alone[speaking] = affinity[speaking] < limit
    # One remark is no group: of a dozen lines, half would make one by themselves.
    alone |= np.bincount(group_of[placed], weights=~alone)[group_of[placed]] == 1
    families, groups, subgroups = family_of[placed], group_of[placed], placed.copy()
    for labels in (families, groups, subgroups):
        labels[alone] = -1
    return Grouping(families, groups, subgroups, affinity, alone, centres, middle, limit)


def place(vectors: Dense, centres: Dense, middle: Dense) -> tuple[Labels, Dense]:
    """The nearest centre of each row and the cosine with it, by blocks; also how new remarks join old groups."""
    labels = np.zeros(len(vectors), dtype=np.int64)
    affinity = np.zeros(len(vectors), dtype=np.float32)
    with one_thread():
        for start in range(0, len(vectors), _BLOCK):
            rows = unit_rows(vectors[start : start + _BLOCK] - middle)
            scores = rows @ centres.T
            labels[start : start + _BLOCK] = scores.argmax(axis=1)
            affinity[start : start + _BLOCK] = scores.max(axis=1)
    return labels, affinity


def _sample(speaking: NDArray[np.int64], lots: Lots, pairs: list[tuple[int, int]]) -> NDArray[np.int64]:
    """The rows that the lots put first: most of them still are when rows are added (coordinated sampling)."""
    if len(speaking) <= SAMPLE:
        return speaking
    first = speaking[order_of(lots[speaking], 0)[:SAMPLE]]
    tied = np.asarray([row for pair in pairs for row in pair], dtype=np.int64)
    return np.intersect1d(np.union1d(first, tied), speaking)


def _linked(graph: Any, sample: NDArray[np.int64], pairs: list[tuple[int, int]]) -> Any:
    if not pairs:
        return graph
    where = {int(row): position for position, row in enumerate(sample)}
    ties = graph.tolil()
    for first, second in pairs:
        if first in where and second in where:
            # As strong as all the neighbours of a remark together.
            ties[where[first], where[second]] = ties[where[second], where[first]] = 2.0 * NEIGHBOURS
    return ties.tocsr()


def _without_crumbs(graph: Any, labels: Labels) -> Labels:
    """Communities of one or two remarks join the community they are tied to most, if any."""
    sizes = np.bincount(labels)
    ties = between(graph, labels).sorted_indices()
    weights = np.where(sizes[ties.indices] < SMALLEST, 0, ties.data)
    target = np.arange(len(sizes))
    for crumb in np.flatnonzero(sizes < SMALLEST):
        own = slice(ties.indptr[crumb], ties.indptr[crumb + 1])
        if weights[own].max(initial=0) > 0:
            target[crumb] = ties.indices[own][weights[own].argmax()]
    return by_size(target[labels])


def _merge_up(graph: Any, groups: Labels, seed: int) -> Labels:
    if groups.max() < 6:
        return groups.copy()
    # A few tens of groups: a sharper agreement would leave half of them by themselves.
    above = communities(between(graph, groups), resolution=1.0, seed=seed, runs=16, sharpness=2)
    return by_size(above[groups])


def _split_down(graph: Any, groups: Labels, seed: int) -> Labels:
    """Large groups are split where their own graph falls apart; the others are their only subgroup.

    All in one run: where each group's ties weigh one in all, resolution n on n groups is resolution 1 on each.
    """
    edges = graph.tocoo()
    large = np.bincount(groups) >= LARGE
    inside = (groups[edges.row] == groups[edges.col]) & large[groups[edges.row]]
    rows, columns, ties = edges.row[inside], edges.col[inside], edges.data[inside]
    weight = np.bincount(groups[rows], weights=ties, minlength=len(large))
    inner = sparse.csr_matrix((ties / weight[groups[rows]], (rows, columns)), shape=graph.shape)
    parts = communities(inner, resolution=float(large.sum()), seed=seed, runs=1)
    parts = _without_crumbs(inner, np.where(large[groups], parts, int(parts.max()) + 1))
    subgroups: Labels = np.unique(groups * (int(parts.max()) + 1) + parts, return_inverse=True)[1]
    return subgroups.astype(np.int64)


def _centres(points: Dense, labels: Labels) -> Dense:
    return unit_rows(sums_of(points, labels, int(labels.max()) + 1))


def sums_of(rows: Dense, labels: Labels, number: int) -> Dense:
    """(number, d) sums of the rows of each label, in a tenth of the time of ``numpy.add.at``."""
    members = sparse.csc_matrix(
        (np.ones(len(rows), dtype=np.float32), labels, np.arange(len(rows) + 1)), shape=(number, len(rows))
    )
    sums: Dense = members.tocsr() @ rows
    return sums


def _parents(children: Labels, parents: Labels) -> Labels:
    above = np.zeros(int(children.max()) + 1, dtype=np.int64)
    above[children] = parents
    return above


def limit_for(affinity: Dense, *, share: float = OUTLIER_SHARE) -> float:
    """The affinity under which a remark stands alone: a low one, and never that of more than ``share`` of them.

    It is no remark's own affinity, whose last bits change with the number of rows that are multiplied together.
    """
    if not len(affinity):
        return OUTLIER_AFFINITY
    own = float(np.quantile(affinity, max(0.0, share), method="lower"))
    return min(OUTLIER_AFFINITY, own - _LAST_BITS)


def _no_group(vectors: Dense) -> Grouping:
    count = len(vectors)
    nowhere = np.full(count, -1, dtype=np.int64)
    return Grouping(
        nowhere, nowhere.copy(), nowhere.copy(), np.zeros(count, dtype=np.float32), np.ones(count, dtype=bool),
        np.zeros((1, vectors.shape[1]), dtype=np.float32), np.zeros(vectors.shape[1], dtype=np.float32),
    )  # fmt: skip
