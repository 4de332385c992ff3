"""Which remarks a person should decide next."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from cahiers.textkit.vectors import Dense


def next_to_decide(
    scores: NDArray[np.float64], vectors: Dense, *, decided: Collection[int] = (), number: int = 20
) -> list[int]:
    """Rows worth deciding: those between two themes, typical of many others, and unlike each other.

    Without the last condition twenty copies of one puzzling remark would come first.
    """
    count = len(scores)
    ordered = np.sort(scores, axis=1)
    margin = ordered[:, -1] - (ordered[:, -2] if scores.shape[1] > 1 else 0)
    middle = vectors.mean(axis=0)
    typical = vectors @ middle
    spread = float(np.ptp(typical)) or 1.0
    value = (1 - margin) * (0.5 + (typical - typical.min()) / spread)
    free = np.ones(count, dtype=bool)
    free[list(decided)] = False
    nearest = np.zeros(count)
    if decided:
        nearest = np.clip((vectors @ vectors[sorted(decided)].T).max(axis=1), 0, 1)
    chosen: list[int] = []
    while len(chosen) < number and free.any():
        worth = np.where(free, value * (1 - nearest), -1)
        best = int(worth.argmax())
        chosen.append(best)
        free[best] = False
        nearest = np.maximum(nearest, np.clip(vectors @ vectors[best], 0, 1))
    return chosen
