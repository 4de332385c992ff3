"""Places in a synthesis: what stands there, and the synthesis with something else there. All count from 0."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from cahiers.documents.model import Feedback, Item, Meeting, Row, Synthesis, ThemeBlock, Warning

T = TypeVar("T")


class NoSuchPlace(LookupError):
    """The synthesis has nothing there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSpot:
    """Where a row stands."""

    theme: int
    stage: str
    row: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot(RowSpot):
    """Where an item stands."""

    kind: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where an item is put; a row of None is a new one, at the end of the table."""

    theme: int
    stage: str
    kind: str
    row: int | None


def theme_at(synthesis: Synthesis, theme: int) -> ThemeBlock:
    """Raises NoSuchPlace."""
    return _at(synthesis.themes, theme)


def row_at(synthesis: Synthesis, spot: RowSpot) -> Row:
    """Raises NoSuchPlace."""
    return _at(theme_at(synthesis, spot.theme).stages.get(spot.stage, ()), spot.row)


def item_at(synthesis: Synthesis, spot: Spot) -> Item:
    """Raises NoSuchPlace."""
    return _at(row_at(synthesis, spot).cells.get(spot.kind, ()), spot.index)


def sheet_at(synthesis: Synthesis, theme: int, sheet: int) -> Feedback:
    """Raises NoSuchPlace."""
    return _at(theme_at(synthesis, theme).feedback, sheet)


def meeting_at(synthesis: Synthesis, meeting: int) -> Meeting:
    """Raises NoSuchPlace."""
    return _at(synthesis.meetings, meeting)


def warning_at(synthesis: Synthesis, warning: int) -> Warning:
    """Raises NoSuchPlace."""
    return _at(synthesis.warnings, warning)


def swapped(members: tuple[T, ...], index: int, *others: T) -> tuple[T, ...]:
    """The members with `others`, were there none, in the place of one."""
    return (*members[:index], *others, *members[index + 1 :])


def with_theme(synthesis: Synthesis, theme: int, block: ThemeBlock) -> Synthesis:
    return replace(synthesis, themes=swapped(synthesis.themes, theme, block))


def with_rows(synthesis: Synthesis, theme: int, stage: str, rows: tuple[Row, ...]) -> Synthesis:
    block = synthesis.themes[theme]
    stages: Mapping[str, tuple[Row, ...]] = {**block.stages, stage: rows}
    block = replace(block, stages={stage: rows for stage, rows in stages.items() if rows})
    return with_theme(synthesis, theme, block)


def with_row(synthesis: Synthesis, spot: RowSpot, *rows: Row) -> Synthesis:
    """With those, were there none, in the place of the row."""
    held = synthesis.themes[spot.theme].stages[spot.stage]
    return with_rows(synthesis, spot.theme, spot.stage, swapped(held, spot.row, *rows))


def with_cell(row: Row, kind: str, items: tuple[Item, ...]) -> Row:
    cells = {**row.cells, kind: items}
    return replace(row, cells={kind: items for kind, items in cells.items() if items})


def is_empty(row: Row) -> bool:
    return not (any(row.cells.values()) or row.feedback or row.feedback_text or row.name or row.theme_text)


def _at(members: tuple[T, ...], index: int) -> T:
    if not 0 <= index < len(members):
        raise NoSuchPlace
    return members[index]
