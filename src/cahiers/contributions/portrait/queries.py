"""Counting contributions and the people they stand for, in one query whatever their number."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import TruncWeek

from cahiers.consultations.models import Consultation
from cahiers.contributions.models import Channel
from cahiers.methods import Category
from cahiers.territories.models import Level, Territory
from cahiers.textkit.counts import Cell, suppress, suppress_row

#: Territories of one table: more would not be read on a page.
MOST = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """People of a territory, by category in the method\'s order, the last for those who did not say; None: withheld."""

    territory: Territory
    people: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many people something counts; `name` is a category, a channel or the Monday of a week."""

    name: str
    people: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """`contributions` and `people` are two numbers: one text may stand for a class."""

    categories: tuple[Category, ...]
    lines: tuple[Line, ...]
    channels: tuple[Share, ...]
    weeks: tuple[tuple[date, Cell], ...]
    contributions: int
    people: int
    #: Territories where nobody spoke, and (territory, category) where nobody of that category did.
    silent: tuple[Territory, ...]
    gaps: tuple[tuple[Territory, Category], ...]


def levels_of(consultation: Consultation) -> list[Level]:
    """Levels at which the consultation can be drawn: those that have territories in it, few enough for a table."""
    within = Territory.objects.within(*consultation.territories.all())
    counts = dict(within.order_by().values_list("level").annotate(n=Count("pk")))
    return [level for level in Level if 1 <= counts.get(level, 0) <= MOST]


def portrait_of(consultation: Consultation, level: Level, *, public: bool) -> Portrait:
    """Who spoke, at that level of the tree; in `public`, numbers of fewer than five people are withheld."""
    tops = list(consultation.territories.all())
    places = list(Territory.objects.within(*tops).filter(level=level)[:MOST])
    categories = consultation.method.categories
    said = (
        consultation.contributions.standing()
        .order_by()
        .values("territory__path", "category", "channel", week=TruncWeek("created_at"))
        .annotate(n=Count("pk"), people=Sum("stands_for"))
    )
    found = _Found()
    for one in said:
        found.add(one)
    table = _table(places, categories, found)
    cells: Sequence[Sequence[Cell]] = suppress(table) if public else table
    totals = suppress_row([sum(row) for row in table]) if public else [sum(row) for row in table]
    return Portrait(
        categories=categories,
        lines=tuple(
            Line(territory=place, people=tuple(row), total=total)
            for place, row, total in zip(places, cells, totals, strict=True)
        ),
        channels=_shares(found.channels, public),
        weeks=_weeks(found.weeks, public),
        contributions=found.contributions,
        people=sum(found.channels.values()),
        silent=tuple(place for place, row in zip(places, table, strict=True) if not sum(row)),
        gaps=tuple(
            (place, category)
            for place, row in zip(places, table, strict=True)
            if sum(row)
            for category, people in zip(categories, row, strict=False)
            if not people
        ),
    )


class _Found:
    """Sums of the one query."""

    def __init__(self) -> None:
        self.cells: Counter[tuple[str, str]] = Counter()
        self.channels: Counter[str] = Counter()
        self.weeks: Counter[date] = Counter()
        self.contributions = 0

    def add(self, one: Mapping[str, Any]) -> None:
        people, week = one["people"], one["week"]
        self.cells[one["territory__path"], one["category"] or ""] += people
        self.channels[one["channel"]] += people
        if isinstance(week, datetime):
            self.weeks[week.date()] += people
        self.contributions += one["n"]


def _table(places: list[Territory], categories: Iterable[Category], found: _Found) -> list[list[int]]:
    """People by place and category, the last column for those who did not say; what lies below a place is its own."""
    keys = [*(category.key for category in categories), ""]
    column = {key: index for index, key in enumerate(keys)}
    row = {place.path: index for index, place in enumerate(places)}
    table = [[0] * len(keys) for _ in places]
    for (path, category), people in found.cells.items():
        slugs = path.rstrip("/").split("/")
        for depth in range(1, len(slugs) + 1):
            index = row.get("/".join(slugs[:depth]) + "/")
            if index is not None:
                table[index][column.get(category, len(keys) - 1)] += people
    return table


def _shares(counts: Counter[str], public: bool) -> tuple[Share, ...]:
    shown = [channel for channel in Channel if counts[channel]]
    numbers = [counts[channel] for channel in shown]
    cells = suppress_row(numbers) if public else numbers
    return tuple(
        Share(name=str(channel.label), people=people) for channel, people in zip(shown, cells, strict=True)
    )


def _weeks(counts: Counter[date], public: bool) -> tuple[tuple[date, Cell], ...]:
    days = sorted(counts)
    numbers = [counts[day] for day in days]
    return tuple(zip(days, suppress_row(numbers) if public else numbers, strict=True))
