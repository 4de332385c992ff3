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
#: Characters under which a word is one that comes again and again.
OFTEN = 32


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


def stems(text: str) -> list[str]:
    """Stems of the text's words, in order; empty words are left out."""
    return stemmed(text).split()


def stemmed(text: str) -> str:
    """The same with spaces between."""
    return " ".join(
        filter(None, [_often(run) if len(run) < OFTEN else _stemmed(run) for run in text.split()])
    )


def _stemmed(run: str) -> str:
    """Of what stands between two spaces: « l’élève, » holds two words."""
    return " ".join([stem(word) for word in fold(run).split() if word not in EMPTY])


_often = lru_cache(maxsize=1 << 14)(_stemmed)


def asked(query: str) -> list[str]:
    """Stems that a query asks for, each once."""
    return list(dict.fromkeys(stems(query)))[:MOST]
