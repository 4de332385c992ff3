import numpy as np
import pytest
from scipy import sparse

from cahiers.textkit.active import next_to_decide
from cahiers.textkit.codebooks import Codebook, Theme
from cahiers.textkit.descriptions import Names, Words, left_over
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.themes import ThemeClassifier

from .conftest import BENCH, rows

NETWORK = [
    "Le wifi est lent",
    "Pas de réseau en classe",
    "La connexion coupe",
    "Débit trop faible",
    "Le réseau tombe",
]
TRAINING = [
    "Former les professeurs",
    "Un plan de formation",
    "Des stages pour les enseignants",
    "Formation trop courte",
]
PARENTS = [
    "Les parents sont perdus",
    "Aider les familles",
    "Réunir les parents",
    "Les familles sans nouvelles",
]
TEXTS = [*NETWORK, *TRAINING, *PARENTS]
BOOK = Codebook(
    "essai",
    1,
    (
        Theme("network", "Réseau et connexion", ("wifi", "débit")),
        Theme("training", "Formation des enseignants", ("professeurs",)),
        Theme("parents", "Lien avec les familles", ("parents",)),
    ),
)
TRUTH = ["network"] * len(NETWORK) + ["training"] * len(TRAINING) + ["parents"] * len(PARENTS)


@pytest.fixture(scope="module")
def vectoriser() -> LexicalVectoriser:
    return LexicalVectoriser().fit(TEXTS, seed=0)


def test_names_alone_are_enough_to_begin(vectoriser: LexicalVectoriser) -> None:
    features = vectoriser.transform(TEXTS)
    found = [labels[0] for labels in ThemeClassifier(BOOK, vectoriser).fit(features).labels(features)]
    assert sum(a == b for a, b in zip(found, TRUTH, strict=True)) >= len(TEXTS) - 1


def test_scores_are_probabilities(vectoriser: LexicalVectoriser) -> None:
    features = vectoriser.transform(TEXTS)
    for decided in ({}, {0: ["network"], 5: ["training"]}):
        scores = ThemeClassifier(BOOK, vectoriser).fit(features, decided).scores(features)
        assert scores.shape == (len(TEXTS), 3)
        assert (scores >= 0).all()
        assert np.allclose(scores.sum(axis=1), 1, atol=0.01)
    both = ThemeClassifier(BOOK, vectoriser).fit(features, {0: ["network", "parents"], 5: ["training"]})
    assert (both.scores(features).sum(axis=1) > 1).all()  # people give more than one


def test_people_are_followed_against_the_names(vectoriser: LexicalVectoriser) -> None:
    features = vectoriser.transform(TEXTS)
    decided = {row: ["parents"] for row in range(5)} | {row: ["network"] for row in range(9, 13)}
    labels = ThemeClassifier(BOOK, vectoriser).fit(features, decided).labels(features)
    assert labels[0][0] == "parents"
    assert labels[10][0] == "network"


def test_a_remark_may_have_two_themes() -> None:
    texts = TEXTS * 4 + ["Former les parents et les familles au réseau"] * 4
    vectoriser = LexicalVectoriser().fit(texts, seed=0)
    features = vectoriser.transform(texts)
    decided = {row: [TRUTH[row % len(TEXTS)]] for row in range(4 * len(TEXTS))}
    decided |= {row: ["parents", "network"] for row in range(4 * len(TEXTS), len(texts))}
    classifier = ThemeClassifier(BOOK, vectoriser).fit(features, decided)
    assert set(classifier.labels(features)[-1]) >= {"parents", "network"}


def test_a_proposal_quotes_words_of_the_text(vectoriser: LexicalVectoriser) -> None:
    features = vectoriser.transform(TEXTS)
    proposals = ThemeClassifier(BOOK, vectoriser).fit(features).propose(features, TEXTS)
    assert len(proposals[0]) == 3
    assert "wifi" in proposals[0][0].words


def test_words_of_likely_remarks_tell_of_others() -> None:
    words = sparse.csr_matrix([[1, 0, 1], [1, 0, 0], [0, 1, 1], [0, 1, 0]], dtype=np.float32)
    likely = np.asarray([[0.9, 0.1], [0.5, 0.5], [0.1, 0.9], [0.5, 0.5]])
    told = Words(words, likely, 2.0).tell(words)
    assert told[1, 0] > 0.6
    assert told[3, 1] > 0.6
    silent = sparse.csr_matrix((4, 3), dtype=np.float32)
    assert np.allclose(Words(silent, likely, 2.0).tell(silent), 0.5)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aucun", True), ("Autres thèmes", True), ("Sans réponse / Hors sujet", True), ("Ne se prononce pas", True),
        ("Non", False), ("Toutes", False), ("Autres aides", False), ("Pas de réseau", False), ("", False),
    ],
)  # fmt: skip
def test_names_of_themes_that_hold_what_others_leave(name: str, expected: bool) -> None:
    assert left_over(name) is expected


def test_what_resembles_no_theme_goes_to_the_one_that_holds_the_rest() -> None:
    weather = [
        "Il pleut ce matin",
        "Il neige ce soir",
        "Un orage ce soir",
        "Il neige ce matin",
        "Un orage au loin",
    ] * 2
    texts = [*NETWORK, *TRAINING, *PARENTS, *weather]
    vectoriser = LexicalVectoriser().fit(texts, seed=0)
    features = vectoriser.transform(texts)
    book = Codebook("reste", 1, (*BOOK.themes, Theme("rest", "Autres")))
    found = [labels[0] for labels in ThemeClassifier(book, vectoriser).fit(features).labels(features)]
    assert set(found[-len(weather) :]) == {"rest"}
    assert sum(a == b for a, b in zip(found, TRUTH, strict=False)) >= len(TRUTH) - 3


def test_next_to_decide_are_doubtful_varied_and_undecided(vectoriser: LexicalVectoriser) -> None:
    features = vectoriser.transform([*TEXTS, *["Réseau des parents"] * 5])
    scores = ThemeClassifier(BOOK, vectoriser).fit(features).scores(features)
    chosen = next_to_decide(scores, features.dense, decided=[0], number=4)
    assert len(set(chosen)) == 4
    assert 0 not in chosen
    assert sum(row >= len(TEXTS) for row in chosen) <= 1
    assert len(next_to_decide(scores, features.dense, number=100)) == len(features)


def test_probabilities_are_those_of_decisions_held_out() -> None:
    labelled = rows(BENCH / "remarks.tsv")
    texts = [row["text"] for row in labelled]
    decided = {n: row["themes"].split(",") for n, row in enumerate(labelled) if n % 4}
    keys = sorted({label for labels in decided.values() for label in labels})
    book = Codebook("grid", 1, tuple(Theme(key, key.replace("_", " ")) for key in keys))
    vectoriser = LexicalVectoriser().fit(texts, seed=0)
    features = vectoriser.transform(texts)
    held = np.asarray([n for n in range(len(texts)) if n not in decided])
    scores = ThemeClassifier(book, vectoriser).fit(features, decided).scores(features.take(held))
    right = np.mean(
        [keys[best] in labelled[n]["themes"] for best, n in zip(scores.argmax(axis=1), held, strict=True)]
    )
    assert abs(scores.max(axis=1).mean() - right) < 0.12
    assert abs(scores.sum(axis=1).mean() - 1) < 0.15


def test_a_list_in_the_guidance_is_read_item_by_item() -> None:
    texts = [*NETWORK, *TRAINING, "Des réunions sans fin"]
    vectoriser = LexicalVectoriser().fit(texts, seed=0)
    features = vectoriser.transform(texts)
    items = ("wifi lent", "réseau en classe", "réunions sans fin")
    other = Theme("other", "Formation des enseignants")

    def near(theme: Theme) -> float:
        return float(Names(Codebook("grid", 1, (theme, other)), vectoriser, features).near(features)[-1, 0])

    listed, aliased = Theme("a", "Outils", guidance=", ".join(items)), Theme("a", "Outils", aliases=items)
    assert near(listed) == pytest.approx(near(aliased))


def test_words_that_many_write_make_a_theme_likely() -> None:
    texts = [*NETWORK * 2, *TRAINING, "Rien", "Il neige", "Il pleut"]
    vectoriser = LexicalVectoriser().fit(texts, seed=0)
    features = vectoriser.transform(texts)
    none, other = Theme("none", "Rien"), Theme("other", "Autres")
    spoken = Names(Codebook("grid", 1, (*BOOK.themes, none, other)), vectoriser, features).spoken
    network, training, parents, nothing, left = spoken
    assert network > training > parents > nothing
    assert left > parents  # nobody writes « autres », which says nothing of how many are
