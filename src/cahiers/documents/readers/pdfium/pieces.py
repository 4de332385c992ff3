"""What a page shows, freed of the file: pieces of text, ruled lines and shaded areas.

Coordinates are in points from the page's top left corner, y growing downwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """Where a text stands in the structure tree: child indices from the root, so that pages can be compared.

    `block` leads to the paragraph, list item or heading; `row` and `cell` to the table's, None outside of tables.
    """

    block: Path
    row: Path | None
    cell: Path | None


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters drawn in one go: one font, one colour, one line. `y` is the baseline, `x0` and `x1` the ink's ends."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    green: bool
    upright: bool
    tag: Tag | None

    @property
    def middle(self) -> float:
        return self.y - self.size * 0.3


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along one axis: `at` on the other axis, from `start` to `end`."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle; `paint` is the colour that fills it, as red, green and blue in one number."""

    x0: float
    y0: float
    x1: float
    y1: float
    paint: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """`links` are addresses. `hanging_spaces` counts the spaces drawn by themselves after a line that had no room."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    areas: tuple[Area, ...]
    links: tuple[str, ...]
    hanging_spaces: int = 0


def merged(rules: Iterable[Rule], nearness: float = 4.0) -> list[Rule]:
    """Rules with those that touch or nearly touch on one line made one: double, dashed and cell by cell lines."""
    lanes: list[tuple[float, list[Rule]]] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if lanes and rule.at - lanes[-1][0] <= nearness:
            lanes[-1][1].append(rule)
        else:
            lanes.append((rule.at, [rule]))
    return [whole for _, lane in lanes for whole in _joined(lane, nearness)]


def _joined(lane: list[Rule], nearness: float) -> list[Rule]:
    at = sum(rule.at for rule in lane) / len(lane)
    spans: list[tuple[float, float]] = []
    for rule in sorted(lane, key=lambda rule: rule.start):
        if spans and rule.start - spans[-1][1] <= nearness:
            spans[-1] = (spans[-1][0], max(spans[-1][1], rule.end))
        else:
            spans.append((rule.start, rule.end))
    return [Rule(at, start, end) for start, end in spans]
