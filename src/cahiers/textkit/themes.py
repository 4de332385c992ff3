"""Themes of remarks: from their names alone at first, then from what people have decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from cahiers.textkit.codebooks import Codebook
from cahiers.textkit.descriptions import Guess, Names, softmax
from cahiers.textkit.french import terms
from cahiers.textkit.likeness import Likeness
from cahiers.textkit.model import Proposal
from cahiers.textkit.neighbours import one_thread
from cahiers.textkit.vectors import Features, Vectoriser

Scores = NDArray[np.float64]
Parts = tuple[Scores, ...]
Decided = Mapping[int, Sequence[str]]  # row of the features to theme keys

CALIBRATED_FROM = 40
NAMES = 0.8  # spread of the log-odds that names give before any decision; left as bold as they are, they outweigh it
FIRST = 1.1  # of what names say alone: they are a little less bold than right on four sets of six
BOLD = 1.4  # of both together: what decisions taught parts the themes less boldly than it is right
BESIDE = 0.5  # draws that a theme given beside the first is worth: those given together resemble each other
KEPT = 0.5  # share of them that stays beside what names say once decisions taught them
WEIGHED_FROM = 12  # decided remarks a theme; among fewer, what names should say is told by chance
FOLDS = 5
ALONE = (0.0, 0.25, 0.5, 0.75, 1.0)
LOSS_BESIDE_ERRORS = 0.3
SAYS = (0.0, 0.2, 0.4, 0.8, 1.2, 1.6)
THRESHOLD = 0.3  # of a proposal, where nothing is calibrated
THRESHOLDS = tuple(np.round(np.arange(0.1, 0.61, 0.025), 3).tolist())


@dataclass(frozen=True)
class Scale:
    """How log-odds become the probabilities that decisions held out had."""

    alone: float  # share of what each theme has by itself, beside what it has where themes vie
    slope: float
    shift: float
    threshold: float  # from which a theme is proposed beside the first

    def mixed(self, together: Scores, each: Scores | None) -> Scores:
        return together if each is None else (1 - self.alone) * together + self.alone * each

    def likely(self, together: Scores, each: Scores | None) -> Scores:
        odds = self.mixed(together, each)
        return np.asarray(1 / (1 + np.exp(-(self.slope * odds + self.shift))), dtype=np.float64)


class ThemeClassifier:
    """Scores every theme of a codebook for every remark.

    A theme starts as its descriptions (`descriptions.Guess`). Decisions correct that guess for the remarks that
    resemble the decided ones (`likeness.Likeness`), and draw the descriptions themselves towards the words of decided
    remarks; how much the latter say is what served best on decisions held out, where there are enough.

    Themes vie with each other, which finds the first one best. Where people gave several to a remark, what each theme
    has by itself is weighed beside it on decisions held out: + 3 points of micro-F1 on answers of 1.3 to 3.4 labels.
    """

    def __init__(self, codebook: Codebook, vectoriser: Vectoriser) -> None:
        self.codebook = codebook
        self.vectoriser = vectoriser
        self.say = 0.4  # spread of what the names say once decisions taught them
        self.scale: Scale | None = None
        self._drawn = 1.0  # times that a theme is drawn for a remark: more than one where people give several

    def fit(self, features: Features, decided: Decided | None = None) -> "ThemeClassifier":
        """``features`` are those of all the remarks, by the same fitted vectoriser; ``decided`` quotes their rows."""
        known = {row: labels for row, labels in sorted((decided or {}).items()) if labels}
        with one_thread():
            self._names = Names(self.codebook, self.vectoriser, features)
            nothing = np.zeros(0, dtype=np.int64)
            self._first = Guess(self._names, features, nothing, nothing, np.zeros(0))
            self._learn(features, known)
            if len(known) >= CALIBRATED_FROM:
                self._calibrate(features, known)
        return self

    def scores(self, features: Features) -> Scores:
        """(n, themes) probabilities, in the order of the codebook; a row sums to about the themes people give."""
        with one_thread():
            parts = self._parts(features)
            each = self._each(features) if self.scale is not None and self.scale.alone else None
        together = _together(parts, self.say)
        if self.scale is None:
            return together if self._drawn == 1 else 1 - (1 - together) ** self._drawn
        return self.scale.likely(_odds(together), each)

    def labels(self, features: Features) -> list[tuple[str, ...]]:
        """The themes above the threshold, best first; never none."""
        keys = self.codebook.keys
        threshold = THRESHOLD if self.scale is None else self.scale.threshold
        found = []
        for row in self.scores(features):
            order = np.argsort(-row, kind="stable")
            many = self.codebook.multiple
            found.append(
                tuple(keys[k] for n, k in enumerate(order) if n == 0 or (many and row[k] >= threshold))
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
        self._likeness: Likeness | None = None
        if not known:
            return
        column = {key: k for k, key in enumerate(self.codebook.keys)}
        unique = np.asarray(list(known), dtype=np.int64)
        given = np.zeros((len(unique), len(column)))
        for position, labels in enumerate(known.values()):
            given[position, [column[label] for label in labels]] = 1 / len(labels)
        places, labelled = np.nonzero(given)
        self._drawn = 1 + BESIDE * (len(places) / len(unique) - 1)
        self._guess = Guess(self._names, features, unique[places], labelled, given[places, labelled])
        decided = features.take(unique)
        before = NAMES * self._first.odds(decided)
        self._likeness = Likeness(decided, self._names.middle, given, before)
        self._weights = _term_weights(self._likeness, self.vectoriser)

    def _parts(self, features: Features) -> Parts:
        """Log-odds: what names say, and once something is decided, that of decisions."""
        if self._likeness is None:
            return (self._first.odds(features) + self._first.usual,)
        before = KEPT * NAMES * self._first.odds(features)
        return (self._guess.odds(features) + self._guess.usual, before + self._likeness.odds(features))

    def _each(self, features: Features) -> Scores | None:
        """Log-odds of each theme by itself; None where nobody gave two themes to a remark."""
        if self._likeness is None or not self.codebook.multiple:
            return None
        return self._likeness.each(features, KEPT * NAMES * self._first.odds(features))

    def _calibrate(self, features: Features, known: Mapping[int, Sequence[str]]) -> None:
        """How much the names say, probabilities and threshold, from held-out fifths of the decisions."""
        rows = np.asarray(list(known), dtype=np.int64)
        column = {key: k for k, key in enumerate(self.codebook.keys)}
        truth = np.zeros((len(rows), len(column)), dtype=bool)
        for position, labels in enumerate(known.values()):
            truth[position, [column[label] for label in labels]] = True
        held: list[tuple[NDArray[np.int64], Parts]] = []
        alone: list[Scores | None] = []
        for train, test in KFold(FOLDS, shuffle=True, random_state=0).split(rows):
            part = ThemeClassifier(self.codebook, self.vectoriser)
            part._names, part._first = self._names, self._first
            part._learn(features, {int(rows[p]): known[int(rows[p])] for p in train})
            held.append((test, part._parts(features.take(rows[test]))))
            alone.append(part._each(features.take(rows[test])))
        wrong = np.inf
        for say in SAYS if len(rows) >= WEIGHED_FROM * len(column) else (self.say,):
            guess = np.zeros(truth.shape)
            for test, parts in held:
                guess[test] = _together(parts, say)
            loss = _wrong(guess, truth) + LOSS_BESIDE_ERRORS * _log_loss(guess, truth)
            if loss < wrong:
                wrong, together, self.say = loss, guess, say
        each: Scores | None = None
        if all(found is not None for found in alone):
            each = np.zeros(truth.shape)
            for (test, _), found in zip(held, alone, strict=True):
                each[test] = found
        self.scale = _scaled(_odds(together), each, truth)

    def _why(self, text: str, label: int) -> tuple[str, ...]:
        present = list(dict.fromkeys(terms(text)))
        learnt = self._weights[label] if self._likeness is not None else {}
        weighed = {form: learnt.get(form, 0.0) + (form in self._names.terms[label]) for form in present}
        return tuple(
            form for form, weight in sorted(weighed.items(), key=lambda item: -item[1]) if weight > 0
        )[:3]


def _together(parts: Parts, say: float) -> Scores:
    odds = FIRST * parts[0] if len(parts) == 1 else BOLD * (say * parts[0] + parts[1])
    return np.clip(softmax(odds), 1e-6, 1)


def _odds(scores: Scores) -> Scores:
    clipped = np.clip(scores, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(clipped) - np.log1p(-clipped), dtype=np.float64)


def _scaled(together: Scores, each: Scores | None, truth: NDArray[np.bool_]) -> Scale:
    """The scale that is wrong least often of the first theme and of all of them, on decisions held out."""
    best, least = Scale(0, 1, 0, THRESHOLD), np.inf
    for alone in (0.0,) if each is None else ALONE:
        odds = Scale(alone, 1, 0, 0).mixed(together, each)
        platt = LogisticRegression(C=1e3).fit(odds.reshape(-1, 1), truth.ravel())
        slope, shift = max(0.1, float(platt.coef_[0, 0])), float(platt.intercept_[0])
        likely = Scale(alone, slope, shift, 0).likely(together, each)
        top = likely == likely.max(axis=1, keepdims=True)
        matched = {threshold: _micro_f1(top | (likely >= threshold), truth) for threshold in THRESHOLDS}
        threshold = max(THRESHOLDS, key=matched.__getitem__)
        wrong = _wrong(likely, truth) + 1 - matched[threshold]
        if wrong < least:
            best, least = Scale(alone, slope, shift, threshold), wrong
    return best


def _wrong(scores: Scores, truth: NDArray[np.bool_]) -> float:
    return 1 - float(truth[np.arange(len(truth)), scores.argmax(axis=1)].mean())


def _log_loss(likely: Scores, truth: NDArray[np.bool_]) -> float:
    clipped = np.clip(likely, 1e-6, 1 - 1e-6)
    return float(-(np.where(truth, np.log(clipped), np.log1p(-clipped))).mean())


def _micro_f1(given: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    total = int(given.sum() + truth.sum())
    return 2 * int((given & truth).sum()) / total if total else 0.0


def _term_weights(likeness: Likeness, vectoriser: Vectoriser) -> list[dict[str, float]]:
    """For each theme, the weight of each term; empty where the vectoriser has no readable terms."""
    lexical = getattr(vectoriser, "lexical", vectoriser)
    names, weights = getattr(lexical, "terms", []), likeness.of_words().T
    return [{names[c]: float(row[c]) for c in np.flatnonzero(row[: len(names)] > 0)} for row in weights]
