"""What the pages of a draft show: counts, and tables beside the source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from cahiers.documents.errors import Unreadable
from cahiers.documents.model import Item, Meeting, Row, Source, Synthesis, ThemeBlock
from cahiers.documents.readers.txt.decoding import decode
from cahiers.meetings.queries import Totals, counted
from cahiers.methods import Column, Method, Stage
from cahiers.notebooks.intake import files
from cahiers.notebooks.intake.corrections.places import Spot
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
class ShownRow:
    """A row with its cells' items numbered from 1, and what the source has there."""

    number: int
    row: Row
    cells: tuple[tuple[Column, tuple[tuple[int, Item], ...]], ...]
    place: str
    lines: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMeeting:
    """A session form, numbered from 1, with its people counted, who answered a survey apart."""

    number: int
    meeting: Meeting
    people: Totals


def shown_meetings(synthesis: Synthesis) -> list[ShownMeeting]:
    return [
        ShownMeeting(number=number, meeting=one, people=counted(one))
        for number, one in enumerate(synthesis.meetings, 1)
    ]


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
    return sum(_items(row) for rows in theme.stages.values() for row in rows)


def stages_of(theme: ThemeBlock, method: Method) -> list[tuple[Stage, int, int]]:
    """Every stage, with how many rows and statements the theme has there."""
    found = []
    for stage in method.stages:
        rows = theme.stages.get(stage.key, ())
        found.append((stage, len(rows), sum(_items(row) for row in rows)))
    return found


def words_of(row: Row) -> str:
    """Its name, or its first item; "" for a row that has neither."""
    return row.name or next((items[0].text for items in row.cells.values() if items), "")


def _items(row: Row) -> int:
    return sum(map(len, row.cells.values()))


def _count(theme: ThemeBlock, stage: str, kind: str) -> int:
    return sum(len(row.cells.get(kind, ())) for row in theme.stages.get(stage, ()))


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
        weight = 2 + _items(row)
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
