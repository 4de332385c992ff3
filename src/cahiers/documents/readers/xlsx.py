"""Reads a workbook of the layout that `writers.xlsx` makes, also where people changed it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import BinaryIO, Final

from cahiers.documents import sheets
from cahiers.documents.errors import NotASynthesis
from cahiers.documents.items import NUMBERS, numbers_in
from cahiers.documents.matching import FEEDBACK_COLUMN, THEME_COLUMN, fold, stage_of_headers
from cahiers.documents.model import Feedback, Row, Synthesis, ThemeBlock, Warning
from cahiers.documents.normal import settled
from cahiers.documents.readers import sessions_sheet
from cahiers.documents.readers.package import claims
from cahiers.documents.readers.tables import (
    Group,
    Recognise,
    Table,
    groups,
    read_table,
    recogniser,
    warning,
    whole_number,
)
from cahiers.documents.readers.theme_columns import Themes
from cahiers.documents.readers.workbook import Book, Sheet, SheetCell, read_book
from cahiers.methods import Method, Stage

FEEDBACK_ONCE: Final = (sheets.FEEDBACK_NUMBER, sheets.SCOPE)
ROW_ONCE: Final = (sheets.ROW_NAME, sheets.ROW_THEME)
#: Python refuses to convert thousands of digits, and nothing has that number.
_ENDLESS: Final = re.compile(r"\d{19}")


class XlsxReader:
    """Reads xlsx: columns by their header, one statement a cell."""

    name = "xlsx"

    def accepts(self, stream: BinaryIO, filename: str) -> bool:
        return claims(
            stream, filename, part=re.compile(r"xl/workbook\.xml"), extensions=("xlsx", "xlsm", "xls")
        )

    def read(self, stream: BinaryIO, method: Method) -> Synthesis:
        reading = _Reading(method)
        reading.take(read_book(stream))
        return settled(reading.synthesis(), method)


@dataclass(slots=True)
class _Reading:
    """What was read so far."""

    method: Method
    warnings: list[Warning] = field(default_factory=list)
    sessions: sessions_sheet.Sessions = field(default_factory=sessions_sheet.Sessions)
    themes: Themes = field(init=False)
    feedback: dict[int, list[Feedback]] = field(default_factory=dict)
    rows: dict[int, dict[str, list[Row]]] = field(default_factory=dict)
    recognised: bool = False

    def __post_init__(self) -> None:
        self.themes = Themes(self.method, self.warnings)

    def take(self, book: Book) -> None:
        if book.has_macros:
            self.warnings.append(
                Warning(message="Le classeur contient des macros : elles sont laissées de côté.")
            )
        names = sheets.sheet_names(self.method)
        by_name = {fold(sheet.name): sheet for sheet in reversed(book.sheets)}
        stages = {stage.key: by_name.get(fold(names.stages[stage.key])) for stage in self.method.stages}
        named = [by_name.get(fold(names.sessions)), by_name.get(fold(names.feedback)), *stages.values()]
        others = [sheet for sheet in book.sheets if sheet not in named]
        for sheet in list(others):
            # A sheet that somebody renamed is known by its columns.
            stage = self._stage_of(sheet)
            if stage is not None and stages[stage.key] is None:
                stages[stage.key] = sheet
                others.remove(sheet)
        self._take_sessions(named[0])
        # The first stage's sheet tells every theme in its order.
        for stage in self.method.stages:
            self._take_stage(stage, stages[stage.key])
        self._take_feedback(named[1])
        for sheet in others:
            self._set_aside(sheet)
        self.warnings += book.asides

    def synthesis(self) -> Synthesis:
        """Raises NotASynthesis where no sheet has the columns of the method."""
        if not self.recognised:
            raise NotASynthesis(
                "Ce classeur n’est pas une synthèse : aucune de ses feuilles n’a les colonnes de la méthode"
                f" « {self.method.title} »."
            )
        return Synthesis(
            method=self.method.key,
            consultation=self.sessions.consultation,
            territory=self.sessions.territory,
            meetings=self.sessions.meetings,
            themes=tuple(
                ThemeBlock(
                    key=theme.key,
                    number=theme.number,
                    title=theme.title,
                    feedback=tuple(self.feedback.get(theme.index, ())),
                    stages={key: tuple(rows) for key, rows in self.rows.get(theme.index, {}).items()},
                )
                for theme in self.themes.all
            ),
            warnings=tuple(self.warnings),
        )

    def _stage_of(self, sheet: Sheet) -> Stage | None:
        for cells in list(sheet.lines.values())[:5]:
            header = stage_of_headers([cell.text for cell in cells.values()], self.method)
            if header is not None:
                return header.stage
        return None

    def _table(self, sheet: Sheet | None, recognise: Recognise) -> Table | None:
        if sheet is None:
            return None
        table = read_table(sheet, recognise, self.warnings)
        if table is None:
            self._set_aside(sheet)
        self.recognised = self.recognised or table is not None
        return table

    def _take_sessions(self, sheet: Sheet | None) -> None:
        table = self._table(sheet, recogniser(sheets.SESSION_COLUMNS))
        if table is not None:
            self.sessions = sessions_sheet.read(table, self.method, self.warnings)

    def _take_stage(self, stage: Stage, sheet: Sheet | None) -> None:
        def recognise(texts: Sequence[str]) -> list[str | None]:
            return _stage_columns(texts, stage, self.method)

        table = self._table(sheet, recognise)
        if table is None:
            return
        self._report_above(table.above)
        for theme, lines in self.themes.split(table.lines):
            found = groups(lines, sheets.ROW, ROW_ONCE, sheets.THEME_COLUMNS)
            rows = [
                _row(group, stage, self.warnings, is_ours=sheets.ROW in table.names)
                for group in found
                if not _tells_theme_only(group)
            ]
            self.rows.setdefault(theme.index, {})[stage.key] = rows

    def _take_feedback(self, sheet: Sheet | None) -> None:
        table = self._table(sheet, recogniser(sheets.FEEDBACK_COLUMNS))
        if table is None:
            return
        self._report_above(table.above)
        for theme, lines in self.themes.split(table.lines):
            found = groups(lines, sheets.FEEDBACK_SHEET, FEEDBACK_ONCE, sheets.THEME_COLUMNS)
            self.feedback[theme.index] = [self._feedback(group) for group in found]

    def _feedback(self, group: Group) -> Feedback:
        line = group.line_with(sheets.FEEDBACK_NUMBER)
        return Feedback(
            number=whole_number(line, sheets.FEEDBACK_NUMBER, self.warnings),
            scope=group.text(sheets.SCOPE) or None,
            text="\n".join(line.cells[sheets.TEXT].text for line in group.lines if sheets.TEXT in line.cells),
            links=group.texts(sheets.LINK),
            source=group.source,
        )

    def _report_above(self, above: Sequence[Sequence[SheetCell]]) -> None:
        for cells in above:
            for cell in cells:
                self.warnings.append(warning("Texte laissé de côté, au-dessus du tableau", cell))

    def _set_aside(self, sheet: Sheet) -> None:
        """Every text of a sheet that is none of the method's is a warning: nothing is dropped in silence."""
        for cells in sheet.lines.values():
            for cell in cells.values():
                self.warnings.append(warning("Texte laissé de côté, dans une feuille inconnue", cell))


def _stage_columns(texts: Sequence[str], stage: Stage, method: Method) -> list[str | None]:
    """Name of each header's column: exact names first, then kinds by their heading, then by what resembles it."""
    found: list[str | None] = [None] * len(texts)
    left = {fold(header): name for header, name in sheets.row_columns(method).items()}
    for index, text in enumerate(texts):
        found[index] = left.pop(fold(text), None)
    kinds = {column.kind: column for column in stage.columns}
    for name in ("heading", "plural", "label"):
        for kind, column in tuple(kinds.items()):
            for index, text in enumerate(texts):
                if found[index] is None and fold(text) == fold(getattr(column, name)):
                    found[index] = sheets.kind_key(kind)
                    del kinds[kind]
                    break
    unknown = [text if name is None else "" for text, name in zip(texts, found, strict=True)]
    header = stage_of_headers(unknown, replace(method, stages=(stage,)))
    for index, likely in enumerate(header.columns if header else ()):
        if likely in kinds and found[index] is None:
            found[index] = sheets.kind_key(likely)
        elif likely == THEME_COLUMN and sheets.THEME not in found:
            found[index] = sheets.THEME
        elif likely == FEEDBACK_COLUMN and sheets.CITED not in found:
            found[index] = sheets.CITED
    return found


def _tells_theme_only(group: Group) -> bool:
    return all(name in sheets.THEME_COLUMNS for line in group.lines for name in line.cells)


def _row(group: Group, stage: Stage, warnings: list[Warning], *, is_ours: bool) -> Row:
    numbers: list[int] = []
    texts: list[str] = []
    for line in group.lines:
        cited = line.text(sheets.CITED)
        if NUMBERS.fullmatch(cited) and not _ENDLESS.search(cited):
            numbers.extend(numbers_in(cited))
        elif cited:
            texts.append(cited)
        if free := line.text(sheets.CITED_TEXT):
            texts.append(free)
    return Row(
        cells={
            kind: group.items(sheets.kind_key(kind), is_ours=is_ours, warnings=warnings)
            for kind in stage.kinds
        },
        feedback=tuple(numbers),
        feedback_text=tuple(texts),
        name=group.text(sheets.ROW_NAME) or None,
        theme_text=group.text(sheets.ROW_THEME) or None,
        source=group.source,
    )


READER = XlsxReader()
