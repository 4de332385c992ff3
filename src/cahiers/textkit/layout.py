"""Positions of groups on a map: near when they speak of near things, never on top of each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cahiers.textkit.vectors import Dense

ASPECT = 0.6  # height of the map for a width of 1
LARGEST, SMALLEST = 0.06, 0.012  # radii, of that width; the smallest still holds its number
COVERED = 0.28  # share of the map that circles take at most: fuller, they could not be set apart
STEPS = 150
_GAP = 0.003

Points = NDArray[np.float64]


def positions(centres: Dense, sizes: Sequence[int]) -> Points:
    """(groups, 2) in the unit square, to be stretched over the map; ``sizes`` give the room that each group takes."""
    count = len(centres)
    if count < 2:
        return np.full((count, 2), 0.5)
    spread = centres - centres.mean(axis=0)
    left, values, _ = np.linalg.svd(spread.astype(np.float64), full_matrices=False)
    axes = left[:, :2] * values[:2]
    if axes.shape[1] < 2:
        axes = np.column_stack([axes[:, 0], np.zeros(count)])
    # The sign of a singular vector is arbitrary: the largest group settles it.
    heaviest = int(np.argmax(sizes))
    axes = axes * np.where(axes[heaviest] < 0, -1.0, 1.0)
    points = (_scaled(axes) + _ranked(axes)) / 2
    settled: Points = np.round(_apart(points * (1, ASPECT), np.asarray(radii(sizes))) / (1, ASPECT), 4)
    return settled


def radii(sizes: Sequence[int]) -> list[float]:
    """Radius of each circle, of the map's width: its area follows the number, with a floor to stay visible."""
    root = np.sqrt(np.asarray(sizes, dtype=np.float64) / max(1, max(sizes, default=1)))
    full = np.sqrt(COVERED * ASPECT / np.pi / max(1.0, float((root**2).sum())))
    return [float(max(SMALLEST, min(LARGEST, full) * value)) for value in root]


def _scaled(axes: Points) -> Points:
    scaled: Points = (axes - axes.min(axis=0)) / np.maximum(np.ptp(axes, axis=0), 1e-9)
    return scaled


def _ranked(axes: Points) -> Points:
    """Evenly spread in the same order: one far group would leave the others in a heap."""
    order = np.argsort(np.round(axes, 6), axis=0, kind="stable")
    ranks: Points = np.argsort(order, axis=0) / (len(axes) - 1)
    return ranks


def _apart(points: Points, radius: NDArray[np.float64]) -> Points:
    """Pushed until circles part, within the map."""
    least = radius[:, None] + radius[None, :] + _GAP
    np.fill_diagonal(least, 0)
    # Two groups at one point have no direction to part in: their ranks give one.
    turn = 2.4 * np.arange(len(points))
    x, y = points[:, 0] + 1e-4 * np.cos(turn), points[:, 1] + 1e-4 * np.sin(turn)
    for _ in range(STEPS):
        across, down = x[:, None] - x, y[:, None] - y
        distance = np.sqrt(across * across + down * down)
        push = np.maximum(least - distance, 0) / (2 * np.maximum(distance, 1e-9))
        if not push.any():
            break
        x = np.clip(x + (across * push).sum(axis=1), 0, 1)
        y = np.clip(y + (down * push).sum(axis=1), 0, ASPECT)
    return np.column_stack([np.clip(x, 0, 1), np.clip(y, 0, ASPECT)])
