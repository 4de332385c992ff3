"""Near-duplicates: the same words first, then nearly the same words; every joining is logged and can be undone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from rapidfuzz import fuzz
from sklearn.feature_extraction.text import TfidfVectorizer
from sparse_dot_topn import sp_matmul_topn

from cahiers.textkit.french import normal_form
from cahiers.textkit.model import DuplicateSet, Pair, Passage
from cahiers.textkit.neighbours import WORKERS, nearest
from cahiers.textkit.opposition import doubtful, means_something, opposed, read, unshared
from cahiers.textkit.vectors import Dense

CANDIDATE = 0.60  # cosine of character n-grams under which a pair is not even looked at
CERTAIN = 88.0  # rapidfuzz similarity, 0-100, from which two texts are the same
CANDIDATES_EACH = 8
PARAPHRASE = (
    0.70  # read on real answers: two in three of those proposed up to 0.80 say the same, nine in ten above
)
MEANING_WORDS_FOR_ONE = 8
SHORTEST = 4  # « oui » and « RAS » are equal or not, never nearly equal


def exact(passages: Sequence[Passage]) -> list[Pair]:
    """Each passage whose words and figures are those of an earlier one, paired with the first."""
    first: dict[str, str] = {}
    pairs = []
    for passage in passages:
        form = normal_form(passage.text)
        if not form:
            continue
        kept = first.setdefault(form, passage.id)
        if kept != passage.id:
            pairs.append(Pair(kept, passage.id, "exact", 1.0))
    return pairs


def lexical(passages: Sequence[Passage]) -> list[Pair]:
    """Pairs of distinct texts that differ by typing, order or a few empty words, opposites excluded."""
    forms: dict[str, Passage] = {}
    for passage in passages:
        form = normal_form(passage.text)
        if len(form) >= SHORTEST:
            forms.setdefault(form, passage)
    texts, owners = list(forms), list(forms.values())
    pairs = []
    for left, right in _candidates(texts):
        score = similarity(texts[left], texts[right])
        if score >= CERTAIN and _same_content(owners[left].text, owners[right].text):
            if opposed(owners[left].text, owners[right].text):
                continue
            pairs.append(Pair(owners[left].id, owners[right].id, "lexical", round(score / 100, 4)))
    return pairs


def similarity(first: str, second: str) -> float:
    """0-100 between two normal forms; short texts must agree on more, since one word there is much of the sense."""
    shorter, longer = sorted((len(first), len(second)))
    if longer > 2 * shorter + 12:
        return 0.0
    score = max(fuzz.ratio(first, second), fuzz.token_sort_ratio(first, second))
    if shorter >= 25 and longer <= 1.5 * shorter:
        score = max(score, 0.93 * fuzz.token_set_ratio(first, second))
    return score - (6.0 if shorter < 15 else 2.0 if shorter < 25 else 0.0)


def _same_content(first: str, second: str) -> bool:
    """Few words of meaning on one side only: none in a short remark, one in eight in a longer one."""
    a, b = read(first), read(second)
    only_a, only_b = unshared(a, b)
    alone = sum(means_something(word) for word in only_a | only_b)
    shared = sum(means_something(word) for word in a.words) - sum(means_something(word) for word in only_a)
    return alone <= shared // MEANING_WORDS_FOR_ONE


def paraphrases(passages: Sequence[Passage], vectors: Dense, *, threshold: float = PARAPHRASE) -> list[Pair]:
    """Weaker proposals, from vectors of the passages in the same order: only a person confirms them."""
    indices, cosines = nearest(vectors, vectors, 3, skip_self=True)
    pairs = {}
    for row, (found, scores) in enumerate(zip(indices, cosines, strict=True)):
        for other, score in zip(found, scores, strict=True):
            low, high = sorted((row, int(other)))
            if score >= threshold and not doubtful(passages[low].text, passages[high].text):
                pairs[low, high] = Pair(
                    passages[low].id, passages[high].id, "paraphrase", round(float(score), 4)
                )
    return [pairs[key] for key in sorted(pairs)]


def sets(
    passages: Sequence[Passage], pairs: Iterable[Pair], refused: Iterable[tuple[str, str]] = ()
) -> list[DuplicateSet]:
    """Pairs gathered into sets, strongest first; a set never holds two opposite texts, nor a refused pair.

    ``kept`` is the member that comes first in ``passages``. Undoing a joining is running this again without its pair.
    """
    order = {passage.id: position for position, passage in enumerate(passages)}
    text = {passage.id: passage.text for passage in passages}
    apart = {frozenset(pair) for pair in refused}
    members: dict[str, list[str]] = {}
    home: dict[str, str] = {}
    log: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda pair: (-pair.score, order[pair.first], order[pair.second])):
        a, b = home.get(pair.first, pair.first), home.get(pair.second, pair.second)
        left, right = members.setdefault(a, [a]), members.setdefault(b, [b])
        if a == b:
            log[a].append(pair)
        elif _may_join(left, right, text, apart):
            joined = sorted(left + right, key=order.__getitem__)
            log[a] += [*log.pop(b, []), pair]
            del members[b]
            members[a] = joined
            home.update((member, a) for member in joined)
    found = [(ids, log[root]) for root, ids in members.items() if len(ids) > 1]
    found.sort(key=lambda entry: order[entry[0][0]])
    return [DuplicateSet(ids[0], tuple(ids), tuple(evidence)) for ids, evidence in found]


def kept_of(duplicates: Iterable[DuplicateSet]) -> dict[str, str]:
    """Each copy's id to the id of the text it repeats."""
    return {member: entry.kept for entry in duplicates for member in entry.members}


def _may_join(left: list[str], right: list[str], text: dict[str, str], apart: set[frozenset[str]]) -> bool:
    if apart and any(frozenset((a, b)) in apart for a in left for b in right):
        return False
    # Only the ends of a chain can have drifted apart; campaigns of thousands of copies make all pairs too many.
    ends = {(a, b) for a in (left[0], left[-1]) for b in (right[0], right[-1])}
    return not any(
        opposed(text[a], text[b]) or similarity(normal_form(text[a]), normal_form(text[b])) < CERTAIN - 9
        for a, b in ends
    )


def _candidates(texts: list[str]) -> Iterator[tuple[int, int]]:
    if len(texts) < 2:
        return
    counter = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(4, 4),
        min_df=2,
        max_df=min(1.0, max(0.02, 400 / len(texts))),
        sublinear_tf=True,
        dtype=np.float32,
    )
    try:
        grams = counter.fit_transform(texts)
    except ValueError as error:
        if "no terms remain" in str(error).lower() or "empty vocabulary" in str(error).lower():
            return  # no two texts share anything
        raise
    close: Any = sp_matmul_topn(
        grams, grams.T.tocsr(), top_n=CANDIDATES_EACH + 1, threshold=CANDIDATE, sort=True, n_threads=WORKERS
    )
    close = close.tocoo()
    seen = {
        (min(a, b), max(a, b)) for a, b in zip(close.row.tolist(), close.col.tolist(), strict=True) if a != b
    }
    yield from sorted(seen)
