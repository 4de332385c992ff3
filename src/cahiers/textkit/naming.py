"""Names of groups in people's own words: what sets a group apart, and a short sentence that somebody wrote."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from cahiers.textkit.french import GLOSSARY, Glossary, sentences, term, tokens
from cahiers.textkit.lexical import count_tokens
from cahiers.textkit.lexicon import NEGATIONS

TERMS = 4
LONGEST_SENTENCE = 110
READ_FOR_SPELLING = 200  # members read to find how a term is usually typed


def distinguishing_terms(
    texts: Sequence[str],
    labels: Sequence[int],
    number: int,
    *,
    glossary: Glossary = GLOSSARY,
    most: int = TERMS,
) -> list[tuple[str, ...]]:
    """For each of ``number`` groups, its terms by class-based TF-IDF, as its members type them; label -1 is no group."""
    counts, forms = _grouped_terms(texts, labels, number, glossary)
    totals = np.asarray(counts.sum(axis=0)).ravel()
    average = counts.sum() / max(1, number)
    weights = np.log1p(average / np.maximum(totals, 1))
    chosen: list[list[str]] = []
    for row in range(number):
        line = counts[row]
        # The square root keeps one person's repeated word from outranking what many say.
        scores = np.sqrt(line.data) * weights[line.indices]
        order = np.lexsort((line.indices, -scores))
        readable = [forms[line.indices[n]] for n in order[: 4 * most]]
        chosen.append(
            [form for form in readable if form not in NEGATIONS and not form.isdigit() and len(form) > 1][
                :most
            ]
        )
    return _as_typed(texts, labels, chosen, glossary)


def typical_sentence(texts: Sequence[str]) -> str:
    """A short sentence out of texts that come nearest the centre first; the start of the first text if all are long."""
    candidates = [span.of(text).strip() for text in texts for span in sentences(text)]
    for least in (4, 2, 1):
        for sentence in candidates:
            if len(sentence) <= LONGEST_SENTENCE and len(sentence.split()) >= least:
                return sentence
    if not candidates:
        return ""
    return candidates[0][:LONGEST_SENTENCE].rsplit(" ", 1)[0] + "…"


def _grouped_terms(
    texts: Sequence[str], labels: Sequence[int], number: int, glossary: Glossary
) -> tuple[Any, list[str]]:
    columns: dict[str, int] = {}
    total: Any = None
    for start in range(0, len(texts), 20_000):
        part = np.asarray(labels[start : start + 20_000])
        counts, words = count_tokens(texts[start : start + 20_000])
        found = [(row, form) for row, word in enumerate(words) if (form := term(word, glossary)) is not None]
        target = [columns.setdefault(form, len(columns)) for _, form in found]
        spread = sparse.csr_matrix(
            (np.ones(len(found), dtype=np.float32), ([row for row, _ in found], target)),
            shape=(len(words), max(1, len(columns))),
        )
        kept = np.flatnonzero(part >= 0)
        members = sparse.csr_matrix(
            (np.ones(len(kept), dtype=np.float32), (part[kept], kept)), shape=(number, len(part))
        )
        block = (members @ counts.sign() @ spread).tocsr()
        if total is None:
            total = block
        else:
            total.resize(block.shape)
            total = total + block
    if total is None:
        total = sparse.csr_matrix((number, 1), dtype=np.float32)
    return total.tocsr(), list(columns) or [""]


def _as_typed(
    texts: Sequence[str], labels: Sequence[int], chosen: list[list[str]], glossary: Glossary
) -> list[tuple[str, ...]]:
    spelled: list[dict[str, Counter[str]]] = [{form: Counter() for form in forms} for forms in chosen]
    read = [0] * len(chosen)
    for text, label in zip(texts, labels, strict=True):
        if label < 0 or read[label] >= READ_FOR_SPELLING:
            continue
        read[label] += 1
        for token in tokens(text):
            form = term(token, glossary)
            if form is not None and form in spelled[label]:
                spelled[label][form][token] += 1
    return [
        tuple(_spelling(form, spelled[number][form], glossary) for form in forms)
        for number, forms in enumerate(chosen)
    ]


def _spelling(form: str, seen: Counter[str], glossary: Glossary) -> str:
    if form in glossary.acronyms:
        return form.upper()
    if not seen:
        return form
    most = max(seen.values())
    # Typed with its accents as often or nearly so, the accented spelling is the right one.
    return max(
        (word for word, times in seen.items() if 2 * times >= most),
        key=lambda w: (not w.isascii(), seen[w], w),
    )
