"""Writes Markdown that reads well as it stands, in the order of the official document."""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from cahiers.documents.model import Feedback, Item, Meeting, Participant, Row, Synthesis, ThemeBlock
from cahiers.documents.normal import normalise
from cahiers.documents.session_form import FORMATS
from cahiers.documents.writers.wording import facilitator, feedback_title, meeting_days, theme_title
from cahiers.methods import Method, Stage

#: Characters that mean something anywhere in a line, and those that do at its start alone.
_SPECIAL: Final = re.compile(r"[\\`*_\[\]<>&#|~$]")
_OPENING: Final = re.compile(r"^(?:[-+=]|\d{1,9}(?=[.)]))")
_AUTOLINK: Final = re.compile(r"https?://[^\s<>\x00-\x20]+", re.IGNORECASE)


class MdWriter:
    """Writes Markdown (CommonMark); every text is escaped so that it shows as it was written."""

    name = "md"
    extension = "md"
    media_type = "text/markdown"

    def write(self, synthesis: Synthesis, method: Method, stream: BinaryIO) -> None:
        blocks = filter(None, _blocks(normalise(synthesis), method))
        stream.write(("\n\n".join(blocks) + "\n").encode())


def escaped(text: str) -> str:
    """Text that Markdown shows verbatim, wherever it stands."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _OPENING.sub(lambda match: _after_digits(match[0]), text)


def _after_digits(opening: str) -> str:
    return f"{opening}\\" if opening.isdigit() else f"\\{opening}"


def _blocks(synthesis: Synthesis, method: Method) -> Iterator[str]:
    """Paragraphs, headings and lists, a blank line apart."""
    yield f"# {escaped(synthesis.consultation or method.title)}"
    if synthesis.territory:
        yield f"Territoire : {escaped(synthesis.territory)}"
    for meeting in synthesis.meetings:
        yield from _session(meeting, method)
    for theme in synthesis.themes:
        yield from _theme(theme, method)


def _session(meeting: Meeting, method: Method) -> Iterator[str]:
    yield f"## Session : {escaped(meeting.label or 'sans nom')}"
    yield from _titled("Dates et lieux", meeting_days(meeting))
    if meeting.format:
        yield f"Format : {FORMATS[meeting.format]}"
    people = [facilitator(person) for person in meeting.facilitators]
    if meeting.facilitators_note:
        people.append(meeting.facilitators_note)
    yield from _titled("Animation", people)
    if meeting.participants:
        yield "Participants :"
        yield "\n".join(_participant(line) for line in meeting.participants)


def _titled(title: str, texts: Iterable[str]) -> Iterator[str]:
    lines = [f"- {escaped(text)}" for text in texts]
    if lines:
        yield f"{title} :"
        yield "\n".join(lines)


def _participant(line: Participant) -> str:
    said = [] if line.count is None else [f"{line.count} participants"]
    if line.establishments is not None:
        said.append(f"{line.establishments} établissements")
    if line.surveyed is not None:
        said.append(f"{line.surveyed} par enquête")
    note = f" ({escaped(line.note)})" if line.note else ""
    numbers = f" : {', '.join(said)}" if said else ""
    return f"- {'☒' if line.checked else '☐'} {escaped(line.label)}{numbers}{note}"


def _theme(theme: ThemeBlock, method: Method) -> Iterator[str]:
    yield f"## {escaped(theme_title(theme, method))}"
    if method.feedback and theme.feedback:
        yield f"### {escaped(method.feedback.title)}"
        for sheet in theme.feedback:
            yield from _feedback(sheet, method)
    for stage in method.stages:
        rows = theme.stages.get(stage.key, ())
        if rows:
            yield f"### {escaped(stage.title)}"
        for number, row in enumerate(rows, start=1):
            yield from _row(number, row, stage, method)


def _feedback(sheet: Feedback, method: Method) -> Iterator[str]:
    yield f"#### {escaped(feedback_title(sheet, method))}"
    yield from map(escaped, sheet.text.split("\n"))
    yield "\n".join(f"- {_link(link)}" for link in sheet.links)


def _link(link: str) -> str:
    return f"<{link}>" if _AUTOLINK.fullmatch(link) else escaped(link)


def _row(number: int, row: Row, stage: Stage, method: Method) -> Iterator[str]:
    name = f" : {escaped(row.name)}" if row.name else ""
    yield f"#### Ligne {number}{name}"
    if row.theme_text:
        yield f"{escaped(method.theme_heading)} : {escaped(row.theme_text)}"
    cited = [", ".join(map(str, row.feedback)), *row.feedback_text]
    word = method.feedback.word if method.feedback else "RETEX"
    yield from _titled(word, filter(None, cited))
    for column in stage.columns:
        items = row.cells.get(column.kind, ())
        if items:
            yield f"{escaped(column.plural)} :"
            yield "\n".join(f"- {_item(item)}" for item in items)


def _item(item: Item) -> str:
    return f"**{escaped(item.text)}**" if item.emphasised else escaped(item.text)


WRITER = MdWriter()
