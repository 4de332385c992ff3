"""Kind and polarity of a remark, by a classifier of its own: embeddings put « plus de » and « pas de » side by side."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import simplemma
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from cahiers.textkit.french import fold, lemma, regular
from cahiers.textkit.lexicon import CUES, DEEDS, DIRECTIONS, FINITE_VERBS, NEGATIONS, NOT_VERBS
from cahiers.textkit.model import Proposal
from cahiers.textkit.neighbours import one_thread

KINDS = ("irritant", "strength", "need", "lever", "action", "indicator")
POLARITIES = ("against", "for", "neutral")
VERSION = "kinds 2"  # changes with kinds.tsv or with the signs read, and is kept with results
CHUNK = 10_000  # texts a block, to bound memory
_WORD = re.compile(r"[^\W_]+")
_MONTH = re.compile(
    r"\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|rentree)\b"
)
_EVERY = re.compile(
    r"\b(?:chaque|par (?:an|mois|semaine|trimestre)|d ici|avant|des la|deux|trois|quatre|cinq|dix)\b"
)


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
    """Logistic regression on words, word pairs, endings and cues of how the remark is built.

    A consultation's own decisions are added to the examples that ship, and weigh three times as much.
    """

    def __init__(self, decided: Sequence[Example] = (), *, shipped: Sequence[Example] | None = None) -> None:
        base = list(examples() if shipped is None else shipped)
        learnt = [*base, *decided]
        weights = np.asarray([1.0] * len(base) + [3.0] * len(decided))
        self._words = CountVectorizer(analyzer=lambda text: list(_signs(text)), binary=True, min_df=2)
        self._letters = CountVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), binary=True, min_df=3, max_features=6_000
        )
        texts = [example.text for example in learnt]
        self._words.fit(texts)
        self._letters.fit([fold(text) for text in texts])
        features = self._features(texts)
        # « name=value » signs and letters weigh too, but say nothing to a reader.
        self._names = [str(name) for name in self._words.get_feature_names_out()]
        self._readable = np.zeros(features.shape[1], dtype=bool)
        self._readable[: len(self._names)] = ["=" not in name for name in self._names]
        with one_thread():
            self._kind = _fit(features, [example.kind for example in learnt], weights)
            self._polarity = _fit(features, [example.polarity for example in learnt], weights)

    def propose(self, texts: Sequence[str], *, most: int = 3) -> list[tuple[tuple[Proposal, ...], Proposal]]:
        """For each text, its most likely kinds, best first, and its polarity."""
        found: list[tuple[tuple[Proposal, ...], Proposal]] = []
        for start in range(0, len(texts), CHUNK):
            features = self._features(texts[start : start + CHUNK])
            kinds, polarities = self._kind.predict_proba(features), self._polarity.predict_proba(features)
            for row in range(features.shape[0]):
                order = np.argsort(-kinds[row], kind="stable")[:most].tolist()
                proposals = tuple(self._proposal(self._kind, features, row, k, kinds[row, k]) for k in order)
                best = int(polarities[row].argmax())
                found.append(
                    (proposals, self._proposal(self._polarity, features, row, best, polarities[row, best]))
                )
        return found

    def labels(self, texts: Sequence[str]) -> tuple[list[str], list[str]]:
        """Only the best kind and polarity of each text: what large runs need."""
        if not texts:
            return [], []
        features = self._features(texts)
        return list(map(str, self._kind.predict(features))), list(map(str, self._polarity.predict(features)))

    def _features(self, texts: Sequence[str]) -> Any:
        words = normalize(self._words.transform(texts).astype(np.float64))
        letters = normalize(self._letters.transform([fold(text) for text in texts]).astype(np.float64))
        return sparse.hstack([words * 2.0, letters], format="csr")

    def _proposal(self, model: Any, features: Any, row: int, label: int, score: float) -> Proposal:
        start, end = features.indptr[row], features.indptr[row + 1]
        columns, values = features.indices[start:end], features.data[start:end]
        readable = self._readable[columns]
        columns, weights = columns[readable], model.coef_[label, columns[readable]] * values[readable]
        words = [
            self._names[columns[n]] for n in np.lexsort((columns, -weights))[:3].tolist() if weights[n] > 0
        ]
        return Proposal(str(model.classes_[label]), round(float(score), 4), tuple(words))


@lru_cache(maxsize=1)
def default_classifier() -> KindClassifier:
    """The classifier of the shipped examples, made once a process."""
    return KindClassifier()


def _fit(features: Any, labels: list[str], weights: Any) -> Any:
    model = LogisticRegression(C=4.0, class_weight="balanced", max_iter=2_000, tol=1e-6)
    return model.fit(features, labels, sample_weight=weights)


def _signs(text: str) -> Iterator[str]:
    """Words, pairs of words, and « name=value » signs of construction."""
    plain = regular(text).replace("%", " pourcent ").replace("€", " euros ")
    words = [fold(word) for word in _WORD.findall(plain)]
    if not words:
        return
    folded = " ".join(words)
    forms = [lemma(word) for word in words]
    yield from forms
    yield from (f"{a} {b}" for a, b in pairwise(words))
    yield f"first={forms[0]}"
    yield f"opening={' '.join(words[:2])}"
    first = _WORD.findall(plain.lower())[0]
    infinitive = _is_infinitive(first)
    yield f"infinitive={infinitive}"
    if words[0] in DEEDS:
        yield "deed=opens"
    if words[0] in DIRECTIONS or (len(words) > 1 and words[1] in DIRECTIONS):
        yield "direction=opens"
    counts = {name: min(3, len(pattern.findall(folded))) for name, pattern in CUES.items()}
    for name, number in counts.items():
        yield f"{name}={number}"
        if number:
            yield f"{name}=some"
            yield f"{name}=some infinitive={infinitive}"
    yield f"balance={_sign(counts['praise'] - counts['complaint'])} infinitive={infinitive}"
    opening = " ".join(words[:3])
    yield from (f"{name}=opens" for name, pattern in CUES.items() if pattern.search(opening))
    yield f"figures={any(c.isdigit() for c in folded)} infinitive={infinitive}"
    yield f"dated={bool(_MONTH.search(folded))} infinitive={infinitive}"
    yield f"precise={bool(_EVERY.search(folded))} infinitive={infinitive}"
    yield f"long={min(4, len(words) // 5)} infinitive={infinitive}"
    yield f"verb={any(word in FINITE_VERBS for word in words)}"
    yield f"negated={any(word in NEGATIONS for word in words)} wish={min(1, counts['wish'])}"


@lru_cache(maxsize=100_000)
def _is_infinitive(word: str) -> bool:
    return (
        word.endswith(("er", "ir", "re", "oir"))
        and len(word) > 3
        and simplemma.lemmatize(word, lang="fr") == word
        and (word not in NOT_VERBS)
    )


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
