"""What tells who someone is is found in sentences marked by hand, and next to nothing else is."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cahiers.contributions.privacy.detection import LOOKS, apart, find
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


#: What announces someone, what may stand around it, and what looks alike to a pattern that does not mind the case.
_PIECES = st.sampled_from(
    [
        *(
            "M.",
            "m",
            "MME",
            "mlle",
            "Pr",
            "Me",
            "messieurs",
            "la docteur",
            "(Dr.",
            "ma fİlle",
            "Monſieur",
            "(AT)",
        ),
        *(
            "directrice",
            "prof,",
            "AESH",
            "je m'appelle",
            "Mon nom est",
            "je suis",
            "vous,",
            "Bien à",
            "Signé",
        ),
        *(
            "mon fils",
            "l’élève",
            "enfants",
            "la petite",
            "jumeaux",
            "le seul élève",
            "de la classe",
            "section",
        ),
        *(
            "Jade",
            "DUPONT",
            "Ali,",
            "paul",
            "de la",
            "d’",
            "Anne-Lou",
            "Zoé (CM2)",
            "5e",
            "a 9",
            "10ans",
            "ans",
        ),
        *(
            "06",
            "12 34",
            "56.78",
            "+33",
            "+1 2 3 4 5 6 7",
            "(0)",
            "@",
            "#1234",
            "a@b.fr",
            "arobase",
            "[at]",
            "x.fr",
        ),
        *(
            "FR76",
            "1234 5678",
            "9012345",
            "185017",
            "0123456789A",
            "12 bis",
            "3",
            "rue",
            "av.",
            "des Lilas",
            "Laval",
        ),
        *(",", "’", "-", "(", ".", ""),
    ]
)
_TEXTS = st.lists(st.tuples(_PIECES, st.sampled_from([" ", "", "\n", "\u00a0", ", "])), max_size=9).map(
    lambda pieces: "".join(piece + space for piece, space in pieces)
)


@given(_TEXTS | st.text(alphabet="M. meDuponté@06+12,;(’'-\n élève9ansCM2de", max_size=80))
def test_spans_are_of_the_text_in_order_and_apart(text):
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    # The keys that spare most searches lose nothing of what all of them find.
    assert found == apart(one for look in LOOKS for one in look.spans(text))


@pytest.mark.parametrize("part", measuring.PARTS)
def test_keys_are_in_every_sentence_that_says_something(part):
    for one in measuring.sentences(part):
        assert find(one.text) == apart(span for look in LOOKS for span in look.spans(one.text))


def test_an_address_in_capitals_is_one():
    assert [one.kind for one in find("ÉCRIRE À ECOLE(AT)EXEMPLE.FR")] == ["email"]


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
