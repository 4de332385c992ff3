"""Corrections of what was read, as functions from a synthesis to another: what one takes away, a warning keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cahiers.documents.model import Item, Row, Synthesis, ThemeBlock, Warning


class NoSuchPlace(LookupError):
    """The synthesis has nothing there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where an item stands: theme, row and index count from 0."""

    theme: int
    stage: str
    row: int
    kind: str
    index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where an item is put; a row of None is a new one, at the end of the table."""

    theme: int
    stage: str
    kind: str
    row: int | None


def item_at(synthesis: Synthesis, spot: Spot) -> Item:
    """Raises NoSuchPlace."""
    items = row_at(synthesis, spot.theme, spot.stage, spot.row).cells.get(spot.kind, ())
    if not 0 <= spot.index < len(items):
        raise NoSuchPlace
    return items[spot.index]


def theme_at(synthesis: Synthesis, theme: int) -> ThemeBlock:
    """Raises NoSuchPlace."""
    if not 0 <= theme < len(synthesis.themes):
        raise NoSuchPlace
    return synthesis.themes[theme]


def row_at(synthesis: Synthesis, theme: int, stage: str, row: int) -> Row:
    """Raises NoSuchPlace."""
    rows = theme_at(synthesis, theme).stages.get(stage, ())
    if not 0 <= row < len(rows):
        raise NoSuchPlace
    return rows[row]


def reword(synthesis: Synthesis, spot: Spot, *, text: str, emphasised: bool) -> Synthesis:
    """The item with another text or emphasis; it keeps its place in the file."""
    item = replace(item_at(synthesis, spot), text=text, emphasised=emphasised)
    row = row_at(synthesis, spot.theme, spot.stage, spot.row)
    items = list(row.cells[spot.kind])
    items[spot.index] = item
    return _with_row(synthesis, spot, _with_cell(row, spot.kind, tuple(items)))


def move(synthesis: Synthesis, spot: Spot, to: Destination) -> tuple[Synthesis, Spot]:
    """The item in another cell, and where it then stands.

    It enters a following row of its table first, any other cell last. A row that is left without anything goes.
    """
    item = item_at(synthesis, spot)
    if (spot.theme, spot.stage, spot.kind, spot.row) == (to.theme, to.stage, to.kind, to.row):
        return synthesis, spot
    same_table = (spot.theme, spot.stage) == (to.theme, to.stage)
    down = same_table and to.row is not None and to.row > spot.row
    placed, at = put(synthesis, item, to, first=down)
    left = _without(placed, spot)
    if is_empty(row_at(left, spot.theme, spot.stage, spot.row)):
        left = _without_row(left, spot)
        if same_table and at.row > spot.row:
            at = replace(at, row=at.row - 1)
    return left, at


def put(synthesis: Synthesis, item: Item, to: Destination, *, first: bool = False) -> tuple[Synthesis, Spot]:
    """The item added to a cell, and where it then stands. Raises NoSuchPlace."""
    block = theme_at(synthesis, to.theme)
    rows = block.stages.get(to.stage, ())
    if to.row is None:
        rows = (*rows, Row(cells={}, source=item.source))
    number = len(rows) - 1 if to.row is None else to.row
    if not 0 <= number < len(rows):
        raise NoSuchPlace
    items = rows[number].cells.get(to.kind, ())
    items = (item, *items) if first else (*items, item)
    row = _with_cell(rows[number], to.kind, items)
    spot = Spot(
        theme=to.theme, stage=to.stage, row=number, kind=to.kind, index=0 if first else len(items) - 1
    )
    return _with_rows(synthesis, to.theme, to.stage, (*rows[:number], row, *rows[number + 1 :])), spot


def set_aside(synthesis: Synthesis, spot: Spot, message: str) -> Synthesis:
    """Without the item, whose words go to the warnings."""
    item = item_at(synthesis, spot)
    left = _without(synthesis, spot)
    if is_empty(row_at(left, spot.theme, spot.stage, spot.row)):
        left = _without_row(left, spot)
    warning = Warning(message=message, text=item.text, source=item.source)
    return replace(left, warnings=(*left.warnings, warning))


def place(
    synthesis: Synthesis, warning: int, to: Destination, *, text: str, emphasised: bool
) -> tuple[Synthesis, Spot]:
    """The warning's words put in a cell, `text` being how they are to be written; the warning goes."""
    if not 0 <= warning < len(synthesis.warnings):
        raise NoSuchPlace
    source = synthesis.warnings[warning].source
    placed, spot = put(synthesis, Item(text=text, emphasised=emphasised, source=source), to)
    kept = (*synthesis.warnings[:warning], *synthesis.warnings[warning + 1 :])
    return replace(placed, warnings=kept), spot


def entitle(
    synthesis: Synthesis, theme: int, *, key: str | None, number: int | None, title: str
) -> Synthesis:
    """The theme recognised, numbered and titled otherwise."""
    block = replace(theme_at(synthesis, theme), key=key, number=number, title=title)
    return replace(synthesis, themes=(*synthesis.themes[:theme], block, *synthesis.themes[theme + 1 :]))


def is_empty(row: Row) -> bool:
    return not (any(row.cells.values()) or row.feedback or row.feedback_text or row.name or row.theme_text)


def _without(synthesis: Synthesis, spot: Spot) -> Synthesis:
    row = row_at(synthesis, spot.theme, spot.stage, spot.row)
    items = row.cells[spot.kind]
    kept = (*items[: spot.index], *items[spot.index + 1 :])
    return _with_row(synthesis, spot, _with_cell(row, spot.kind, kept))


def _with_cell(row: Row, kind: str, items: tuple[Item, ...]) -> Row:
    cells = {**row.cells, kind: items}
    return replace(row, cells={kind: items for kind, items in cells.items() if items})


def _with_row(synthesis: Synthesis, spot: Spot, row: Row) -> Synthesis:
    rows = synthesis.themes[spot.theme].stages[spot.stage]
    rows = (*rows[: spot.row], row, *rows[spot.row + 1 :])
    return _with_rows(synthesis, spot.theme, spot.stage, rows)


def _without_row(synthesis: Synthesis, spot: Spot) -> Synthesis:
    rows = synthesis.themes[spot.theme].stages[spot.stage]
    return _with_rows(synthesis, spot.theme, spot.stage, (*rows[: spot.row], *rows[spot.row + 1 :]))


def _with_rows(synthesis: Synthesis, theme: int, stage: str, rows: tuple[Row, ...]) -> Synthesis:
    block = synthesis.themes[theme]
    stages: Mapping[str, tuple[Row, ...]] = {**block.stages, stage: rows}
    block = replace(block, stages={stage: rows for stage, rows in stages.items() if rows})
    return replace(synthesis, themes=(*synthesis.themes[:theme], block, *synthesis.themes[theme + 1 :]))
