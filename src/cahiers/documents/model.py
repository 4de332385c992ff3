"""A territory's synthesis, as every reader makes it and every writer takes it.

The members are those of `synthesis.schema.json`, in its order. A field without a default is required there.
Where a thing stood in its file (`source`) and what the reader doubted (`warnings`) do not count in equality.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

FORMAT: Final = "cahiers/synthesis/1"
MeetingFormat = Literal["in_person", "remote", "hybrid"]
#: How messages begin that say what a statement may be instead, and the one about all of a text without its columns.
OTHER_READING: Final = "Autre lecture possible"
LOST_ORDER: Final = "Ce texte a perdu l’ordre de ses colonnes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Place in the file that was read: 1-based page and line, or a cell named in words."""

    page: int | None = None
    line: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        parts = (
            f"page {self.page}" if self.page is not None else "",
            f"ligne {self.line}" if self.line is not None else "",
            self.cell or "",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:
    """What a reader could not place with certainty; `text` is the one item concerned, verbatim."""

    message: str
    text: str | None = None
    source: Source | None = field(default=None, compare=False)

    @property
    def is_other_reading(self) -> bool:
        """Whether it only says what a statement that has a place may be instead."""
        return self.message.startswith(OTHER_READING)

    @property
    def is_of_whole(self) -> bool:
        """Whether it is about the document rather than about some text in it, and comes before all others."""
        return self.message.startswith(LOST_ORDER)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingDate:
    """A day (`end` equals `start`) or a run of days, and where."""

    start: date
    end: date
    place: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facilitator:
    name: str
    role: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A line of the attendance table; `surveyed` is the part of `count` that answered from afar."""

    category: str | None
    label: str
    checked: bool
    count: int | None
    establishments: int | None
    note: str | None
    surveyed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A session form. `dates` is what `dates_text` means."""

    label: str
    dates_text: tuple[str, ...]
    dates: tuple[MeetingDate, ...]
    format: MeetingFormat | None
    facilitators: tuple[Facilitator, ...]
    participants: tuple[Participant, ...]
    facilitators_note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A feedback sheet (RETEX); `text` holds its paragraphs, one a line, without those that are a link alone."""

    number: int | None
    scope: str | None
    text: str
    links: tuple[str, ...]
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A statement as written, on one line."""

    text: str
    emphasised: bool = False
    source: Source | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Row:
    """A group of ordered lists, one a kind; inside the row nothing pairs an item with another.

    A kind that is absent and one whose list is empty are the same.
    """

    cells: Mapping[str, tuple[Item, ...]]
    feedback: tuple[int, ...] = ()
    feedback_text: tuple[str, ...] = ()
    name: str | None = None
    theme_text: str | None = None
    source: Source | None = field(default=None, compare=False)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash((self.name, self.feedback, self.feedback_text))

    def _said(self) -> tuple[object, ...]:
        return _filled(self.cells), self.feedback, self.feedback_text, self.name, self.theme_text


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ThemeBlock:
    """What was said on a theme: its feedback sheets, then the rows of each stage by the stage's key.

    A stage that is absent and one without rows are the same.
    """

    key: str | None
    number: int | None
    title: str
    feedback: tuple[Feedback, ...]
    stages: Mapping[str, tuple[Row, ...]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ThemeBlock) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash((self.key, self.number, self.title))

    def _said(self) -> tuple[object, ...]:
        return self.key, self.number, self.title, self.feedback, _filled(self.stages)


def _filled(lists: Mapping[str, tuple[object, ...]]) -> dict[str, tuple[object, ...]]:
    return {key: members for key, members in lists.items() if members}


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthesis:
    """A territory's account of a consultation."""

    method: str
    territory: str | None
    meetings: tuple[Meeting, ...]
    themes: tuple[ThemeBlock, ...]
    consultation: str | None = None
    warnings: tuple[Warning, ...] = field(default=(), compare=False)
