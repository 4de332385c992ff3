"""What tells who someone is is found in sentences marked by hand, and next to nothing else is."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cahiers.contributions.privacy.detection import find
from tests.contributions.privacy import measuring


@pytest.mark.parametrize("part", measuring.PARTS)
def test_sentences_marked_by_hand(part):
    scores = measuring.scores(measuring.sentences(part))
    assert scores[""].recall >= 0.95, "\n".join(scores[""].wrong)
    assert scores[""].precision >= 0.95, "\n".join(scores[""].wrong)
    for kind in {"email", "phone"} & scores.keys():
        assert scores[kind].recall == 1, scores[kind].wrong


def test_there_are_enough_of_them():
    assert sum(len(measuring.sentences(part)) for part in measuring.PARTS) >= 300


@given(st.text(alphabet="M. meDuponté@06+12,;(’'-\n élève9ansCM2de", max_size=80))
def test_spans_are_of_the_text_in_order_and_apart(text):
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "run",
    [
        "a",
        "A",
        "A-",
        "A ",
        "M. ",
        "0",
        "06 ",
        "+1",
        "a@",
        "@a",
        "a.",
        "M. A et ",
        "élève A, ",
        "1 rue A ",
        "’A",
        "A.",
        "le seul élève ",
        "m. a",
        "mm. de a et ",
        "mme paul ",
    ],
)
def test_a_large_cell_takes_a_time_in_proportion(run):
    def took(size):
        text = run * (size // len(run))
        began = time.process_time()
        find(text)
        return time.process_time() - began

    took(1000)
    assert took(30_000) < 1
