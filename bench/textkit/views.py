"""What each source of meaning adds: words alone, with word vectors, with the sentence encoder, with both."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np

from bench.textkit.grouping import measures
from bench.textkit.labelling import draw
from bench.textkit.sets import Answers, each_question, fitted, tell
from cahiers.textkit.encoders import FusedVectoriser, UniversalEncoder
from cahiers.textkit.grouping import group
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.themes import ThemeClassifier
from cahiers.textkit.vectors import MissingExtra, Vectoriser
from cahiers.textkit.wordvectors import WordVectors

Make = Callable[[], Vectoriser]
VIEWS: dict[str, Make] = {
    "mots": LexicalVectoriser,
    "mots, leurs vecteurs": lambda: FusedVectoriser(WordVectors()),
    "mots, phrases": lambda: FusedVectoriser(UniversalEncoder()),
    "mots, leurs vecteurs, phrases": lambda: FusedVectoriser(WordVectors(), UniversalEncoder()),
}


def views(answers: Answers, corpus: Path | None) -> None:
    """Top-1 for 0, 2 and 10 decided remarks a theme, and groups per question; reference: words alone."""
    reference = ""
    for name, make in VIEWS.items():
        with suppress(MissingExtra):
            seen = _seen(answers, make)
            tell(name, seen, "0,60 ; 0,66 ; 0,76", reference or "celle-ci")
            reference = reference or f"mots {seen}"


def _seen(answers: Answers, make: Make) -> str:
    right: dict[int, list[bool]] = defaultdict(list)
    groups = []
    for part, texts, labels, book in each_question(answers):
        vectoriser, features = fitted(texts, make())
        keys = np.asarray(book.keys)
        for number in (0, 2, 10):
            chosen = draw(labels, number, seed=0)
            held = np.setdiff1d(np.arange(len(part)), chosen)
            model = ThemeClassifier(book, vectoriser).fit(features, {int(row): labels[row] for row in chosen})
            best = keys[model.scores(features.take(held)).argmax(axis=1)]
            right[number] += [label in labels[row] for label, row in zip(best, held, strict=True)]
        groups.append(measures([given[0] for given in labels], group(features.dense, seed=0).groups))
    tops = ", ".join(f"{np.mean(right[number]):.3f}" for number in right)
    return "{} ; V {:.3f}, ARI {:.3f}".format(tops, *np.mean(groups, axis=0))
