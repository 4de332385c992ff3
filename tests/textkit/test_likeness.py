import numpy as np
import pytest

from cahiers.textkit import LexicalVectoriser
from cahiers.textkit import likeness as module
from cahiers.textkit.likeness import Likeness

from .conftest import BENCH, rows

ROWS = rows(BENCH / "remarks.tsv")
KINDS = sorted({row["kind"] for row in ROWS})


def share_right() -> float:
    texts = [row["text"] for row in ROWS]
    features = LexicalVectoriser().fit(texts, seed=0).transform(texts)
    given = np.asarray([[row["kind"] == kind for kind in KINDS] for row in ROWS], dtype=float)
    shares = Likeness(features, features.dense.mean(axis=0), given).shares(features)
    assert 0 < shares.min() <= shares.max() <= 1
    best = shares.argmax(axis=1)
    return float(np.mean([KINDS[label] == row["kind"] for label, row in zip(best, ROWS, strict=True)]))


def test_what_was_decided_is_found_again() -> None:
    assert share_right() > 0.9


def test_many_decisions_are_summed_up_by_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LANDMARKS", 80)
    assert share_right() > 0.5
