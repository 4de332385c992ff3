"""The remarks that the figures are measured on: ours, and those that the caller brings."""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cahiers.textkit.codebooks import Codebook, Theme
from cahiers.textkit.encoders import default_vectoriser
from cahiers.textkit.vectors import Features, Vectoriser

Rows = NDArray[np.int64]
DATA = Path(__file__).parents[1] / "data" / "textkit"
LEARNT = Path(__file__).parents[2] / "src" / "cahiers" / "textkit" / "kinds.tsv"
EARLIER = (LEARNT, DATA / "remarks.tsv")  # what the code was developed on
LATER = DATA / "later.tsv"  # written afterwards, and measured before anything was changed for it
ASIDE = DATA / "aside.tsv"  # written last, and never looked at since
OTHER = DATA / "other_author.tsv"  # other hands, half on other subjects; one half worked on, one aside
# In the order they were written; the code has not seen the sixth, nor the second half of the last.
PAIRS = ("pairs", "opposites", "third", "fourth", "fifth", "sixth", "other_pairs")
FIELD = {
    "access": (
        "Garantir un égal accès au numérique pour tous",
        "équipement, connexion, réseau, familles, handicap, prêt",
    ),
    "teaching": (
        "Enseigner et apprendre avec le numérique",
        "pédagogie, formation, ressources, évaluation, classe",
    ),
    "working_together": (
        "Travailler ensemble autrement",
        "communication, parents, équipe, réunions, partage",
    ),
    "responsible": (
        "Un numérique responsable et souverain",
        "données, écrans, logiciels libres, harcèlement, durée",
    ),
    "governance": (
        "Gouvernance et anticipation",
        "pilotage, financement, collectivités, décisions, référent",
    ),
}


@dataclass
class Answers:
    """Labelled answers; ``questions`` are the rows of each set that a person would group by itself."""

    texts: list[str]
    labels: list[list[str]]
    origin: str
    names: dict[str, Theme]
    questions: list[Rows] = field(default_factory=list)
    later: int = 0  # the first row that nothing was developed on; 0 where there is none

    def book(self, rows: Sequence[int] | Rows) -> Codebook:
        used = sorted({label for row in rows for label in self.labels[row]})
        return Codebook("bench", 1, tuple(self.names[label] for label in used))


def tell(line: str, seen: str, reach: str, reference: str) -> None:
    print(f"{line:<36} {seen:<46} à atteindre : {reach:<34} référence : {reference}", flush=True)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        if path.suffix == ".tsv":
            return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
        return list(csv.DictReader(stream))


def pairs(name: str, relation: str) -> list[tuple[str, str]]:
    """Of a list, or of one half of it: « other_pairs, aside »."""
    name, _, half = name.partition(", ")
    found = [row for row in rows(DATA / f"{name}.tsv") if not half or row["half"] == half]
    return [(row["first"], row["second"]) for row in found if row["relation"] == relation]


def load_answers(path: Path | None) -> Answers:
    """A CSV of ``text``, ``label`` (several parted by « | ») and perhaps ``question``; ours where there is none."""
    if path is None:
        # Remarks on other subjects than the grid's teach kinds only.
        earlier = [row for source in EARLIER for row in rows(source) if row["themes"]]
        found = [*earlier, *rows(LATER)]
        names = {key: Theme(key, name, guidance=guidance) for key, (name, guidance) in FIELD.items()}
        labels = [row["themes"].split(",") for row in found]
        texts = [row["text"] for row in found]
        return Answers(texts, labels, "nos remarques", names, [np.arange(len(found))], len(earlier))
    found = rows(path)
    labels = [[label.strip() for label in row["label"].split("|")] for row in found]
    names = {label: Theme(label, label.replace("-", " ")) for given in labels for label in given}
    by_question: dict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(found):
        by_question[row.get("question") or ""].append(number)
    questions = [np.asarray(numbers) for numbers in by_question.values()]
    return Answers([row["text"] for row in found], labels, path.name, names, questions)


def load_corpus(path: Path | None, number: int) -> tuple[list[str], str]:
    """Distinct real remarks, or ours by threes where there are none."""
    if path is not None:
        texts = list(dict.fromkeys(row["text"] for row in rows(path) if len(row["text"].split()) >= 4))
        if len(texts) >= number:
            random.Random(5).shuffle(texts)
            return texts[:number], path.name
    ours = load_answers(None).texts
    choose = random.Random(5)
    made = (f"{choose.choice(ours)} {choose.choice(ours)} {choose.choice(ours)}" for _ in range(number))
    return list(made), "nos remarques assemblées trois par trois"


def each_question(answers: Answers) -> Iterator[tuple[Rows, list[str], list[list[str]], Codebook]]:
    for part in answers.questions:
        book = answers.book(part)
        if len(book.keys) > 1:
            yield part, [answers.texts[row] for row in part], [answers.labels[row] for row in part], book


def fitted(texts: Sequence[str], vectoriser: Vectoriser | None = None) -> tuple[Any, Features]:
    vectoriser = (vectoriser or default_vectoriser()).fit(texts, seed=0)
    return vectoriser, vectoriser.transform(texts)
