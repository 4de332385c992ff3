"""Names of groups in people's own words: what sets a group apart, and a short sentence that somebody wrote."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from cahiers.textkit.french import GLOSSARY, Glossary, sentences, term
from cahiers.textkit.lexical import count_tokens
from cahiers.textkit.lexicon import NEGATIONS

TERMS = 4
LONGEST_SENTENCE = 110


class Vocabulary:
    """The words of a sample of the members, counted once for all levels of groups."""

    def __init__(self, texts: Sequence[str], glossary: Glossary = GLOSSARY) -> None:
        counts, words = count_tokens(texts)
        counts.data[:] = 1
        forms: dict[str, int] = {}
        found = [(row, form) for row, word in enumerate(words) if (form := term(word, glossary)) is not None]
        columns = [forms.setdefault(form, len(forms)) for _, form in found]
        spread = sparse.csr_matrix(
            (np.ones(len(found), dtype=np.float32), ([row for row, _ in found], columns)),
            shape=(len(words), max(1, len(forms))),
        )
        self.glossary = glossary
        self.forms = list(forms) or [""]
        self.counts = (counts @ spread).tocsr()
        self._typed = self._spellings(counts, words, found, columns)

    def distinguishing(
        self, labels: Sequence[int], number: int, *, most: int = TERMS
    ) -> list[tuple[str, ...]]:
        """For each of ``number`` groups, its terms by class-based TF-IDF; label -1 is no group."""
        given = np.asarray(labels, dtype=np.int64)
        kept = np.flatnonzero(given >= 0)
        members = sparse.csr_matrix(
            (np.ones(len(kept), dtype=np.float32), (given[kept], kept)), shape=(number, self.counts.shape[0])
        )
        grouped = (members @ self.counts).tocsr()
        totals = np.asarray(grouped.sum(axis=0)).ravel()
        weights = np.log1p(grouped.sum() / max(1, number) / np.maximum(totals, 1))
        return [self._best(grouped[row], weights, most) for row in range(number)]

    def _best(self, line: Any, weights: Any, most: int) -> tuple[str, ...]:
        # The square root keeps one subject's word from hiding what else many members say.
        scores = np.sqrt(line.data) * weights[line.indices]
        order = np.lexsort((line.indices, -scores))
        forms = [int(line.indices[n]) for n in order[: 6 * most]]
        telling = [form for form in forms if self._telling(self.forms[form])]
        return tuple(self._typed[form] for form in telling[:most])

    def _telling(self, form: str) -> bool:
        return form not in NEGATIONS and not form.isdigit() and len(form) > 1

    def _spellings(
        self, counts: Any, words: list[str], found: list[tuple[int, str]], columns: list[int]
    ) -> list[str]:
        """How each form is typed most; with accents where that is done at least half as often as without."""
        frequency = np.asarray(counts.sum(axis=0)).ravel()
        typed: dict[int, list[int]] = {}
        for (row, _), column in zip(found, columns, strict=True):
            typed.setdefault(column, []).append(row)
        spelled = []
        for column, form in enumerate(self.forms):
            if form in self.glossary.acronyms:
                spelled.append(form.upper())
                continue
            rows = typed.get(column, [])
            often = max((frequency[row] for row in rows), default=0)
            usual = [row for row in rows if 2 * frequency[row] >= often]
            best = max(
                usual, key=lambda row: (not words[row].isascii(), frequency[row], words[row]), default=None
            )
            spelled.append(form if best is None else words[best])
        return spelled


def typical_sentence(texts: Sequence[str]) -> str:
    """A short sentence out of texts that come nearest the centre first; the start of the first text if all are long."""
    for least in (4, 2, 1):
        for text in texts:
            for span in sentences(text):
                sentence = span.of(text).strip()
                if len(sentence) <= LONGEST_SENTENCE and len(sentence.split()) >= least:
                    return sentence
    first = next((span.of(text) for text in texts for span in sentences(text)), "")
    return f"{first[:LONGEST_SENTENCE].rsplit(' ', 1)[0]}…" if first else ""
