"""Labels by likeness with decided remarks, on top of what is held likely before any decision."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.optimize import minimize
from scipy.special import logsumexp

from cahiers.textkit.vectors import Dense, Features, unit_rows

Odds = NDArray[np.float64]

MEANING = 4.0  # weight of the dense vectors' nearness against that of shared words
RIDGE = 0.1  # 0.03 to 0.3 are alike on four sets
LANDMARKS = 2_000  # decided remarks compared with; more are summed up by these
PASSES = 60  # of the minimiser; more change nothing that is shown
_JITTER = 1e-4  # copies make the likenesses of landmarks singular
_BLOCK = 5_000


class Likeness:
    """Kernel logistic regression on two likenesses: shared words, and a bell curve of the dense vectors.

    It starts from log-odds that were there before it, so that two decisions correct a guess without taking its place.
    Labels vie with each other for a remark; where people gave several, each is learnt by itself as well.
    """

    def __init__(self, features: Features, middle: Dense, given: Odds, before: Odds) -> None:
        """``given`` is (n, labels), the share of each label in a decision; ``before`` are log-odds of the same shape.

        ``middle`` is taken away from the dense vectors.
        """
        step = max(1, -(-len(features) // LANDMARKS))
        self._middle = middle
        self._dense = self._centred(features)[::step]
        self._words: Any = None if features.sparse is None else features.sparse[::step].T.tocsr()
        near = self._near(features)
        root = np.linalg.cholesky(near[::step] + _JITTER * np.eye(near[::step].shape[0]))
        points = np.asarray(solve_triangular(root, near.T, lower=True)).T
        self._weights = np.asarray(solve_triangular(root.T, _softmax_regression(points, given, before)))
        self._each: tuple[Odds, Odds] | None = None
        if ((given > 0) & (given < 1)).any():
            weights, shift = _each_regression(points, given > 0, log_shares(before))
            self._each = np.asarray(solve_triangular(root.T, weights)), shift

    def odds(self, features: Features) -> Odds:
        """(n, labels) what decisions add to the log-odds that were there before."""
        return self._added(features, self._weights)

    def each(self, features: Features, before: Odds) -> Odds | None:
        """(n, labels) log-odds of each label by itself; None where no remark was given two.

        ``before`` are, as at the start, log-odds of labels that vie with each other.
        """
        if self._each is None:
            return None
        weights, shift = self._each
        return self._added(features, weights) + shift + log_shares(before)

    def _added(self, features: Features, weights: Odds) -> Odds:
        found = np.zeros((len(features), weights.shape[1]))
        for start in range(0, len(features), _BLOCK):
            rows = np.arange(start, min(start + _BLOCK, len(features)))
            found[rows] = self._near(features.take(rows)) @ weights
        return found

    def of_words(self) -> Odds:
        """(columns of the sparse features, labels) what each word adds; no row where words are not compared."""
        if self._words is None:
            return np.zeros((0, self._weights.shape[1]))
        return np.asarray(self._words @ self._weights, dtype=np.float64)

    def _near(self, features: Features) -> Odds:
        nearness = self._centred(features) @ self._dense.T
        near: Odds = MEANING * np.exp(2 * (nearness.astype(np.float64) - 1))
        if self._words is not None and features.sparse is not None:
            near += np.asarray((features.sparse @ self._words).todense())
        return near

    def _centred(self, features: Features) -> Dense:
        return unit_rows(features.dense - self._middle)


def _softmax_regression(points: Odds, given: Odds, before: Odds) -> Odds:
    """(dimensions, labels) weights that make decisions likely and stay small."""
    shape = (points.shape[1], given.shape[1])

    def loss(flat: Odds) -> tuple[float, Odds]:
        odds = points @ flat.reshape(shape) + before
        odds -= odds.max(axis=1, keepdims=True)
        raised = np.exp(odds)
        total = raised.sum(axis=1, keepdims=True)
        missed = -float((given * (odds - np.log(total))).sum()) + RIDGE / 2 * float(flat @ flat)
        return missed, (points.T @ (raised / total - given)).ravel() + RIDGE * flat

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": PASSES})
    return np.asarray(found.x, dtype=np.float64).reshape(shape)


def _each_regression(points: Odds, given: NDArray[np.bool_], before: Odds) -> tuple[Odds, Odds]:
    """(dimensions, labels) weights and (labels,) shifts of one logistic regression a label."""
    size, shape = points.shape[1], (points.shape[1] + 1, given.shape[1])

    def loss(flat: Odds) -> tuple[float, Odds]:
        weights, shift = flat.reshape(shape)[:size], flat.reshape(shape)[size]
        odds = points @ weights + shift + before
        missed = float(np.logaddexp(0, odds).sum() - odds[given].sum()) + RIDGE / 2 * float(
            (weights**2).sum()
        )
        gap = 1 / (1 + np.exp(-odds)) - given
        return missed, np.vstack([points.T @ gap + RIDGE * weights, gap.sum(axis=0)]).ravel()

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": PASSES})
    solved = np.asarray(found.x, dtype=np.float64).reshape(shape)
    return solved[:size], solved[size]


def log_shares(odds: Odds) -> Odds:
    """The logarithms of the shares that labels have where they vie with each other."""
    return np.asarray(odds - logsumexp(odds, axis=1, keepdims=True), dtype=np.float64)
