"""A small consultation that everybody in these tests works on."""

import csv
from pathlib import Path

import pytest

from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.model import Analysis, Passage

BENCH = Path(__file__).parents[2] / "bench" / "data" / "textkit"
CATEGORIES = ("Élus", "Enseignants", "Familles")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="session")
def remarks() -> list[Passage]:
    return [
        Passage(row["id"], row["text"], f"voix-{n % 60}", f"rencontre-{n % 6}", CATEGORIES[n % 3])
        for n, row in enumerate(rows(BENCH / "remarks.tsv"))
    ]


@pytest.fixture(scope="session")
def analysis(remarks: list[Passage]) -> Analysis:
    from cahiers.textkit.analysis import analyse

    return analyse(remarks, vectoriser=LexicalVectoriser())
