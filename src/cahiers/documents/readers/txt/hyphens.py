"""Gives words back the hyphens that extraction took away at line ends, where the same text has them elsewhere."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from cahiers.documents.readers.txt.pieces import RowPieces

HYPHENATED: Final = re.compile(r"\w+(?:-\w+)+")
WORD: Final = re.compile(r"\w{5,}")
YEARS: Final = re.compile(r"\b((?:19|20)\d\d)((?:19|20)\d\d)\b")


def hyphenated_words(texts: Iterable[str]) -> dict[str, str]:
    """Words with hyphens by what they are without, in lower case."""
    words: dict[str, str] = {}
    for text in texts:
        for word in HYPHENATED.findall(text.lower()):
            words[word.replace("-", "")] = word
    return words


def restore(rows: Sequence[RowPieces], words: Mapping[str, str]) -> None:
    """Mends the lines of the rows' pieces."""
    for row in rows:
        for piece in row.pieces:
            piece.lines = [_mended(line, words) for line in piece.lines]


def _mended(line: str, words: Mapping[str, str]) -> str:
    line = YEARS.sub(r"\1-\2", line)
    return WORD.sub(lambda match: _with_hyphens(match[0], words), line)


def _with_hyphens(word: str, words: Mapping[str, str]) -> str:
    model = words.get(word.lower())
    # Some capitals are two letters in lower case.
    if model is None or len(word) != len(word.lower()):
        return word
    letters = iter(word)
    return "".join("-" if letter == "-" else next(letters) for letter in model)
