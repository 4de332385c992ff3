from collections import Counter

import pytest
from sklearn.metrics import f1_score

from cahiers.textkit.french import Span
from cahiers.textkit.kinds import KINDS, POLARITIES, Example, KindClassifier, default_classifier, examples
from cahiers.textkit.model import Proposal, Unit

from .conftest import BENCH, rows


def test_shipped_examples_cover_every_kind() -> None:
    tally = Counter(example.kind for example in examples())
    assert set(tally) == set(KINDS)
    assert min(tally.values()) >= 50
    assert {example.polarity for example in examples()} == set(POLARITIES)


def test_no_held_aside_remark_is_learnt() -> None:
    learnt = {example.text for example in examples()}
    for name in ("remarks", "later", "aside", "other_author"):
        assert not learnt & {row["text"] for row in rows(BENCH / f"{name}.tsv")}


@pytest.mark.parametrize("name", ["remarks", "other_author"])
def test_held_aside_remarks_are_recognised(name: str) -> None:
    held = rows(BENCH / f"{name}.tsv")
    kinds, polarities = default_classifier().labels([row["text"] for row in held])
    assert f1_score([row["kind"] for row in held], kinds, average="macro") >= 0.80
    assert f1_score([row["polarity"] for row in held], polarities, average="macro") >= 0.80


def test_a_proposal_shows_the_words_that_decided() -> None:
    ((kinds, polarity),) = default_classifier().propose(["Nombre d’élèves équipés"])
    assert kinds[0].label == "indicator"
    assert "nombre" in kinds[0].words
    assert polarity.label == "neutral"
    assert abs(sum(p.score for p in default_classifier().propose(["x"], most=6)[0][0]) - 1) < 1e-3


def test_decisions_of_the_consultation_teach_it() -> None:
    taught = [
        Example(f"Cap vers {place}", "lever", "for")
        for place in ("la mer", "le large", "les îles", "le nord")
    ]
    assert KindClassifier(taught).labels(["Cap vers la côte"])[0] == ["lever"]


def test_nothing_to_label() -> None:
    assert default_classifier().propose([]) == []
    assert default_classifier().labels([]) == ([], [])


def test_signs_of_phones_tell_the_kind() -> None:
    kinds, _ = default_classifier().labels(
        ["% de salles équipées", "€ dépensés par classe", "une prise qui marche svp"]
    )
    assert kinds == ["indicator", "indicator", "need"]


def test_a_long_remark_has_the_kinds_of_its_sentences_the_last_one_first() -> None:
    ((kinds, _),) = default_classifier().propose(
        ["La buvette est toujours fermée. Personne ne nous répond. Il nous faudrait une clé."], most=2
    )
    assert [kind.label for kind in kinds] == ["need", "irritant"]


def test_a_negation_turns_praise_and_complaint() -> None:
    texts = ["Une fête réussie", "Pas une seule panne cet hiver", "Rien ne fonctionne cet hiver"]
    assert default_classifier().labels(texts)[1] == ["for", "for", "against"]


def test_a_kind_that_is_hardly_likely_is_said_to_be_unsure() -> None:
    said = [Unit("1", "1", Span(0, 1), kinds=(Proposal("need", score),)).kind for score in (0.39, 0.4)]
    assert said == ["unsure", "need"]
    assert Unit("1", "1", Span(0, 1)).kind is None
