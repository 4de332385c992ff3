"""Whether an author ends statements in full stops and the like: what lines that end so, or do not, say."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET

STOP: Final = re.compile(r"[.;!?…]\s?[»”\")]?$")
#: Before any line is met, so many count, so many of which end in one.
PRIOR: Final = 20.0
STOPPED: Final = 0.6
#: Share of statements that end in one where that is a habit; elsewhere it says nothing.
HABIT: Final = 0.2


@dataclass(frozen=True, slots=True)
class Stops:
    """Scores, natural logarithms of odds, of a line whose statement ends with it, and of one that goes on."""

    #: Lost where a statement ends without one, and where one goes on after one: none is more than 0.
    without: float = 0.0
    beyond: float = 0.0

    def ends(self, text: str) -> float:
        """Score of a statement that ends with the line."""
        return 0.0 if STOP.search(text) else self.without

    def goes_on(self, text: str) -> float:
        """Score of a statement that goes on after the line."""
        return self.beyond if STOP.search(text) else 0.0


def stops_of(tables: Iterable[Sequence[Line]]) -> Stops:
    """What the lines of tables, as they come, show of it: one is known to end a statement above a bullet."""
    ended, inside = [STOPPED, PRIOR], [STOPPED, PRIOR]
    for lines in tables:
        for above, line in pairwise(lines):
            # What a gap parts may be headings, theme cells, or cut by the page's end.
            if line.apart:
                continue
            counts = ended if BULLET.match(line.text) else inside
            counts[0] += STOP.search(above.text) is not None
            counts[1] += 1
    often, seldom = ended[0] / ended[1], inside[0] / inside[1]
    if often < HABIT:
        return Stops()
    return Stops(
        without=min(math.log((1 - often) / (1 - seldom)), 0.0),
        beyond=min(math.log(seldom / often), 0.0),
    )
