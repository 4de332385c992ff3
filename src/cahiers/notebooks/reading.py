"""A notebook as someone reads it, its draft or one of its editions: what pages, exports and downloads stand on."""

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from django.db.models import Count

from cahiers.documents import model
from cahiers.documents.interchange import kept_meeting, kept_theme
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import Line, counted, format_names, lines_of
from cahiers.notebooks.comparison import Standing, standing
from cahiers.notebooks.freezing import addresses_at, thaw
from cahiers.notebooks.models import Edition, Notebook, NotebookTheme, Statement
from cahiers.notebooks.overview import Heading
from cahiers.notebooks.queries import Addresses, State, addressed, state_of
from cahiers.ui.addresses import address


class Reading(ABC):
    """What a notebook says; each thing that is asked costs its own query, or none for an edition."""

    #: None for the draft.
    edition: Edition | None = None
    #: Whether it was asked for by its number, so that links lead to the same edition.
    numbered = False

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self._read: dict[int, tuple[model.ThemeBlock, Addresses]] = {}

    @property
    @abstractmethod
    def headings(self) -> Sequence[Heading]: ...

    @property
    @abstractmethod
    def statements(self) -> dict[str, Standing]:
        """Every statement by its code."""

    @property
    def counts(self) -> Counter[tuple[int, str]]:
        """How many statements the theme of an order has of a kind."""
        return Counter((one.cell[0], one.cell[3]) for one in self.statements.values())

    @property
    @abstractmethod
    def meetings(self) -> Sequence[Line]: ...

    def theme(self, order: int) -> tuple[model.ThemeBlock, Addresses]:
        """One of its themes, read once. Raises KeyError where it has none of that order."""
        if order not in self._read:
            self._read[order] = self._theme(order)
        return self._read[order]

    @abstractmethod
    def _theme(self, order: int) -> tuple[model.ThemeBlock, Addresses]: ...

    @property
    @abstractmethod
    def state(self) -> State:
        """All that it says."""

    @property
    def address(self) -> str:
        names = (self.notebook.consultation.slug, self.notebook.slug)
        if self.numbered and self.edition:
            return address("edition", *names, self.edition.number)
        return address("notebook", *names)


class DraftReading(Reading):
    """As it stands in the tables."""

    @cached_property
    def _themes(self) -> list[NotebookTheme]:
        return list(
            self.notebook.themes.select_related("theme").annotate(sheets=Count("feedback")).order_by("order")
        )

    @cached_property
    def headings(self) -> Sequence[Heading]:
        return [
            Heading(order=theme.order, number=theme.number, title=theme.title, sheets=theme.sheets)  # type: ignore[attr-defined]
            for theme in self._themes
        ]

    @cached_property
    def statements(self) -> dict[str, Standing]:
        found = (
            Statement.objects.filter(row__theme__notebook=self.notebook, present=True, row__present=True)
            .order_by("row__theme__order", "row__position", "row", "position", "pk")
            .values_list(
                "code", "current__text", "emphasised", "row__theme__order", "row__stage", "row__uuid", "kind"
            )
        )
        return {
            code: Standing(text=text, emphasised=emphasised, cell=(order, stage, str(row), kind))
            for code, text, emphasised, order, stage, row, kind in found
        }

    @cached_property
    def meetings(self) -> Sequence[Line]:
        held = Meeting.objects.filter(notebook_links__notebook=self.notebook)
        return lines_of(held.order_by("notebook_links__position", "notebook_links__pk"))

    def _theme(self, order: int) -> tuple[model.ThemeBlock, Addresses]:
        for theme in self._themes:
            if theme.order == order:
                return addressed(theme)
        raise KeyError(order)

    @cached_property
    def state(self) -> State:
        return state_of(self.notebook)


class EditionReading(Reading):
    """As it was frozen. Nothing is asked of the database."""

    def __init__(self, notebook: Notebook, edition: Edition, *, numbered: bool = False) -> None:
        super().__init__(notebook)
        self.edition: Edition = edition
        self.numbered = numbered

    @cached_property
    def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.edition.text)
        return data

    @cached_property
    def _themes(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Each theme's place and what it says."""
        return list(zip(self.edition.places["themes"], self._data["themes"], strict=True))

    @cached_property
    def headings(self) -> Sequence[Heading]:
        return [
            Heading(
                order=place["order"],
                number=theme["number"],
                title=theme["title"],
                sheets=len(theme["feedback"]),
            )
            for place, theme in self._themes
        ]

    @cached_property
    def statements(self) -> dict[str, Standing]:
        return standing(
            (place["order"], kept_theme(theme), addresses_at(place)) for place, theme in self._themes
        )

    @property
    def counts(self) -> Counter[tuple[int, str]]:
        # Their codes are counted: what they say need not be looked at.
        counts: Counter[tuple[int, str]] = Counter()
        for place, _ in self._themes:
            for row in chain.from_iterable(place["codes"].values()):
                for kind, codes in row.items():
                    counts[place["order"], kind] += len(codes)
        return counts

    @cached_property
    def meetings(self) -> Sequence[Line]:
        names = format_names()
        return [
            self._held(number, kept_meeting(data), names)
            for number, data in zip(self.edition.places["meetings"], self._data["meetings"], strict=True)
        ]

    def _theme(self, order: int) -> tuple[model.ThemeBlock, Addresses]:
        for place, theme in self._themes:
            if place["order"] == order:
                return kept_theme(theme), addresses_at(place)
        raise KeyError(order)

    @cached_property
    def state(self) -> State:
        return thaw(self.edition)

    def _held(self, number: int, form: model.Meeting, formats: Mapping[str | None, str]) -> Line:
        title = form.label or self.notebook.territory.name
        people = counted(form)
        days = " ; ".join(form.dates_text)
        return Line(number, title, days, formats[form.format], people.attended, people.surveyed)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementReading:
    """A statement as someone reads it at its short address."""

    theme: Heading
    stage: str
    row_name: str | None
    kind: str
    text: str
    emphasised: bool


def drafted(statement: Statement) -> StatementReading:
    """As it stands in the draft; `statement` comes with its revision and its row's theme."""
    theme = statement.row.theme
    return StatementReading(
        theme=Heading(order=theme.order, number=theme.number, title=theme.title, sheets=0),
        stage=statement.row.stage,
        row_name=statement.row.name,
        kind=statement.kind,
        text=statement.current.text,
        emphasised=statement.emphasised,
    )


def published(notebook: Notebook, code: str) -> StatementReading | None:
    """As the live edition has it; None where that has it not, or where none is live."""
    if notebook.live is None:
        return None
    reading = EditionReading(notebook, notebook.live)
    found = reading.statements.get(code)
    if found is None:
        return None
    order, stage, uuid, kind = found.cell
    block, addresses = reading.theme(order)
    row = block.stages[stage][[str(one) for one in addresses.rows[stage]].index(uuid)]
    return StatementReading(
        theme=next(heading for heading in reading.headings if heading.order == order),
        stage=stage,
        row_name=row.name,
        kind=kind,
        text=found.text,
        emphasised=found.emphasised,
    )
