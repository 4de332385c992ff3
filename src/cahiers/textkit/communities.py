"""Communities of a neighbour graph: several Louvain runs, and what they agree on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sknetwork.clustering.louvain_core import optimize_core

Labels = NDArray[np.int64]
Lots = NDArray[np.uint64]
MOST_RUNS, FEWEST_RUNS, FEWEST_FROM = 200, 24, 8_000  # runs, and the nodes from which they are fewest

# A tie on which one run in twenty disagrees keeps a sixth of its weight: what remains falls apart by itself, so that
# large groups stay large beside small ones. On four sets, for as many groups, V is .005 to .015 higher than with the
# power 12, and ARI as high or higher.
SHARPNESS = 36
# Share of the weight of the ties that remains at least: where runs disagree more, the sharpness gives way.
KEPT, HALVINGS = 0.5, 8

# Runs at one resolution that show whether groups as fine as that are in the remarks or in the order of the visits,
# and the share of the ties of one run that another makes too.
PROBES, PROBED_FROM, AGREEING = 3, 10_000, 0.9

# Where the orders of the last grouping are counted from, so that they are none of those above.
LAST_FROM = 20_000

# Gain in modularity under which a pass over the nodes is the last, and under which levels are: five times the
# library's default for the first is as stable, and faster.
WORTH_MOVING, WORTH_JOINING = 5e-3, 1e-3


def communities(
    graph: Any,
    *,
    resolution: float,
    seed: int,
    lots: Lots | None = None,
    runs: int | None = None,
    sharpness: int = SHARPNESS,
) -> Labels:
    """Labels from 0, by falling size, of a symmetric graph.

    One Louvain run depends on the order in which it visits nodes: two orders agreed at ARI 0.65-0.87 on 8,000 real
    answers. Edges are kept by how often ``runs`` runs at ``resolution`` put both ends together, and grouped once more
    as they are. A small graph needs more runs to settle, and can afford them.

    The orders are those of ``lots``, a number a node (its row by default), shuffled anew for each run: a node that
    comes or goes leaves the others in the order they had. ``seed`` decides on the last grouping alone.
    """
    if _bare(graph):
        return np.zeros(graph.shape[0], dtype=np.int64)
    if runs is None:
        wanted = FEWEST_RUNS * (FEWEST_FROM / graph.shape[0]) ** 2
        runs = int(np.clip(wanted, FEWEST_RUNS, MOST_RUNS))
    network = _network(graph)
    lots = numbered(graph.shape[0]) if lots is None else lots
    last = order_of(lots, LAST_FROM + seed)
    if runs == 1:
        return by_size(_louvain(network, resolution, last))
    edges = graph.tocoo()
    together = _together(network, edges, resolution, [order_of(lots, run) for run in range(runs)])
    weights = edges.data * together ** _bearable(edges.data, together, sharpness)
    agreed = sparse.csr_matrix((weights, (edges.row, edges.col)), shape=graph.shape)
    agreed.eliminate_zeros()
    if agreed.nnz == 0:
        return by_size(_louvain(network, resolution, last))
    return by_size(_louvain(_network(agreed), 1.0, last))


def numbered(count: int) -> Lots:
    """Lots of rows that nothing else is known of."""
    return np.arange(count, dtype=np.uint64)


def lots_of(digests: Sequence[str]) -> Lots:
    """Lots of rows from digests, in hexadecimal, of what they say."""
    return np.fromiter((int(digest, 16) for digest in digests), dtype=np.uint64, count=len(digests))


def order_of(lots: Lots, run: int) -> Labels:
    """Rows in the order of the ``run``-th shuffle of their lots; equal lots stay in their order.

    The mixing is that of SplitMix64 (Steele, Lea and Flood, 2014).
    """
    mixed = lots + np.uint64((run + 1) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.argsort(mixed ^ (mixed >> np.uint64(31)), kind="stable")


def finest(graph: Any, resolution: float, lots: Lots | None = None) -> float:
    """``resolution``, halved as long as runs disagree and down to one: finer groups would be those of one run only.

    One question whose answers speak of two or three things each has few groups; as many answers to several
    questions have many.
    """
    if _bare(graph) or resolution <= 1:
        return resolution
    network, edges = _network(graph), graph.tocoo()
    lots = numbered(graph.shape[0]) if lots is None else lots
    orders = [order_of(lots, PROBED_FROM + probe) for probe in range(PROBES)]
    while resolution > 1 and _agreement(network, edges, resolution, orders) < AGREEING:
        resolution = max(1.0, resolution / 2)
    return resolution


def _bearable(ties: NDArray[np.float64], together: NDArray[np.float64], sharpness: float) -> float:
    """``sharpness``, or the power that leaves ``KEPT`` of the ties; a leap from one to another would part the seeds."""
    low, high = 0.0, sharpness
    if (ties * together**high).sum() >= KEPT * ties.sum():
        return high
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        left = (ties * together**middle).sum()
        low, high = (low, middle) if left < KEPT * ties.sum() else (middle, high)
    return low


def _bare(graph: Any) -> bool:
    return bool(graph.shape[0] < 3 or graph.nnz == 0)


def _agreement(network: "_Network", edges: Any, resolution: float, orders: Sequence[Labels]) -> float:
    """Of the ties that one run makes, by weight, the share that another makes too."""
    together = _together(network, edges, resolution, orders)
    made = (edges.data * together).sum()
    twice = (edges.data * together * (together * len(orders) - 1)).sum() / (len(orders) - 1)
    return float(twice / made) if made else 1.0


def _together(
    network: "_Network", edges: Any, resolution: float, orders: Sequence[Labels]
) -> NDArray[np.float64]:
    """For each edge the share of the runs that put both ends together."""
    together = np.zeros(len(edges.data))
    for order in orders:
        labels = _louvain(network, resolution, order)
        together += labels[edges.row] == labels[edges.col]
    return together / len(orders)


def by_size(labels: Labels) -> Labels:
    """Labels renumbered from the largest; equal sizes in order of first member."""
    values, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    renumbered = np.empty(len(values), dtype=np.int64)
    renumbered[order] = np.arange(len(values))
    result: Labels = renumbered[np.searchsorted(values, labels)]
    return result


def between(graph: Any, labels: Labels) -> Any:
    """The graph of communities: total weight of the edges between each two."""
    membership = sparse.csr_matrix(
        (np.ones(len(labels)), (np.arange(len(labels)), labels)), shape=(len(labels), int(labels.max()) + 1)
    )
    return (membership.T @ graph @ membership).tocsr()


@dataclass(frozen=True)
class _Network:
    """The rows of a graph one after the other, as the compiled loop reads them; ``ties`` sum to one."""

    bounds: NDArray[np.int32]
    ends: NDArray[np.int32]
    ties: NDArray[np.float64]
    strengths: NDArray[np.float64]
    loops: NDArray[np.float64]


def _network(graph: Any) -> _Network:
    rows = graph.tocsr()
    ties = rows.data / rows.data.sum()
    strengths = _sums(_owners(rows.indptr), ties, rows.shape[0])
    loops = rows.diagonal() / rows.data.sum()
    return _Network(rows.indptr.astype(np.int32), rows.indices.astype(np.int32), ties, strengths, loops)


def _sums(labels: Labels, values: NDArray[np.float64], number: int) -> NDArray[np.float64]:
    return np.bincount(labels, weights=values, minlength=number).astype(np.float64, copy=False)


def _owners(bounds: NDArray[np.int32]) -> NDArray[np.int64]:
    return np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))


def _louvain(network: _Network, resolution: float, order: Labels) -> Labels:
    """What scikit-network's ``Louvain`` finds when it visits nodes in this order, around the same compiled loop.

    The class makes the graph symmetric, checks it and converts it again at each run: two fifths of the time of 600
    remarks.
    """
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    level, found = _shuffled(network, order, place), place
    while True:
        strengths = level.strengths.astype(np.float32)
        moved, gain = optimize_core(
            np.arange(len(strengths), dtype=np.int32), level.ends, level.bounds, level.ties.astype(np.float32),
            strengths, strengths, strengths.copy(), strengths.copy(), np.zeros_like(strengths),
            level.loops.astype(np.float32), resolution, WORTH_MOVING,
        )  # fmt: skip
        labels = np.unique(np.asarray(moved), return_inverse=True)[1]
        found = labels[found]
        if gain <= WORTH_JOINING or labels.max() == 0:
            return found
        level = _joined(level, labels)


def _shuffled(network: _Network, order: Labels, place: Labels) -> _Network:
    sizes = np.diff(network.bounds)[order]
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    taken = np.repeat(network.bounds[:-1][order] - bounds[:-1], sizes) + np.arange(bounds[-1])
    ends = place[network.ends[taken]].astype(np.int32)
    return _Network(bounds, ends, network.ties[taken], network.strengths[order], network.loops[order])


def _joined(network: _Network, labels: Labels) -> _Network:
    number = int(labels.max()) + 1
    rows, columns = labels[_owners(network.bounds)], labels[network.ends]
    if number**2 <= len(rows):  # sums in a square: a fifth of the time
        square = np.bincount(rows * number + columns, weights=network.ties, minlength=number**2)
        graph = sparse.csr_matrix(square.reshape(number, number))
    else:
        graph = sparse.csr_matrix((network.ties, (rows, columns)), shape=(number, number))
    strengths = _sums(labels, network.strengths, number)
    return _Network(graph.indptr, graph.indices, graph.data, strengths, graph.diagonal())
