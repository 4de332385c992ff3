"""Marks where statements begin in tables where no bullet opens them: by capitals, and by lines left short."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
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
#: The same of a word that is likelier to begin a statement: quoted, or a number.
ROOM: Final = 0.1
#: A line so much wider than the next one holds words of two columns.
FAR: Final = 0.25
STOPS: Final = (".", "!", "?")
OPENING: Final = "«“( "
QUOTES: Final = "«“"
CAPITAL: Final = re.compile(r"(?:^|\s)[A-Z]$")

#: A dash before a small letter or a number: it opens a statement, or stands between two words that a line parts.
DASH: Final = re.compile(r"([-–—])\s+(?=[^\W_])")
#: The same of the dash with its word, where it may stand between two words.
TIGHT: Final = 0.06
ENDS: Final = (".", "!", "?", ";", ":", ",")
#: Dashes that fewer than one statement in so many begins with are of the words.
FEW: Final = 20

#: The cells of a line, the theme's first.
Cells = list[str]


def mark(lines: Sequence[Cells], tops: Sequence[int]) -> None:
    """Puts a bullet before each statement, where no cell begins with any; rows begin on the lines `tops`.

    A dash that opens another line stands between its words then, behind the words above.
    """
    columns = range(1, len(lines[0]) if lines else 0)
    cells = [
        (column, own)
        for column in columns
        for top, stop in pairwise([*tops, len(lines)])
        if (own := [line for line in lines[top:stop] if line[column]])
    ]
    if any(BULLET.match(own[0][column]) for column, own in cells):
        return
    inside = [(column, above, line) for column, own in cells for above, line in pairwise(own)]
    marked = [one for one in inside if BULLET.match(one[2][one[0]])]
    if any(_dash(line[column]) is None for column, _, line in marked):
        return
    for column, above, line in marked:
        _move_dash(above, line, column)
    firsts = [own[0][column].lstrip(OPENING)[:1] for column, own in cells]
    opened = [first.isupper() for first in firsts if first.isalpha()]
    if len(opened) < ENOUGH or sum(opened) < USUAL * len(opened):
        return
    known = frozenset(names(line[column] for line in lines for column in columns))
    for column in columns:
        reach = _reach(line[column] for line in lines)
        for own in (own for at, own in cells if at == column):
            texts = [line[column] for line in own]
            for at, line in enumerate(own):
                if at == 0 or begins(texts[at - 1], texts[at], reach, known):
                    line[column] = MARK + texts[at]


def _reach(texts: Iterable[str]) -> float:
    """How wide a column's lines are, those of a row left out that have taken another column's words in."""
    widths = sorted((METRICS[0](text) for text in texts if text), reverse=True)
    near = (wide for wide, after in pairwise(widths) if after >= (1 - FAR) * wide)
    return next(near, widths[0] if widths else 0.0)


def _dash(text: str) -> re.Match[str] | None:
    """A dash that opens a line, where it may stand between two words."""
    dash = DASH.match(text)
    return dash if dash is not None and not text[dash.end()].isupper() else None


def _move_dash(above: Cells, line: Cells, column: int) -> None:
    """Puts the dash that opens a line behind the words above."""
    dash = _dash(line[column])
    assert dash is not None
    above[column] += f" {dash[1]}"
    line[column] = line[column][dash.end() :]


def keep_dashes(lines: Sequence[Cells], tops: Sequence[int]) -> None:
    """Puts a dash that would open a line behind the words above: one of a table whose statements have another bullet.

    Those words fill their column, so that the dash with its word had no room beside them, and end with no stop; or
    hardly any line of the table begins with such a dash. Rows begin on the lines `tops`.
    """
    columns = range(1, len(lines[0]) if lines else 0)
    signs = [Counter(line[at][0] for line in lines if BULLET.match(line[at])) for at in columns]
    every = sum(signs, Counter[str]())
    bounds = [*tops, len(lines)]
    for column, own in zip(columns, signs, strict=True):
        reach = _reach(line[column] for line in lines)
        rows = [[line for line in lines[top:stop] if line[column]] for top, stop in pairwise(bounds)]
        for above, line in (pair for row in rows for pair in pairwise(row)):
            dash = _dash(line[column])
            if dash is None or dash[1] == own.most_common(1)[0][0] or above[column].endswith(ENDS):
                continue
            word = line[column][dash.end() :].split()[0]
            is_rare = every[dash[1]] * FEW < every.total()
            if is_rare or METRICS[0](f"{above[column]} {dash[0]}{word}") > (1 - TIGHT) * reach:
                _move_dash(above, line, column)


def begins(above: str, text: str, reach: float, known: Set[str]) -> bool:
    """Whether a line begins a statement: a capital that is no name's, or words that had room on the line above.

    What stands in brackets goes on with the words above, where no stop ends them.
    Quoted words had some, if no line stands above them. A column's `reach` may be unknown: 0 then.
    """
    bare = text.lstrip(OPENING)
    if is_open(above) and not (
        above[-1].isalpha() and bare[:1].isupper() and room(above, text, reach) > SPARE
    ):
        return False
    if text.startswith("(") and above and not above.endswith(STOPS):
        return False
    spare = ROOM if bare[:1].isdigit() else SPARE
    if bare[:1].isupper():
        word = bare.split()[0]
        if word in known or (len(word) == 1 and word not in "AÀ"):
            return False
        if not above or text[0] not in QUOTES:
            return True
        spare = ROOM
    return above.endswith(STOPS) or room(above, text, reach) > spare


def is_open(text: str) -> bool:
    """Whether a line ends so that a statement must go on; a capital alone ends a name."""
    return OPEN_END.search(text) is not None and CAPITAL.search(text) is None


def room(above: str, text: str, reach: float) -> float:
    """Share of a column that a line left free after the next one's first word; nought where its width is unknown."""
    return 1 - METRICS[0](f"{above} {text.split()[0]}") / reach if reach else 0.0


def names(texts: Iterable[str]) -> Iterator[str]:
    """Words that keep a capital inside of lines, oftener than they open one."""
    counts: Counter[str] = Counter()
    for text in texts:
        words = text.split()
        counts.subtract(words[:1])
        counts.update(word for before, word in pairwise(words) if before[-1].isalnum() and word[0].isupper())
    return (word for word, count in counts.items() if count > 0)
