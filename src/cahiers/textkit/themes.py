"""Themes of remarks: from their names alone at first, then from what people have decided."""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from cahiers.textkit.codebooks import Codebook
from cahiers.textkit.french import terms
from cahiers.textkit.model import Proposal
from cahiers.textkit.neighbours import one_thread
from cahiers.textkit.vectors import Dense, Features, Vectoriser, unit_rows

Scores = NDArray[np.float64]
Decided = Mapping[int, Sequence[str]]  # row of the features to theme keys

SHARPNESS = 8.0  # cosines to log-odds
ROUNDS = 3
PSEUDO = 5.0  # weight of a decided remark among those that are only likely
CALIBRATED_FROM = 40
TEMPERATURES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0)
THRESHOLDS = tuple(np.round(np.arange(0.1, 0.61, 0.025), 3).tolist())
LARGEST = 8_000  # remarks that the prototypes are refined on


class ThemeClassifier:
    """Scores every theme of a codebook for every remark.

    A theme starts as its descriptions. The remarks that resemble it most pull it towards the words people really
    use (three rounds; + 8 points of top-1 on a public set of 22 narrow labels, - 2 on five broad ones). As decisions
    come in, a linear model takes over: it has most of the say from about fifteen a theme.
    """

    def __init__(self, codebook: Codebook, vectoriser: Vectoriser) -> None:
        self.codebook = codebook
        self.vectoriser = vectoriser
        self.temperature = 1.0
        self.threshold = 0.3

    def fit(self, features: Features, decided: Decided | None = None) -> "ThemeClassifier":
        """``features`` are those of all the remarks, by the same fitted vectoriser; ``decided`` quotes their rows."""
        known = {row: labels for row, labels in sorted((decided or {}).items()) if labels}
        with one_thread():
            self._describe(features)
            self._learn(features, known)
            if len(known) >= CALIBRATED_FROM:
                self._calibrate(features, known)
        return self

    def scores(self, features: Features) -> Scores:
        """(n, themes) calibrated probabilities, in the order of the codebook; a row sums to about one."""
        with one_thread():
            raw = self._raw(features)
        return _softened(raw, self.temperature)

    def labels(self, features: Features) -> list[tuple[str, ...]]:
        """The themes above the threshold, best first; never none."""
        keys = self.codebook.keys
        found = []
        for row in self.scores(features):
            order = np.argsort(-row, kind="stable")
            many = self.codebook.multiple
            found.append(
                tuple(keys[k] for n, k in enumerate(order) if n == 0 or (many and row[k] >= self.threshold))
            )
        return found

    def propose(
        self, features: Features, texts: Sequence[str], *, most: int = 3
    ) -> list[tuple[Proposal, ...]]:
        """The ``most`` likely themes of each text, with the words that weighed."""
        keys, scores = self.codebook.keys, self.scores(features)
        return [
            tuple(
                Proposal(keys[k], round(float(scores[row, k]), 4), self._why(text, int(k)))
                for k in np.argsort(-scores[row], kind="stable")[:most]
            )
            for row, text in enumerate(texts)
        ]

    def _describe(self, features: Features) -> None:
        described = [(k, text) for k, theme in enumerate(self.codebook.themes) for text in theme.descriptions]
        owners = np.asarray([k for k, _ in described])
        found = self.vectoriser.transform([text for _, text in described])
        size = len(self.codebook.themes)
        spread = sparse.csr_matrix(
            (np.ones(len(owners)), (owners, np.arange(len(owners)))), shape=(size, len(owners))
        )
        names = unit_rows(np.asarray(spread @ found.dense, dtype=np.float32))
        self._middle = (
            features.dense.mean(axis=0) if len(features) else np.zeros(names.shape[1], dtype=np.float32)
        )
        self._names = unit_rows(names - names.mean(axis=0)) if size > 1 else names
        self._sparse_names = None if found.sparse is None else _unit_sparse(spread @ found.sparse)
        self._name_terms = [
            {form for text in theme.descriptions for form in terms(text)} for theme in self.codebook.themes
        ]

    def _base(self, features: Features) -> Scores:
        dense = unit_rows(features.dense - self._middle)
        base = np.asarray(dense @ self._names.T, dtype=np.float64)
        if self._sparse_names is not None and features.sparse is not None:
            base += 0.5 * np.asarray((features.sparse @ self._sparse_names.T).todense())
        return base

    def _learn(self, features: Features, known: Mapping[int, Sequence[str]]) -> None:
        size = len(self.codebook.themes)
        column = {key: k for k, key in enumerate(self.codebook.keys)}
        rows = np.asarray([row for row, labels in known.items() for _ in labels], dtype=np.int64)
        labels = np.asarray([column[label] for given in known.values() for label in given], dtype=np.int64)
        shares = np.asarray([1 / len(given) for given in known.values() for _ in given])
        self._each = len(known) / max(1, size)
        self._trust = self._trust_in_names(features, known)
        self._prototypes = self._refined(features, rows, labels, shares)
        self._softmax: Any = None
        self._separate: list[Any] = []
        if len(set(labels.tolist())) < 2:
            return
        inputs = _joined(features)
        self._softmax = LogisticRegression(C=3.0 if self._each > 5 else 10.0, max_iter=300)
        with warnings.catch_warnings():
            # One example a theme is a regression problem for scikit-learn, and a usual first decision for people.
            warnings.filterwarnings("ignore", message="The number of unique classes", category=UserWarning)
            self._softmax.fit(inputs[rows], labels, sample_weight=shares)
        if self._each >= 8:
            unique = np.asarray(list(known), dtype=np.int64)
            given = np.zeros((len(unique), size), dtype=bool)
            position = {row: p for p, row in enumerate(unique.tolist())}
            given[[position[row] for row in rows.tolist()], labels] = True
            self._separate = [_one_against_rest(inputs[unique], given[:, k]) for k in range(size)]
        self._weights = _term_weights(self._softmax, self.vectoriser, size)

    def _trust_in_names(self, features: Features, known: Mapping[int, Sequence[str]]) -> float:
        """1 without any decision, then towards the share of decisions that the names alone would have made."""
        if not known:
            return 1.0
        best = self._base(features.take(np.asarray(list(known), dtype=np.int64))).argmax(axis=1)
        keys = self.codebook.keys
        right = sum(keys[k] in labels for k, labels in zip(best.tolist(), known.values(), strict=True))
        return (right + 2) / (len(known) + 2)

    def _refined(self, features: Features, rows: Any, labels: Any, shares: Any) -> Dense:
        step = max(1, -(-len(features) // LARGEST))
        chosen = np.union1d(np.arange(0, len(features), step), rows).astype(np.int64)
        part = features.take(chosen)
        base, dense = self._base(part), unit_rows(part.dense - self._middle)
        place = np.searchsorted(chosen, rows)
        scores = base
        prototypes = self._names
        for _ in range(ROUNDS if len(part) else 0):
            likely = _softened(scores * 10, 1.0)
            # A broad name would take every remark: its share is brought back towards the others'.
            likely /= np.sqrt(likely.sum(axis=0, keepdims=True)) + 1e-9
            likely /= likely.sum(axis=1, keepdims=True)
            likely[place] = 0
            likely[place, labels] = PSEUDO * shares
            prototypes = unit_rows(np.asarray(likely.T @ dense, dtype=np.float32))
            scores = base + dense @ prototypes.T
        return prototypes

    def _raw(self, features: Features) -> Scores:
        dense = unit_rows(features.dense - self._middle)
        described = _softened(SHARPNESS * (self._base(features) + dense @ self._prototypes.T), 1.0)
        if self._softmax is None:
            return described
        inputs = _joined(features)
        learnt = np.full(described.shape, 1e-4)
        learnt[:, self._softmax.classes_] += self._softmax.predict_proba(inputs)
        say = self._trust / (1 + (self._each / 10) ** 2)
        together = learnt * described**say
        together /= together.sum(axis=1, keepdims=True)
        if self._separate:
            apart = np.column_stack([_positive(model, inputs) for model in self._separate])
            together = (together + apart) / 2
        return np.clip(together, 1e-6, 1)

    def _calibrate(self, features: Features, known: Mapping[int, Sequence[str]]) -> None:
        """Temperature and threshold from held-out thirds of the decisions."""
        rows = np.asarray(list(known), dtype=np.int64)
        column = {key: k for k, key in enumerate(self.codebook.keys)}
        held = np.zeros((len(rows), len(column)))
        truth = np.zeros(held.shape, dtype=bool)
        for position, labels in enumerate(known.values()):
            truth[position, [column[label] for label in labels]] = True
        for train, test in KFold(3, shuffle=True, random_state=0).split(rows):
            part = ThemeClassifier(self.codebook, self.vectoriser)
            part._middle, part._names, part._sparse_names = self._middle, self._names, self._sparse_names
            part._learn(features, {int(rows[p]): known[int(rows[p])] for p in train})
            held[test] = part._raw(features.take(rows[test]))
        self.temperature = min(TEMPERATURES, key=lambda t: _log_loss(_softened(held, t), truth))
        likely = _softened(held, self.temperature)
        best = likely == likely.max(axis=1, keepdims=True)
        self.threshold = max(THRESHOLDS, key=lambda t: _micro_f1(best | (likely >= t), truth))

    def _why(self, text: str, label: int) -> tuple[str, ...]:
        present = list(dict.fromkeys(terms(text)))
        learnt = self._weights[label] if self._softmax is not None else {}
        weighed = {form: learnt.get(form, 0.0) + (form in self._name_terms[label]) for form in present}
        return tuple(
            form for form, weight in sorted(weighed.items(), key=lambda item: -item[1]) if weight > 0
        )[:3]


def _joined(features: Features) -> Any:
    dense = sparse.csr_matrix(features.dense)
    return dense if features.sparse is None else sparse.hstack([features.sparse, dense], format="csr")


def _one_against_rest(inputs: Any, given: NDArray[np.bool_]) -> Any:
    if given.all() or not given.any():
        return float(given.mean())
    return LogisticRegression(C=9.0, max_iter=200, solver="liblinear", random_state=0).fit(inputs, given)


def _positive(model: Any, inputs: Any) -> Scores:
    if isinstance(model, float):
        return np.full(inputs.shape[0], model)
    found: Scores = model.predict_proba(inputs)[:, 1]
    return found


def _softened(scores: Scores, temperature: float) -> Scores:
    """Softmax of raw log-odds when they are such, a power scaling when they are probabilities already."""
    if scores.size and (scores.min() < 0 or scores.max() > 1.0 + 1e-9):
        shifted = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
        soft: Scores = shifted / shifted.sum(axis=1, keepdims=True)
        return soft
    if temperature == 1.0:
        return scores
    odds = np.log(np.clip(scores, 1e-6, 1 - 1e-6)) - np.log1p(-np.clip(scores, 1e-6, 1 - 1e-6))
    return np.asarray(1 / (1 + np.exp(-odds / temperature)), dtype=np.float64)


def _log_loss(likely: Scores, truth: NDArray[np.bool_]) -> float:
    clipped = np.clip(likely, 1e-6, 1 - 1e-6)
    return float(-(np.where(truth, np.log(clipped), np.log1p(-clipped))).mean())


def _micro_f1(given: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    total = int(given.sum() + truth.sum())
    return 2 * int((given & truth).sum()) / total if total else 0.0


def _unit_sparse(matrix: Any) -> Any:
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    norms[norms == 0] = 1
    return (sparse.diags(1 / norms) @ matrix).tocsr()


def _term_weights(model: Any, vectoriser: Vectoriser, size: int) -> list[dict[str, float]]:
    """For each theme, the weight of each term; empty where the vectoriser has no readable terms."""
    lexical = getattr(vectoriser, "lexical", vectoriser)
    names = getattr(lexical, "terms", [])
    weights: list[dict[str, float]] = [{} for _ in range(size)]
    rows = model.coef_ if len(model.classes_) > 2 else np.vstack([-model.coef_, model.coef_])
    for label, row in zip(model.classes_.tolist(), rows, strict=True):
        weights[label] = {names[c]: float(row[c]) for c in np.flatnonzero(row[: len(names)] > 0)}
    return weights
