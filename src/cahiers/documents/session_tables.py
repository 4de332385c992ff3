"""Session forms in tables: label and value, then a line a participant category."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cahiers.documents import session_form
from cahiers.documents.blocks import Cell, Paragraph, Role, RunRole, Table
from cahiers.documents.compose import NONE
from cahiers.documents.items import without_bullet
from cahiers.documents.matching import category_key
from cahiers.documents.model import Facilitator, MeetingDate, Warning
from cahiers.documents.normal import tidy
from cahiers.documents.session_form import Attendance, Form, boxes, field_of
from cahiers.methods import Method

LINE_BREAK: Final = re.compile("\n")


def is_session(table: Table, method: Method) -> bool:
    """Whether a table that says nothing of itself is a session form: two of its labels, or boxes before numbers."""
    labels = {field_of(row[0].text, method) for row in table.rows if row} - {None}
    ticks = sum(1 for row in table.rows for cell in row if boxes(cell.text))
    counts = sum(1 for row in table.rows if _is_count(row, method))
    return len(labels) >= 2 or counts >= 2 or (ticks >= 2 and any(len(row) >= 2 for row in table.rows))


def _is_count(cells: Sequence[Cell], method: Method) -> bool:
    """Whether a line has a participant category, then how many, and no box."""
    return (
        len(cells) >= 2
        and re.search(r"\d", cells[1].text) is not None
        and category_key(tidy(cells[0].text), method) is not None
    )


def read(table: Table, forms: list[Form], method: Method, warnings: list[Warning]) -> None:
    """Adds what the table says to the last form, or to a new one where it opens with a label that is filled in."""
    current: str | None = None
    for row in table.rows:
        cells = [cell for cell in row if not cell.continues]
        if not cells:
            continue
        ours = {paragraph.role for cell in cells for paragraph in cell.paragraphs}
        name = None if Role.BOX in ours else field_of(cells[0].text, method)
        if name == "label" or not forms:
            forms.append(Form())
        form = forms[-1]
        if name is not None:
            form.labels.add(name)
        if name in (None, "participants") and (
            _take_boxes(cells, form, method) or _take_count(cells, form, method)
        ):
            current = "participants"
        elif name is not None:
            current = name
            _take_field(name, _values(cells), form, warnings)
        elif current is not None and (len(cells) == 1 or not tidy(cells[0].text)):
            _take_field(current, [p for cell in cells for p in cell.paragraphs], form, warnings)
        else:
            _report([p for cell in cells for p in cell.paragraphs], warnings)


def _values(cells: Sequence[Cell]) -> list[Paragraph]:
    """Paragraphs right of the label; in a form of one column, those below it in the same cell."""
    if len(cells) > 1:
        return [paragraph for cell in cells[1:] for paragraph in cell.paragraphs]
    return list(cells[0].paragraphs[1:])


def _take_boxes(cells: Sequence[Cell], form: Form, method: Method) -> bool:
    """Reads a line of the participants; False where it has no box."""
    at = next((index for index, cell in enumerate(cells) if boxes(cell.text)), None)
    if at is None:
        return False
    line: Attendance | None = None
    for paragraph in cells[at].paragraphs:
        line = _take_box_paragraph(paragraph, line, form, method)
    if line is not None:
        if not line.label.strip() and at + 2 < len(cells):
            # The box has a column of its own, the category stands in the next.
            at += 1
            _relabel(line, tidy(cells[at].text), method)
        for cell in cells[at + 1 :]:
            for text in _lines(cell):
                line.read_line(text)
    return True


def _lines(cell: Cell) -> Iterator[str]:
    """Lines about a category's participants, each with one number."""
    for paragraph in cell.paragraphs:
        between = session_form.NEXT_COUNT if paragraph.role is None else LINE_BREAK
        yield from between.split(paragraph.text)


def _take_count(cells: Sequence[Cell], form: Form, method: Method) -> bool:
    """Reads a line of the participants without boxes: a category, then how many; False for any other."""
    if not _is_count(cells, method):
        return False
    line = form.add_box(True, tidy(cells[0].text), method)
    for place, cell in enumerate(cells[1:]):
        for text in _lines(cell):
            establishments = place == 1 and line.establishments is None and tidy(text).isdecimal()
            line.read_line(f"{session_form.ESTABLISHMENTS_LABEL} : {text}" if establishments else text)
    line.checked = bool(line.count)
    return True


def _take_box_paragraph(
    paragraph: Paragraph, line: Attendance | None, form: Form, method: Method
) -> Attendance | None:
    text = tidy(paragraph.text)
    ticked = boxes(text)
    if paragraph.role is Role.BOX and ticked:
        # The label may hold a box of its own: only the first is the form's.
        return form.add_box(ticked[0][0], text[1:].strip(), method)
    if ticked and paragraph.role is not Role.NOTE:
        for checked, label in ticked:
            line = form.add_box(checked, label, method)
    elif line is not None and paragraph.role is Role.NOTE:
        _take_category(line, text, method)
    elif line is not None and re.match(r"nombre\b", text, re.IGNORECASE):
        line.read_line(text)
    elif line is not None and text:
        _relabel(line, tidy(f"{line.label} {text}"), method)
    return line


def _relabel(line: Attendance, label: str, method: Method) -> None:
    line.label, line.category = label, category_key(label, method)


def _take_category(line: Attendance, text: str, method: Method) -> None:
    label = text.removeprefix(f"{session_form.CATEGORY_LABEL} :").strip()
    keys = {category.label: category.key for category in method.categories}
    line.category = None if label == NONE else keys.get(label, label)


def _take_field(name: str, paragraphs: Sequence[Paragraph], form: Form, warnings: list[Warning]) -> None:
    lines = [(paragraph, tidy(paragraph.text)) for paragraph in paragraphs if tidy(paragraph.text)]
    if name == "label":
        form.label = tidy(" ".join(text for _, text in lines))
    elif name == "dates":
        for paragraph, text in lines:
            if paragraph.role is Role.DATE:
                form.dates = (form.dates or ()) + _date(text)
            else:
                form.dates_text.append(text)
    elif name == "format":
        form.format = session_form.read_format(" ".join(text for _, text in lines)) or form.format
    elif name == "facilitators":
        for paragraph, text in lines:
            _take_facilitator(paragraph, text, form)
    else:
        # The participants' own label repeats its prompt; numbers without a box have no category.
        _report(
            [p for p, text in lines if not re.match("(puis|cocher|participants)", text, re.IGNORECASE)],
            warnings,
        )


def _take_facilitator(paragraph: Paragraph, text: str, form: Form) -> None:
    parts = {
        role: tidy("".join(run.text for run in paragraph.runs if run.role is role))
        for role in RunRole
        if any(run.role is role for run in paragraph.runs)
    }
    if parts.get(RunRole.NAME):
        form.facilitators.append(
            Facilitator(
                name=parts[RunRole.NAME],
                role=parts.get(RunRole.PERSON_ROLE) or None,
                note=parts.get(RunRole.PERSON_NOTE) or None,
            )
        )
    elif paragraph.role is Role.NOTE:
        form.facilitators_notes.append(text)
    else:
        form.add_facilitator(without_bullet(text))


def _date(text: str) -> tuple[MeetingDate, ...]:
    """Date of a line that the document states itself ("2026-10-05 au 2026-10-09 : place")."""
    days, _, place = text.partition(" : ")
    start, _, end = days.partition(" au ")
    try:
        return (
            MeetingDate(
                start=session_form.to_date(start),
                end=session_form.to_date(end or start),
                place=place.strip() or None,
            ),
        )
    except ValueError:
        return ()


def _report(paragraphs: Sequence[Paragraph], warnings: list[Warning]) -> None:
    message = "Cette ligne de la fiche de session n’a pas été comprise."
    warnings.extend(
        Warning(message=message, text=tidy(paragraph.text), source=paragraph.source)
        for paragraph in paragraphs
        if tidy(paragraph.text)
    )
