"""Bars drawn on the server: each stands beside its table, which says the same to who does not see it."""

from collections.abc import Sequence
from dataclasses import dataclass

#: Height of a name with its bar below it, in pixels: nothing is scaled, a telephone shows letters as large as a screen.
STEP = 46
#: Percent of the width that the longest bar takes: its number stands behind it.
LONGEST = 82


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`length` in percent of the width, `y` in pixels; `shown` is what stands behind the bar."""

    name: str
    shown: str
    length: int
    y: int


def bars(counts: Sequence[tuple[str, int | None]]) -> tuple[list[Bar], int]:
    """A bar each, and the height of the whole in pixels; a number that is withheld has no length."""
    most = max((people or 0 for _, people in counts), default=0) or 1
    drawn = [
        Bar(
            name=name,
            shown=shown_as(people),
            length=round((people or 0) * LONGEST / most),
            y=place * STEP,
        )
        for place, (name, people) in enumerate(counts)
    ]
    return drawn, len(drawn) * STEP


def shown_as(people: int | None) -> str:
    """Thousands apart; what is withheld is not always small: it may be so for what it would tell of another."""
    return "n.\u00a0c." if people is None else f"{people:,}".replace(",", "\u202f")
