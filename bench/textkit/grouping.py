"""Groups against the labels of people, and whether they stay when the seed or the data change."""

import importlib.util
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, v_measure_score

from bench.textkit.sets import Answers, each_question, fitted, load_corpus, tell
from cahiers.textkit.analysis import analyse
from cahiers.textkit.grouping import group
from cahiers.textkit.model import Passage
from cahiers.textkit.vectors import Features

SEEDS = 5


def groups(answers: Answers, corpus: Path | None) -> None:
    """All answers at once, against the labels of people; reference: BERTopic on the same vectors, or k-means."""
    texts, labels = answers.texts[:10_000], [given[0] for given in answers.labels][:10_000]
    _, features = fitted(texts)
    start = time.process_time()
    found = group(features.dense, seed=0)
    cpu = time.process_time() - start
    name, other, alone, theirs = peer(texts, features, labels)
    seen = f"{agreement(labels, found.groups)}, seules {found.alone.mean():.1%}, {cpu / theirs:.2f} x"
    tell(
        f"groupes, {len(set(labels))} étiquettes", seen, "V 0,62 ; ARI 0,23 ; ≤ 5 % ; 0,25 x",
        f"{name} {agreement(labels, other)}, seules {alone:.0%} ; {cpu:.1f} s CPU contre {theirs:.1f}",
    )  # fmt: skip


def questions(answers: Answers, corpus: Path | None) -> None:
    """Each question by itself; reference: k-means on the same vectors with the true number of labels."""
    ours, plain = [], []
    for _, texts, labels, book in each_question(answers):
        single = [given[0] for given in labels]
        dense = fitted(texts)[1].dense
        ours.append(measures(single, group(dense, seed=0).groups))
        clusters = KMeans(min(len(book.keys), len(texts)), n_init=1, random_state=0).fit_predict(dense)
        plain.append(measures(single, clusters))
    seen = "V {:.3f}, ARI {:.3f} ({} questions)".format(*np.mean(ours, axis=0), len(ours))
    reference = "k-means V {:.3f}, ARI {:.3f}".format(*np.mean(plain, axis=0))
    tell("groupes par question", seen, "V 0,49 ; ARI 0,28", reference)


def stability(answers: Answers, corpus: Path | None) -> None:
    """Same seed, other seeds (the worst two of five), ten per cent more remarks; reference: k-means on other seeds."""
    texts = load_corpus(corpus, 6_000)[0] if corpus else answers.texts
    vectoriser, features = fitted(texts)
    runs = [group(features.dense, seed=seed).groups for seed in range(SEEDS)]
    same = "oui" if (runs[0] == group(features.dense, seed=0).groups).all() else "NON"
    worst = min(adjusted_rand_score(*two) for two in combinations(runs, 2))
    clusters = [KMeans(30, n_init=1, random_state=seed).fit_predict(features.dense) for seed in range(SEEDS)]
    theirs = min(adjusted_rand_score(*two) for two in combinations(clusters, 2))
    seen = f"identique {same}, autres graines {worst:.3f}, + 10 % : {kept_share(texts, vectoriser):.1%}"
    tell("stabilité", seen, "identique ; ARI 0,9 ; 98 %", f"k-means {theirs:.3f}")


def kept_share(texts: Sequence[str], vectoriser: Any) -> float:
    """Share of the remarks of groups that are in the same group once a tenth more has come."""
    passages = [Passage(str(number), text) for number, text in enumerate(texts[:3_000])]
    known = int(len(passages) / 1.1)
    options: dict[str, Any] = {"kinds": False, "find_duplicates": False}
    before = analyse(passages[:known], vectoriser=vectoriser, **options)
    after = analyse(passages, vectoriser=vectoriser, previous=before, **options)
    first = {unit.id: unit.group for unit in before.units if unit.group}
    second = {unit.id: unit.group for unit in after.units}
    return float(np.mean([second[unit] == key for unit, key in first.items()]))


def peer(texts: Sequence[str], features: Features, labels: Sequence[str]) -> tuple[str, Any, float, float]:
    """Name, labels, share left out and CPU seconds of what we are compared with."""
    start = time.process_time()
    if importlib.util.find_spec("bertopic") is None:
        found = KMeans(len(set(labels)), n_init=1, random_state=0).fit_predict(features.dense)
        return "k-means (BERTopic absent)", found, 0.0, time.process_time() - start
    from bertopic import BERTopic
    from umap import UMAP

    # The compilation of its numba code is its users' price once a day, not once an analysis.
    UMAP(n_neighbors=5, n_components=5, metric="cosine").fit(features.dense[:500])
    start = time.process_time()
    topics, _ = BERTopic(language="french").fit_transform(list(texts), features.dense)
    spent = time.process_time() - start
    return "BERTopic", topics, sum(topic == -1 for topic in topics) / len(topics), spent


def measures(labels: Sequence[str], found: Any) -> tuple[float, float]:
    return float(v_measure_score(labels, found)), float(adjusted_rand_score(labels, found))


def agreement(labels: Sequence[str], found: Any) -> str:
    return "V {:.3f}, ARI {:.3f}".format(*measures(labels, found))
