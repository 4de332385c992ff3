"""Groups against the labels of people, and whether they stay when the seed or the data change."""

import importlib.util
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, v_measure_score
from sknetwork.clustering import Leiden

from bench.textkit.sets import Answers, each_question, fitted, load_corpus, tell
from cahiers.textkit.analysis import analyse
from cahiers.textkit.communities import Labels
from cahiers.textkit.grouping import NEIGHBOURS, group
from cahiers.textkit.model import Passage
from cahiers.textkit.neighbours import neighbour_graph
from cahiers.textkit.vectors import Dense, unit_rows

SEEDS = 5
RESOLUTIONS = (0.5, 1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0)
T = TypeVar("T")


def groups(answers: Answers, corpus: Path | None) -> None:
    """All answers at once, each level against the labels of people; beside each, all references on the same vectors."""
    texts, labels = answers.texts[:10_000], [given[0] for given in answers.labels][:10_000]
    _, features = fitted(texts)
    found, cpu = spent(lambda: group(features.dense, seed=0))
    others = list(references(texts, features.dense, len(set(labels))))
    for title, made, seconds in others:
        alone = f", seules {np.mean(np.asarray(made) < 0):.0%}" if min(made) < 0 else ""
        print(
            f"  {title:<34} {agreement(labels, made)} ({number_of(made)} groupes{alone}), {seconds:.1f} s CPU"
        )
    names = {"familles": found.families, "groupes": found.groups, "sous-groupes": found.subgroups}
    for name, made in names.items():
        seen = (
            f"{agreement(labels, made)} ({number_of(made)}), seules {found.alone.mean():.1%}, {cpu:.1f} s CPU"
        )
        reach = "V 0,62 ; ARI 0,23 ; ≤ 5 % ; 0,25 x" if name == "groupes" else ""
        title, _, seconds = others[-1]
        tell(f"{name}, {len(set(labels))} étiquettes", seen, reach, f"{cpu / seconds:.2f} x {title}")


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


def references(texts: Sequence[str], vectors: Dense, number: int) -> Iterator[tuple[str, Labels, float]]:
    """Names, labels and CPU seconds; those that are tuned are told ``number``, how many labels people gave."""
    graph, before = spent(lambda: neighbour_graph(unit_rows(vectors - vectors.mean(axis=0)), NEIGHBOURS))
    made, seconds = spent(lambda: leiden(graph, 1.0))
    yield "graphe + Leiden", made, before + seconds
    made, seconds = spent(lambda: nearest_in_number(graph, number))
    yield "graphe + Leiden, accordé", made, before + seconds
    made, seconds = spent(lambda: KMeans(number, n_init=1, random_state=0).fit_predict(vectors))
    yield "k-means, accordé", made, seconds
    if importlib.util.find_spec("bertopic") is None:
        return
    from bertopic import BERTopic
    from umap import UMAP

    # The compilation of its numba code is its users' price once a day, not once an analysis.
    UMAP(n_neighbors=5, n_components=5, metric="cosine").fit(vectors[:500])
    tuned = BERTopic(
        language="french",
        umap_model=UMAP(n_neighbors=15, n_components=5, metric="cosine", random_state=0),
        hdbscan_model=KMeans(number, n_init=1, random_state=0),
    )
    made, seconds = spent(lambda: tuned.fit_transform(list(texts), vectors)[0])
    yield "BERTopic + k-means, accordé", made, seconds
    made, seconds = spent(lambda: BERTopic(language="french").fit_transform(list(texts), vectors)[0])
    yield "BERTopic", made, seconds


def leiden(graph: Any, resolution: float) -> Labels:
    return np.asarray(Leiden(resolution=resolution, random_state=0).fit_predict(graph), dtype=np.int64)


def nearest_in_number(graph: Any, number: int) -> Labels:
    """Of some resolutions, the communities whose number is nearest to that of the labels."""
    return min(
        (leiden(graph, resolution) for resolution in RESOLUTIONS),
        key=lambda made: abs(number_of(made) - number),
    )


def spent(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def number_of(made: Any) -> int:
    return len(set(np.asarray(made).tolist()) - {-1})


def measures(labels: Sequence[str], found: Any) -> tuple[float, float]:
    return float(v_measure_score(labels, found)), float(adjusted_rand_score(labels, found))


def agreement(labels: Sequence[str], found: Any) -> str:
    return "V {:.3f}, ARI {:.3f}".format(*measures(labels, found))
