"""Marks where statements begin in tables where no bullet opens them: by capitals, and by lines left short."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from cahiers.documents.readers.txt.fragments import OPEN_END
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.parts import BULLET

MARK: Final = "• "
#: Cells that are filled on their first line, at least, and the share of these that a capital opens.
ENOUGH: Final = 2
USUAL: Final = 0.6
#: Share of the widest line that a small letter's word must leave free to have had room on the line above.
SPARE: Final = 0.25
STOPS: Final = (".", "!", "?")
OPENING: Final = "«“( "

#: The cells of a line, the theme's first.
Cells = list[str]


def mark(lines: Sequence[Cells], tops: Sequence[int]) -> None:
    """Puts a bullet before each statement, where no cell has any; rows begin on the lines `tops`."""
    columns = range(1, len(lines[0]) if lines else 0)
    if any(BULLET.match(line[column]) for line in lines for column in columns):
        return
    cells = [
        (column, own)
        for column in columns
        for top, stop in pairwise([*tops, len(lines)])
        if (own := [line for line in lines[top:stop] if line[column]])
    ]
    firsts = [own[0][column].lstrip(OPENING)[:1] for column, own in cells]
    opened = [first.isupper() for first in firsts if first.isalpha()]
    if len(opened) < ENOUGH or sum(opened) < USUAL * len(opened):
        return
    names = frozenset(_names(line[column] for line in lines for column in columns))
    for column in columns:
        reach = max((METRICS[0](line[column]) for line in lines), default=0.0)
        for own in (own for at, own in cells if at == column):
            texts = [line[column] for line in own]
            for at, line in enumerate(own):
                if at == 0 or _begins(texts[at - 1], texts[at], reach, names):
                    line[column] = MARK + texts[at]


def _begins(above: str, text: str, reach: float, names: frozenset[str]) -> bool:
    """Whether a line begins a statement: a capital that is no name's, or a word that had room on the line above."""
    word = text.split()[0]
    if OPEN_END.search(above):
        return False
    if text.lstrip(OPENING)[:1].isupper():
        return word not in names and (len(word) > 1 or word in "AÀ")
    return above.endswith(STOPS) or reach - METRICS[0](f"{above} {word}") > SPARE * reach


def _names(texts: Iterator[str]) -> Iterator[str]:
    """Words that keep a capital inside of lines."""
    for text in texts:
        for before, word in pairwise(text.split()):
            if before[-1].isalnum() and word[0].isupper():
                yield word
