"""Positions of groups on a map: near when they speak of near things, never on top of each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cahiers.textkit.vectors import Dense

STEPS = 80


def positions(centres: Dense, sizes: Sequence[int]) -> NDArray[np.float64]:
    """(groups, 2) in the unit square; ``sizes`` give the room that each group takes."""
    count = len(centres)
    if count == 0:
        return np.zeros((0, 2))
    if count == 1:
        return np.asarray([[0.5, 0.5]])
    spread = centres - centres.mean(axis=0)
    left, values, _ = np.linalg.svd(spread.astype(np.float64), full_matrices=False)
    axes = left[:, :2] * values[:2]
    if axes.shape[1] < 2:
        axes = np.column_stack([axes[:, 0], np.zeros(count)])
    # The sign of a singular vector is arbitrary: the largest group settles it.
    heaviest = int(np.argmax(sizes))
    axes = axes * np.where(axes[heaviest] < 0, -1.0, 1.0)
    points = (axes - axes.min(axis=0)) / np.maximum(np.ptp(axes, axis=0), 1e-9)
    radius = np.sqrt(np.asarray(sizes, dtype=np.float64) / max(1, sum(sizes)))
    return _spaced(points, 0.55 * radius / max(1.0, radius.sum() / 3))


def radii(sizes: Sequence[int]) -> list[float]:
    """Radius of each circle in the unit square: its area follows the number, with a floor to stay visible."""
    root = np.sqrt(np.asarray(sizes, dtype=np.float64) / max(1, max(sizes, default=1)))
    return [float(max(0.012, 0.05 * value)) for value in root]


def _spaced(points: NDArray[np.float64], radius: NDArray[np.float64]) -> NDArray[np.float64]:
    least = radius[:, None] + radius[None, :] + 0.02
    for _ in range(STEPS):
        gap = points[:, None, :] - points[None, :, :]
        distance = np.sqrt((gap**2).sum(axis=2)) + np.eye(len(points))
        overlap = np.clip(least - distance, 0, None)
        np.fill_diagonal(overlap, 0)
        if not overlap.any():
            break
        # Two groups at one point have no direction to part in: their ranks give one.
        angle = np.arange(len(points))[:, None] * 2.4 - np.arange(len(points))[None, :] * 1.1
        away = np.where(
            distance[..., None] > 1e-6, gap / distance[..., None], np.dstack([np.cos(angle), np.sin(angle)])
        )
        points = points + 0.5 * (away * overlap[..., None]).sum(axis=1) / 2
    low, high = points.min(axis=0), points.max(axis=0)
    settled: NDArray[np.float64] = np.round((points - low) / np.maximum(high - low, 1e-9), 4)
    return settled
