"""Nearest neighbours by blocks, and the graph they make: memory bounded, same result for any number of threads."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped,unused-ignore]

from cahiers.textkit.vectors import Dense

BLOCK = 1_000  # rows a block: 1,000 x 20,000 float32 is 80 MB
WORKERS = 2
STRIPS = 256  # maxima a row


@contextmanager
def one_thread() -> Iterator[None]:
    """Linear algebra on one thread: sums in another order differ in their last bits, and then in their groups."""
    with threadpool_limits(limits=1):
        yield


def nearest(
    queries: Dense, points: Dense, size: int, *, skip_self: bool = False
) -> tuple[NDArray[np.int64], Dense]:
    """Indices and cosines of the ``size`` nearest points of each query, nearest first; ties go to the lower index.

    With ``skip_self`` the queries are the points, and a row is not its own neighbour.
    """
    size = min(size, len(points) - (1 if skip_self else 0))
    indices = np.zeros((len(queries), max(size, 0)), dtype=np.int64)
    cosines = np.zeros(indices.shape, dtype=np.float32)
    if size < 1:
        return indices, cosines

    def block(start: int) -> None:
        scores = queries[start : start + BLOCK] @ points.T
        rows = np.arange(len(scores))
        if skip_self:
            scores[rows, rows + start] = -np.inf
        found, values = _largest(scores, size)
        indices[start : start + BLOCK] = found
        cosines[start : start + BLOCK] = values

    with one_thread(), ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(block, range(0, len(queries), BLOCK)))
    return indices, cosines


def _largest(scores: Dense, size: int) -> tuple[NDArray[np.int64], Dense]:
    """Columns and values of the ``size`` largest of each row, largest first, ties to the lower column.

    The ``size``-th largest of some columns' maxima is a floor that at least ``size`` values reach and few others do:
    finding it costs one pass, a tenth of a partition of the whole row.
    """
    strips = scores.shape[1] // max(STRIPS, size)
    if strips > 1:
        even = (
            scores[:, : strips * max(STRIPS, size)]
            .reshape(len(scores), strips, max(STRIPS, size))
            .max(axis=1)
        )
        floor = np.partition(even, even.shape[1] - size, axis=1)[:, -size]
    else:
        floor = np.partition(scores, scores.shape[1] - size, axis=1)[:, -size]
    rows, columns = np.divmod(np.flatnonzero(scores >= floor[:, None]), scores.shape[1])
    values = scores[rows, columns]
    order = np.lexsort((columns, -values, rows))
    first = np.searchsorted(rows[order], np.arange(len(scores)))
    chosen = order[first[:, None] + np.arange(size)]
    return columns[chosen], values[chosen]


def neighbour_graph(vectors: Dense, size: int) -> Any:
    """Symmetric CSR adjacency; a weight is the cosine, counted twice where both are neighbours of each other."""
    indices, cosines = nearest(vectors, vectors, size, skip_self=True)
    count = len(vectors)
    rows = np.repeat(np.arange(count), indices.shape[1])
    weights = np.clip(cosines.ravel(), 0, None).astype(np.float64)
    graph = sparse.csr_matrix((weights, (rows, indices.ravel())), shape=(count, count))
    graph = (graph + graph.T).tocsr()
    graph.eliminate_zeros()
    return graph
