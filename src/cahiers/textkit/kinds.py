"""Kind and polarity of a remark, by a classifier of its own: embeddings put « plus de » and « pas de » side by side."""

import csv
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from cahiers.textkit.french import sentences
from cahiers.textkit.model import Proposal
from cahiers.textkit.neighbours import one_thread
from cahiers.textkit.signs import signs

KINDS = ("irritant", "strength", "need", "lever", "action", "indicator")
POLARITIES = ("against", "for", "neutral")
VERSION = "kinds 3"  # changes with kinds.tsv or with the signs read, and is kept with results
Scores = NDArray[np.float64]
DECIDING = 3  # words shown
CHUNK = 10_000  # texts a block, to bound memory
SEEN = 2  # examples that must hold a sign for it to be learnt
BOLD = 24.0  # inverse strength of the regularisation
LAST = 3.0  # what the last sentence of a remark counts: people say what hurts first, and what they ask at the end


@dataclass(frozen=True)
class Example:
    """A remark labelled by people."""

    text: str
    kind: str
    polarity: str


def examples() -> list[Example]:
    """The labelled remarks that ship with the package."""
    source = files("cahiers.textkit").joinpath("kinds.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(source.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Example(row["text"], row["kind"], row["polarity"]) for row in rows]


class KindClassifier:
    """Logistic regression on words, word pairs and signs of how the remark is built.

    Kind and sense are learnt together, as one label: apart, they would contradict each other. The kind of a remark of
    several sentences is that of its sentences, each by itself, the last one counting most. A consultation's own
    decisions are added to the examples that ship, and weigh three times as much.
    """

    def __init__(self, decided: Sequence[Example] = (), *, shipped: Sequence[Example] | None = None) -> None:
        base = list(examples() if shipped is None else shipped)
        learnt = [*base, *decided]
        weights = np.asarray([1.0] * len(base) + [3.0] * len(decided))
        read, shares = _sentences([example.text for example in learnt])
        seen = Counter(sign for found in read for sign in found)
        self._names = sorted(sign for sign, times in seen.items() if times >= SEEN)
        self._columns = {sign: column for column, sign in enumerate(self._names)}
        # « name=value » signs weigh too, but say nothing to a reader.
        self._readable = np.asarray(["=" not in name for name in self._names], dtype=bool)
        pairs = [f"{example.kind} {example.polarity}" for example in learnt]
        with one_thread():
            self._model = LogisticRegression(C=BOLD, max_iter=2_000)
            self._model.fit(shares @ self._rows(read), pairs, sample_weight=weights)
        self._weights = np.ascontiguousarray(self._model.coef_.T)
        self._pairs = [label.split() for label in self._model.classes_]
        self._among = {
            (side, label): [number for number, pair in enumerate(self._pairs) if pair[side] == label]
            for side in (0, 1)
            for label in {pair[side] for pair in self._pairs}
        }
        self._kinds, self._senses = (sorted({pair[side] for pair in self._pairs}) for side in (0, 1))

    def propose(self, texts: Sequence[str], *, most: int = 3) -> list[tuple[tuple[Proposal, ...], Proposal]]:
        """For each text, its most likely kinds, best first, and the sense that goes with the first."""
        found: list[tuple[tuple[Proposal, ...], Proposal]] = []
        for start in range(0, len(texts), CHUNK):
            read, shares = _sentences(texts[start : start + CHUNK])
            rows = self._rows(read)
            both = self._scores(rows, shares)
            kinds, senses = both.sum(axis=2), both.sum(axis=1)
            best = np.argsort(-kinds, axis=1, kind="stable")[:, :most]
            features = (shares @ rows).tocsr()
            likely = features @ self._weights + self._model.intercept_
            told = [self._told(features, likely, 0, self._kinds, column, kinds) for column in best.T]
            last = self._told(features, likely, 1, self._senses, _senses(both), senses)
            found += zip(zip(*told, strict=True), last, strict=True)
        return found

    def labels(self, texts: Sequence[str]) -> tuple[list[str], list[str]]:
        """Only the best kind and polarity of each text: what large runs need."""
        if not texts:
            return [], []
        read, shares = _sentences(texts)
        both = self._scores(self._rows(read), shares)
        return (
            [self._kinds[best] for best in both.sum(axis=2).argmax(axis=1).tolist()],
            [self._senses[best] for best in _senses(both).tolist()],
        )

    def _scores(self, rows: Any, shares: Any) -> Scores:
        """(texts, kinds, senses): probabilities, the weighted mean of those of its sentences."""
        scores = shares @ self._model.predict_proba(rows)
        both: Scores = np.zeros((len(scores), len(self._kinds), len(self._senses)))
        for column, (kind, sense) in enumerate(self._pairs):
            both[:, self._kinds.index(kind), self._senses.index(sense)] = scores[:, column]
        return both

    def _rows(self, read: Sequence[Collection[str]]) -> Any:
        """(sentences, signs), rows of unit length."""
        known = self._columns
        bounds, columns = [0], []
        for found in read:
            columns += [known[sign] for sign in found if sign in known]
            bounds.append(len(columns))
        sizes = np.diff(bounds)
        values = np.repeat(np.maximum(1, sizes) ** -0.5, sizes)
        rows = sparse.csr_matrix((values, columns, bounds), shape=(len(read), len(self._names)))
        rows.sort_indices()  # sets have no order, and sums have one
        return rows

    def _told(
        self, features: Any, likely: Scores, side: int, labels: Sequence[str], chosen: Any, scores: Scores
    ) -> list[Proposal]:
        """For each text the label chosen, its probability, and the words that weighed most in its likeliest pair."""
        pairs = np.zeros(len(likely), dtype=np.int64)
        for number, label in enumerate(labels):
            mine, among = chosen == number, np.asarray(self._among[side, label])
            pairs[mine] = among[likely[np.ix_(mine, among)].argmax(axis=1)]
        own = scores[np.arange(len(scores)), chosen].round(4).tolist()
        words = self._deciding(features, pairs)
        return [
            Proposal(labels[label], score, said)
            for label, score, said in zip(chosen.tolist(), own, words, strict=True)
        ]

    def _deciding(self, features: Any, pairs: NDArray[np.int64]) -> list[tuple[str, ...]]:
        """For each row the words, at most ``DECIDING``, that speak most for its pair."""
        owners = np.repeat(np.arange(len(pairs)), np.diff(features.indptr))
        weights = features.data * self._weights[features.indices, pairs[owners]]
        kept = self._readable[features.indices] & (weights > 0)
        owners, columns, weights = owners[kept], features.indices[kept], weights[kept]
        order = np.lexsort((columns, -weights, owners))
        owners, columns = owners[order], columns[order]
        first = np.arange(len(owners)) - np.searchsorted(owners, owners) < DECIDING
        names = [self._names[column] for column in columns[first].tolist()]
        bounds = np.searchsorted(owners[first], np.arange(len(pairs) + 1)).tolist()
        return [tuple(names[start:end]) for start, end in pairwise(bounds)]


def _senses(both: Scores) -> NDArray[np.int64]:
    """The sense of the likeliest kind: that of all kinds together would often call an indicator a strength."""
    best = both.sum(axis=2).argmax(axis=1)
    found: NDArray[np.int64] = both[np.arange(len(both)), best].argmax(axis=1)
    return found


def _sentences(texts: Sequence[str]) -> tuple[list[set[str]], Any]:
    """The signs of each sentence, and the share (texts, sentences) that it has in its text."""
    read, values, bounds = [], [], [0]
    for text in texts:
        parts = [span.of(text) for span in sentences(text)] or [text]
        read += [set(signs(part)) for part in parts]
        values += [1 / (len(parts) - 1 + LAST)] * (len(parts) - 1) + [LAST / (len(parts) - 1 + LAST)]
        bounds.append(len(read))
    return read, sparse.csr_matrix((values, range(len(read)), bounds), shape=(len(texts), len(read)))


@lru_cache(maxsize=1)
def default_classifier() -> KindClassifier:
    """The classifier of the shipped examples, made once a process."""
    return KindClassifier()
