"""A way to look for one sort of personal data, and what a text must hold for that to be worth its time."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

#: Kind, start and end.
Span = tuple[str, int, int]


class Look(NamedTuple):
    """`key` is found within a word (what stands between spaces) of every text in which `spans` finds something."""

    key: re.Pattern[str]
    spans: Callable[[str], Iterator[Span]]
