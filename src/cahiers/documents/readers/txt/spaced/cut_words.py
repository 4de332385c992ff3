"""Makes words whole that a column too narrow for them cuts by the letter: their beginnings fill their lines."""

from collections.abc import Sequence
from itertools import pairwise, product
from typing import Final

from cahiers.documents.readers.txt.likely_words import LikelyWords
from cahiers.documents.readers.txt.metrics import METRICS
from cahiers.documents.readers.txt.parts import BULLET

#: A line is full where a letter more would go beyond so much of the widest one: faces differ.
FULL: Final = 0.85
#: Share of a column's lines that may be longer than it is wide.
ODD: Final = 0.1
#: How much less likely a full line ends within a word than with one, as a natural logarithm of odds.
UNUSUAL: Final = 2.3
#: The same of a line that leaves all the column free for another letter, in proportion.
ROOM: Final = 30.0
#: Both readings are told where they differ by less.
DOUBTFUL: Final = 4.0
#: No word is cut into more.
MOST: Final = 6


def reach_of(texts: Sequence[str]) -> float:
    """How wide the column of these lines is: as the widest, but for some that others' words have made longer."""
    widths = sorted((METRICS[0](BULLET.sub("", text, count=1)) for text in texts if text), reverse=True)
    for width in widths:
        if sum(FULL * width < other <= width for other in widths) > ODD * len(widths):
            return width
    return 0.0


def whole(lines: Sequence[str], reach: float, words: LikelyWords) -> tuple[list[str], list[tuple[int, str]]]:
    """A statement's lines in a column so wide, with the ends of cut words beside their beginnings.

    Lines that nothing is left of are empty. And what a line may say instead, with its index, where that is doubtful.
    """
    found = list(lines)
    others: list[tuple[int, str]] = []
    at = 0
    while at < len(found):
        stop = at + 1
        while stop < min(len(found), at + MOST) and _may_go_on(lines[stop - 1], lines[stop], reach):
            stop += 1
        if stop > at + 1:
            last, _, rest = lines[stop - 1].partition(" ")
            costs = sorted(_readings([*lines[at : stop - 1], last], reach, words))
            (cost, said), (second, other) = costs[:2]
            is_doubtful = second - cost < DOUBTFUL
            if is_doubtful:
                others.append((at, other))
            if is_doubtful or " ".join(said.split()) != " ".join([*lines[at : stop - 1], last]):
                found[at:stop] = [said, *[""] * (stop - at - 2), rest]
        at = stop
    return found, others


def _may_go_on(above: str, line: str, reach: float) -> bool:
    """Whether the word that a line is may go on with the next line's first one."""
    if " " in above or not above[-1:].isalpha() or not line[:1].isalpha():
        return False
    if line[0].isupper() and not above.isupper():
        return False
    return METRICS[0](above + line[0]) > FULL * reach


def _readings(parts: Sequence[str], reach: float, words: LikelyWords) -> list[tuple[float, str]]:
    """What the parts may say, one word or several, with the cost of each."""
    joints = [
        UNUSUAL + ROOM * max(0.0, 1 - METRICS[0](above + part[0]) / reach) for above, part in pairwise(parts)
    ]
    found = []
    for spaces in product(("", " "), repeat=len(parts) - 1):
        said = parts[0] + "".join(space + part for space, part in zip(spaces, parts[1:], strict=True))
        joined = sum(cost for space, cost in zip(spaces, joints, strict=True) if not space)
        found.append((words.cost(said) + joined, said))
    return found
