"""Do two near-identical remarks say opposite things? The guard in front of every joining of duplicates."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from cahiers.textkit.french import fold, lemma, regular, term
from cahiers.textkit.lexicon import FILLERS, OPPOSITES, PHONE_SPELLINGS, REVERSALS
from cahiers.textkit.signs import tone

_WORD = re.compile(r"[^\W_]+")
ONLY_WITH_NE = ("plus", "personne")
_PREFIXES = ("in", "im", "il", "ir", "de", "des", "dis", "mal", "mes", "non", "anti", "a")


@dataclass(frozen=True)
class Reading:
    """Folded words of a text, the dictionary forms of each, how many negations or lacks it holds, and what they govern.

    « ne… plus » and « personne ne » are negations, « plus de » and « trois personnes » are none.
    """

    words: Counter[str]
    forms: dict[str, frozenset[str]]
    negations: int
    governed: frozenset[str]


@lru_cache(maxsize=50_000)
def read(text: str) -> Reading:
    """What the guard compares; cached, since a text is compared with several others."""
    typed = [PHONE_SPELLINGS.get(word, word) for word in _WORD.findall(regular(text).lower())]
    words = [fold(word) for word in typed]
    forms = {folded: _forms(word, folded) for word, folded in zip(typed, words, strict=True)}
    places = [place for place, word in enumerate(words) if word in REVERSALS]
    negated = any(word in words for word in ("pas", "jamais", "rien", "aucun", "aucune"))
    for place, word in enumerate(words):
        around = words[max(0, place - 5) : place + 2]
        if word in ONLY_WITH_NE and not (word == "plus" and negated) and ("ne" in around or "n" in around):
            places.append(place)
    governed = frozenset(word for place in places for word in _governed(words, place))
    return Reading(Counter(words), forms, len(places), governed)


def opposed(first: str, second: str) -> bool:
    """True where two texts that are otherwise alike may say opposite things.

    When in doubt it answers True: two copies left apart cost a reader a second, two opposite views counted as one
    falsify the consultation. So one word of meaning in the place of another is enough, whichever they are.
    """
    a, b = read(first), read(second)
    return _gap(a, b) != 0 or _numbers_differ(a, b) or _flips(a, b)[0] > 0 or _contrasted(a, b)


def turned(first: str, second: str) -> bool:
    """True where opposite words or an odd number of negations part two texts, or their numbers differ.

    « pas simple » and « compliqué » differ by both, and say the same. Praise against complaint, with as many negations
    left over, needs no pair of opposite words: « bon » and « infect ».
    """
    a, b = read(first), read(second)
    opposites, negations = _flips(a, b)
    return (
        _numbers_differ(a, b)
        or (opposites > 0) != (negations % 2 == 1)
        or _praise_against_complaint(first, second)
    )


def _praise_against_complaint(first: str, second: str) -> bool:
    (praise, negations), (other, others) = tone(first), tone(second)
    return praise * other < 0 and (negations - others) % 2 == 0


def doubtful(first: str, second: str) -> bool:
    """For paraphrases: one word is enough between texts that share most of theirs, the rest need a known turn."""
    return opposed(first, second) if _alike(read(first), read(second)) else turned(first, second)


def _numbers_differ(a: Reading, b: Reading) -> bool:
    only_a, only_b = unshared(a, b)
    return {word for word in only_a if word[0].isdigit()} != {word for word in only_b if word[0].isdigit()}


def _flips(a: Reading, b: Reading) -> tuple[int, int]:
    """Opposite words, and negations that one text has and the other has not.

    Where the texts share half of their words of meaning, any negation counts; elsewhere only one that a shared word
    undergoes in one text, while the other text has not as many of its own.
    """
    only_a, only_b = unshared(a, b)
    opposites = sum(
        any(_turned(a.forms[left], b.forms[right]) for right in only_b - REVERSALS)
        for left in only_a - REVERSALS
    )
    if _alike(a, b):
        return opposites, _gap(a, b)
    undergone = [{form for word in side.governed for form in side.forms[word]} for side in (a, b)]
    shared = any(a.forms[word] & (undergone[0] ^ undergone[1]) for word in _shared(a, b))
    return opposites, _gap(a, b) % 2 if shared else 0


def _gap(a: Reading, b: Reading) -> int:
    """Negations that one text has more than the other, mistyped ones recognised."""
    only_a, only_b = unshared(a, b)
    typed = [
        sum(word in REVERSALS for word in (mine.words - other.words).keys() - only)
        for mine, other, only in ((a, b, only_a), (b, a, only_b))
    ]
    return abs((a.negations - typed[0]) - (b.negations - typed[1]))


def _alike(a: Reading, b: Reading) -> bool:
    shorter = min(sum(means_something(word) for word in reading.words) for reading in (a, b))
    return 2 * len(_shared(a, b)) >= shorter > 0


def _shared(a: Reading, b: Reading) -> set[str]:
    """Words of meaning of the first text that the second has, in some form."""
    known = {form for word in b.words if means_something(word) for form in b.forms[word]}
    return {word for word in a.words if means_something(word) and a.forms[word] & known}


def _governed(words: list[str], place: int) -> list[str]:
    """The nearest word of meaning on each side of a negation, at most three words away."""
    before = (word for word in reversed(words[max(0, place - 3) : place]) if means_something(word))
    after = (word for word in words[place + 1 : place + 4] if means_something(word))
    return [word for word in (next(before, None), next(after, None)) if word is not None]


def _contrasted(a: Reading, b: Reading) -> bool:
    """Words of meaning on each side, two or as many as the sentences share, once forms of one word are set aside."""
    only_a, only_b = ({word for word in only if means_something(word)} for only in unshared(a, b))
    shared = sum(means_something(word) for word in a.words.keys() & b.words.keys())
    said_again = {
        word
        for left in only_a
        for right in only_b
        if a.forms[left] & b.forms[right]
        for word in (left, right)
    }
    only_a, only_b = only_a - said_again, only_b - said_again
    return bool(shared and only_a and only_b) and max(len(only_a), len(only_b)) <= max(2, shared)


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
    _without_compounds(only_a, only_b)
    _without_compounds(only_b, only_a)
    return only_a, only_b


def _without_compounds(whole: set[str], parts: set[str]) -> None:
    """« wifi » and « wi-fi » are one word."""
    for word in sorted(whole):
        for left in sorted(parts):
            right = word.removeprefix(left)
            if right != word and right in parts:
                whole.discard(word)
                parts -= {left, right}
                break


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
    if word.rstrip("es").endswith("é"):
        forms.add(fold(word.rstrip("es")[:-1]) + "er")  # the verb of a participle
    for ending in ("ons", "ent", "e"):
        if folded.endswith(ending) and len(folded) > len(ending) + 3:
            forms.add(
                folded.removesuffix(ending) + "er"
            )  # « rejetons », « baisse »: dictionaries read the noun
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
