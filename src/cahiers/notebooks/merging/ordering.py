"""The order of a list that two people arranged, and positions that follow an order."""

from bisect import bisect_left
from collections.abc import Collection, Sequence


def arranged_in_both(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[bool, bool]:
    """Whether what all three hold was put in another order here, and in the file."""
    common = {*base} & {*ours} & {*theirs}
    kept = [[key for key in order if key in common] for order in (base, ours, theirs)]
    return kept[0] != kept[1], kept[0] != kept[2]


def merge(first: Sequence[str], second: Sequence[str], members: Collection[str]) -> list[str]:
    """Members in the order of the first, what only the second has behind what it follows there.

    Where members are those of one of both, and what both have is in the same order, it is that one's order exactly.
    """
    found = [key for key in first if key in members]
    there = set(found)
    at = 0
    for key in second:
        if key in there:
            at = found.index(key) + 1
        elif key in members:
            found.insert(at, key)
            there.add(key)
            at += 1
    return found


def positions(current: Sequence[int | None], step: int) -> list[int]:
    """Rising ones, of which as few as can be are other than the current ones; None stands for none yet.

    `step` is what stands between two where there is room.
    """
    size = len(current)
    # Of two that are equal the later counts as lower: one of them has to change.
    ranks = [None if one is None else one * size + size - 1 - index for index, one in enumerate(current)]
    kept = longest_rising([rank for rank in ranks if rank is not None])
    found: list[int] = []
    pending = 0
    for position, rank in zip(current, ranks, strict=True):
        if position is None or rank not in kept:
            pending += 1
            continue
        low = found[-1] if found else -1
        room = (position - low) // (pending + 1)
        if not room:
            return [(place + 1) * step for place in range(size)]
        found += [low + room * (place + 1) for place in range(pending)] + [position]
        pending = 0
    low = found[-1] if found else 0
    return found + [low + step * (place + 1) for place in range(pending)]


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers of the longest run, with gaps, in which each is larger than the one before."""
    tails: list[int] = []
    places: list[int] = []
    for number in numbers:
        place = bisect_left(tails, number)
        tails[place : place + 1] = [number]
        places.append(place)
    found, wanted = set(), len(tails) - 1
    for number, place in zip(reversed(numbers), reversed(places), strict=True):
        if place == wanted:
            found.add(number)
            wanted -= 1
    return found
