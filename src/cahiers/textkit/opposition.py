"""Do two near-identical remarks say opposite things? The guard in front of every joining of duplicates."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from cahiers.textkit.french import fold, lemma, regular, term
from cahiers.textkit.lexicon import FILLERS, OPPOSITES, PHONE_SPELLINGS, REVERSALS

_WORD = re.compile(r"[^\W_]+")
_PREFIXES = ("in", "im", "il", "ir", "de", "des", "dis", "mal", "mes", "non", "anti", "a")


@dataclass(frozen=True)
class Reading:
    """Folded words of a text, the dictionary forms of each, and how many negations or lacks it holds.

    « ne… plus » is a negation, « plus de » is none.
    """

    words: Counter[str]
    forms: dict[str, frozenset[str]]
    negations: int


@lru_cache(maxsize=50_000)
def read(text: str) -> Reading:
    """What the guard compares; cached, since a text is compared with several others."""
    typed = [PHONE_SPELLINGS.get(word, word) for word in _WORD.findall(regular(text).lower())]
    words = [fold(word) for word in typed]
    forms = {folded: _forms(word, folded) for word, folded in zip(typed, words, strict=True)}
    negated = sum(word in REVERSALS for word in words)
    if "plus" in words and not any(word in words for word in ("pas", "jamais", "rien", "aucun", "aucune")):
        before = words[max(0, words.index("plus") - 4) : words.index("plus")]
        negated += "ne" in before or "n" in before
    return Reading(Counter(words), forms, negated)


def opposed(first: str, second: str) -> bool:
    """True where two texts that are otherwise alike may say opposite things.

    When in doubt it answers True: two copies left apart cost a reader a second, two opposite views counted as one
    falsify the consultation. So one word of meaning in the place of another is enough, whichever they are.
    """
    return turned(first, second) or _contrasted(read(first), read(second))


def turned(first: str, second: str) -> bool:
    """True where the words that differ are known to turn the sense round, or the numbers differ."""
    a, b = read(first), read(second)
    if a.negations != b.negations:
        return True
    only_a, only_b = unshared(a, b)
    if {word for word in only_a if word[0].isdigit()} != {word for word in only_b if word[0].isdigit()}:
        return True
    return any(_turned(a.forms[left], b.forms[right]) for left in only_a for right in only_b)


def _contrasted(a: Reading, b: Reading) -> bool:
    """Exactly one word of meaning on each side, not two forms of one word, in sentences that share the rest."""
    only_a, only_b = ({word for word in only if means_something(word)} for only in unshared(a, b))
    shared = sum(means_something(word) for word in a.words.keys() & b.words.keys())
    if len(only_a) != 1 or len(only_b) != 1 or not shared:
        return False
    left, right = a.forms[only_a.pop()], b.forms[only_b.pop()]
    return not left & right


def means_something(word: str) -> bool:
    """Neither a function word nor a formula of politeness."""
    return len(word) > 1 and word not in FILLERS and term(word) is not None


def unshared(a: Reading, b: Reading) -> tuple[set[str], set[str]]:
    """The words that each side has alone, less those that a typing slip explains."""
    only_a, only_b = set(a.words - b.words), set(b.words - a.words)
    for left in sorted(only_a):
        for right in sorted(only_b):
            if _slip(left, right) and not _turned(a.forms[left], b.forms[right]):
                only_a.discard(left)
                only_b.discard(right)
                break
    return only_a, only_b


def _slip(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    if shorter < 4 or a[0].isdigit() or b[0].isdigit():
        return False
    # Two slips in one word are believed only where it begins alike: « inclus » and « exclus » are not one word.
    allowed = 2 if shorter >= 9 and a[:2] == b[:2] else 1
    return OSA.distance(a, b, score_cutoff=allowed) <= allowed


def _turned(left: frozenset[str], right: frozenset[str]) -> bool:
    return any(
        frozenset((a, b)) in OPPOSITES or _prefixed(a, b) or _prefixed(b, a) for a in left for b in right
    )


def _forms(word: str, folded: str) -> frozenset[str]:
    """The word, its lemma, and its masculine singular by the usual endings."""
    forms = {folded, lemma(word)}
    base = folded.removesuffix("s")
    forms |= {base, base.removesuffix("e")}
    if base.endswith("ve"):
        forms.add(base[:-2] + "f")
    if base.endswith("se"):
        forms.add(base[:-2] + "x")
    return frozenset(forms)


def _prefixed(plain: str, turned: str) -> bool:
    return len(plain) >= 4 and any(
        turned == prefix + plain or (plain[:2] in ("en", "in") and turned == prefix + plain[2:])
        for prefix in _PREFIXES
    )
