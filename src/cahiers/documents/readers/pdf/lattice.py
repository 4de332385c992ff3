"""Finds the lines of a page that belong together and make a table, a box or a frame."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cahiers.documents.readers.pdf.cells import Grid
from cahiers.documents.readers.pdfium.pieces import Page, Piece, Rule, merged

#: Points by which lines that meet may miss each other.
NEAR: Final = 4.0
#: No cell is narrower or lower.
SMALLEST: Final = 6.0
MAX_RULES: Final = 3_000
#: Share of a table's width within which all text of a band begins, if it is no row but a paragraph.
APART: Final = 0.12


def lattices_of(page: Page) -> list["Lattice"]:
    """Groups of lines that meet, the smallest first, so that what a frame encloses is taken before the frame."""
    if len(page.across) + len(page.down) > MAX_RULES:
        return []
    across = [rule for rule in merged(page.across) if rule.end - rule.start > SMALLEST]
    down = [rule for rule in merged(page.down) if rule.end - rule.start > SMALLEST]
    groups = Groups(len(across) + len(down))
    for i, level in enumerate(across):
        for j, upright in enumerate(down, len(across)):
            if _meet(level, upright):
                groups.join(i, j)
    lattices = []
    alone: list[Rule] = []
    for members in groups.all():
        levels = [across[i] for i in members if i < len(across)]
        uprights = [down[i - len(across)] for i in members if i >= len(across)]
        if levels and uprights:
            lattices.append(Lattice(levels, uprights))
        elif levels:
            alone.extend(levels)
    lattices.extend(_ladders(alone))
    return sorted(lattices, key=lambda lattice: lattice.area)


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.start - NEAR <= upright.at <= level.end + NEAR
        and upright.start - NEAR <= level.at <= upright.end + NEAR
    )


def _ladders(levels: Iterable[Rule]) -> Iterator["Lattice"]:
    """Tables that have level lines alone: three at least, of one width."""
    by_ends: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in levels:
        key = next(
            (ends for ends in by_ends if abs(ends[0] - rule.start) < NEAR and abs(ends[1] - rule.end) < NEAR),
            (round(rule.start), round(rule.end)),
        )
        by_ends[key].append(rule)
    for rules in by_ends.values():
        if len(rules) >= 3 and rules[0].end - rules[0].start > 200:
            yield Lattice(rules, [])


class Lattice:
    """Lines that belong together."""

    def __init__(self, across: list[Rule], down: list[Rule]) -> None:
        self.across = across
        self.down = down
        self.left = min([rule.start for rule in across] + [rule.at for rule in down])
        self.right = max([rule.end for rule in across] + [rule.at for rule in down])
        self.top = min(rule.at for rule in across)
        self.bottom = max(rule.at for rule in across)
        if any(self.left + NEAR < rule.at < self.right - NEAR for rule in down):
            # A page break may leave out the line that closes the table.
            self.top = min([self.top, *(rule.start for rule in down)])
            self.bottom = max([self.bottom, *(rule.end for rule in down)])

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    @property
    def is_closed(self) -> bool:
        """Whether lines part columns too, or bound one box."""
        inner = [rule for rule in self.down if self.left + NEAR < rule.at < self.right - NEAR]
        return bool(inner) or (bool(self.down) and len(self.across) <= 2)

    @property
    def is_box(self) -> bool:
        """Whether nothing parts the inside."""
        rules = [(rule.at, self.left, self.right) for rule in self.down]
        rules += [(rule.at, self.top, self.bottom) for rule in self.across]
        return not any(low + 2 * NEAR < at < high - 2 * NEAR for at, low, high in rules)

    def parts(self, pieces: Sequence[Piece]) -> Iterator["Lattice"]:
        """The tables that the lines make, where text that runs across stands between two of them."""
        across = sorted(self.across, key=lambda rule: rule.at)
        run = across[:1]
        for upper, lower in itertools.pairwise(across):
            band = [p for p in pieces if self.holds(p) and upper.at < p.middle < lower.at]
            if band and max(piece.x0 for piece in band) - self.left < (self.right - self.left) * APART:
                if len(run) > 1:
                    yield Lattice(run, self.down)
                run = []
            run.append(lower)
        if len(run) > 1:
            yield Lattice(run, self.down)

    def frames(self, page: Page, grids: Sequence[Grid]) -> bool:
        """Whether the lines are a border drawn around the page, or around a table that is known already."""
        if any(
            self.left < grid.xs[0]
            and grid.xs[-1] < self.right
            and self.top < grid.y0
            and grid.y1 < self.bottom
            for grid in grids
        ):
            return True
        lone = len(self.across) <= 2 and len(self.down) <= 2
        return (
            lone and self.right - self.left > page.width * 0.9 and self.bottom - self.top > page.height * 0.85
        )

    def holds(self, piece: Piece) -> bool:
        return (
            self.left - NEAR <= piece.x0 <= self.right + NEAR
            and self.top - NEAR <= piece.middle <= self.bottom + NEAR
        )


class Groups:
    """Sets of numbers that are joined bit by bit."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def _root(self, member: int) -> int:
        while self._parent[member] != member:
            self._parent[member] = self._parent[self._parent[member]]
            member = self._parent[member]
        return member

    def join(self, one: int, other: int) -> None:
        one, other = self._root(one), self._root(other)
        self._parent[max(one, other)] = min(one, other)

    def all(self) -> Iterable[list[int]]:
        members: dict[int, list[int]] = defaultdict(list)
        for member in range(len(self._parent)):
            members[self._root(member)].append(member)
        return members.values()
