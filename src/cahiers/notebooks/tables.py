"""A theme's stages as tables for the screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from uuid import UUID

from cahiers.documents.model import Feedback, Item, Row, ThemeBlock
from cahiers.methods import Column, Method, Stage
from cahiers.notebooks.queries import Addresses


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """A row's cells; its uuid, and each statement's code, where the page leads to them."""

    row: Row
    uuid: UUID | None
    cells: tuple[tuple[Column, tuple[tuple[Item, str | None], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A stage's rows; columns that no row fills are left out, for a phone has no room for them."""

    stage: Stage
    columns: tuple[Column, ...]
    cites: bool
    rows: tuple[TableRow, ...]

    @property
    def statements(self) -> int:
        return sum(1 for _ in self._items())

    @property
    def emphasised(self) -> bool:
        """Whether any statement is, so that the legend says what that means."""
        return any(item.emphasised for item in self._items())

    @property
    def width(self) -> int:
        return max(1, len(self.columns) + self.cites)

    def _items(self) -> Iterator[Item]:
        for row in self.rows:
            for _, items in row.cells:
                yield from (item for item, _ in items)


def anchored(sheets: Sequence[Feedback]) -> list[tuple[int | None, Feedback]]:
    """Each sheet with the number that leads to it in the page; the first of two that share one has it."""
    seen: set[int | None] = {None}
    found = []
    for sheet in sheets:
        found.append((None if sheet.number in seen else sheet.number, sheet))
        seen.add(sheet.number)
    return found


def theme_tables(block: ThemeBlock, method: Method, addresses: Addresses | None = None) -> list[Table]:
    """Tables in the method's order, without the stages that the theme has no row in."""
    addresses = addresses or Addresses()
    return [
        _table(stage, rows, addresses) for stage in method.stages if (rows := block.stages.get(stage.key, ()))
    ]


def _table(stage: Stage, rows: tuple[Row, ...], addresses: Addresses) -> Table:
    columns = tuple(column for column in stage.columns if any(column.kind in row.cells for row in rows))
    uuids: Sequence[UUID | None] = addresses.rows.get(stage.key) or [None] * len(rows)
    codes = addresses.codes.get(stage.key) or [{}] * len(rows)
    return Table(
        stage=stage,
        columns=columns,
        cites=any(row.feedback or row.feedback_text for row in rows),
        rows=tuple(
            TableRow(
                row=row,
                uuid=uuid,
                cells=tuple(
                    (column, _coded(row.cells.get(column.kind, ()), known.get(column.kind)))
                    for column in columns
                ),
            )
            for row, uuid, known in zip(rows, uuids, codes, strict=True)
        ),
    )


def _coded(items: tuple[Item, ...], codes: Sequence[str] | None) -> tuple[tuple[Item, str | None], ...]:
    return tuple(zip(items, codes, strict=True) if codes else zip(items, repeat(None)))
