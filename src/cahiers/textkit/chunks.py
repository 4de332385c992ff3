"""Placing any number of remarks chunk by chunk, on one machine or on many: the map is whatever engine one has."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Protocol

import numpy as np

from cahiers.textkit.communities import Labels, lots_of
from cahiers.textkit.grouping import group, place
from cahiers.textkit.model import digest_of
from cahiers.textkit.vectors import Dense, Vectoriser

CHUNK = 20_000


class Mapper(Protocol):
    """Like the built-in ``map`` of one function over one iterable; results come in order."""

    def __call__(self, function: Callable[[Any], Any], items: Iterable[Any], /) -> Iterable[Any]: ...


@dataclass(frozen=True)
class Placer:
    """All that a worker needs, small enough to be sent to it: about 40 MB at most with the default vectoriser."""

    vectoriser: Vectoriser
    centres: Dense
    middle: Dense
    limit: float


def learn(texts: Sequence[str], vectoriser: Vectoriser, *, seed: int) -> Placer:
    """Groups of a sample that fits in memory."""
    fitted = vectoriser.fit(texts, seed=seed)
    lots = lots_of([digest_of(text) for text in texts])
    found = group(fitted.transform(texts, sparse=False).dense, seed=seed, lots=lots)
    return Placer(fitted, found.centres, found.middle, found.limit)


def place_chunk(placer: Placer, texts: Sequence[str]) -> tuple[Labels, Dense]:
    """The finest group of each text (-1: none is near) and the cosine with its centre; no chunk depends on another."""
    vectors = placer.vectoriser.transform(texts, sparse=False).dense
    labels, affinity = place(vectors, placer.centres, placer.middle)
    silent = np.einsum("ij,ij->i", vectors, vectors) < 0.5
    labels[(affinity < placer.limit) | silent] = -1
    return labels, affinity


def place_all(
    placer: Placer, texts: Iterable[str], *, mapper: Mapper = map, size: int = CHUNK
) -> tuple[Labels, Dense]:
    """The same result for any mapper: the built-in one, a pool's, a Dask client's."""
    results = list(mapper(partial(place_chunk, placer), _cut(texts, size)))
    if not results:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    return np.concatenate([labels for labels, _ in results]), np.concatenate(
        [affinity for _, affinity in results]
    )


def _cut(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    source = iter(texts)
    while chunk := list(islice(source, size)):
        yield chunk
