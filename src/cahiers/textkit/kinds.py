"""Kind and polarity of a remark, by a classifier of its own: embeddings put « plus de » and « pas de » side by side."""

import csv
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from cahiers.textkit.french import sentences
from cahiers.textkit.model import Proposal
from cahiers.textkit.neighbours import one_thread
from cahiers.textkit.signs import signs
from cahiers.textkit.vectors import Dense

KINDS = ("irritant", "strength", "need", "lever", "action", "indicator")
POLARITIES = ("against", "for", "neutral")
VERSION = "kinds 3"  # changes with kinds.tsv or with the signs read, and is kept with results
CHUNK = 10_000  # texts a block, to bound memory
SEEN = 2  # examples that must hold a sign for it to be learnt
BOLD = 16.0  # inverse strength of the regularisation
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
            self._model = LogisticRegression(C=BOLD, max_iter=2_000, tol=1e-6)
            self._model.fit(shares @ self._rows(read), pairs, sample_weight=weights)
        self._pairs = [label.split() for label in self._model.classes_]
        self._kinds, self._senses = (sorted({pair[side] for pair in self._pairs}) for side in (0, 1))

    def propose(self, texts: Sequence[str], *, most: int = 3) -> list[tuple[tuple[Proposal, ...], Proposal]]:
        """For each text, its most likely kinds, best first, and its polarity."""
        found: list[tuple[tuple[Proposal, ...], Proposal]] = []
        for start in range(0, len(texts), CHUNK):
            read, shares = _sentences(texts[start : start + CHUNK])
            rows = self._rows(read)
            kinds, senses = self._scores(rows, shares)
            features = shares @ rows
            for row in range(features.shape[0]):
                order = np.argsort(-kinds[row], kind="stable")[:most].tolist()
                best = int(senses[row].argmax())
                told = tuple(self._proposal(features, row, 0, self._kinds[k], kinds[row, k]) for k in order)
                found.append((told, self._proposal(features, row, 1, self._senses[best], senses[row, best])))
        return found

    def labels(self, texts: Sequence[str]) -> tuple[list[str], list[str]]:
        """Only the best kind and polarity of each text: what large runs need."""
        if not texts:
            return [], []
        read, shares = _sentences(texts)
        kinds, senses = self._scores(self._rows(read), shares)
        return (
            [self._kinds[best] for best in kinds.argmax(axis=1).tolist()],
            [self._senses[best] for best in senses.argmax(axis=1).tolist()],
        )

    def _scores(self, rows: Any, shares: Any) -> tuple[Dense, Dense]:
        """Of each text, the probability of each kind and of each sense: those of its sentences, weighed."""
        scores = shares @ self._model.predict_proba(rows)
        sides = []
        for side, labels in enumerate((self._kinds, self._senses)):
            belongs = [[pair[side] == label for label in labels] for pair in self._pairs]
            sides.append(scores @ np.asarray(belongs, dtype=np.float64))
        return sides[0], sides[1]

    def _rows(self, read: Sequence[Collection[str]]) -> Any:
        """(sentences, signs), rows of unit length."""
        bounds, columns, values = [0], [], []
        for found in read:
            known = sorted(column for sign in found if (column := self._columns.get(sign)) is not None)
            columns += known
            values += [max(1, len(known)) ** -0.5] * len(known)
            bounds.append(len(columns))
        return sparse.csr_matrix((values, columns, bounds), shape=(len(read), len(self._names)))

    def _proposal(self, features: Any, row: int, side: int, label: str, score: float) -> Proposal:
        """``label`` with the words that weighed most for it, in the likeliest of the pairs that hold it."""
        start, end = features.indptr[row], features.indptr[row + 1]
        columns, values = features.indices[start:end], features.data[start:end]
        among = [number for number, pair in enumerate(self._pairs) if pair[side] == label]
        told = self._model.coef_[np.ix_(among, columns)] * values
        weights = told[(told.sum(axis=1) + self._model.intercept_[among]).argmax()]
        readable = self._readable[columns]
        columns, weights = columns[readable], weights[readable]
        order = np.lexsort((columns, -weights))[:3].tolist()
        words = tuple(self._names[columns[n]] for n in order if weights[n] > 0)
        return Proposal(label, round(float(score), 4), words)


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
