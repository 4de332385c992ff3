"""Rows of a stage's table, however authors merged, split and reordered it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from cahiers.documents.blocks import Cell, Paragraph, Role, Table
from cahiers.documents.items import cited, content, is_bulleted, items_of
from cahiers.documents.matching import (
    FEEDBACK_COLUMN,
    THEME_COLUMN,
    Header,
    headers_by_place,
    stage_of_headers,
)
from cahiers.documents.model import Item, Row, Warning
from cahiers.documents.normal import tidy
from cahiers.methods import Method, Stage

HEADER_SEARCH = 3
LONGEST_HEADING = 160
#: What people name a column by, where they do so in their own words.
ONE_LINE = 40


def header_of(table: Table, method: Method, section: Stage | None = None) -> tuple[Header, range] | None:
    """The header that the table's first rows show, and which rows these are; None for no stage's.

    Of several readings, that which knows most columns; of stages alike, the `section` that one reads.
    """
    found: list[tuple[Header, range]] = []
    for depth in (1, 2):
        for first in range(min(HEADER_SEARCH, len(table.rows) - depth + 1)):
            rows = table.rows[first : first + depth]
            header = stage_of_headers(_stacked(rows), method, section)
            if header is not None:
                found.append((replace(header, starts=_starts(rows)), range(first, first + depth)))
                if None not in header.columns:
                    return found[-1]
    return max(found, key=lambda one: len(one[0].columns) - one[0].columns.count(None), default=None)


def header_by_place(table: Table, stage: Stage, method: Method) -> Header | None:
    """The header that the first row is of a table under the stage's heading, each column at its usual place."""
    if len(table.rows) < 2 or not _may_head(table.rows[0], ONE_LINE):
        return None
    titles = [tidy(cell.text) for cell in table.rows[0]]
    header = headers_by_place(titles, stage, method)
    if header is None:
        return None
    at = {start: index for index, start in enumerate(_starts(table.rows[:1]))}
    width = sum(cell.span for cell in table.rows[0])
    return Header(
        stage=stage,
        columns=tuple(header.columns[at[column]] if column in at else None for column in range(width)),
        texts=tuple(titles[at[column]] if column in at else "" for column in range(width)),
        starts=tuple(at),
    )


def _may_head(cells: Sequence[Cell], longest: int) -> bool:
    """Whether no cell is listed or longer than headings are: statements are told so from headings."""
    return not any(
        is_bulleted(paragraph) or len(paragraph.text) > longest
        for cell in cells
        for paragraph in cell.paragraphs
    )


def _stacked(rows: Sequence[tuple[Cell, ...]]) -> list[str]:
    """Text of each grid column over the rows, cells that span several giving theirs to the first."""
    width = max(sum(cell.span for cell in row) for row in rows)
    texts = [""] * width
    for row in rows:
        for column, cell in _placed(row):
            texts[column] = tidy(f"{texts[column]} {cell.text}")
    return texts


def _placed(row: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    column = 0
    for cell in row:
        yield column, cell
        column += cell.span


def _starts(rows: Sequence[tuple[Cell, ...]]) -> tuple[int, ...]:
    return tuple(sorted({column for row in rows for column, _ in _placed(row)}))


def _under(header: Header, cells: Sequence[Cell]) -> Iterator[tuple[list[int], Cell]]:
    """Each cell with the columns that it stands under, by their first grid column.

    Authors drag the borders of single rows, so that grids differ: as many cells as headers stand under them in order,
    unless one is then away from its header; otherwise a cell stands under those that it covers by half at least.
    """
    regions = header.regions()
    spots = [((column, column + cell.span), cell) for column, cell in _placed(cells)]
    in_order = len(spots) == len(regions) and (
        spots[-1][0][1] != regions[-1][1]
        or all(_shared(spot, region) > 0 for (spot, _), region in zip(spots, regions, strict=True))
    )
    for index, (spot, cell) in enumerate(spots):
        if in_order:
            yield [regions[index][0]], cell
            continue
        covered = [region for region in regions if 2 * _shared(spot, region) > region[1] - region[0]]
        nearest = max(regions, key=lambda region: _shared(spot, region))
        yield [region[0] for region in covered or [nearest]], cell


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    """Grid columns that both have."""
    return min(one[1], other[1]) - max(one[0], other[0])


@dataclass(slots=True, kw_only=True)
class StageTable:
    """Reads the body rows of tables that go on with one header."""

    header: Header
    method: Method
    title: str
    warnings: list[Warning]
    _theme_text: str | None = field(default=None, init=False)

    def rows(self, body: Sequence[tuple[Cell, ...]]) -> Iterator[Row]:
        """Rows in order; header rows that repeat and wholly empty rows are passed over."""
        for cells in body:
            if self._repeats_header(cells):
                continue
            if any(tidy(cell.text) or cell.continues or _is_ours(cell) for cell in cells):
                yield self._row(cells)

    def _repeats_header(self, cells: Sequence[Cell]) -> bool:
        # Matching words costs.
        if not _may_head(cells, LONGEST_HEADING):
            return False
        repeated = stage_of_headers(_stacked([tuple(cells)]), self.method, self.header.stage)
        return repeated is not None and repeated.stage.key == self.header.stage.key

    def _row(self, cells: Sequence[Cell]) -> Row:
        kinds: dict[str, tuple[Item, ...]] = dict.fromkeys(self.header.stage.kinds, ())
        numbers: tuple[int, ...] = ()
        texts: tuple[str, ...] = ()
        name: str | None = None
        if len(cells) > len(self.header.regions()):
            message = "Cette ligne a plus de cellules que l’en-tête n’a de colonnes : vérifiez leur place."
            self.warnings.append(Warning(message=message, source=cells[0].source))
        for columns, cell in _under(self.header, cells):
            column = columns[0]
            kind = self.header.columns[column]
            if kind == THEME_COLUMN:
                name, more_numbers, more_texts = self._read_theme(cell)
                numbers, texts = numbers + more_numbers, texts + more_texts
            elif kind == FEEDBACK_COLUMN:
                more_numbers, more_texts = cited(cell.paragraphs)
                numbers, texts = numbers + more_numbers, texts + more_texts
            elif kind is not None:
                kinds[kind] += self._read_items(columns, cell)
            else:
                self._report(cell.paragraphs, column)
        return Row(
            cells=kinds,
            feedback=numbers,
            feedback_text=texts,
            name=name,
            theme_text=self._theme_text,
            source=next((cell.source for cell in cells if cell.source), None),
        )

    def _read_theme(self, cell: Cell) -> tuple[str | None, tuple[int, ...], tuple[str, ...]]:
        """Row name and feedback cited of a theme cell; keeps the theme as written for the rows that it spans."""
        if cell.continues:
            return None, (), ()
        own = [p for p in cell.paragraphs if p.role is None or p.role is Role.ROW_THEME]
        text = tidy(" ".join(content(paragraph) for paragraph in own))
        self._theme_text = text if text and text != self.title else None
        names = [tidy(p.text) for p in cell.paragraphs if p.role is Role.ROW_NAME]
        numbers, texts = cited([p for p in cell.paragraphs if p.role in (Role.CITED, Role.CITED_TEXT)])
        return " ".join(name for name in names if name) or None, numbers, texts

    def _read_items(self, columns: Sequence[int], cell: Cell) -> tuple[Item, ...]:
        items = items_of(cell.paragraphs, self.warnings)
        if items and any(self.header.columns[column] for column in columns[1:]):
            self.warnings.append(
                Warning(
                    message="Cette cellule couvre plusieurs colonnes : ses énoncés sont placés dans la première.",
                    text=items[0].text,
                    source=cell.source,
                )
            )
        return items

    def _report(self, paragraphs: Sequence[Paragraph], column: int) -> None:
        title = self.header.texts[column] if column < len(self.header.texts) else ""
        name = f"La colonne « {title} »" if title else "La colonne de ce texte"
        for paragraph in paragraphs:
            text = content(paragraph)
            if text:
                self.warnings.append(
                    Warning(
                        message=f"{name} n’est pas de la méthode : il n’a pas été placé.",
                        text=text,
                        source=paragraph.source,
                    )
                )


def _is_ours(cell: Cell) -> bool:
    """Whether `compose` laid it out: then the row counts, though its theme has no title and its lists no item."""
    return any(paragraph.role is Role.ROW_THEME for paragraph in cell.paragraphs)


def spans_all(cells: Sequence[Cell], header: Header) -> bool:
    """Whether one cell over the whole width is all that a row has: a title between rows, or a remark."""
    return len(cells) == 1 and cells[0].span >= len(header.columns) > 1 and not cells[0].continues


def goes_on(table: Table, header: Header) -> bool:
    """Whether a table without header has the columns of the one before it: the two are one, split."""
    regions = len(header.regions())
    widths = {sum(cell.span for cell in row) for row in table.rows}
    return regions > 1 and (widths == {len(header.columns)} or {len(row) for row in table.rows} == {regions})
