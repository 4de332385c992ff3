"""Kinds and senses against those that people gave, and how far their probabilities can be believed."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from bench.textkit.labelling import by_chance, expected_error
from bench.textkit.sets import ASIDE, DATA, LATER, OTHER, Answers, rows, tell
from cahiers.textkit.kinds import KINDS, default_classifier, examples
from cahiers.textkit.model import UNSURE

Held = tuple[str, list[str], list[str], list[str]]  # name, texts, kinds, senses (none where nobody gave them)


def kinds(answers: Answers, corpus: Path | None) -> None:
    """Remarks that the classifier has not learnt; reference: TF-IDF and logistic regression on the same examples."""
    learnt = examples()
    words = TfidfVectorizer(ngram_range=(1, 2), strip_accents="unicode")
    known = words.fit_transform([example.text for example in learnt])
    plain = LogisticRegression(C=10, max_iter=500).fit(known, [example.kind for example in learnt])
    for name, texts, truth, senses in held():
        found, sense = default_classifier().labels(texts)
        theirs = f1_score(truth, plain.predict(words.transform(texts)), average="macro")
        seen = f"nature {f1_score(truth, found, average='macro'):.3f}"
        if senses:
            seen += f", sens {f1_score(senses, sense, average='macro'):.3f}"
        tell(f"{name} ({len(texts)}), F1 macro", seen, "0,80", f"TF-IDF, nature {theirs:.3f}")
        _probabilities(texts, truth)


def _probabilities(texts: Sequence[str], truth: Sequence[str]) -> None:
    proposed = [entry[0] for entry in default_classifier().propose(texts, most=2)]
    sure = [best[0].score for best in proposed]
    right = [best[0].label == kind for best, kind in zip(proposed, truth, strict=True)]
    second = np.mean(
        [kind in [one.label for one in best] for best, kind in zip(proposed, truth, strict=True)]
    )
    unsure = [good for score, good in zip(sure, right, strict=True) if score < UNSURE]
    share = f"{len(unsure)} sous {UNSURE:.0%}, dont justes {np.mean(unsure):.2f}" if unsure else "aucun doute"
    seen = f"ECE {expected_error(sure, right):.3f}, parmi deux {second:.3f} ; {share}"
    tell("  probabilités", seen, "ECE ≤ 0,05", f"justes : {by_chance(sure):.3f}")


def held() -> Iterator[Held]:
    for path in (DATA / "remarks.tsv", LATER, ASIDE):
        yield _labelled(path.stem, rows(path))
    for half in ("worked", "aside"):
        yield _labelled(f"{OTHER.stem}, {half}", [row for row in rows(OTHER) if row["half"] == half])
    if real := statements():
        yield "synthèses réelles", [text for _, text in real], [kind for kind, _ in real], []


def _labelled(name: str, found: Sequence[dict[str, str]]) -> Held:
    return (
        name,
        [row["text"] for row in found],
        [row["kind"] for row in found],
        [row["polarity"] for row in found],
    )


def statements() -> list[tuple[str, str]]:
    """Kind and text of the statements of the real documents in ``CAHIERS_SEEDS``, by the column they stand in."""
    if (folder := os.environ.get("CAHIERS_SEEDS")) is None:
        return []
    # Beside BERTopic, only what textkit needs is installed.
    from cahiers import methods
    from cahiers.documents.readers.txt import READER

    method = methods.get("etats-generaux")
    found: dict[tuple[str, str], None] = {}
    for path in sorted(Path(folder).glob("*.txt")):
        with path.open("rb") as stream:
            synthesis = READER.read(stream, method)
        for theme in synthesis.themes:
            for row in (row for stage in theme.stages.values() for row in stage):
                for kind, cell in row.cells.items():
                    if kind in KINDS:
                        found |= dict.fromkeys((kind, item.text) for item in cell if item.text)
    return list(found)
