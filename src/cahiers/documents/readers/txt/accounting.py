"""Checks that every word of a text's lines is in what was read from them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET

WORD: Final = re.compile(r"[^\W_]+")
#: Words that extraction glues are this long at least.
MENDED: Final = 5


def left_out(
    lines: Sequence[Line], said: Iterable[str], free: Set[str] = frozenset()
) -> Iterator[Sequence[Line]]:
    """Stretches of lines with words that `said` has not, or not as often; words in `free` are not looked for.

    A stretch begins anew at a bullet. Case, punctuation and hyphens do not count.
    """
    texts = list(said)
    left = Counter(word for text in texts for word in _words(text))
    known = frozenset(left)
    lacking: dict[int, list[str]] = {}
    for at, line in enumerate(lines):
        for word in _words(line.text):
            if word in free:
                continue
            if left[word]:
                left[word] -= 1
            else:
                lacking.setdefault(at, []).append(word)
    if lacking:
        # Words that extraction glued at a line's end are apart again where they were mended.
        whole = " ".join("".join(_words(text)) for text in texts)
        lacking = {
            at: words
            for at, words in lacking.items()
            if not all(len(word) >= MENDED and word not in known and word in whole for word in words)
        }
    yield from _stretches(lines, list(lacking))


def _words(text: str) -> list[str]:
    """Words in lower case, but for an "o" that is a bullet."""
    bullet = BULLET.match(text)
    return WORD.findall(text.lower(), bullet.end() if bullet else 0)


def _stretches(lines: Sequence[Line], indexes: Sequence[int]) -> Iterator[Sequence[Line]]:
    start = 0
    for stop in range(1, len(indexes) + 1):
        if stop < len(indexes):
            at = indexes[stop]
            if at == indexes[stop - 1] + 1 and not BULLET.match(lines[at].text):
                continue
        yield [lines[at] for at in indexes[start:stop]]
        start = stop
