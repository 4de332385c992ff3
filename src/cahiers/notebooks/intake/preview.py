"""What the pages of a draft show: counts, doubts with their place, tables beside the source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from cahiers.documents.errors import Unreadable
from cahiers.documents.model import Item, Meeting, Row, Source, Synthesis, ThemeBlock, Warning
from cahiers.documents.readers.txt.decoding import decode
from cahiers.methods import Column, Method, Stage
from cahiers.notebooks.intake import files
from cahiers.notebooks.intake.corrections import Spot
from cahiers.notebooks.intake.models import ImportDraft

#: Statements that a page of tables holds, so that it stays light; a row is never cut.
PER_PAGE: Final = 60
#: Lines of the source shown beside a row, and around what it holds.
MOST_LINES: Final = 24
AROUND: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A kind of a stage (or the feedback sheets), with how many each theme has."""

    heading: str
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A warning, numbered from 1, and the theme, stage and row where its words or its place are."""

    number: int
    warning: Warning
    theme: int | None = None
    stage: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row with its cells' items numbered from 1, and what the source has there."""

    number: int
    row: Row
    cells: tuple[tuple[Column, tuple[tuple[int, Item], ...]], ...]
    place: str
    lines: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMeeting:
    """A session form with its people counted, who answered a survey apart."""

    meeting: Meeting

    @property
    def surveyed(self) -> int:
        return sum(line.surveyed or 0 for line in self.meeting.participants)

    @property
    def attended(self) -> int:
        return sum(max(0, (line.count or 0) - (line.surveyed or 0)) for line in self.meeting.participants)


def counts(synthesis: Synthesis, method: Method) -> list[tuple[str, list[Count]]]:
    """For each stage that has anything, its title and a count a kind."""
    found = []
    if method.feedback and any(theme.feedback for theme in synthesis.themes):
        sheets = tuple(len(theme.feedback) for theme in synthesis.themes)
        found.append((method.feedback.title, [Count(heading=method.feedback.word, numbers=sheets)]))
    for stage in method.stages:
        own = [
            Count(
                heading=column.plural,
                numbers=tuple(_count(theme, stage.key, column.kind) for theme in synthesis.themes),
            )
            for column in stage.columns
        ]
        if any(count.total for count in own):
            found.append((stage.title, [count for count in own if count.total]))
    return found


def statement_count(theme: ThemeBlock) -> int:
    return sum(len(items) for rows in theme.stages.values() for row in rows for items in row.cells.values())


def _count(theme: ThemeBlock, stage: str, kind: str) -> int:
    return sum(len(row.cells.get(kind, ())) for row in theme.stages.get(stage, ()))


def doubts(synthesis: Synthesis) -> list[Doubt]:
    """Each warning, with the row that holds its words, else the one that was read nearest above it."""
    words: dict[str, tuple[int, str, int]] = {}
    places: dict[tuple[int | None, str], tuple[int, str, int]] = {}
    lines: list[tuple[int, tuple[int, str, int]]] = []
    for spot, item in items_of(synthesis):
        there = (spot.theme, spot.stage, spot.row)
        words.setdefault(item.text, there)
        if item.source and item.source.cell:
            places.setdefault((item.source.page, item.source.cell), there)
        if item.source and item.source.line:
            lines.append((item.source.line, there))
    lines.sort()
    found = []
    for number, warning in enumerate(synthesis.warnings, 1):
        place = words.get(warning.text or "") or _place_of(warning.source, places, lines)
        theme, stage, row = place or (None, "", 0)
        found.append(Doubt(number=number, warning=warning, theme=theme, stage=stage, row=row))
    return found


def _place_of(
    source: Source | None,
    places: dict[tuple[int | None, str], tuple[int, str, int]],
    lines: list[tuple[int, tuple[int, str, int]]],
) -> tuple[int, str, int] | None:
    if source is None:
        return None
    if source.cell:
        return places.get((source.page, source.cell))
    above = [there for line, there in lines if source.line and line <= source.line]
    return above[-1] if above else None


def items_of(synthesis: Synthesis) -> Iterator[tuple[Spot, Item]]:
    """Every item with where it stands, in reading order."""
    for number, theme in enumerate(synthesis.themes):
        for stage, rows in theme.stages.items():
            for place, row in enumerate(rows):
                for kind, items in row.cells.items():
                    for index, item in enumerate(items):
                        yield Spot(theme=number, stage=stage, row=place, kind=kind, index=index), item


def pages_of(rows: Sequence[Row]) -> list[range]:
    """Runs of rows, by index, each of about PER_PAGE statements."""
    pages: list[range] = []
    start = held = 0
    for index, row in enumerate(rows):
        weight = 1 + sum(len(items) for items in row.cells.values())
        if held and held + weight > PER_PAGE:
            pages.append(range(start, index))
            start, held = index, 0
        held += weight
    return [*pages, range(start, len(rows))]


def page_of(rows: Sequence[Row], row: int) -> int:
    """The page, from 1, where the row of that index stands."""
    return next((number for number, page in enumerate(pages_of(rows), 1) if row in page), 1)


def shown_rows(
    rows: Sequence[Row], page: range, stage: Stage, source: Sequence[str]
) -> tuple[tuple[Column, ...], list[ShownRow]]:
    """Columns that a row of the table fills, and the rows of that page."""
    columns = tuple(column for column in stage.columns if any(row.cells.get(column.kind) for row in rows))
    return columns, [
        ShownRow(
            number=index + 1,
            row=rows[index],
            cells=tuple(
                (column, tuple(enumerate(rows[index].cells.get(column.kind, ()), 1))) for column in columns
            ),
            place=_named(rows[index]),
            lines=_lines(rows[index], source),
        )
        for index in page
    ]


def source_lines(draft: ImportDraft) -> list[str]:
    """Lines of a text file as readers number them; none for other formats, whose places are named."""
    if draft.format != "txt":
        return []
    try:
        with files.opened(draft.uuid) as stream:
            return [line.replace("\f", "").rstrip() for line in decode(stream).split("\n")]
    except (OSError, Unreadable):
        return []


def lines_at(source: Source | None, lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Those around one place, numbered."""
    if source is None or source.line is None:
        return ()
    return _numbered(source.line - 3, source.line + 3, lines)


def _lines(row: Row, lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    held = [
        item.source.line for items in row.cells.values() for item in items if item.source and item.source.line
    ]
    return _numbered(min(held) - AROUND, max(held) + AROUND, lines) if held and lines else ()


def _numbered(first: int, last: int, lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Those that hold text, MOST_LINES at most."""
    near = range(max(1, first), min(len(lines), last) + 1)
    held = ((number, lines[number - 1]) for number in near if lines[number - 1].strip())
    return tuple(islice(held, MOST_LINES))


def _named(row: Row) -> str:
    """Where the row stood, in words; its first item says it where the row does not."""
    if row.source and str(row.source):
        return str(row.source)
    for items in row.cells.values():
        for item in items:
            if item.source:
                return str(item.source)
    return ""
