"""Figures of textkit, each beside a reference in the same run: ``python bench/textkit.py [LINE...] [--answers F]``.

``--answers`` is a CSV of answers labelled by people: ``text``, ``label`` (several parted by « | »), and ``question``
where there are several. ``--corpus`` is a CSV of many real remarks with a column ``text``. Neither is part of the
project; without them the figures are those of our own remarks, and say so.
"""

import argparse
import csv
import importlib.util
import random
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score, f1_score, v_measure_score
from sklearn.model_selection import KFold

from cahiers.textkit import duplicates
from cahiers.textkit.analysis import analyse
from cahiers.textkit.codebooks import Codebook, Theme
from cahiers.textkit.encoders import FusedVectoriser, UniversalEncoder, default_vectoriser
from cahiers.textkit.french import fold, normal_form
from cahiers.textkit.grouping import group
from cahiers.textkit.intake import Columns, read_csv
from cahiers.textkit.kinds import default_classifier, examples
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.model import Passage
from cahiers.textkit.opposition import opposed
from cahiers.textkit.themes import ThemeClassifier
from cahiers.textkit.vectors import Features

DATA = Path(__file__).parent / "data" / "textkit"
SOURCE = Path(__file__).parents[1] / "src" / "cahiers" / "textkit" / "kinds.tsv"
FIELD = {
    "access": (
        "Garantir un égal accès au numérique pour tous",
        "équipement, connexion, réseau, familles, handicap, prêt",
    ),
    "teaching": (
        "Enseigner et apprendre avec le numérique",
        "pédagogie, formation, ressources, évaluation, classe",
    ),
    "working_together": (
        "Travailler ensemble autrement",
        "communication, parents, équipe, réunions, partage",
    ),
    "responsible": (
        "Un numérique responsable et souverain",
        "données, écrans, logiciels libres, harcèlement, durée",
    ),
    "governance": (
        "Gouvernance et anticipation",
        "pilotage, financement, collectivités, décisions, référent",
    ),
}


@dataclass
class Answers:
    """Labelled answers; ``questions`` are the indices of each set that a person would group by itself."""

    texts: list[str]
    labels: list[list[str]]
    origin: str
    names: dict[str, Theme]
    questions: list[np.ndarray[Any, Any]] = field(default_factory=list)


def tell(line: str, seen: str, reach: str, reference: str) -> None:
    print(f"{line:<34} {seen:<44} à atteindre : {reach:<34} référence : {reference}", flush=True)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        if path.suffix == ".tsv":
            return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(stream))


def load_answers(path: Path | None) -> Answers:
    if path is None:
        found = [*rows(SOURCE), *rows(DATA / "remarks.tsv")]
        names = {key: Theme(key, name, guidance=guidance) for key, (name, guidance) in FIELD.items()}
        labels = [row["themes"].split(",") for row in found]
        return Answers(
            [row["text"] for row in found], labels, "nos remarques", names, [np.arange(len(found))]
        )
    found = rows(path)
    labels = [row["label"].split("|") for row in found]
    names = {label: Theme(label, label.replace("-", " ")) for given in labels for label in given}
    by_question: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(found):
        by_question[row.get("question") or ""].append(number)
    questions = [np.asarray(numbers) for numbers in by_question.values()]
    return Answers([row["text"] for row in found], labels, path.name, names, questions)


def load_corpus(path: Path | None, number: int) -> tuple[list[str], str]:
    """Distinct real remarks, or ours in all pairs where there are none."""
    if path is not None:
        texts = list(dict.fromkeys(row["text"] for row in rows(path) if len(row["text"].split()) >= 4))
        if len(texts) >= number:
            random.Random(5).shuffle(texts)
            return texts[:number], path.name
    ours = [row["text"] for row in [*rows(SOURCE), *rows(DATA / "remarks.tsv")]]
    choose = random.Random(5)
    made = (f"{choose.choice(ours)} {choose.choice(ours)} {choose.choice(ours)}" for _ in range(number))
    return list(made), "nos remarques assemblées trois par trois"


def themes(answers: Answers, corpus: Path | None) -> None:
    """Full training, per question, five folds; reference: TF-IDF and logistic regression."""
    truth, ours, plain = [], [], []
    top = Counter[str]()
    for part, texts, labels, book in each_question(answers):
        features = fitted(texts)
        keys = np.asarray(book.keys)
        for train, test in KFold(5, shuffle=True, random_state=0).split(part):
            model = ThemeClassifier(book, features[0]).fit(
                features[1], {int(row): labels[row] for row in train}
            )
            held = features[1].take(test)
            best = np.argsort(-model.scores(held), axis=1, kind="stable")
            for position, (row, given) in enumerate(zip(test, model.labels(held), strict=True)):
                truth.append(set(labels[row]))
                ours.append(set(given))
                top["1"] += keys[best[position, 0]] in truth[-1]
                top["3"] += bool(set(keys[best[position, :3]]) & truth[-1])
            plain += baseline(texts, labels, train, test)
    seen = f"F1 {micro_f1(ours, truth):.3f}, top-1 {top['1'] / len(truth):.3f}, top-3 {top['3'] / len(truth):.3f}"
    tell(
        "thèmes, tout appris",
        seen,
        "F1 0,70 ; top-1 0,80 ; top-3 0,94",
        f"TF-IDF F1 {micro_f1(plain, truth):.3f}",
    )


def few(answers: Answers, corpus: Path | None) -> None:
    """0, 2 and 10 decided remarks a theme, mean of three draws; reference: the same examples without names."""
    hits: dict[int, list[float]] = defaultdict(list)
    plain: dict[int, list[float]] = defaultdict(list)
    for part, texts, labels, book in each_question(answers):
        vectoriser, features = fitted(texts)
        keys = np.asarray(book.keys)
        for number in (0, 2, 10):
            for seed in range(1 if number == 0 else 3):
                chosen = draw(labels, number, seed)
                held = np.setdiff1d(np.arange(len(part)), chosen)
                decided = {int(row): labels[row] for row in chosen}
                scores = ThemeClassifier(book, vectoriser).fit(features, decided).scores(features.take(held))
                found = keys[scores.argmax(axis=1)]
                hits[number] += [label in labels[row] for label, row in zip(found, held, strict=True)]
                if number:
                    lone = LogisticRegression(C=10, max_iter=300).fit(
                        features.dense[chosen], [labels[row][0] for row in chosen]
                    )
                    plain[number] += [
                        label in labels[row]
                        for label, row in zip(lone.predict(features.dense[held]), held, strict=True)
                    ]
    seen = ", ".join(f"{number} : {np.mean(hits[number]):.3f}" for number in hits)
    reference = ", ".join(f"{number} : {np.mean(plain[number]):.3f}" for number in plain)
    tell(
        "thèmes, peu d’exemples (top-1)",
        seen,
        "0 : 0,60 ; 2 : 0,66 ; 10 : 0,76",
        f"sans les noms {reference}",
    )


def groups(answers: Answers, corpus: Path | None) -> None:
    """All answers at once, against the labels of people; reference: BERTopic on the same vectors, or k-means."""
    texts, labels = answers.texts[:10_000], [given[0] for given in answers.labels][:10_000]
    _, features = fitted(texts)
    start = time.process_time()
    found = group(features.dense, seed=0)
    cpu = time.process_time() - start
    seen = f"{agreement(labels, found.groups)}, seules {found.alone.mean():.1%}, {cpu:.1f} s CPU"
    tell(
        f"groupes, {len(set(labels))} étiquettes",
        seen,
        "V 0,62 ; ARI 0,23 ; ≤ 5 % ; 0,25 x",
        peer(texts, features, labels),
    )


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
    tell(
        "groupes par question",
        seen,
        "V 0,49 ; ARI 0,28",
        "k-means V {:.3f}, ARI {:.3f}".format(*np.mean(plain, axis=0)),
    )


def stability(answers: Answers, corpus: Path | None) -> None:
    """Same seed, other seeds, ten per cent more remarks; reference: k-means on other seeds."""
    texts, _ = load_corpus(corpus, 6_000) if corpus else (answers.texts, "")
    vectoriser, features = fitted(texts)
    runs = [group(features.dense, seed=seed).groups for seed in (0, 0, 1, 2)]
    others = min(adjusted_rand_score(runs[0], run) for run in runs[2:])
    clusters = [KMeans(30, n_init=1, random_state=seed).fit_predict(features.dense) for seed in (0, 1)]
    passages = [Passage(str(number), text) for number, text in enumerate(texts[:3_000])]
    options: dict[str, Any] = {"kinds": False, "find_duplicates": False}
    before = analyse(passages[: int(len(passages) / 1.1)], vectoriser=vectoriser, **options)
    after = analyse(passages, vectoriser=vectoriser, previous=before, **options)
    kept = after.drift.kept_share if after.drift else 0.0
    same = "oui" if (runs[0] == runs[1]).all() else "NON"
    seen = f"identique {same}, autres graines {others:.3f}, + 10 % : {kept:.1%}"
    reference = f"k-means {adjusted_rand_score(*clusters):.3f}"
    tell("stabilité", seen, "identique ; ARI 0,9 ; 98 %", reference)


def copies(answers: Answers, corpus: Path | None) -> None:
    """Copies retyped by a machine among real remarks; reference: exact copies after normalisation."""
    for number, reach in ((10_000, "P 0,95 ; R 0,92"), (100_000, "P 0,90 ; R 0,90 en 60 s")):
        base, origin = load_corpus(corpus, int(number * 0.7))
        texts, truth = retyped(base, number)
        passages = [Passage(str(row), text) for row, text in enumerate(texts)]
        start = time.perf_counter()
        pairs = [*duplicates.exact(passages), *duplicates.lexical(passages)]
        found = pairs_of(duplicates.sets(passages, pairs))
        spent = time.perf_counter() - start
        plain = pairs_of(duplicates.sets(passages, duplicates.exact(passages)))
        seen = (
            f"P {len(found & truth) / len(found):.3f}, R {len(found & truth) / len(truth):.3f}, {spent:.0f} s"
        )
        reference = f"exactes R {len(plain & truth) / len(truth):.3f}"
        tell(f"copies, {number} ({origin[:14]})", seen, reach, reference)
    pairs_read = [row for name in ("pairs.tsv", "opposites.tsv") for row in rows(DATA / name)]
    opposite = [row for row in pairs_read if row["relation"] == "opposite"]
    joined = 0
    for row in opposite:
        both = [Passage("1", row["first"]), Passage("2", row["second"])]
        joined += bool(duplicates.sets(both, [*duplicates.exact(both), *duplicates.lexical(both)]))
    tell("copies, sens opposé réunis", str(joined), "0", f"sur {len(opposite)} paires écrites à la main")


def kinds(answers: Answers, corpus: Path | None) -> None:
    """Remarks held aside; reference: TF-IDF and logistic regression on the same examples."""
    held, learnt = rows(DATA / "remarks.tsv"), examples()
    found, sense = default_classifier().labels([row["text"] for row in held])
    truth = [row["kind"] for row in held]
    words = TfidfVectorizer(ngram_range=(1, 2), strip_accents="unicode").fit(
        [example.text for example in learnt]
    )
    model = LogisticRegression(C=10, max_iter=500)
    model.fit(words.transform([example.text for example in learnt]), [example.kind for example in learnt])
    plain = f1_score(truth, model.predict(words.transform([row["text"] for row in held])), average="macro")
    polarity = f1_score([row["polarity"] for row in held], sense, average="macro")
    seen = f"nature {f1_score(truth, found, average='macro'):.3f}, sens {polarity:.3f}"
    tell("nature et sens (F1 macro)", seen, "0,80", f"TF-IDF {plain:.3f}")
    for name in ("pairs.tsv", "opposites.tsv"):
        opposite = [row for row in rows(DATA / name) if row["relation"] == "opposite"]
        told = np.mean([opposed(row["first"], row["second"]) for row in opposite])
        labels = default_classifier().labels([row[side] for row in opposite for side in ("first", "second")])[
            1
        ]
        alone = np.mean([a != b for a, b in zip(labels[::2], labels[1::2], strict=True)])
        tell(
            f"paires opposées, {name}", f"{told:.3f} de {len(opposite)}", "0,95", f"classeur seul {alone:.3f}"
        )


def speed(answers: Answers, corpus: Path | None, sizes: Sequence[int] = (10_000, 100_000, 1_000_000)) -> None:
    """CSV to groups without encoder or search for copies; reference: TF-IDF, SVD and k-means on the first size."""
    reach = {10_000: "3 s", 100_000: "15 s", 1_000_000: "120 s et 3 Go"}
    for number in sizes:
        texts, origin = load_corpus(corpus, number)
        wall, cpu, memory = timed(texts, LexicalVectoriser())
        reference = f"TF-IDF + SVD + k-means {classical(texts):.1f} s" if number <= 100_000 else ""
        tell(
            f"vitesse, {number} ({origin[:14]})",
            f"{wall:.1f} s ({cpu:.1f} CPU), {memory} Mo",
            reach[number],
            reference,
        )


def encoder(answers: Answers, corpus: Path | None) -> None:
    """The same with the sentence encoder; reference: encoding alone."""
    texts, origin = load_corpus(corpus, 100_000)
    start = time.perf_counter()
    UniversalEncoder().embed_batch(texts)
    alone = time.perf_counter() - start
    wall, _, memory = timed(texts, FusedVectoriser(UniversalEncoder()))
    memory += 2 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    tell(
        f"avec encodeur, 100000 ({origin[:12]})",
        f"{wall:.0f} s, {memory} Mo",
        "240 s et 2 Go",
        f"encoder seul {alone:.0f} s",
    )


def each_question(answers: Answers) -> Any:
    for part in answers.questions:
        labels = [answers.labels[row] for row in part]
        used = sorted({label for given in labels for label in given})
        if len(used) > 1:
            yield (
                part,
                [answers.texts[row] for row in part],
                labels,
                Codebook("bench", 1, tuple(answers.names[label] for label in used)),
            )


def fitted(texts: Sequence[str]) -> tuple[Any, Features]:
    vectoriser = default_vectoriser().fit(texts, seed=0)
    return vectoriser, vectoriser.transform(texts)


def baseline(texts: Sequence[str], labels: Sequence[list[str]], train: Any, test: Any) -> list[set[str]]:
    words = TfidfVectorizer(sublinear_tf=True, strip_accents="unicode")
    model = LogisticRegression(C=10, max_iter=300)
    model.fit(words.fit_transform([texts[row] for row in train]), [labels[row][0] for row in train])
    return [{str(label)} for label in model.predict(words.transform([texts[row] for row in test]))]


def micro_f1(given: Sequence[set[str]], truth: Sequence[set[str]]) -> float:
    right = sum(len(a & b) for a, b in zip(given, truth, strict=True))
    return 2 * right / sum(len(a) + len(b) for a, b in zip(given, truth, strict=True))


def draw(labels: Sequence[list[str]], number: int, seed: int) -> np.ndarray[Any, Any]:
    by_label: dict[str, list[int]] = defaultdict(list)
    for row, given in enumerate(labels):
        by_label[given[0]].append(row)
    choose = random.Random(seed)
    return np.asarray(
        sorted(r for rs in by_label.values() for r in choose.sample(rs, min(number, len(rs) // 2))), dtype=int
    )


def measures(labels: Sequence[str], found: Any) -> tuple[float, float]:
    return float(v_measure_score(labels, found)), float(adjusted_rand_score(labels, found))


def agreement(labels: Sequence[str], found: Any) -> str:
    return "V {:.3f}, ARI {:.3f}".format(*measures(labels, found))


def peer(texts: Sequence[str], features: Features, labels: Sequence[str]) -> str:
    if importlib.util.find_spec("bertopic") is None:
        start = time.process_time()
        found = KMeans(len(set(labels)), n_init=1, random_state=0).fit_predict(features.dense)
        return (
            f"k-means {agreement(labels, found)}, {time.process_time() - start:.1f} s CPU (BERTopic absent)"
        )
    from bertopic import BERTopic

    start = time.process_time()
    topics, _ = BERTopic(language="french").fit_transform(list(texts), features.dense)
    spent = time.process_time() - start
    alone = sum(topic == -1 for topic in topics) / len(topics)
    return f"BERTopic {agreement(labels, topics)}, seules {alone:.0%}, {spent:.1f} s CPU"


def pairs_of(found: Sequence[Any]) -> set[tuple[int, int]]:
    return {
        (min(a, b), max(a, b))
        for entry in found
        for a, b in combinations([int(member) for member in entry.members], 2)
    }


def retyped(base: Sequence[str], number: int) -> tuple[list[str], set[tuple[int, int]]]:
    """``base`` without its own copies, filled up to ``number`` with retyped ones; and the pairs that are the same."""
    distinct = list({normal_form(text): text for text in base}.values())
    choose = random.Random(11)
    entries = list(enumerate(distinct))
    while len(entries) < number:
        origin = choose.randrange(len(distinct))
        entries.append((origin, retype(distinct[origin], choose)))
    choose.shuffle(entries)
    same: dict[int, list[int]] = defaultdict(list)
    for row, (origin, _) in enumerate(entries):
        same[origin].append(row)
    return [text for _, text in entries], {
        pair for members in same.values() for pair in combinations(members, 2)
    }


def retype(text: str, choose: random.Random) -> str:
    """One to three of what people do: slips, accents and capitals lost, a small word dropped, a formula added."""
    for change in choose.sample(
        ["slip", "accent", "case", "end", "begin", "drop"], choose.choice([1, 1, 2, 2, 3])
    ):
        words = text.split()
        if change == "slip":
            place = max(range(len(words)), key=lambda n: (len(words[n]) > 4) * choose.random())
            word, cut = words[place], choose.randrange(1, max(2, len(words[place]) - 1))
            words[place] = word[:cut] + word[cut : cut + 2][::-1] + word[cut + 2 :]
            text = " ".join(words)
        elif change == "accent":
            text = "".join(fold(c) if c.islower() else c for c in text)
        elif change == "case":
            text = text.upper() if choose.random() < 0.3 else text.lower()
        elif change == "end":
            text = text.rstrip(".!? ") + choose.choice([" merci", " svp", " !!", "..."])
        elif change == "begin":
            text = choose.choice(["Je pense que ", "Pour moi, ", "Selon moi "]) + text
        elif small := [
            n for n, word in enumerate(words) if fold(word) in ("le", "la", "les", "de", "des", "du", "un")
        ]:
            words.pop(choose.choice(small))
            text = " ".join(words)
    return text


def timed(texts: Sequence[str], vectoriser: Any) -> tuple[float, float, int]:
    """Wall seconds, CPU seconds of this process, and its peak in MB, from the CSV file to the analysis."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("text",), *((text,) for text in texts)])
        start, cpu = time.perf_counter(), time.process_time()
        passages, _ = read_csv(path, Columns("text"))
        analyse(passages, vectoriser=vectoriser, kinds=False, find_duplicates=False)
    spent = time.perf_counter() - start, time.process_time() - cpu
    return *spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def classical(texts: Sequence[str]) -> float:
    from sklearn.decomposition import TruncatedSVD

    start = time.perf_counter()
    reduced = TruncatedSVD(100, random_state=0).fit_transform(TfidfVectorizer(min_df=2).fit_transform(texts))
    KMeans(100, n_init=1, random_state=0).fit(reduced)
    return time.perf_counter() - start


LINES: dict[str, Callable[[Answers, Path | None], None]] = {
    "themes": themes, "few": few, "groups": groups, "questions": questions, "stability": stability, "copies": copies,
    "kinds": kinds, "speed": speed, "encoder": encoder,
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lines", nargs="*", metavar="LINE", help=f"among {', '.join(LINES)}; all by default")
    parser.add_argument("--answers", type=Path, help="answers labelled by people")
    parser.add_argument("--corpus", type=Path, help="many real remarks")
    parser.add_argument("--size", type=int, help="only this size for speed")
    args = parser.parse_args()
    if unknown := set(args.lines) - set(LINES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    answers = load_answers(args.answers)
    print(
        f"Réponses étiquetées : {answers.origin} ({len(answers.texts)}) ; traits : {default_vectoriser().name}"
    )
    if args.answers is None:
        print(
            "Sans --answers : un CSV text,label[,question] de réponses étiquetées par des personnes, non fourni."
        )
    for name in args.lines or LINES:
        if name == "speed" and args.size:
            speed(answers, args.corpus, [args.size])
        else:
            LINES[name](answers, args.corpus)
    return 0


if __name__ == "__main__":
    sys.exit(main())
