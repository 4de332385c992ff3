"""The interface of vectorisers and what they return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

Dense = NDArray[np.float32]
Parameter = str | int | float | bool | None


class MissingExtra(RuntimeError):
    """An optional library is absent; the message says what to install."""


@dataclass(frozen=True)
class Features:
    """Rows of unit length, one a text; a text without any indexed term has a zero row.

    ``dense`` is (n, d) float32. ``sparse`` is a scipy CSR matrix (n, terms), where the vectoriser has one.
    """

    dense: Dense
    sparse: Any | None = None

    def __len__(self) -> int:
        return int(self.dense.shape[0])

    def take(self, rows: NDArray[np.int64]) -> "Features":
        return Features(self.dense[rows], None if self.sparse is None else self.sparse[rows])


class Vectoriser(Protocol):
    """Learns from a sample of texts, then turns any text into features; never touches the network."""

    name: str
    version: str

    def parameters(self) -> Mapping[str, Parameter]: ...

    def fit(self, texts: Sequence[str], *, seed: int) -> Self: ...

    def transform(self, texts: Sequence[str], *, sparse: bool = True) -> Features: ...


def unit_rows(matrix: Dense) -> Dense:
    """Rows scaled to length one; zero rows stay zero."""
    norms = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))
    norms[norms == 0] = 1
    scaled: Dense = (matrix / norms[:, None]).astype(np.float32, copy=False)
    return scaled
