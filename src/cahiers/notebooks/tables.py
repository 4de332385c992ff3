"""A theme's stages as tables for the screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cahiers.documents.model import Feedback, Item, Row, ThemeBlock
from cahiers.methods import Column, Method, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A stage's rows; columns that no row fills are left out, for a phone has no room for them."""

    stage: Stage
    columns: tuple[Column, ...]
    cites: bool
    rows: tuple[tuple[Row, tuple[tuple[Column, tuple[Item, ...]], ...]], ...]

    @property
    def statements(self) -> int:
        return sum(1 for _ in self._items())

    @property
    def emphasised(self) -> bool:
        """Whether any statement is, so that the legend says what that means."""
        return any(item.emphasised for item in self._items())

    @property
    def width(self) -> int:
        return len(self.columns) + self.cites

    def _items(self) -> Iterator[Item]:
        for _, cells in self.rows:
            for _, items in cells:
                yield from items


def anchored(sheets: Sequence[Feedback]) -> list[tuple[int | None, Feedback]]:
    """Each sheet with the number that leads to it in the page; the first of two that share one has it."""
    seen: set[int | None] = {None}
    found = []
    for sheet in sheets:
        found.append((None if sheet.number in seen else sheet.number, sheet))
        seen.add(sheet.number)
    return found


def theme_tables(block: ThemeBlock, method: Method) -> list[Table]:
    """Tables in the method's order, without the stages that the theme has no row in."""
    return [_table(stage, rows) for stage in method.stages if (rows := block.stages.get(stage.key, ()))]


def _table(stage: Stage, rows: tuple[Row, ...]) -> Table:
    columns = tuple(column for column in stage.columns if any(column.kind in row.cells for row in rows))
    return Table(
        stage=stage,
        columns=columns,
        cites=any(row.feedback or row.feedback_text for row in rows),
        rows=tuple(
            (row, tuple((column, row.cells.get(column.kind, ())) for column in columns)) for row in rows
        ),
    )
