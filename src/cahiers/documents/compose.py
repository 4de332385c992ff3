"""Lays a synthesis out as the official document: session forms, then one block of tables a theme.

What a reader would infer (a theme's key from its title, dates from their line…) is written only where inference
would miss it; so the document shows everything that the synthesis holds, and nothing twice.
"""

from collections.abc import Iterator

from cahiers.documents import session_form as form
from cahiers.documents.blocks import Block, Cell, Paragraph, Role, Run, RunRole, Table, TableKind, paragraph
from cahiers.documents.dates import read_dates
from cahiers.documents.items import are_numbers
from cahiers.documents.matching import category_key, theme_key
from cahiers.documents.model import (
    Facilitator,
    Feedback,
    Meeting,
    MeetingDate,
    Participant,
    Row,
    Synthesis,
    ThemeBlock,
)
from cahiers.methods import Method, Stage

TERRITORY = "Territoire"
NO_TERRITORY = "Territoire non précisé"
METHOD_THEME = "Thématique de la méthode"
NONE = "aucune"


def compose(synthesis: Synthesis, method: Method) -> tuple[Block, ...]:
    """Blocks of the document, from its title to the last table."""
    return tuple(_blocks(synthesis, method))


def _blocks(synthesis: Synthesis, method: Method) -> Iterator[Block]:
    if synthesis.consultation is not None:
        yield paragraph(synthesis.consultation, Role.TITLE)
    territory = NO_TERRITORY if synthesis.territory is None else f"{TERRITORY} : {synthesis.territory}"
    yield paragraph(territory, Role.SUBTITLE)
    inferred = read_dates([meeting.dates_text for meeting in synthesis.meetings])
    for meeting, dates in zip(synthesis.meetings, inferred, strict=True):
        yield _session(meeting, dates, method)
    for index, theme in enumerate(synthesis.themes):
        yield from _theme(theme, method, with_legend=index == 0)


def _session(meeting: Meeting, inferred: tuple[MeetingDate, ...], method: Method) -> Table:
    dates = [paragraph(line, Role.VALUE) for line in meeting.dates_text]
    if meeting.dates != inferred:
        dates += [paragraph(_date(date), Role.DATE) for date in meeting.dates] or [
            paragraph(form.NO_DATES, Role.DATE)
        ]
    people = [_facilitator(person) for person in meeting.facilitators]
    if meeting.facilitators_note is not None:
        people.append(paragraph(meeting.facilitators_note, Role.NOTE))
    rows = [
        _pair(method.territory_heading, [paragraph(meeting.label, Role.VALUE)]),
        _pair(form.DATES_LABEL, dates),
        _pair(
            form.FORMAT_LABEL,
            [paragraph(form.write_format(meeting.format), Role.VALUE)],
            prompt=form.FORMAT_PROMPT,
        ),
        _pair(form.FACILITATORS_LABEL, people),
        _pair(form.PARTICIPANTS_LABEL, [], prompt=form.PARTICIPANTS_PROMPT),
    ]
    rows += [_participant(participant, method) for participant in meeting.participants]
    return Table(rows=tuple(rows), kind=TableKind.SESSION, widths=(0.42, 0.58))


def _pair(label: str, value: list[Paragraph], *, prompt: str | None = None) -> tuple[Cell, Cell]:
    labels = [paragraph(label, Role.LABEL)]
    if prompt is not None:
        labels.append(paragraph(prompt, Role.PROMPT_DETAIL))
    return Cell(paragraphs=tuple(labels)), Cell(paragraphs=tuple(value))


def _date(date: MeetingDate) -> str:
    days = date.start.isoformat()
    if date.end != date.start:
        days += f" au {date.end.isoformat()}"
    return days if date.place is None else f"{days} : {date.place}"


def _facilitator(person: Facilitator) -> Paragraph:
    runs = [Run(text=person.name, role=RunRole.NAME)]
    if person.note is not None:
        runs += [Run(text=" ("), Run(text=person.note, role=RunRole.PERSON_NOTE), Run(text=")")]
    if person.role is not None:
        runs += [Run(text=", "), Run(text=person.role, role=RunRole.PERSON_ROLE)]
    return Paragraph(runs=tuple(runs), role=Role.FACILITATOR)


def _participant(participant: Participant, method: Method) -> tuple[Cell, Cell]:
    box = [paragraph(f"{'☒' if participant.checked else '☐'} {participant.label}", Role.BOX)]
    if participant.category != category_key(participant.label, method):
        box.append(
            paragraph(f"{form.CATEGORY_LABEL} : {_category_label(participant.category, method)}", Role.NOTE)
        )
    count = "" if participant.count is None else f" {participant.count}"
    note = "" if participant.note is None else f" ({participant.note})"
    lines = [f"{form.COUNT_LABEL} :{count}{note}"]
    counts = any(c.key == participant.category and c.counts_establishments for c in method.categories)
    if counts or participant.establishments is not None:
        number = "" if participant.establishments is None else f" {participant.establishments}"
        lines.append(f"{form.ESTABLISHMENTS_LABEL} :{number}")
    if participant.surveyed != form.surveyed_in(participant.note):
        number = form.NONE if participant.surveyed is None else str(participant.surveyed)
        lines.append(f"{form.SURVEYED_LABEL} : {number}")
    return Cell(paragraphs=tuple(box)), Cell(paragraphs=tuple(paragraph(line, Role.COUNT) for line in lines))


def _category_label(key: str | None, method: Method) -> str:
    if key is None:
        return NONE
    return next((category.label for category in method.categories if category.key == key), key)


def _theme(theme: ThemeBlock, method: Method, *, with_legend: bool) -> Iterator[Block]:
    number = "" if theme.number is None else f" N°{theme.number}"
    yield paragraph(f"{method.theme_word}{number} : {theme.title}", Role.THEME)
    if theme.key != theme_key(theme.title, method):
        yield paragraph(f"{METHOD_THEME} : {_theme_title(theme.key, method)}", Role.THEME_KEY)
    opening = method.feedback
    section = 0
    if opening is not None:
        section = 1
        yield paragraph(f"1. {opening.title}", Role.HEADING)
        yield from _prompts(opening.prompts)
        for sheet in theme.feedback:
            yield _feedback(sheet, opening.word)
        yield paragraph(opening.caption, Role.CAPTION)
    for index, stage in enumerate(method.stages):
        if not (index == 0 and opening is not None and stage.cites_feedback):
            section += 1
            yield paragraph(f"{section}. {stage.title}", Role.HEADING)
        yield from _prompts(stage.prompts)
        if with_legend and method.legend is not None and index == len(method.stages) - 1:
            yield paragraph(method.legend, Role.LEGEND)
        yield _stage(stage, theme, method)
        yield paragraph(stage.caption, Role.CAPTION)


def _theme_title(key: str | None, method: Method) -> str:
    if key is None:
        return NONE
    return next((theme.title for theme in method.themes if theme.key == key), key)


def _prompts(prompts: tuple[str, ...]) -> Iterator[Paragraph]:
    for prompt in prompts:
        if prompt.startswith("- "):
            yield paragraph(prompt[2:], Role.PROMPT_DETAIL, listed=True)
        else:
            yield paragraph(prompt, Role.PROMPT, listed=True)


def _feedback(sheet: Feedback, word: str) -> Table:
    number = "" if sheet.number is None else f" {sheet.number}"
    scope = "" if sheet.scope is None else f" ({sheet.scope})"
    paragraphs = [paragraph(f"{word}{number}{scope}", Role.FEEDBACK)]
    if sheet.text:
        paragraphs += [paragraph(line, Role.FEEDBACK_TEXT) for line in sheet.text.split("\n")]
    paragraphs += [paragraph(link, Role.FEEDBACK_LINK) for link in sheet.links]
    return Table(rows=((Cell(paragraphs=tuple(paragraphs)),),), kind=TableKind.FEEDBACK, widths=(1.0,))


def _stage(stage: Stage, theme: ThemeBlock, method: Method) -> Table:
    with_cited = stage.cites_feedback and method.feedback is not None
    headings = [method.theme_heading]
    widths = [0.17 if len(stage.columns) < 4 else 0.13]
    if with_cited and method.feedback is not None:
        headings.append(method.feedback.word)
        widths.append(0.11)
    headings += [column.heading for column in stage.columns]
    widths += [(1 - sum(widths)) / len(stage.columns)] * len(stage.columns)
    header = tuple(Cell(paragraphs=(paragraph(heading, Role.COLUMN),)) for heading in headings)
    rows = [_row(row, stage, theme, with_cited=with_cited) for row in theme.stages.get(stage.key, ())]
    return Table(rows=(header, *rows), header_rows=1, widths=tuple(widths), kind=TableKind.STAGE)


def _row(row: Row, stage: Stage, theme: ThemeBlock, *, with_cited: bool) -> tuple[Cell, ...]:
    first = [paragraph(theme.title if row.theme_text is None else row.theme_text, Role.ROW_THEME)]
    if row.name is not None:
        first.append(paragraph(row.name, Role.ROW_NAME))
    cited = []
    if row.feedback:
        cited.append(paragraph(", ".join(str(number) for number in row.feedback), Role.CITED, listed=True))
    # Office suites copy the style of the row above to a new one, where a number typed must be read as one: only text
    # that looks like numbers is marked as text.
    cited += [
        paragraph(text, Role.CITED_TEXT if are_numbers(text) else Role.CITED, listed=True)
        for text in row.feedback_text
    ]
    if not with_cited:
        # The table has no column for them, but a row may cite sheets at any stage.
        first += cited
    cells = [Cell(paragraphs=tuple(first))]
    if with_cited:
        cells.append(Cell(paragraphs=tuple(cited)))
    for kind in stage.kinds:
        items = (
            paragraph(item.text, Role.ITEM, listed=True, emphasised=item.emphasised)
            for item in row.cells.get(kind, ())
        )
        cells.append(Cell(paragraphs=tuple(items)))
    return tuple(cells)
