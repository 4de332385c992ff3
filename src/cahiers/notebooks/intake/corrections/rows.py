"""Corrections of rows: no word of them is lost."""

from collections.abc import Mapping
from dataclasses import replace

from cahiers.documents.model import Item, Row, Synthesis, Warning
from cahiers.notebooks.intake.corrections.places import (
    NoSuchPlace,
    RowSpot,
    is_empty,
    row_at,
    theme_at,
    with_row,
    with_rows,
)

#: Between what two rows said of the same thing, once they are one.
BOTH = " / "


def describe(
    synthesis: Synthesis,
    spot: RowSpot,
    *,
    name: str | None,
    feedback: tuple[int, ...],
    feedback_text: tuple[str, ...],
) -> Synthesis:
    """The row under that name, with the feedback sheets that it cites and the notes that stand beside them.

    One that is left without anything goes.
    """
    row = replace(row_at(synthesis, spot), name=name, feedback=feedback, feedback_text=feedback_text)
    return with_row(synthesis, spot) if is_empty(row) else with_row(synthesis, spot, row)


def split(synthesis: Synthesis, spot: RowSpot, at: Mapping[str, int]) -> Synthesis:
    """Two rows of one: of each kind named in `at`, the items from that index on go to a row that follows.

    The name and what is cited stay. Raises NoSuchPlace where either row would hold nothing.
    """
    row = row_at(synthesis, spot)
    kept = {kind: items[: at.get(kind, len(items))] for kind, items in row.cells.items()}
    gone = {kind: items[at[kind] :] for kind, items in row.cells.items() if kind in at and items[at[kind] :]}
    if not gone or any(index < 0 for index in at.values()):
        raise NoSuchPlace
    first = replace(row, cells={kind: items for kind, items in kept.items() if items})
    if is_empty(first):
        raise NoSuchPlace
    source = next(iter(gone.values()))[0].source or row.source
    return with_row(synthesis, spot, first, Row(cells=gone, source=source))


def merge(synthesis: Synthesis, spot: RowSpot) -> Synthesis:
    """One row of this one and the one before, whose items come first. Raises NoSuchPlace for the first of a table."""
    above = replace(spot, row=spot.row - 1)
    first, second = row_at(synthesis, above), row_at(synthesis, spot)
    kinds = dict.fromkeys([*first.cells, *second.cells])
    cells = {kind: (*first.cells.get(kind, ()), *second.cells.get(kind, ())) for kind in kinds}
    merged = Row(
        cells=cells,
        feedback=tuple(dict.fromkeys([*first.feedback, *second.feedback])),
        feedback_text=(*first.feedback_text, *second.feedback_text),
        name=_both(first.name, second.name),
        theme_text=_both(first.theme_text, second.theme_text),
        source=first.source or second.source,
    )
    return with_row(with_row(synthesis, spot), above, merged)


def move(synthesis: Synthesis, spot: RowSpot, *, theme: int, row: int | None) -> tuple[Synthesis, RowSpot]:
    """The row elsewhere in the same stage, and where it then stands: before the row that was there, or last."""
    moved = row_at(synthesis, spot)
    theme_at(synthesis, theme)
    return _placed(with_row(synthesis, spot), moved, theme, spot.stage, row)


def carry(
    synthesis: Synthesis, spot: RowSpot, *, stage: str, kinds: Mapping[str, str], row: int | None
) -> tuple[Synthesis, RowSpot]:
    """The row in another stage of its theme, and where it then stands; `kinds` names what each of its kinds becomes."""
    moved = row_at(synthesis, spot)
    cells: dict[str, tuple[Item, ...]] = {}
    for kind, items in moved.cells.items():
        cells[kinds[kind]] = (*cells.get(kinds[kind], ()), *items)
    moved = replace(moved, cells=cells)
    return _placed(with_row(synthesis, spot), moved, spot.theme, stage, row)


def set_aside(synthesis: Synthesis, spot: RowSpot, message: str) -> Synthesis:
    """Without the row; each of its texts goes to the warnings."""
    row = row_at(synthesis, spot)
    left = with_row(synthesis, spot)
    items = [item for held in row.cells.values() for item in held]
    said = [Warning(message=message, text=item.text, source=item.source or row.source) for item in items]
    notes = [*filter(None, [row.name, row.theme_text]), *row.feedback_text]
    if row.feedback:
        notes.append(", ".join(map(str, row.feedback)))
    said += [Warning(message=message, text=note, source=row.source) for note in notes]
    return replace(left, warnings=(*left.warnings, *said))


def _placed(
    synthesis: Synthesis, row: Row, theme: int, stage: str, at: int | None
) -> tuple[Synthesis, RowSpot]:
    rows = synthesis.themes[theme].stages.get(stage, ())
    at = len(rows) if at is None else at
    if not 0 <= at <= len(rows):
        raise NoSuchPlace
    placed = with_rows(synthesis, theme, stage, (*rows[:at], row, *rows[at:]))
    return placed, RowSpot(theme=theme, stage=stage, row=at)


def _both(first: str | None, second: str | None) -> str | None:
    return BOTH.join(dict.fromkeys(filter(None, [first, second]))) or None
