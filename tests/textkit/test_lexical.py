import numpy as np

from cahiers.textkit.french import GLOSSARY
from cahiers.textkit.lexical import LexicalVectoriser

TEXTS = [
    "Pas de réseau au collège",
    "Le réseau du collège est lent",
    "Former les parents",
    "Formation des parents",
    "…",
]


def test_rows_are_unit_or_zero() -> None:
    features = LexicalVectoriser().fit(TEXTS, seed=0).transform(TEXTS)
    assert np.allclose(np.linalg.norm(features.dense, axis=1), [1, 1, 1, 1, 0], atol=1e-5)
    assert features.sparse is not None
    assert features.sparse.shape[0] == len(TEXTS)


def test_near_texts_are_near() -> None:
    dense = LexicalVectoriser().fit(TEXTS, seed=0).transform(TEXTS).dense
    assert dense[0] @ dense[1] > dense[0] @ dense[2]
    assert dense[2] @ dense[3] > 0.3


def test_a_typing_slip_stays_near_by_its_letters() -> None:
    vectoriser = LexicalVectoriser().fit(TEXTS, seed=0)
    dense = vectoriser.transform(["formation des paretns", "Formation des parents", "réseau lent"]).dense
    assert dense[0] @ dense[1] > 0.5 > dense[0] @ dense[2]


def test_a_text_has_one_vector_in_any_company() -> None:
    vectoriser = LexicalVectoriser().fit(TEXTS, seed=0)
    alone = vectoriser.transform([TEXTS[1]]).dense[0]
    assert np.allclose(alone, vectoriser.transform(TEXTS * 3).dense[1], atol=1e-6)


def test_no_text_and_no_word() -> None:
    assert LexicalVectoriser().fit(["…"], seed=0).transform(["…"]).dense.tolist() == [[0.0]]
    assert len(LexicalVectoriser().fit(TEXTS, seed=0).transform([])) == 0


def test_parameters_are_told() -> None:
    vectoriser = LexicalVectoriser(dimensions=8, glossary=GLOSSARY.with_terms(["abc"]))
    assert vectoriser.parameters()["dimensions"] == 8
