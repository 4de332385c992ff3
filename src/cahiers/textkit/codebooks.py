"""Grids of themes: several, in several versions, over the same remarks, and who agrees with whom."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Labels = frozenset[str]


@dataclass(frozen=True)
class Theme:
    """``aliases`` are other names of it; ``guidance`` tells a reader what belongs to it."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    guidance: str = ""

    @property
    def descriptions(self) -> tuple[str, ...]:
        return tuple(text for text in (self.name, *self.aliases, self.guidance) if text)


@dataclass(frozen=True)
class Codebook:
    """A versioned grid. A decision quotes ``reference``, so that an old decision never changes meaning."""

    key: str
    version: int
    themes: tuple[Theme, ...]
    multiple: bool = True

    def __post_init__(self) -> None:
        keys = [theme.key for theme in self.themes]
        if len(set(keys)) != len(keys):
            raise ValueError("two themes of a grid have the same key")

    @property
    def reference(self) -> str:
        return f"{self.key}/{self.version}"

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(theme.key for theme in self.themes)


@dataclass(frozen=True)
class Reading:
    """What one reader (a person or the machine) decided with one grid: unit id to labels."""

    reader: str
    grid: str
    labels: Mapping[str, Labels]


@dataclass(frozen=True)
class Agreement:
    """``kappa`` is chance-corrected on single labels (None where a unit has several), ``alpha`` is Krippendorff's on
    sets with the Jaccard distance, ``micro_f1`` treats one reader as the key; 1 is full agreement.
    """

    first: str
    second: str
    units: int
    exact: float
    kappa: float | None
    alpha: float | None
    micro_f1: float


def agreement(first: Reading, second: Reading) -> Agreement:
    """On the units that both have read; two readings of different grids have nothing to compare."""
    if first.grid != second.grid:
        raise ValueError(f"{first.grid} and {second.grid} are two grids")
    shared = sorted(set(first.labels) & set(second.labels))
    pairs = [(first.labels[unit], second.labels[unit]) for unit in shared]
    exact = sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0
    found = sum(len(a & b) for a, b in pairs)
    given = sum(len(a) + len(b) for a, b in pairs)
    alpha = krippendorff_alpha([list(pair) for pair in pairs])
    micro_f1 = 2 * found / given if given else 1.0
    return Agreement(first.reader, second.reader, len(pairs), exact, cohen_kappa(pairs), alpha, micro_f1)


def all_agreements(readings: Sequence[Reading]) -> list[Agreement]:
    """Every two readers of each grid: people with people, and people with the machine."""
    return [agreement(a, b) for a, b in combinations(readings, 2) if a.grid == b.grid]


def cohen_kappa(pairs: Sequence[tuple[Labels, Labels]]) -> float | None:
    """None where a unit has several labels, or where both readers always use one same label."""
    if not pairs or any(len(a) > 1 or len(b) > 1 for a, b in pairs):
        return None
    observed = sum(a == b for a, b in pairs) / len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(left[label] * right[label] for label in left) / len(pairs) ** 2
    return None if expected == 1 else (observed - expected) / (1 - expected)


def krippendorff_alpha(units: Sequence[Sequence[Labels]]) -> float | None:
    """Any number of readers a unit; None where there is no variation to agree about."""
    paired = [list(values) for values in units if len(values) > 1]
    tally: Counter[Labels] = Counter(value for values in paired for value in values)
    total = sum(tally.values())
    if total < 2:
        return None
    observed = sum(
        sum(_jaccard_distance(a, b) for a, b in combinations(values, 2)) * 2 / (len(values) - 1)
        for values in paired
    )
    expected = sum(_jaccard_distance(a, b) * tally[a] * tally[b] * 2 for a, b in combinations(tally, 2)) / (
        total - 1
    )
    return None if expected == 0 else 1 - observed / expected


def _jaccard_distance(a: Labels, b: Labels) -> float:
    return 0.0 if a == b else 1 - len(a & b) / len(a | b)
