"""The default vectoriser: lemmas and character n-grams, reduced by latent semantic analysis."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import count
from typing import Any, Self
from zlib import crc32

import numpy as np
import simplemma
from scipy import sparse
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import row_norms

from cahiers.textkit.axes import leading_axes
from cahiers.textkit.french import GLOSSARY, Glossary, term, tokens
from cahiers.textkit.vectors import Dense, Features, Parameter, unit_rows

CHUNK = 20_000  # texts a block, so that memory does not grow with their number
# Letters of one word alone only repeat it; where words are few, they may still meet those of a later text.
SHARED, MANY_WORDS = 2, 2_000


class LexicalVectoriser:
    """TF-IDF of lemmas beside TF-IDF of character n-grams.

    A text is the weighted sum of its words, and a word is its lemma beside its character n-grams. So n-grams are
    counted once a distinct word instead of once a text, and a text is reduced by adding up the reduced words:
    a million remarks cost little more than reading them.
    """

    name = "lexical"
    version = f"1 (simplemma {simplemma.__version__})"

    def __init__(
        self,
        *,
        dimensions: int = 128,
        character_weight: float = 0.4,
        glossary: Glossary = GLOSSARY,
        sample: int = 5_000,
    ) -> None:
        self.dimensions = dimensions
        self.character_weight = character_weight
        self.glossary = glossary
        self.sample = sample

    def parameters(self) -> Mapping[str, Parameter]:
        return {
            "dimensions": self.dimensions,
            "character_weight": self.character_weight,
            "character_ngrams": "3-5",
            "sample": self.sample,
        }

    def fit(self, texts: Sequence[str], *, seed: int) -> Self:
        """Terms, weights and axes are learnt from at most ``sample`` texts, chosen by what they say.

        Neither the order of the texts nor ``seed`` has a say: axes that turn a little with the seed would make one
        remark in five change its group.
        """
        counts, words = count_tokens(_chosen(texts, self.sample))
        indexed = [term(word, self.glossary) for word in words]
        least = 1 if counts.shape[0] < 2_000 else 2
        self._terms, self._term_weights = _term_weights(counts, indexed, least)
        grams = self._learn_ngrams(words, [form in self._terms for form in indexed])
        spelled = self._spelled(words, grams)
        counts = _sublinear(counts)
        lengths = row_norms(counts @ spelled)
        lengths[lengths == 0] = 1
        size = min(self.dimensions, counts.shape[0] - 1, spelled.shape[1] - 1)
        axes = leading_axes(sparse.diags(1 / lengths) @ counts, spelled, max(1, size))
        self._axes: Dense = axes if axes.shape[1] else np.eye(spelled.shape[1], 1, dtype=np.float32)
        self._reduced = {word: row for row, word in enumerate(words)}
        self._table: Dense = np.asarray(spelled @ self._axes, dtype=np.float32)
        return self

    def transform(self, texts: Sequence[str], *, sparse: bool = True) -> Features:
        dense: Dense = np.zeros((len(texts), self._axes.shape[1]), dtype=np.float32)
        rows = []
        for start in range(0, len(texts), CHUNK):
            counts, words = count_tokens(texts[start : start + CHUNK])
            counts = _sublinear(counts)
            dense[start : start + CHUNK] = unit_rows(counts @ self._reduced_words(words))
            if sparse:
                rows.append(normalize(counts @ self._spelled(words), copy=False))
        return Features(dense, _stack(rows) if rows else None)

    @property
    def terms(self) -> list[str]:
        """Names of the first columns of ``Features.sparse``; the columns after them are character n-grams."""
        return list(self._terms)

    def _reduced_words(self, words: list[str]) -> Dense:
        """The words on the axes; each distinct word is worked out once in the life of the vectoriser."""
        fresh = [word for word in words if word not in self._reduced]
        if fresh:
            self._reduced.update((word, row) for row, word in enumerate(fresh, start=len(self._reduced)))
            values = np.asarray(self._spelled(fresh) @ self._axes, dtype=np.float32)
            self._table = np.vstack([self._table, values])
        return self._table[[self._reduced[word] for word in words]]

    def _learn_ngrams(self, words: list[str], telling: list[bool]) -> Any:
        """CSR (words, n-grams) of the n-grams that words of terms share, counted once for learning and for use."""
        kept = np.flatnonzero(telling)
        counts, names = counted(map(_ngrams, words))
        spread = np.bincount(counts[kept].indices, minlength=counts.shape[1])
        shared = np.flatnonzero(spread >= (SHARED if len(kept) >= MANY_WORDS else 1)).tolist()
        columns = sorted(shared, key=names.__getitem__) or [0]  # a matrix has one
        self._ngrams = {names[column]: n for n, column in enumerate(columns) if shared}
        self._ngram_weights = _inverse_frequency(spread[columns], len(kept))
        return counts[:, columns]

    def _known_ngrams(self, words: list[str]) -> Any:
        known = self._ngrams
        indices: list[int] = []
        bounds = [0]
        for word in words:
            indices.extend(known[ngram] for ngram in _ngrams(word) if ngram in known)
            bounds.append(len(indices))
        return _summed(indices, bounds, len(known))

    def _spelled(self, words: list[str], grams: Any = None) -> Any:
        """CSR (words, terms + n-grams); function words are zero rows, unknown words have n-grams only."""
        rows, columns = [], []
        weights = np.zeros(len(words), dtype=np.float32)
        unseen = float(self._term_weights.max(initial=1.0))
        for row, word in enumerate(words):
            form = term(word, self.glossary)
            if form is None:
                continue
            column = self._terms.get(form)
            weights[row] = unseen if column is None else self._term_weights[column]
            if column is not None:
                rows.append(row)
                columns.append(column)
        data = weights[rows] * np.float32(np.sqrt(1 - self.character_weight))
        lemmas = sparse.csr_matrix((data, (rows, columns)), shape=(len(words), len(self._terms)))
        if grams is None:
            grams = self._known_ngrams(words)
        grams.data *= self._ngram_weights[grams.indices]
        scale = sparse.diags(weights * np.float32(np.sqrt(self.character_weight)))
        return sparse.hstack([lemmas, scale @ normalize(grams, copy=False)], format="csr", dtype=np.float32)


def _ngrams(word: str) -> list[str]:
    """Stretches of three to five characters, the borders of the word included: scikit-learn's "char_wb"."""
    bordered = f" {word} "
    return [bordered[start : start + size] for size in (3, 4, 5) for start in range(len(bordered) - size + 1)]


def _chosen(texts: Sequence[str], number: int) -> Sequence[str]:
    """At most ``number`` texts, those of the lowest check sums: most stay chosen when texts are added."""
    if len(texts) <= number:
        return texts
    sums = np.fromiter((crc32(text.encode()) for text in texts), dtype=np.uint32, count=len(texts))
    return [texts[row] for row in np.sort(np.argsort(sums, kind="stable")[:number])]


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[str, ...]:
    """Learnt, placed, then named, a text of a small corpus is read once; of a large one, the memory stays small."""
    return tuple(tokens(text))


def count_tokens(texts: Sequence[str]) -> tuple[Any, list[str]]:
    """A CSR matrix (texts, distinct words) of counts, and the words in order of first appearance."""
    counts, words = counted(map(_tokens, texts))
    return counts, words or [""]


def counted(bags: Iterable[Iterable[str]]) -> tuple[Any, list[str]]:
    """A CSR matrix (bags, distinct items), of one column at least, and the items in order of first appearance."""
    columns: defaultdict[str, int] = defaultdict(count().__next__)
    indices: list[int] = []
    bounds = [0]
    for bag in bags:
        indices.extend(map(columns.__getitem__, bag))
        bounds.append(len(indices))
    return _summed(indices, bounds, len(columns)), list(columns)


def _summed(indices: list[int], bounds: list[int], width: int) -> Any:
    matrix = sparse.csr_matrix(
        (np.ones(len(indices), dtype=np.float32), np.asarray(indices, dtype=np.int32), np.asarray(bounds)),
        shape=(len(bounds) - 1, max(1, width)),
    )
    matrix.sum_duplicates()
    return matrix


def _inverse_frequency(frequency: Any, number: int) -> Dense:
    """Smoothed idf, as scikit-learn's, of what so many of a number of texts hold."""
    weights: Dense = (np.log((1 + number) / (1 + frequency)) + 1).astype(np.float32)
    return weights


def _term_weights(counts: Any, indexed: list[str | None], least: int) -> tuple[dict[str, int], Dense]:
    """Terms in ``least`` texts or more, in alphabetical order, with their idf."""
    frequency: dict[str, int] = {}
    for form, documents in zip(indexed, np.bincount(counts.indices, minlength=len(indexed)), strict=True):
        if form is not None:
            frequency[form] = frequency.get(form, 0) + int(documents)
    kept = sorted(form for form, documents in frequency.items() if documents >= least) or [""]
    documents = np.asarray([frequency.get(form, 0) for form in kept])
    weights = _inverse_frequency(documents, counts.shape[0]).clip(1)
    return {form: column for column, form in enumerate(kept)}, weights


def _sublinear(counts: Any) -> Any:
    scaled = counts.copy()
    scaled.data = 1 + np.log(scaled.data)
    return scaled


def _stack(rows: list[Any]) -> Any:
    return rows[0] if len(rows) == 1 else sparse.vstack(rows, format="csr")
