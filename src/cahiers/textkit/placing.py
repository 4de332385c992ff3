"""Where each unit stands, in keys that last: new runs, carried-over runs, and what people have decided."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cahiers.textkit.communities import Lots, lots_of
from cahiers.textkit.grouping import OUTLIER_SHARE, Grouping, group, limit_for, place, sums_of
from cahiers.textkit.model import OUTLIER, Analysis
from cahiers.textkit.steering import Steering
from cahiers.textkit.vectors import Dense, unit_rows

LEVELS = ("family", "group", "subgroup")
PREFIX = ("f", "g", "s")
CLEARLY = 0.3  # affinity from which a new remark joins a known group without further question
FOUNDERS = 6  # remarks that it takes to found a new group in a later run
COHESIVE = 0.55


@dataclass
class Placement:
    """For each unit (by position) its key at each level, "" where it stands alone; and each key's parent."""

    keys: list[list[str]]
    parent: dict[str, str | None] = field(default_factory=dict)
    carried: set[str] = field(default_factory=set)

    @property
    def groups(self) -> list[str]:
        return self.keys[1]


def first_placement(
    vectors: Dense,
    ids: Sequence[str],
    digests: Sequence[str],
    *,
    seed: int,
    resolution: float | None,
    steering: Steering,
) -> Placement:
    """Groups from nothing."""
    tied = _rows(ids, steering.must_link)
    found = group(vectors, seed=seed, resolution=resolution, must_link=tied, lots=lots_of(digests))
    placement = Placement([[OUTLIER] * len(ids) for _ in LEVELS])
    _name(placement, found, np.arange(len(ids)), (0, 0, 0))
    return placement


def next_placement(
    vectors: Dense,
    ids: Sequence[str],
    digests: Sequence[str],
    previous: Analysis,
    *,
    seed: int,
    resolution: float | None,
) -> Placement:
    """Units of the previous run stay where they were; others join the nearest group, or make new ones together.

    No key is ever used again for something else: new keys go on from the highest number seen.
    """
    placement = Placement([[OUTLIER] * len(ids) for _ in LEVELS])
    old = {unit.id: unit.digest for unit in previous.units}
    at = {
        level: {unit: entry.key for entry in previous.at_level(level) for unit in entry.units}
        for level in range(len(LEVELS))
    }
    for entry in previous.groups:
        placement.parent[entry.key] = entry.parent
    placement.carried = set(placement.parent)
    settled = np.zeros(len(ids), dtype=bool)
    for row, (unit, digest) in enumerate(zip(ids, digests, strict=True)):
        if old.get(unit) == digest and unit in at[1]:
            settled[row] = True
            for level in range(len(LEVELS)):
                placement.keys[level][row] = at[level].get(unit, OUTLIER)
    fresh = np.flatnonzero(
        np.asarray([old.get(unit) != digest for unit, digest in zip(ids, digests, strict=True)])
    )
    _join(placement, vectors, settled, fresh, CLEARLY)
    _found_together(placement, vectors, lots_of(digests), fresh, seed=seed, resolution=resolution)
    _join(placement, vectors, settled, fresh, None)
    return placement


def obey(placement: Placement, vectors: Dense, ids: Sequence[str], steering: Steering) -> None:
    """Merges, moves, must-link and cannot-link, in this order; the last word is the explicit move."""
    groups = placement.groups
    for row, key in enumerate(groups):
        if key:
            groups[row] = steering.final(key)
    for rows in _tied(_rows(ids, steering.must_link)):
        keys = [groups[row] for row in rows if groups[row]]
        if keys:
            winner = Counter(keys).most_common(1)[0][0]
            for row in rows:
                _to(placement, row, winner)
    _keep_apart(placement, vectors, _rows(ids, steering.cannot_link))
    where = {unit: row for row, unit in enumerate(ids)}
    for unit, key in steering.moves.items():
        if unit in where:
            _to(placement, where[unit], steering.final(key) if key else OUTLIER)
    for key in set(groups) - {OUTLIER}:
        # A split group has no place in the hierarchy yet: it stands beside the group it came from.
        placement.parent.setdefault(key, placement.parent.get(key.rpartition("-")[0]))


def centres_of(vectors: Dense, keys: Sequence[str]) -> tuple[list[str], Dense, Dense]:
    """Distinct keys in order, the centre of each, and the middle that was taken away from all."""
    distinct = sorted({key for key in keys if key}, key=natural)
    number = {key: n for n, key in enumerate(distinct)}
    rows = np.flatnonzero(np.asarray([bool(key) for key in keys], dtype=bool))
    if not len(rows):
        return (
            [],
            np.zeros((0, vectors.shape[1]), dtype=np.float32),
            np.zeros(vectors.shape[1], dtype=np.float32),
        )
    middle = vectors[rows].mean(axis=0)
    sums = np.zeros((len(distinct), vectors.shape[1]), dtype=np.float32)
    labels = np.asarray([number[keys[row]] for row in rows.tolist()])
    for start in range(0, len(rows), 20_000):
        part = rows[start : start + 20_000]
        points = unit_rows(vectors[part] - middle)
        sums += sums_of(points, labels[start : start + 20_000], len(distinct))
    return distinct, unit_rows(sums), middle


def natural(key: str) -> tuple[str, tuple[int, ...]]:
    """Sorts g2 before g10."""
    return key[:1], tuple(int(part) for part in re.findall(r"\d+", key))


def _name(
    placement: Placement, found: Grouping, rows: NDArray[np.int64], after: tuple[int, int, int]
) -> None:
    labels = (found.families, found.groups, found.subgroups)
    for position, row in enumerate(rows.tolist()):
        if found.alone[position] or found.groups[position] < 0:
            continue
        path = [f"{PREFIX[n]}{after[n] + int(labels[n][position]) + 1}" for n in range(len(LEVELS))]
        for level, key in enumerate(path):
            placement.keys[level][row] = key
            placement.parent[key] = path[level - 1] if level else None


def _join(
    placement: Placement,
    vectors: Dense,
    settled: NDArray[np.bool_],
    fresh: NDArray[np.int64],
    least: float | None,
) -> None:
    """Units without a group join the nearest from ``least`` on; None stands for the limit of outliers."""
    finest = [key if settled[row] else OUTLIER for row, key in enumerate(placement.keys[2])]
    distinct, centres, middle = centres_of(vectors, finest)
    new = np.asarray([row for row in fresh.tolist() if placement.groups[row] == OUTLIER], dtype=np.int64)
    if not distinct or not len(new):
        return
    labels, affinity = place(vectors[new], centres, middle)
    affinity[np.einsum("ij,ij->i", vectors[new], vectors[new]) < 0.5] = -1
    if least is None:
        already = sum(key == OUTLIER for key in placement.groups) - len(new)
        share = (OUTLIER_SHARE * len(placement.groups) - already) / len(new)
        least = limit_for(affinity[affinity > -1], share=min(1.0, share))
    for row, label, close in zip(new.tolist(), labels.tolist(), affinity.tolist(), strict=True):
        if close >= least:
            key: str | None = distinct[label]
            for level in (2, 1, 0):
                placement.keys[level][row] = key or OUTLIER
                key = placement.parent.get(key or "")


def _found_together(
    placement: Placement,
    vectors: Dense,
    lots: Lots,
    fresh: NDArray[np.int64],
    *,
    seed: int,
    resolution: float | None,
) -> None:
    """Units that resemble each other more than any known group make new groups, where one of them is new."""
    left = np.flatnonzero(np.asarray([key == OUTLIER for key in placement.groups], dtype=bool))
    new = set(fresh.tolist()) & set(left.tolist())
    if not new or len(left) < FOUNDERS:
        return
    found = group(vectors[left], seed=seed, resolution=resolution, lots=lots[left])
    for label in set(found.groups.tolist()) - {-1}:
        members = np.flatnonzero(found.groups == label)
        close = float(found.affinity[members].mean()) >= COHESIVE
        if len(members) < FOUNDERS or not close or not new & set(left[members].tolist()):
            found.groups[members] = -1
    _name(placement, found, left, _highest(placement.parent))


def _to(placement: Placement, row: int, key: str) -> None:
    if placement.groups[row] == key:
        return
    placement.keys[1][row] = key
    placement.keys[0][row] = placement.parent.get(key) or OUTLIER if key else OUTLIER
    placement.keys[2][row] = OUTLIER


def _keep_apart(placement: Placement, vectors: Dense, pairs: Iterable[tuple[int, int]]) -> None:
    """The looser of two goes to the nearest group where nothing keeps it out."""
    pairs = list(pairs)
    if not pairs:
        return
    distinct, centres, middle = centres_of(vectors, placement.groups)
    for first, second in pairs:
        key = placement.groups[first]
        if not key or key != placement.groups[second]:
            continue
        scores = unit_rows(vectors[[first, second]] - middle) @ centres.T
        looser = int(scores[:, distinct.index(key)].argmin())
        row = (first, second)[looser]
        barred = {placement.groups[b if a == row else a] for a, b in pairs if row in (a, b)}
        free = [n for n in np.argsort(-scores[looser], kind="stable").tolist() if distinct[n] not in barred]
        _to(placement, row, distinct[free[0]] if free else OUTLIER)


def _tied(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    sets: list[set[int]] = []
    for pair in pairs:
        touched = [known for known in sets if known & set(pair)]
        sets = [known for known in sets if known not in touched] + [set(pair).union(*touched)]
    return [sorted(rows) for rows in sets]


def _rows(ids: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[int, int]]:
    wanted = {unit for pair in pairs for unit in pair}
    where = {unit: row for row, unit in enumerate(ids) if unit in wanted}
    return [(where[a], where[b]) for a, b in pairs if a in where and b in where]


def _highest(keys: Mapping[str, str | None]) -> tuple[int, int, int]:
    numbers = [0, 0, 0]
    for key in keys:
        level = PREFIX.index(key[:1])
        numbers[level] = max(numbers[level], *(int(part) for part in re.findall(r"\d+", key)[:1]))
    return numbers[0], numbers[1], numbers[2]
