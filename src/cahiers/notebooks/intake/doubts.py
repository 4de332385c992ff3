"""Warnings of a draft, each with the place in what was understood that it is about."""

from collections.abc import Iterator
from dataclasses import dataclass

from cahiers.documents.model import Meeting, Source, Synthesis, Warning
from cahiers.notebooks.intake.corrections.items import SEEN
from cahiers.notebooks.intake.preview import items_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row (of a theme's stage), a sheet (of a theme) or a session form; counted from 0."""

    theme: int | None = None
    stage: str = ""
    row: int = 0
    sheet: int | None = None
    meeting: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A warning, numbered from 1; its place is None where nothing that was understood is near."""

    number: int
    warning: Warning
    place: Place | None = None

    @property
    def seen(self) -> bool:
        """Whether someone ticked it off, and its words alone keep it in the list."""
        return self.warning.message.startswith(SEEN)


class _Places:
    """Where words, cells and lines of the source stand in what was understood."""

    def __init__(self, synthesis: Synthesis) -> None:
        self.words: dict[str, Place] = {}
        self.cells: dict[tuple[int | None, str], Place] = {}
        self.lines: list[tuple[int, Place]] = []
        for text, source, place in _said(synthesis):
            self.words.setdefault(text, place)
            if source and source.cell:
                self.cells.setdefault((source.page, source.cell), place)
            if source and source.line:
                self.lines.append((source.line, place))
        self.lines.sort(key=lambda one: one[0])

    def of(self, warning: Warning) -> Place | None:
        """What holds its words, else the cell it names, else what was read nearest above its line."""
        source = warning.source
        held = self.words.get(warning.text or "")
        if held or source is None:
            return held
        if source.cell:
            return self.cells.get((source.page, source.cell))
        above = [place for line, place in self.lines if source.line and line <= source.line]
        return above[-1] if above else None


def doubts(synthesis: Synthesis) -> list[Doubt]:
    places = _Places(synthesis)
    return [
        Doubt(number=number, warning=warning, place=places.of(warning))
        for number, warning in enumerate(synthesis.warnings, 1)
    ]


def _said(synthesis: Synthesis) -> Iterator[tuple[str, Source | None, Place]]:
    """Every text with where it was read and where it stands now."""
    for spot, item in items_of(synthesis):
        yield item.text, item.source, Place(theme=spot.theme, stage=spot.stage, row=spot.row)
    for theme, block in enumerate(synthesis.themes):
        for stage, rows in block.stages.items():
            for number, row in enumerate(rows):
                for text in filter(None, (row.name, row.theme_text, *row.feedback_text)):
                    yield text, row.source, Place(theme=theme, stage=stage, row=number)
        for number, sheet in enumerate(block.feedback):
            for text in filter(None, (*sheet.text.split("\n"), *sheet.links, sheet.scope)):
                yield text, sheet.source, Place(theme=theme, sheet=number)
    for number, meeting in enumerate(synthesis.meetings):
        for text in _texts(meeting):
            yield text, None, Place(meeting=number)


def _texts(meeting: Meeting) -> Iterator[str]:
    yield from filter(None, (meeting.label, *meeting.dates_text, meeting.facilitators_note))
    for person in meeting.facilitators:
        yield from filter(None, (person.name, person.role, person.note))
    for line in meeting.participants:
        yield from filter(None, (line.note,))
