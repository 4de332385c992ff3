"""Groups against the labels of people, and whether they stay when the seed or the data change."""

import importlib.util
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from sklearn.cluster import KMeans, SpectralClustering
from sklearn.metrics import adjusted_rand_score, v_measure_score
from sknetwork.clustering import Leiden

from bench.textkit.sets import Answers, each_question, fitted, load_corpus, tell
from cahiers.textkit.analysis import analyse
from cahiers.textkit.communities import Labels, numbered
from cahiers.textkit.grouping import NEIGHBOURS, group
from cahiers.textkit.model import Passage
from cahiers.textkit.neighbours import neighbour_graph
from cahiers.textkit.vectors import Dense, unit_rows

SEEDS, FEW_SEEDS = 5, 3
COARSEST, FINEST, STEPS = 0.25, 32.0, 8  # where the resolution is sought that gives as many groups as labels
T = TypeVar("T")


def groups(answers: Answers, corpus: Path | None) -> None:
    """All answers at once, each level against the labels of people; beside each, all references on the same vectors."""
    texts, labels = answers.texts[:10_000], [given[0] for given in answers.labels][:10_000]
    vectors, number = fitted(texts)[1].dense, len({given[0] for given in answers.labels})
    found, cpu = spent(lambda: group(vectors, seed=0))
    others = [*told(vectors, number), *bertopic(texts, vectors, number)]
    same, own = spent(
        lambda: nearest_in_number(
            lambda resolution: group(vectors, seed=0, resolution=resolution).groups, number
        )
    )
    for title, made, seconds in [("nos groupes, accordés", same, own), *others]:
        alone = f", seules {np.mean(np.asarray(made) < 0):.0%}" if min(made) < 0 else ""
        print(
            f"  {title:<36} {agreement(labels, made)} ({number_of(made)} groupes{alone}), {seconds:.1f} s CPU"
        )
    for name, made in {
        "familles": found.families,
        "groupes": found.groups,
        "sous-groupes": found.subgroups,
    }.items():
        seen = (
            f"{agreement(labels, made)} ({number_of(made)}), seules {found.alone.mean():.1%}, {cpu:.1f} s CPU"
        )
        reach = "V 0,62 ; ARI 0,23 ; ≤ 5 % ; 0,25 x" if name == "groupes" else ""
        title, _, seconds = others[-1]
        tell(f"{name}, {len(set(labels))} étiquettes", seen, reach, f"{cpu / seconds:.2f} x {title}")


def questions(answers: Answers, corpus: Path | None) -> None:
    """Each question by itself, ours in the mean of some seeds; references: told how many labels people gave."""
    seen: dict[str, list[Any]] = defaultdict(list)
    agree = []
    for _, texts, labels, _ in each_question(answers):
        single = [given[0] for given in labels]
        vectors, number = fitted(texts)[1].dense, len(set(single))
        found = [group(vectors, seed=seed) for seed in range(FEW_SEEDS)]
        made = {"familles": [each.families for each in found], "groupes": [each.groups for each in found]}
        made |= {title: [labels] for title, labels, _ in told(vectors, number)}
        for title, runs in made.items():
            seen[title].append(np.mean([(*measures(single, run), number_of(run)) for run in runs], axis=0))
        agree.append(worst(made["groupes"]))
    told_by = {
        title: "V {:.3f}, ARI {:.3f} ({:.0f} en moyenne)".format(*np.mean(each, axis=0))
        for title, each in seen.items()
    }
    for title, line in told_by.items():
        print(f"  {title:<36} {line}")
    number = len(seen["groupes"])
    reference = f"spectral, accordé : {told_by['spectral, accordé']}"
    line = f"{told_by['groupes']}, autres graines {np.mean(agree):.3f}"
    tell(f"groupes, {number} questions", line, "V 0,49 ; ARI 0,28 ; graines 0,9", reference)


def stability(answers: Answers, corpus: Path | None) -> None:
    """Same seed, other seeds (the worst two of five) from the texts on; reference: k-means on other seeds.

    Then what else may change: the lines in another order, ten per cent more of them, one per cent less, and, which no
    seed decides, other orders of the visits (for up to as many remarks as are compared with each other).
    """
    texts = load_corpus(corpus, 10_000)[0] if corpus else answers.texts[:10_000]
    vectoriser, features = fitted(texts)
    runs = [grouped(texts, seed) for seed in range(SEEDS)]
    same = "oui" if (runs[0] == grouped(texts, 0)).all() else "NON"
    clusters = [KMeans(30, n_init=1, random_state=seed).fit_predict(features.dense) for seed in range(SEEDS)]
    seen = f"identique {same}, autres graines {worst(runs):.3f}, + 10 % : {kept_share(texts, vectoriser):.1%}"
    tell("stabilité", seen, "identique ; ARI 0,9 ; 98 %", f"k-means {worst(clusters):.3f}")
    shuffled = np.random.default_rng(0).permutation(len(texts))
    other = grouped([texts[row] for row in shuffled], 0)
    fewer = np.sort(shuffled[len(texts) // 100 :])
    draws = [
        group(features.dense, seed=0, lots=numbered(len(texts)) + np.uint64(run * 10**7)).groups
        for run in range(SEEDS)
    ]
    kept = adjusted_rand_score(runs[0][fewer], grouped([texts[row] for row in fewer], 0))
    print(f"  lignes dans un autre ordre {adjusted_rand_score(runs[0][shuffled], other):.3f}", end="")
    print(f", 1 % de moins {kept:.3f}, autres tirages {worst(draws):.3f}")


def grouped(texts: Sequence[str], seed: int) -> Labels:
    """Groups of texts, from the texts on."""
    passages = [Passage(str(number), text) for number, text in enumerate(texts)]
    found = analyse(passages, seed=seed, kinds=False, find_duplicates=False)
    return np.unique([unit.group for unit in found.units], return_inverse=True)[1]


def worst(runs: Sequence[Labels]) -> float:
    """Agreement of the two runs that agree least."""
    return min(float(adjusted_rand_score(*two)) for two in combinations(runs, 2))


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


def told(vectors: Dense, number: int) -> Iterator[tuple[str, Labels, float]]:
    """Names, labels and CPU seconds of methods that are told ``number``, how many labels people gave."""
    size = min(NEIGHBOURS, len(vectors) - 1)
    graph, before = spent(lambda: neighbour_graph(unit_rows(vectors - vectors.mean(axis=0)), size))
    made, seconds = spent(lambda: nearest_in_number(lambda resolution: leiden(graph, resolution), number))
    yield "graphe + Leiden, accordé", made, before + seconds
    spectral = SpectralClustering(number, affinity="precomputed", random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a graph in several pieces
        made, seconds = spent(lambda: spectral.fit_predict(graph))
    yield "spectral, accordé", made, before + seconds
    made, seconds = spent(lambda: KMeans(number, n_init=1, random_state=0).fit_predict(vectors))
    yield "k-means, accordé", made, seconds
    if importlib.util.find_spec("umap") is None:
        return
    from umap import UMAP

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one thread, as its seed wants it
        # The compilation of its numba code is its users' price once a day, not once an analysis.
        UMAP(n_neighbors=5, metric="cosine").fit(vectors[:500])
        plane, before = spent(
            lambda: UMAP(n_neighbors=size, metric="cosine", random_state=0).fit_transform(vectors)
        )
    made, seconds = spent(lambda: KMeans(number, n_init=1, random_state=0).fit_predict(plane))
    yield "UMAP à deux axes + k-means, accordé", made, before + seconds


def bertopic(texts: Sequence[str], vectors: Dense, number: int) -> Iterator[tuple[str, Labels, float]]:
    """BERTopic told ``number``, then as it comes, where it is installed."""
    if importlib.util.find_spec("bertopic") is None:
        return
    from bertopic import BERTopic
    from umap import UMAP

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


def nearest_in_number(make: Callable[[float], Labels], number: int) -> Labels:
    """By halving the range of resolutions, the groups whose number is nearest to that of the labels."""
    low, high = np.log(COARSEST), np.log(FINEST)
    tried = []
    for _ in range(STEPS):
        middle = (low + high) / 2
        tried.append(make(float(np.exp(middle))))
        low, high = (middle, high) if number_of(tried[-1]) < number else (low, middle)
    return min(tried, key=lambda made: abs(number_of(made) - number))


def spent(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    return work(), time.process_time() - start


def number_of(made: Any) -> int:
    return len(set(np.asarray(made).tolist()) - {-1})


def measures(labels: Sequence[str], found: Any) -> tuple[float, float]:
    return float(v_measure_score(labels, found)), float(adjusted_rand_score(labels, found))


def agreement(labels: Sequence[str], found: Any) -> str:
    return "V {:.3f}, ARI {:.3f}".format(*measures(labels, found))
