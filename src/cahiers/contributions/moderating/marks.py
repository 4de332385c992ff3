"""A text in runs, some of which are marked as what may tell who someone is."""

from collections.abc import Iterable
from typing import NamedTuple

from cahiers.contributions.models import Flag, FlagPlace


class Run(NamedTuple):
    """`flag` is None between the marks."""

    text: str
    flag: Flag | None


def marked(
    text: str, flags: Iterable[Flag], most: int | None = None, *, place: FlagPlace = FlagPlace.TEXT
) -> list[Run]:
    """The text up to `most` characters, with the flags of that place; where marks overlap, the first one has it."""
    shown = text if most is None or len(text) <= most else f"{text[:most].rsplit(None, 1)[0]} …"
    limit = len(shown)
    runs: list[Run] = []
    at = 0
    here = (one for one in flags if one.place == place)
    for flag in sorted(here, key=lambda one: (one.start, one.end)):
        if flag.start < at or flag.end > limit:
            continue
        if flag.start > at:
            runs.append(Run(shown[at : flag.start], None))
        runs.append(Run(shown[flag.start : flag.end], flag))
        at = flag.end
    if at < limit:
        runs.append(Run(shown[at:], None))
    return runs
