from functools import cache

import numpy as np
import pytest

from cahiers.textkit import LexicalVectoriser
from cahiers.textkit import likeness as module
from cahiers.textkit.likeness import Likeness
from cahiers.textkit.vectors import Features

from .conftest import BENCH, rows

ROWS = rows(BENCH / "remarks.tsv")
KINDS = sorted({row["kind"] for row in ROWS})


@cache
def features() -> Features:
    texts = [row["text"] for row in ROWS]
    return LexicalVectoriser().fit(texts, seed=0).transform(texts)


def share_right(wrongly_before: float = 0.0) -> float:
    """Of the remarks decided, when the guess made before says ``wrongly_before`` of the first kind, for all."""
    given = np.asarray([[row["kind"] == kind for kind in KINDS] for row in ROWS], dtype=float)
    before = np.zeros(given.shape)
    before[:, 0] = wrongly_before
    learnt = Likeness(features(), features().dense.mean(axis=0), given, before)
    best = (before + learnt.odds(features())).argmax(axis=1)
    return float(np.mean([KINDS[label] == row["kind"] for label, row in zip(best, ROWS, strict=True)]))


def test_what_was_decided_is_found_again() -> None:
    assert share_right() > 0.9


def test_decisions_correct_what_was_held_before() -> None:
    assert share_right(wrongly_before=3.0) > 0.9


def test_many_decisions_are_summed_up_by_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LANDMARKS", 80)
    assert share_right() > 0.5


def test_labels_given_together_do_not_vie_with_each_other() -> None:
    axes = np.eye(3, dtype=np.float32)
    alike = Features(np.repeat(axes, 8, axis=0))
    given = np.repeat([[1, 0, 0], [0, 1, 0], [0.5, 0.5, 0]], 8, axis=0)
    learnt = Likeness(alike, np.zeros(3, dtype=np.float32), given, np.zeros(given.shape))
    odds = learnt.each(Features(axes), np.zeros((3, 3)))
    assert odds is not None
    assert (odds > 0).tolist() == [[True, False, False], [False, True, False], [True, True, False]]
    alone = Likeness(alike, np.zeros(3, dtype=np.float32), (given == 1).astype(float), np.zeros(given.shape))
    assert alone.each(Features(axes), np.zeros((3, 3))) is None
