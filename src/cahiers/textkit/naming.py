"""Names of groups in people's own words: what sets a group apart, and a short sentence that somebody wrote."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

import numpy as np
from scipy import sparse

from cahiers.textkit.french import GLOSSARY, Glossary, fold, sentences, term
from cahiers.textkit.lexical import count_tokens
from cahiers.textkit.lexicon import NEGATIONS

TERMS = 4
LONGEST_SENTENCE = 110
LONGEST_READ = 400  # characters of a remark in which phrases are looked for
USUAL = (
    0.12  # share of a group's members that use a word, for it to name the group: a slip of one thumb does not
)
TOGETHER = 0.4  # share of the texts with one of some words in which all of them make one phrase
_APART = 3  # words between two that make a phrase
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_SPELT_ON = re.compile(r"-?[^\W_]")
_LACKING = re.compile(
    r"\b(?:pas|plus|sans|aucune?|trop|peu|manque)(?:\s+(?:de|du|des)\s+|\s+d['’]|\s+)$", re.IGNORECASE
)
_NOT = re.compile(r"\s+(?:pas|plus|jamais|rien|guère)\b", re.IGNORECASE)
_PAUSE = re.compile(r"[^\w\s'’-]")


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
        sizes = np.bincount(given[kept], minlength=number)
        own = [slice(*grouped.indptr[row : row + 2]) for row in range(number)]
        return [
            self._best(grouped.indices[part], grouped.data[part], weights, most, int(size))
            for part, size in zip(own, sizes, strict=True)
        ]

    def _best(self, columns: Any, counts: Any, weights: Any, most: int, members: int) -> tuple[str, ...]:
        # The square root keeps one subject's word from hiding what else many members say.
        order = np.lexsort((columns, -np.sqrt(counts) * weights[columns]))
        usual = order[counts[order] >= max(2, USUAL * members)]
        forms = columns[(usual if len(usual) else order)[: 6 * most]].tolist()
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


@lru_cache(maxsize=2_000)  # many a group is its own only part, one level below
def typical_sentence(terms: tuple[str, ...], texts: tuple[str, ...]) -> str:
    """A short sentence that says most of the terms, the first one of texts that come nearest the centre first.

    The start of the first text if all are long.
    """
    sought = {_folded(term) for term in terms}
    found = [span.of(text).strip() for text in texts for span in sentences(text)]
    short = [sentence for sentence in found if len(sentence) <= LONGEST_SENTENCE]
    for least in (4, 2, 1):
        if enough := [sentence for sentence in short if len(sentence.split()) >= least]:
            return max(
                enough, key=lambda sentence: len(sought.intersection(map(_folded, _WORD.findall(sentence))))
            )
    first = next((span.of(text) for text in texts for span in sentences(text)), "")
    if not first:  # « ? », a smiley
        return next((text.strip()[:LONGEST_SENTENCE] for text in texts if text.strip()), "…")
    return f"{first[:LONGEST_SENTENCE].rsplit(' ', 1)[0]}…"


@lru_cache(maxsize=2_000)
def spoken_name(terms: tuple[str, ...], texts: tuple[str, ...]) -> str:
    """Terms with what people write between them, where most write the same: « oublie, mot de passe ».

    A list of words can be read but not said aloud; nothing is added that members did not write.
    """
    sought = {fold(term): n for n, term in enumerate(terms)}
    holding: Counter[int] = Counter()
    phrases: Counter[tuple[str, frozenset[int]]] = Counter()
    typed: dict[str, str] = {}
    for text in texts:
        runs = list(_runs(text, sought))
        holding.update({rank for run in runs for rank, _, _ in run})
        for phrase, ranks in dict.fromkeys(_phrase(text, run) for run in runs):
            phrases[fold(phrase), ranks] += 1
            typed.setdefault(fold(phrase), phrase)
    parts = {frozenset([rank]): term for rank, term in enumerate(terms)}
    best = sorted(phrases.items(), key=lambda item: (-len(item[0][1]), -item[1], item[0][0]))
    for (phrase, ranks), times in best:
        often = times >= max(2, TOGETHER * max(holding[rank] for rank in ranks))
        if often and all(frozenset([rank]) in parts for rank in ranks) and phrase not in sought:
            for rank in ranks:
                del parts[frozenset([rank])]
            parts[ranks] = typed[phrase]
    return ", ".join(parts[ranks] for ranks in sorted(parts, key=min))


Met = tuple[int, int, int]  # a term's rank, start and end


def _runs(text: str, sought: dict[str, int]) -> Iterator[list[Met]]:
    """Sought words that follow each other closely, no word twice and no pause between them."""
    run: list[Met] = []
    flat = _flat(text)
    for rank, start, end in sorted(_met(flat, sought), key=itemgetter(1)):
        if run and (rank in {met[0] for met in run} or not _close(text, flat, run[-1][2], start)):
            yield run
            run = []
        run.append((rank, start, end))
    if run:
        yield run


def _met(flat: str, sought: dict[str, int]) -> Iterator[Met]:
    """Where sought words stand by themselves, as « porte » does not in « porte-clés »."""
    for word, rank in sought.items():
        start = flat.find(word)
        while start >= 0:
            end = start + len(word)
            before, after = flat[max(0, start - 2) : start], flat[end : end + 2]
            if not (_SPELT_ON.match(after) or _SPELT_ON.match(before[::-1])):
                yield rank, start, end
            start = flat.find(word, end)


def _close(text: str, flat: str, end: int, start: int) -> bool:
    return len(_WORD.findall(flat, end, start)) <= _APART and not _PAUSE.search(text, end, start)


@lru_cache(maxsize=20_000)
def _flat(text: str) -> str:
    """The start of a text, folded, each character in its place; a remark is asked for at each level of groups."""
    start = text[:LONGEST_READ]
    folded = fold(start)
    return folded if len(folded) == len(start) else "".join((fold(one) or one)[0] for one in start)


_folded = lru_cache(maxsize=50_000)(fold)


def _phrase(text: str, run: Sequence[Met]) -> tuple[str, frozenset[int]]:
    """From the first word to the last, with the lack or negation around them: it carries the sense."""
    before, after = _LACKING.search(text, 0, run[0][1]), _NOT.match(text, run[-1][2])
    start, end = before.start() if before else run[0][1], after.end() if after else run[-1][2]
    phrase = " ".join(text[start:end].split())
    if phrase[1:2].islower() and not text[:start].strip():  # a capital that only begins the remark
        phrase = phrase[0].lower() + phrase[1:]
    return phrase, frozenset(rank for rank, _, _ in run)
