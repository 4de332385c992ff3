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
from cahiers.textkit.descriptions import Guess, Names
from cahiers.textkit.french import terms
from cahiers.textkit.likeness import Likeness
from cahiers.textkit.model import Proposal
from cahiers.textkit.neighbours import one_thread
from cahiers.textkit.vectors import Features, Vectoriser

Scores = NDArray[np.float64]
Parts = tuple[Scores, ...]
Decided = Mapping[int, Sequence[str]]  # row of the features to theme keys

CALIBRATED_FROM = 40
HALF_AT = 10  # decided remarks a theme at which likeness weighs as much as the linear model and the names
TRUSTED_AT = 3  # decided remarks a theme at which the linear model, beside the names, weighs half as much as in the end
ALIKE_FROM = 4  # decided remarks a theme from which comparing with them adds to the linear model
FOLDS = 5
LOSS_BESIDE_ERRORS = 0.3
SAYS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0)
THRESHOLDS = tuple(np.round(np.arange(0.1, 0.61, 0.025), 3).tolist())


class ThemeClassifier:
    """Scores every theme of a codebook for every remark.

    A theme starts as its descriptions (`descriptions.Guess`). As decisions come in, two models take over, one linear
    and one that compares with the remarks decided; how much the names still say is what served best on decisions held
    out (+ 6 points of top-1 at ten a theme on our broad themes, + 0 on a public set of narrow ones).
    """

    def __init__(self, codebook: Codebook, vectoriser: Vectoriser) -> None:
        self.codebook = codebook
        self.vectoriser = vectoriser
        self.say = 1.0  # of the names, beside the linear model
        self.slope, self.shift = (
            1.0,
            0.0,
        )  # of log-odds, so that probabilities are those of decisions held out
        self.threshold = 0.3

    def fit(self, features: Features, decided: Decided | None = None) -> "ThemeClassifier":
        """``features`` are those of all the remarks, by the same fitted vectoriser; ``decided`` quotes their rows."""
        known = {row: labels for row, labels in sorted((decided or {}).items()) if labels}
        with one_thread():
            self._names = Names(self.codebook, self.vectoriser, features)
            self._learn(features, known)
            if len(known) >= CALIBRATED_FROM:
                self._calibrate(features, known)
        return self

    def scores(self, features: Features) -> Scores:
        """(n, themes) calibrated probabilities, in the order of the codebook; a row sums to about one theme."""
        with one_thread():
            together = _together(self._parts(features), self.say, self.weight)
        return together if self.shift == 0 else _likely(_odds(together), self.slope, self.shift)

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

    def _learn(self, features: Features, known: Mapping[int, Sequence[str]]) -> None:
        size = len(self.codebook.themes)
        column = {key: k for k, key in enumerate(self.codebook.keys)}
        rows = np.asarray([row for row, labels in known.items() for _ in labels], dtype=np.int64)
        labels = np.asarray([column[label] for given in known.values() for label in given], dtype=np.int64)
        shares = np.asarray([1 / len(given) for given in known.values() for _ in given])
        self._each = len(known) / max(1, size)
        self.weight = self._each / (self._each + HALF_AT)  # of likeness, beside both
        self._guess = Guess(self._names, features, rows, labels, shares)
        self._softmax: Any = None
        self._likeness: Likeness | None = None
        if len(set(labels.tolist())) < 2:
            return
        inputs = _joined(features)
        self._softmax = LogisticRegression(C=3.0 if self._each > 5 else 10.0, max_iter=300)
        with warnings.catch_warnings():
            # One example a theme is a regression problem for scikit-learn, and a usual first decision for people.
            warnings.filterwarnings("ignore", message="The number of unique classes", category=UserWarning)
            self._softmax.fit(inputs[rows], labels, sample_weight=shares)
        if self._each >= ALIKE_FROM:
            unique = np.asarray(list(known), dtype=np.int64)
            given = np.zeros((len(unique), size))
            given[np.searchsorted(unique, rows), labels] = 1
            self._likeness = Likeness(features.take(unique), self._names.middle, given)
        self._weights = _term_weights(self._softmax, self.vectoriser, size)

    def _parts(self, features: Features) -> Parts:
        """What names, linear model and likeness say, in this order; the last two only where they were learnt."""
        parts = [self._guess.scores(features)]
        if self._softmax is not None:
            learnt = np.full(parts[0].shape, 1e-4)
            learnt[:, self._softmax.classes_] += self._softmax.predict_proba(_joined(features))
            parts.append(learnt ** (self._each / (self._each + TRUSTED_AT)))
        if self._likeness is not None:
            parts.append(self._likeness.shares(features))
        return tuple(parts)

    def _calibrate(self, features: Features, known: Mapping[int, Sequence[str]]) -> None:
        """How much the names say, probabilities and threshold, from held-out fifths of the decisions."""
        rows = np.asarray(list(known), dtype=np.int64)
        column = {key: k for k, key in enumerate(self.codebook.keys)}
        truth = np.zeros((len(rows), len(column)), dtype=bool)
        for position, labels in enumerate(known.values()):
            truth[position, [column[label] for label in labels]] = True
        held: list[tuple[NDArray[np.int64], Parts]] = []
        for train, test in KFold(FOLDS, shuffle=True, random_state=0).split(rows):
            part = ThemeClassifier(self.codebook, self.vectoriser)
            part._names = self._names
            part._learn(features, {int(rows[p]): known[int(rows[p])] for p in train})
            held.append((test, part._parts(features.take(rows[test]))))
        wrong = np.inf
        for say in SAYS:
            guess = np.zeros(truth.shape)
            for test, parts in held:
                guess[test] = _together(parts, say, self.weight)
            loss = _wrong(guess, truth) + LOSS_BESIDE_ERRORS * _log_loss(guess, truth)
            if loss < wrong:
                wrong, together, self.say = loss, guess, say
        odds = _odds(together)
        platt = LogisticRegression(C=1e3).fit(odds.reshape(-1, 1), truth.ravel())
        self.slope, self.shift = max(0.1, float(platt.coef_[0, 0])), float(platt.intercept_[0])
        likely = _likely(odds, self.slope, self.shift)
        top = likely == likely.max(axis=1, keepdims=True)
        self.threshold = max(THRESHOLDS, key=lambda t: _micro_f1(top | (likely >= t), truth))

    def _why(self, text: str, label: int) -> tuple[str, ...]:
        present = list(dict.fromkeys(terms(text)))
        learnt = self._weights[label] if self._softmax is not None else {}
        weighed = {form: learnt.get(form, 0.0) + (form in self._names.terms[label]) for form in present}
        return tuple(
            form for form, weight in sorted(weighed.items(), key=lambda item: -item[1]) if weight > 0
        )[:3]


def _joined(features: Features) -> Any:
    dense = sparse.csr_matrix(features.dense)
    return dense if features.sparse is None else sparse.hstack([features.sparse, dense], format="csr")


def _together(parts: Parts, say: float, weight: float) -> Scores:
    if len(parts) == 1:
        return parts[0]
    found = parts[1] * parts[0] ** say
    found /= found.sum(axis=1, keepdims=True)
    if len(parts) > 2:
        found = (1 - weight) * found + weight * parts[2]
    return np.clip(found, 1e-6, 1)


def _odds(scores: Scores) -> Scores:
    clipped = np.clip(scores, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(clipped) - np.log1p(-clipped), dtype=np.float64)


def _likely(odds: Scores, slope: float, shift: float) -> Scores:
    return np.asarray(1 / (1 + np.exp(-(slope * odds + shift))), dtype=np.float64)


def _wrong(scores: Scores, truth: NDArray[np.bool_]) -> float:
    return 1 - float(truth[np.arange(len(truth)), scores.argmax(axis=1)].mean())


def _log_loss(likely: Scores, truth: NDArray[np.bool_]) -> float:
    clipped = np.clip(likely, 1e-6, 1 - 1e-6)
    return float(-(np.where(truth, np.log(clipped), np.log1p(-clipped))).mean())


def _micro_f1(given: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    total = int(given.sum() + truth.sum())
    return 2 * int((given & truth).sum()) / total if total else 0.0


def _term_weights(model: Any, vectoriser: Vectoriser, size: int) -> list[dict[str, float]]:
    """For each theme, the weight of each term; empty where the vectoriser has no readable terms."""
    lexical = getattr(vectoriser, "lexical", vectoriser)
    names = getattr(lexical, "terms", [])
    weights: list[dict[str, float]] = [{} for _ in range(size)]
    rows = model.coef_ if len(model.classes_) > 2 else np.vstack([-model.coef_, model.coef_])
    for label, row in zip(model.classes_.tolist(), rows, strict=True):
        weights[label] = {names[c]: float(row[c]) for c in np.flatnonzero(row[: len(names)] > 0)}
    return weights
