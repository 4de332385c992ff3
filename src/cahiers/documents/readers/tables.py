"""Sheets as tables: columns by their header's text, lines in groups that stand for one thing each."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cahiers.documents.blocks import Paragraph, Run
from cahiers.documents.items import are_listed, items_of
from cahiers.documents.matching import fold
from cahiers.documents.model import Item, Source, Warning
from cahiers.documents.normal import tidy
from cahiers.documents.readers.workbook import Sheet, SheetCell

#: People put titles and remarks over a table; a header is not looked for further down.
DEEPEST_HEADER: Final = 30
#: What spreadsheets hold in a cell; more was typed by nobody.
LONGEST_CELL: Final = 32_767

_BULLET: Final = re.compile(r"[►•▪■●○‣–-] ?(?=\S)")
_WHOLE: Final = re.compile(r"-?\d{1,18}")

Columns = Mapping[int, str]
#: Names of the columns whose headers are given, None for those that are unknown.
Recognise = Callable[[Sequence[str]], list[str | None]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line under the header, its cells by column name."""

    place: str
    cells: Mapping[str, SheetCell]

    def text(self, name: str) -> str:
        cell = self.cells.get(name)
        return tidy(cell.text) if cell else ""

    @property
    def source(self) -> Source:
        return Source(cell=self.place)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet from its header on; `above` are the cells over it, line by line, `names` those of its columns."""

    above: Sequence[Sequence[SheetCell]]
    lines: Sequence[Line]
    names: Collection[str]


@dataclass(slots=True)
class Group:
    """Lines that stand for one thing; `said` is what they say in the columns that are filled once."""

    said: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    @property
    def source(self) -> Source:
        return self.lines[0].source

    def line_with(self, name: str) -> Line:
        """First line that fills the column, else the group's first."""
        return next((line for line in self.lines if line.text(name)), self.lines[0])

    def text(self, name: str) -> str:
        return self.line_with(name).text(name)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(text for line in self.lines if (text := line.text(name)))

    def items(self, name: str, *, is_ours: bool, warnings: list[Warning]) -> tuple[Item, ...]:
        return tuple(
            item
            for line in self.lines
            if (cell := line.cells.get(name))
            for item in _statements(cell, warnings, is_ours=is_ours)
        )


def _statements(cell: SheetCell, warnings: list[Warning], *, is_ours: bool) -> tuple[Item, ...]:
    """The one statement of a cell of our layout, or several where a person wrote a list in it; all in other sheets."""
    source = Source(cell=cell.place)
    lines = [line for line in map(tidy, cell.text.splitlines()) if line]
    if len(cell.text) > LONGEST_CELL:
        lines = [" ".join(lines)]
    if len(lines) > 1 and all(_BULLET.match(line) for line in lines):
        lines = [_BULLET.sub("• ", line) for line in lines]
    written = [Paragraph(runs=(Run(text=line, emphasised=cell.emphasised),), source=source) for line in lines]
    if not is_ours or (len(lines) > 1 and are_listed(written)):
        return items_of(written, warnings)
    return (Item(text=" ".join(lines), emphasised=cell.emphasised, source=source),) if lines else ()


def recogniser(names: Iterable[str]) -> Recognise:
    """Finds columns by the names in their headers, whatever their case, accents and order; each name once."""
    by_fold = {fold(name): name for name in names}

    def recognise(headers: Sequence[str]) -> list[str | None]:
        left = dict(by_fold)
        return [left.pop(fold(header), None) for header in headers]

    return recognise


def read_table(sheet: Sheet, recognise: Recognise, warnings: list[Warning]) -> Table | None:
    """The table of a sheet, None where no line is its header; cells of unknown columns become warnings."""
    header = _find_header(sheet, recognise)
    if header is None:
        return None
    number, columns = header
    above = [list(cells.values()) for line, cells in sheet.lines.items() if line < number]
    below = [(line, cells) for line, cells in sheet.lines.items() if line > number]
    strangers = {
        column: tidy(cell.text) for column, cell in sheet.lines[number].items() if column not in columns
    }
    lines = []
    for line, cells in below:
        known = {columns[column]: cell for column, cell in cells.items() if column in columns}
        if known:
            lines.append(Line(f"feuille « {sheet.name} », ligne {line}", known))
        for column, cell in cells.items():
            if column not in columns:
                title = strangers.get(column, "")
                told = f"la colonne « {title} »" if title else "une colonne sans titre"
                warnings.append(warning(f"Texte laissé de côté, dans {told} que la méthode n’a pas", cell))
    return Table(above, lines, frozenset(columns.values()))


def warning(message: str, cell: SheetCell) -> Warning:
    return Warning(message=f"{message}.", text=tidy(cell.text), source=Source(cell=cell.place))


def _find_header(sheet: Sheet, recognise: Recognise) -> tuple[int, Columns] | None:
    """Line number and columns of the first line that has two known headers at least."""
    for number, cells in list(sheet.lines.items())[:DEEPEST_HEADER]:
        names = recognise([tidy(cell.text) for cell in cells.values()])
        columns = {column: name for column, name in zip(cells, names, strict=True) if name is not None}
        if len(columns) >= 2:
            return number, columns
    return None


def groups(
    lines: Iterable[Line], ordinal: str, once: Sequence[str], marks: Sequence[str] = ()
) -> Sequence[Group]:
    """Lines gathered by their number in the column `ordinal`, in the order in which groups begin.

    `once` are the columns that a group's first line alone has to fill, `marks` those that tell what the group
    belongs to. A line without number goes on with the group above, unless it fills one of these; a line with the
    number of a group and something else in one of `once` begins another.
    """
    found: list[Group] = []
    numbered: dict[str, Group] = {}
    for line in lines:
        number = line.text(ordinal)
        said = {name: text for name in once if (text := line.text(name))}
        anew = bool(said) or any(name in line.cells for name in marks)
        group = numbered.get(number) if number else (found[-1] if found and not anew else None)
        if group is None or any(group.said.get(name, text) != text for name, text in said.items()):
            group = Group()
            found.append(group)
            if number:
                numbered[number] = group
        group.said.update(said)
        group.lines.append(line)
    return found


def whole_number(line: Line, name: str, warnings: list[Warning]) -> int | None:
    """Number in a column, None where the cell is blank, or holds no number and becomes a warning."""
    text = line.text(name)
    bare = text.replace(" ", "")
    if _WHOLE.fullmatch(bare):
        return int(bare)
    if text:
        warnings.append(warning(f"On attend un nombre dans la colonne « {name} »", line.cells[name]))
    return None
