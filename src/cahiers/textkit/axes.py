"""The leading axes of a product of sparse matrices, without the product."""

from typing import Any

import numpy as np

from cahiers.textkit.neighbours import one_thread
from cahiers.textkit.vectors import Dense

SPARE, POWERS = 10, 2  # axes more than asked for, and times that the weak ones are made weaker
WEAKEST = 1e-4  # of the strongest axis: copies make axes that hold nothing but what was rounded


def leading_axes(left: Any, right: Any, size: int) -> Dense:
    """(columns, at most size): leading right singular vectors of ``left @ right``, two CSR matrices of float32.

    Randomised subspace iteration (Halko, Martinsson and Tropp, 2011), always from the same draw; fewer axes where
    there are no more. The product of texts by words and words by n-grams has three times as many values as both, and
    what is sought are axes of a square of some hundred: scikit-learn's ``randomized_svd`` finds the same in more than
    twice the time.
    """
    left_turned, right_turned = left.T.tocsr(), right.T.tocsr()
    drawn = np.random.RandomState(0).normal(size=(right.shape[1], min(size + SPARE, *left.shape)))
    with one_thread():
        across = left @ (right @ drawn.astype(np.float32))
        for _ in range(POWERS):
            across = left @ (right @ (right_turned @ (left_turned @ across)))
        span = np.linalg.qr(across)[0]
        along = right_turned @ (left_turned @ span)
        squares, turns = np.linalg.eigh(along.T.astype(np.float64) @ along.astype(np.float64))
        strongest = slice(-1, -1 - size, -1)
        squares, turns = squares[strongest], turns[:, strongest]
        told = squares > max(WEAKEST**2 * squares[0], np.finfo(np.float32).tiny)
        axes: Dense = along @ (turns[:, told] / np.sqrt(squares[told])).astype(np.float32)
    return axes
