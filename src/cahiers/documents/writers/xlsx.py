"""Writes a workbook to edit in Excel or LibreOffice: sessions, feedback sheets and one sheet a stage."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from cahiers.documents import sheets
from cahiers.documents.errors import DocumentError
from cahiers.documents.model import Meeting, Participant, Synthesis, ThemeBlock
from cahiers.documents.normal import normalise
from cahiers.documents.session_form import FORMATS, surveyed_in
from cahiers.documents.writers.workbook import MAX_CELL, Column, Group, Mode, TableWorkbook, Value, units
from cahiers.methods import Method, Stage

THEME_COLUMNS: Final = (
    Column(sheets.ORDER, 7, Mode.REPEATED),
    Column(sheets.NUMBER, 6, Mode.REPEATED),
    Column(sheets.THEME, 28, Mode.REPEATED),
    Column(sheets.METHOD_THEME, 22, Mode.REPEATED),
)
FEEDBACK_COLUMNS: Final = (
    *THEME_COLUMNS,
    Column(sheets.FEEDBACK_SHEET, 7, Mode.REPEATED),
    Column(sheets.FEEDBACK_NUMBER, 8, Mode.ONCE),
    Column(sheets.SCOPE, 20, Mode.ONCE),
    Column(sheets.TEXT, 80, Mode.LIST),
    Column(sheets.LINK, 45, Mode.LIST),
)
ROW_COLUMNS: Final = (
    *THEME_COLUMNS,
    Column(sheets.ROW, 7, Mode.REPEATED),
    Column(sheets.ROW_NAME, 22, Mode.ONCE),
    Column(sheets.ROW_THEME, 22, Mode.ONCE),
)
SESSION_COLUMNS: Final = (
    Column(sheets.SESSION, 13, Mode.REPEATED),
    Column(sheets.LABEL, 26, Mode.ONCE),
    Column(sheets.FORMAT, 12, Mode.ONCE),
    Column(sheets.DATES_TEXT, 36, Mode.LIST),
    Column(sheets.START, 12, Mode.LIST),
    Column(sheets.END, 12, Mode.LIST),
    Column(sheets.PLACE, 20, Mode.LIST),
    Column(sheets.FACILITATOR, 24, Mode.LIST),
    Column(sheets.PERSON_ROLE, 24, Mode.LIST),
    Column(sheets.PERSON_NOTE, 20, Mode.LIST),
    Column(sheets.FACILITATORS_NOTE, 24, Mode.ONCE),
    Column(sheets.PARTICIPANTS, 44, Mode.LIST),
    Column(sheets.CATEGORY, 24, Mode.LIST),
    Column(sheets.CHECKED, 9, Mode.LIST),
    Column(sheets.COUNT, 13, Mode.LIST),
    Column(sheets.ESTABLISHMENTS, 15, Mode.LIST),
    Column(sheets.SURVEYED, 11, Mode.LIST),
    Column(sheets.ATTENDANCE_NOTE, 36, Mode.LIST),
)


class XlsxWriter:
    """Writes xlsx; raises DocumentError for what a spreadsheet cannot hold."""

    name = "xlsx"
    extension = "xlsx"
    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def write(self, synthesis: Synthesis, method: Method, stream: BinaryIO) -> None:
        synthesis = normalise(synthesis)
        _check_stages(synthesis, method)
        book = TableWorkbook(stream, synthesis.territory or method.title)
        names = sheets.sheet_names(method)
        book.add_table(
            names.sessions,
            SESSION_COLUMNS,
            (_session(order, form, method) for order, form in enumerate(synthesis.meetings, start=1)),
            above=((sheets.CONSULTATION, synthesis.consultation), (sheets.TERRITORY, synthesis.territory)),
        )
        if method.feedback or any(theme.feedback for theme in synthesis.themes):
            book.add_table(names.feedback, FEEDBACK_COLUMNS, _feedback(synthesis, method))
        for stage in method.stages:
            columns = _stage_columns(stage, synthesis, method)
            book.add_table(names.stages[stage.key], columns, _rows(stage, synthesis, method))
        book.close()


def _check_stages(synthesis: Synthesis, method: Method) -> None:
    kinds = {stage.key: set(stage.kinds) for stage in method.stages}
    for theme in synthesis.themes:
        for key, rows in theme.stages.items():
            if key not in kinds or any(row.cells.keys() - kinds[key] for row in rows):
                raise DocumentError(
                    f"La synthèse contient des énoncés que la méthode « {method.title} » ne prévoit pas."
                )


def _session(order: int, meeting: Meeting, method: Method) -> Group:
    dates, people, lines = meeting.dates, meeting.facilitators, meeting.participants
    starts: list[Value] = [day.start for day in dates]
    if meeting.dates_text and not dates:
        starts = [sheets.NONE]  # said, since a reader takes them from the text otherwise
    return {
        sheets.SESSION: order,
        sheets.LABEL: meeting.label,
        sheets.FORMAT: FORMATS[meeting.format] if meeting.format else None,
        sheets.DATES_TEXT: meeting.dates_text,
        sheets.START: starts,
        sheets.END: [day.end for day in dates],
        sheets.PLACE: [day.place for day in dates],
        sheets.FACILITATOR: [person.name for person in people],
        sheets.PERSON_ROLE: [person.role for person in people],
        sheets.PERSON_NOTE: [person.note for person in people],
        sheets.FACILITATORS_NOTE: meeting.facilitators_note,
        sheets.PARTICIPANTS: [line.label for line in lines],
        sheets.CATEGORY: [sheets.category_name(line.category, method) for line in lines],
        sheets.CHECKED: [sheets.YES if line.checked else sheets.NO for line in lines],
        sheets.COUNT: [line.count for line in lines],
        sheets.ESTABLISHMENTS: [line.establishments for line in lines],
        sheets.SURVEYED: [_surveyed(line) for line in lines],
        sheets.ATTENDANCE_NOTE: [line.note for line in lines],
    }


def _surveyed(line: Participant) -> Value:
    if line.surveyed is None and surveyed_in(line.note) is not None:
        return sheets.NOT_SAID
    return line.surveyed


def _theme(order: int, theme: ThemeBlock, method: Method) -> dict[str, Value | Sequence[Value]]:
    return {
        sheets.ORDER: order,
        sheets.NUMBER: theme.number,
        sheets.THEME: theme.title,
        sheets.METHOD_THEME: sheets.theme_name(theme.key, method),
    }


def _feedback(synthesis: Synthesis, method: Method) -> Iterator[Group]:
    for order, theme in enumerate(synthesis.themes, start=1):
        for index, sheet in enumerate(theme.feedback, start=1):
            yield _theme(order, theme, method) | {
                sheets.FEEDBACK_SHEET: index,
                sheets.FEEDBACK_NUMBER: sheet.number,
                sheets.SCOPE: sheet.scope,
                sheets.TEXT: list(_pieces(sheet.text)),
                sheets.LINK: sheet.links,
            }


def _pieces(text: str) -> Iterator[str]:
    """The text in as few cells as can hold it, cut between paragraphs."""
    piece: str | None = None
    for paragraph in text.split("\n"):
        longer = paragraph if piece is None else f"{piece}\n{paragraph}"
        if piece is not None and units(longer) > MAX_CELL:
            yield piece
            piece = paragraph
        else:
            piece = longer
    if piece:
        yield piece


def _stage_columns(stage: Stage, synthesis: Synthesis, method: Method) -> list[Column]:
    rows = (row for theme in synthesis.themes for row in theme.stages.get(stage.key, ()))
    cited = stage.cites_feedback or any(row.feedback or row.feedback_text for row in rows)
    width = 46 if len(stage.columns) < 4 else 34
    return [
        *ROW_COLUMNS,
        *(_cited_columns(method) if cited else ()),
        *(
            Column(column.heading, width, Mode.LIST, key=sheets.kind_key(column.kind))
            for column in stage.columns
        ),
    ]


def _cited_columns(method: Method) -> Iterator[Column]:
    for header, key in sheets.row_columns(method).items():
        if key == sheets.CITED:
            yield Column(header, 10, Mode.ONCE, key)
        elif key == sheets.CITED_TEXT:
            yield Column(header, 26, Mode.LIST, key)


def _rows(stage: Stage, synthesis: Synthesis, method: Method) -> Iterator[Group]:
    """Groups of a stage's sheet. The first stage's tells every theme, even one of which it has no row."""
    for order, theme in enumerate(synthesis.themes, start=1):
        rows = theme.stages.get(stage.key, ())
        if not rows and stage is method.stages[0]:
            yield _theme(order, theme, method)
        for index, row in enumerate(rows, start=1):
            yield _theme(order, theme, method) | {
                sheets.ROW: index,
                sheets.ROW_NAME: row.name,
                sheets.ROW_THEME: row.theme_text,
                sheets.CITED: _cited(row.feedback),
                sheets.CITED_TEXT: row.feedback_text,
                **{sheets.kind_key(kind): items for kind, items in row.cells.items()},
            }


def _cited(numbers: tuple[int, ...]) -> Value:
    return numbers[0] if len(numbers) == 1 else ", ".join(map(str, numbers))


WRITER = XlsxWriter()
