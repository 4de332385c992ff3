"""Tables as sheets of a workbook: groups of lines, one value a cell, printable and filtered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import Any, BinaryIO, Final, cast

from xlsxwriter import Workbook

from cahiers.documents.errors import DocumentError
from cahiers.documents.model import Item

#: Excel's limits: characters (UTF-16 units) a cell, lines a sheet, and the largest number it keeps exact.
MAX_CELL: Final = 32_767
MAX_LINES: Final = 1_048_576
MAX_EXACT: Final = 10**15 - 1
#: Before this day Excel counts a 29 February 1900 that never was.
FIRST_DAY: Final = date(1900, 3, 1)
LINE_HEIGHT: Final = 15.0
TALLEST: Final = 409.0
GREEN: Final = "#1B7A3D"
GREY: Final = "#6B6B6B"
#: The same synthesis gives the same bytes, so the file bears no date of its own.
NO_DATE: Final = datetime(2000, 1, 1)  # noqa: DTZ001  XlsxWriter takes naive dates only

Value = str | int | date | Item | None


class Mode(Enum):
    """How a group of lines fills a column: the same value on each, one on the first, or one value a line."""

    REPEATED = auto()
    ONCE = auto()
    LIST = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet; `key` names it in a group where headers could be mistaken."""

    header: str
    width: float
    mode: Mode
    key: str = ""

    def values(self, group: "Group") -> Sequence[Value]:
        """Values of the column's cells, from the group's first line on; shorter where the rest is blank."""
        value = group.get(self.key or self.header)
        if isinstance(value, list | tuple):
            return value
        return () if value is None or value == "" else (cast(Value, value),)


#: A group's values by column; those of LIST columns are sequences.
Group = Mapping[str, Value | Sequence[Value]]
#: A line's values, one a column, with the format of each.
Cells = list[tuple[Value, dict[str, object]]]


class TableWorkbook:
    """A workbook under construction; raises DocumentError for what a spreadsheet cannot hold."""

    def __init__(self, stream: BinaryIO, title: str) -> None:
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book: Any = Workbook(stream, options)
        self._book.set_properties({"title": title[:255], "created": NO_DATE})
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}

    def close(self) -> None:
        self._book.close()

    def add_table(
        self,
        name: str,
        columns: Sequence[Column],
        groups: Iterable[Group],
        above: Sequence[tuple[str, str | None]] = (),
    ) -> None:
        """A sheet of that name; `above` are labelled values that stand over the table."""
        sheet = self._book.add_worksheet(name)
        for line, (label, said) in enumerate(above):
            sheet.write_string(line, 0, label, self._format(bold=True))
            self._write(sheet, line, 1, said, {})
        top = line = len(above) + 1 if above else 0
        sheet.set_row(top, 2 * LINE_HEIGHT)
        header = self._format(bold=True, bg_color="#E3ECF7", bottom=1, text_wrap=True, valign="vcenter")
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
            sheet.write_string(top, index, column.header, header)
        for group in groups:
            for cells in _lines(columns, group):
                line += 1
                if line >= MAX_LINES:
                    raise DocumentError(f"La feuille « {name} » dépasserait {MAX_LINES} lignes : c’est trop.")
                # LibreOffice does not fit heights on opening: without one, all but the first words would be hidden.
                sheet.set_row(line, _height(columns, cells))
                for index, (value, looks) in enumerate(cells):
                    self._write(sheet, line, index, value, looks)
        sheet.autofilter(top, 0, max(line, top), len(columns) - 1)
        sheet.freeze_panes(top + 1, 0)
        _set_up_page(sheet, top)

    def _write(self, sheet: Any, line: int, column: int, value: Value, looks: dict[str, object]) -> None:
        if isinstance(value, Item):
            if value.emphasised:
                looks |= {"bold": True, "font_color": GREEN}
            value = value.text
        if value is None:
            sheet.write_blank(line, column, None, self._format(**looks))
        elif isinstance(value, int) and abs(value) <= MAX_EXACT:
            sheet.write_number(line, column, value, self._format(**looks, num_format="0", align="left"))
        elif isinstance(value, date) and value >= FIRST_DAY:
            sheet.write_datetime(line, column, value, self._format(**looks, num_format="dd/mm/yyyy"))
        else:
            text = f"{value:%d/%m/}{value.year:04}" if isinstance(value, date) else str(value)
            check_length(text)
            # Quoted, a text stays text even after somebody edits its cell.
            quote = text.startswith(("=", "+", "-", "@"))
            sheet.write_string(line, column, text, self._format(**looks, quote_prefix=quote))

    def _format(self, **looks: object) -> Any:
        key = tuple(sorted(looks.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(looks)
        return self._formats[key]


def units(text: str) -> int:
    """Length as Excel counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def check_length(text: str) -> None:
    """Raises DocumentError for a text that no cell can hold."""
    if units(text) > MAX_CELL:
        raise DocumentError(
            f"Un texte dépasse les {MAX_CELL} caractères que peut contenir une cellule de tableur"
            f" (« {text[:40]}… ») : choisissez un autre format."
        )


def _height(columns: Sequence[Column], cells: Cells) -> float:
    """Points that the tallest cell needs once its text is wrapped, as far as a count of characters tells."""
    lines = 1
    for column, (value, _) in zip(columns, cells, strict=True):
        text = value.text if isinstance(value, Item) else value
        if isinstance(text, str):
            lines = max(lines, sum(1 + len(part) // int(0.95 * column.width) for part in text.split("\n")))
    return min(LINE_HEIGHT * lines, TALLEST)


def _lines(columns: Sequence[Column], group: Group) -> Iterator[Cells]:
    """Cells of a group, with their looks: as many lines as its longest list has values, one at least."""
    filled = [(column.mode, column.values(group)) for column in columns]
    for index in range(max(1, *(len(values) for _, values in filled))):
        cells: Cells = []
        for mode, values in filled:
            looks: dict[str, object] = {"text_wrap": True, "valign": "top"}
            if index == 0:
                looks["top"] = 1
            if mode is Mode.REPEATED and values:
                if index:
                    looks["font_color"] = GREY
                cells.append((values[0], looks))
            else:
                cells.append((values[index] if index < len(values) else None, looks))
        yield cells


def _set_up_page(sheet: Any, header: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
