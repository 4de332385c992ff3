"""Words of French as the index knows them."""

import re
from functools import cache, lru_cache
from typing import Any

from cahiers.documents.matching import fold

#: Words that almost every sentence has; looking for them would find everything.
EMPTY = frozenset(
    re.findall(
        r"\w+",
        "a ai au aux avec c ce ces cette d dans de des du elle en est et eu il ils j je l la le les leur leurs lui m ma"
        " mais me mes mon n ne nos notre nous on ou par pour qu que qui s sa se ses si son sont sur t ta te tes ton tu"
        " un une vos votre vous y",
    )
)
#: Words of one query.
MOST = 12
#: Characters of a word that are looked at: no word of French has more, and a megabyte without a space has seconds.
LONGEST = 60
#: Characters under which a word is one that comes again and again, and how many of these are remembered.
OFTEN = 32
REMEMBERED = 1 << 14


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Of a folded word: without accents first, so that « élève » and "eleve" are one; numbers have none."""
    if not word.isalpha():
        return word
    return str(fold(_stemmer().stemWord(word))) or word


@cache
def _stemmer() -> Any:
    import snowballstemmer  # with all its languages: most processes never look for a word

    return snowballstemmer.stemmer("french")


def stemmed(text: str) -> str:
    """Stems of the text's words, in order and with spaces between; empty words are left out."""
    return " ".join(filter(None, map(_RUNS.__getitem__, text.split())))


class _Runs(dict[str, str]):
    """Stems of what stands between two spaces (« l’élève, » holds two words); filled as texts are met."""

    def __missing__(self, run: str) -> str:
        if run.isascii() and run.isalnum():
            word = run.lower()
            found = "" if word in EMPTY else stem(word[:LONGEST])
        else:
            found = " ".join([stem(word[:LONGEST]) for word in fold(run).split() if word not in EMPTY])
        if len(run) < OFTEN:
            if len(self) >= REMEMBERED:
                self.clear()
            self[run] = found
        return found


_RUNS = _Runs()


def asked(query: str) -> list[str]:
    """Stems that a query asks for, each once."""
    return list(dict.fromkeys(stemmed(query).split()))[:MOST]
