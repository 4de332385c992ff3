"""Communities of a neighbour graph: several Louvain runs, and what they agree on."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sknetwork.clustering import Louvain

Labels = NDArray[np.int64]
MOST_RUNS, FEWEST_RUNS, RUNS_TIMES_NODES = 150, 20, 160_000

# A tie on which one run in ten disagrees keeps a quarter of its weight: what remains falls apart by itself, so that
# large groups stay large beside small ones. For as many groups, V is .005 and ARI .017 higher in the mean of four sets
# than with the power 2.
SHARPNESS = 12

# Gain in modularity under which a pass over the nodes is the last: five times the default is as stable, and faster.
WORTH_MOVING = 5e-3


def communities(
    graph: Any, *, resolution: float, seed: int, runs: int | None = None, sharpness: int = SHARPNESS
) -> Labels:
    """Labels from 0, by falling size.

    One Louvain run depends on the order in which it visits nodes: two seeds agreed at ARI 0.73-0.87 on 8,000 real
    answers. Edges are kept by how often ``runs`` runs at ``resolution`` put both ends together, and grouped once more
    as they are. A small graph needs more runs to settle, and can afford them.
    """
    if graph.shape[0] < 3 or graph.nnz == 0:
        return np.zeros(graph.shape[0], dtype=np.int64)
    if runs is None:
        runs = int(np.clip(RUNS_TIMES_NODES // graph.shape[0], FEWEST_RUNS, MOST_RUNS))
    if runs == 1:
        return by_size(_louvain(graph, resolution, seed))
    edges = graph.tocoo()
    together = np.zeros(len(edges.data))
    for run in range(runs):
        labels = _louvain(graph, resolution, seed * 1_000 + run)
        together += labels[edges.row] == labels[edges.col]
    together /= runs
    weights = edges.data * together**sharpness
    agreed = sparse.csr_matrix((weights, (edges.row, edges.col)), shape=graph.shape)
    agreed.eliminate_zeros()
    if agreed.nnz == 0:
        return by_size(_louvain(graph, resolution, seed))
    return by_size(_louvain(agreed, 1.0, seed))


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


def _louvain(graph: Any, resolution: float, seed: int) -> Labels:
    algorithm = Louvain(
        resolution=resolution,
        tol_optimization=WORTH_MOVING,
        shuffle_nodes=True,
        random_state=seed,
        sort_clusters=False,
        return_probs=False,
        return_aggregate=False,
    )
    labels: Labels = np.asarray(algorithm.fit_predict(graph), dtype=np.int64)
    return labels
