"""Corrections of items: what one takes away, a warning keeps."""

from collections.abc import Collection
from dataclasses import replace

from cahiers.documents.model import Item, Row, Synthesis, Warning
from cahiers.notebooks.intake.corrections.places import (
    Destination,
    NoSuchPlace,
    Spot,
    is_empty,
    item_at,
    row_at,
    swapped,
    theme_at,
    warning_at,
    with_cell,
    with_row,
    with_rows,
)

#: Before what a reader said of words that a person has looked at, and leaves where they are.
SEEN = "Vu avant l’import\u00a0: "


def reword(synthesis: Synthesis, spot: Spot, *, text: str, emphasised: bool) -> Synthesis:
    """The item with another text or emphasis; it keeps its place in the file."""
    item = replace(item_at(synthesis, spot), text=text, emphasised=emphasised)
    row = row_at(synthesis, spot)
    return with_row(
        synthesis, spot, with_cell(row, spot.kind, swapped(row.cells[spot.kind], spot.index, item))
    )


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
    if is_empty(row_at(left, spot)):
        left = with_row(left, spot)
        if same_table and at.row > spot.row:
            at = replace(at, row=at.row - 1)
    return left, at


def reorder(synthesis: Synthesis, spot: Spot, index: int) -> tuple[Synthesis, Spot]:
    """The item at that index of its cell, or last past the end, and where it then stands."""
    row = row_at(synthesis, spot)
    item, others = item_at(synthesis, spot), swapped(row.cells[spot.kind], spot.index)
    index = min(index, len(others))
    cell = with_cell(row, spot.kind, (*others[:index], item, *others[index:]))
    return with_row(synthesis, spot, cell), replace(spot, index=index)


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
    row = with_cell(rows[number], to.kind, items)
    spot = Spot(
        theme=to.theme, stage=to.stage, row=number, kind=to.kind, index=0 if first else len(items) - 1
    )
    return with_rows(synthesis, to.theme, to.stage, swapped(rows, number, row)), spot


def set_aside(synthesis: Synthesis, spot: Spot, message: str) -> Synthesis:
    """Without the item, whose words go to the warnings."""
    item = item_at(synthesis, spot)
    left = _without(synthesis, spot)
    if is_empty(row_at(left, spot)):
        left = with_row(left, spot)
    warning = Warning(message=message, text=item.text, source=item.source)
    return replace(left, warnings=(*left.warnings, warning))


def tick_off(synthesis: Synthesis, seen: Collection[int]) -> Synthesis:
    """Without the warnings of those indices; those that hold words go to the end and say so: no word is lost."""
    given = [(index in seen, one) for index, one in enumerate(synthesis.warnings)]
    kept = (one for ticked, one in given if not ticked)
    aside = (
        one if one.message.startswith(SEEN) else replace(one, message=f"{SEEN}{one.message}")
        for ticked, one in given
        if ticked and one.text
    )
    return replace(synthesis, warnings=(*kept, *aside))


def place(
    synthesis: Synthesis, warning: int, to: Destination, *, text: str, emphasised: bool
) -> tuple[Synthesis, Spot]:
    """The warning's words put in a cell, `text` being how they are to be written; the warning goes."""
    source = warning_at(synthesis, warning).source
    placed, spot = put(synthesis, Item(text=text, emphasised=emphasised, source=source), to)
    return replace(placed, warnings=swapped(synthesis.warnings, warning)), spot


def _without(synthesis: Synthesis, spot: Spot) -> Synthesis:
    row = row_at(synthesis, spot)
    kept = swapped(row.cells[spot.kind], spot.index)
    return with_row(synthesis, spot, with_cell(row, spot.kind, kept))
