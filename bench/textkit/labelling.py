"""Themes against those that people gave, and how far their probabilities can be believed."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from bench.textkit.sets import Answers, Rows, each_question, fitted, tell
from cahiers.textkit.themes import ThemeClassifier

Scores = NDArray[np.float64]


class Tally:
    """Proposals beside the truth, one remark after the other."""

    def __init__(self) -> None:
        self.given: list[set[str]] = []
        self.truth: list[set[str]] = []
        self.top: Counter[int] = Counter()
        self.sure: list[float] = []
        self.right: list[bool] = []
        self.brier: list[float] = []

    def add(self, model: ThemeClassifier, features: Any, labels: Sequence[list[str]]) -> None:
        keys = np.asarray(model.codebook.keys)
        scores = model.scores(features)
        best = np.argsort(-scores, axis=1, kind="stable")
        for row, (given, truth) in enumerate(zip(model.labels(features), labels, strict=True)):
            self.given.append(set(given))
            self.truth.append(set(truth))
            for most in (1, 3):
                self.top[most] += bool(set(keys[best[row, :most]]) & set(truth))
            self.sure.append(float(scores[row, best[row, 0]]))
            self.right.append(bool(keys[best[row, 0]] in truth))
            self.brier.append(float(np.mean((scores[row] - np.isin(keys, truth)) ** 2)))

    def told(self) -> str:
        count = len(self.truth)
        return (
            f"F1 {micro_f1(self.given, self.truth):.3f}, top-1 {self.top[1] / count:.3f}, "
            f"top-3 {self.top[3] / count:.3f}"
        )

    def calibration(self) -> str:
        return f"ECE {expected_error(self.sure, self.right):.3f}, Brier {np.mean(self.brier):.3f}"


def themes(answers: Answers, corpus: Path | None) -> None:
    """Full training, per question, five folds; reference: TF-IDF and logistic regression."""
    ours, truth = Tally(), []
    plain: list[set[str]] = []
    for part, texts, labels, book in each_question(answers):
        vectoriser, features = fitted(texts)
        for train, test in KFold(5, shuffle=True, random_state=0).split(part):
            model = ThemeClassifier(book, vectoriser).fit(features, {int(row): labels[row] for row in train})
            ours.add(model, features.take(test), [labels[row] for row in test])
            plain += baseline(texts, labels, train, test)
            truth += [set(labels[row]) for row in test]
    reference = f"TF-IDF F1 {micro_f1(plain, truth):.3f}"
    tell("thèmes, tout appris", ours.told(), "F1 0,70 ; top-1 0,80 ; top-3 0,94", reference)
    certain = np.mean(ours.right)
    tell(
        "thèmes, probabilités",
        ours.calibration(),
        "ECE ≤ 0,05",
        f"toujours 1 : ECE {1 - certain:.3f} ; justes : {by_chance(ours.sure):.3f}",
    )
    if answers.later:
        _later(answers)


def _later(answers: Answers) -> None:
    """Learnt on the remarks the code was developed on, measured on those written afterwards."""
    vectoriser, features = fitted(answers.texts)
    before, after = np.arange(answers.later), np.arange(answers.later, len(answers.texts))
    book = answers.book(range(len(answers.texts)))
    model = ThemeClassifier(book, vectoriser).fit(features, {int(row): answers.labels[row] for row in before})
    ours = Tally()
    truth = [answers.labels[row] for row in after]
    ours.add(model, features.take(after), truth)
    plain = baseline(answers.texts, answers.labels, before, after)
    tell(
        f"thèmes, {len(after)} remarques d’après", ours.told(), "F1 0,70 ; top-1 0,80 ; top-3 0,94",
        f"TF-IDF F1 {micro_f1(plain, [set(given) for given in truth]):.3f}",
    )  # fmt: skip


def few(answers: Answers, corpus: Path | None) -> None:
    """0, 2 and 10 decided remarks a theme, mean of three draws; reference: the same examples without names."""
    ours: dict[int, Tally] = defaultdict(Tally)
    plain: dict[int, list[float]] = defaultdict(list)
    for part, texts, labels, book in each_question(answers):
        vectoriser, features = fitted(texts)
        for number in (0, 2, 10):
            for seed in range(1 if number == 0 else 3):
                chosen = draw(labels, number, seed)
                held = np.setdiff1d(np.arange(len(part)), chosen)
                model = ThemeClassifier(book, vectoriser).fit(
                    features, {int(row): labels[row] for row in chosen}
                )
                ours[number].add(model, features.take(held), [labels[row] for row in held])
                if number:
                    lone = LogisticRegression(C=10, max_iter=300)
                    lone.fit(features.dense[chosen], [labels[row][0] for row in chosen])
                    guessed = lone.predict(features.dense[held])
                    plain[number] += [label in labels[row] for label, row in zip(guessed, held, strict=True)]
    reach = {0: "top-1 0,60", 2: "top-1 0,66", 10: "top-1 0,76"}
    for number, tally in ours.items():
        told = f"sans les noms, top-1 {np.mean(plain[number]):.3f}" if number else "aucune"
        tell(f"thèmes, {number} exemples", f"{tally.told()} ; {tally.calibration()}", reach[number], told)


def expected_error(sure: Sequence[float], right: Sequence[bool] | NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error: how far, on average, a probability is from the share that is right."""
    place = np.minimum((np.asarray(sure) * bins).astype(int), bins - 1)
    gaps = [
        (place == number).mean()
        * abs(np.asarray(sure)[place == number].mean() - np.asarray(right)[place == number].mean())
        for number in range(bins)
        if (place == number).any()
    ]
    return float(sum(gaps))


def by_chance(sure: Sequence[float], draws: int = 200) -> float:
    """The calibration error that right probabilities would show on as few remarks, by chance alone."""
    choose = np.random.default_rng(0)
    return float(
        np.mean([expected_error(sure, choose.random(len(sure)) < np.asarray(sure)) for _ in range(draws)])
    )


def baseline(texts: Sequence[str], labels: Sequence[list[str]], train: Rows, test: Rows) -> list[set[str]]:
    words = TfidfVectorizer(sublinear_tf=True, strip_accents="unicode")
    model = LogisticRegression(C=10, max_iter=300)
    model.fit(words.fit_transform([texts[row] for row in train]), [labels[row][0] for row in train])
    return [{str(label)} for label in model.predict(words.transform([texts[row] for row in test]))]


def micro_f1(given: Sequence[set[str]], truth: Sequence[set[str]]) -> float:
    right = sum(len(a & b) for a, b in zip(given, truth, strict=True))
    return 2 * right / sum(len(a) + len(b) for a, b in zip(given, truth, strict=True))


def draw(labels: Sequence[list[str]], number: int, seed: int) -> Rows:
    by_label: dict[str, list[int]] = defaultdict(list)
    for row, given in enumerate(labels):
        by_label[given[0]].append(row)
    choose = random.Random(seed)
    return np.asarray(
        sorted(r for rs in by_label.values() for r in choose.sample(rs, min(number, len(rs) // 2))),
        dtype=np.int64,
    )
