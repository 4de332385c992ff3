"""Who spoke, beside who there is to hear and who came to meetings: three numbers that are never added up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from cahiers.consultations.models import Consultation
from cahiers.contributions.models import Channel
from cahiers.contributions.portrait.counting import Counted, count
from cahiers.contributions.portrait.reference.queries import Known, known_of
from cahiers.meetings.models import Attendance, Meeting
from cahiers.meetings.queries import Totals, totals_by_territory
from cahiers.methods import Category
from cahiers.territories.models import Level, Territory, lineage_of
from cahiers.textkit.counts import Cell, suppress, suppress_row

#: Territories of one table: more would not be read on a page.
MOST = 120
NONE = Totals()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """People of a territory, by category in the method's order, the last for those who did not say; None: withheld.

    Without a territory: those who spoke from a wider one.
    """

    territory: Territory | None
    people: tuple[Cell, ...]
    total: Cell
    known: int | None = None
    met: Totals = NONE

    @property
    def rate(self) -> float | None:
        return per_thousand(self.total, self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many people something counts; `name` is a category, a channel or the Monday of a week."""

    name: str
    people: Cell
    known: int | None = None
    attended: int = 0

    @property
    def rate(self) -> float | None:
        return per_thousand(self.people, self.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """`contributions`, `people` and `met` are counted apart: one text may stand for a class, one person write ten."""

    categories: tuple[Category, ...]
    lines: tuple[Line, ...]
    #: People by category, in the method's order, the last for those who did not say.
    shares: tuple[Share, ...]
    channels: tuple[Share, ...]
    weeks: tuple[tuple[date, Cell], ...]
    contributions: int
    people: Cell
    met: Totals
    #: Territories where nobody spoke, and (territory, category) where nobody of that category did.
    silent: tuple[Territory, ...]
    gaps: tuple[tuple[Territory, Category], ...]


def per_thousand(people: Cell, known: int | None) -> float | None:
    """None where one of them is unknown or withheld."""
    return people * 1000 / known if people is not None and known else None


def levels_of(consultation: Consultation, *, public: bool) -> list[Level]:
    """Levels at which the consultation can be drawn: those that have territories in it, few enough for a table.

    In public one alone, the widest that has several: numbers withheld at one could be worked out from the other.
    """
    within = Territory.objects.within(*consultation.territories.all())
    counts = dict(within.order_by().values_list("level").annotate(n=Count("pk")))
    drawn = [level for level in Level if 1 <= counts.get(level, 0) <= MOST]
    drawn = [level for level in drawn if counts[level] > 1] or drawn or [Level.NATION]
    return drawn[:1] if public else drawn


def portrait_of(
    consultation: Consultation,
    level: Level,
    *,
    public: bool,
    counted: Counted | None = None,
    meetings: QuerySet[Meeting] | None = None,
) -> Portrait:
    """At that level of the tree; in `public`, numbers of fewer than five people are withheld.

    `counted` is what was counted already, all contributions unless given; `meetings` those to count, none unless given.
    """
    places = list(Territory.objects.within(*consultation.territories.all()).filter(level=level)[:MOST])
    categories = consultation.method.categories
    counted = counted or count(consultation.contributions.standing())
    known = known_of(consultation)
    meetings = Meeting.objects.none() if meetings is None else meetings
    met = totals_by_territory(meetings)
    table = _table(places, categories, counted)
    cells = _withheld(table) if public else _summed(table)
    lines = tuple(
        Line(
            territory=place,
            people=tuple(row[:-1]),
            total=row[-1],
            known=known.people(place.path) if place else None,
            met=_below(met, place) if place else _elsewhere(met, places),
        )
        for place, row in zip([*places, None], cells[:-1], strict=True)
    )
    if not any(table[-1]) and lines[-1].met == NONE:
        lines = lines[:-1]
    there = list(zip(places, table, strict=False))
    return Portrait(
        categories=categories,
        lines=lines,
        shares=_by_category(categories, cells[-1], known, meetings),
        channels=_channels(counted.channels, public),
        weeks=_weeks(counted.weeks, public),
        contributions=counted.contributions,
        people=cells[-1][-1],
        met=sum(met.values(), NONE),
        silent=tuple(place for place, row in there if not sum(row)),
        gaps=tuple(
            (place, category)
            for place, row in there
            if sum(row)
            for category, people in zip(categories, row, strict=False)
            if not people
        ),
    )


def _table(places: Sequence[Territory], categories: Iterable[Category], counted: Counted) -> list[list[int]]:
    """People by place and category, the last column for those who did not say; the last row for wider places.

    What lies below a place is its own.
    """
    keys = [*(category.key for category in categories), ""]
    column = {key: index for index, key in enumerate(keys)}
    row = {place.path: index for index, place in enumerate(places)}
    table = [[0] * len(keys) for _ in range(len(places) + 1)]
    for (path, category), people in counted.cells.items():
        at = next((row[above] for above in lineage_of(path) if above in row), len(places))
        table[at][column.get(category, len(keys) - 1)] += people
    return table


def _summed(table: Sequence[Sequence[int]]) -> list[list[Cell]]:
    """With a column and a row for their totals."""
    whole = [[*row, sum(row)] for row in table]
    return [*(list[Cell](row) for row in whole), [sum(column) for column in zip(*whole, strict=True)]]


def _withheld(table: Sequence[Sequence[int]]) -> list[list[Cell]]:
    """The same, totals withheld as cells are: a total of three would tell as much as a cell of three."""
    return suppress([[people or 0 for people in row] for row in _summed(table)])


def _below(met: dict[str, Totals], place: Territory) -> Totals:
    return sum((one for path, one in met.items() if path.startswith(place.path)), NONE)


def _elsewhere(met: dict[str, Totals], places: Sequence[Territory]) -> Totals:
    inside = tuple(place.path for place in places)
    return sum((one for path, one in met.items() if not path.startswith(inside)), NONE)


def _by_category(
    categories: Sequence[Category], people: Sequence[Cell], known: Known, meetings: QuerySet[Meeting]
) -> tuple[Share, ...]:
    # Attendance reaches its own figures without the prefix that a meeting needs.
    lines = Attendance.objects.filter(meeting__in=meetings).order_by().values_list("category")
    came = dict(lines.annotate(n=Sum("count", default=0) - Sum("surveyed", default=0)))
    names = [(one.key, one.short_label) for one in categories] + [("", "")]
    return tuple(
        Share(
            name=name,
            people=cell,
            known=known.in_all(key) if key else None,
            attended=came.get(key or None, 0),
        )
        for (key, name), cell in zip(names, people, strict=False)
    )


def _channels(counts: Counter[str], public: bool) -> tuple[Share, ...]:
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
