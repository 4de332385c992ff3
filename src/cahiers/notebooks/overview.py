"""What a consultation and a notebook hold, counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import ngettext

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, drafts_anywhere
from cahiers.meetings.models import Meeting
from cahiers.meetings.permissions import public_meetings
from cahiers.meetings.queries import Totals
from cahiers.methods import Method
from cahiers.notebooks.comparison import Standing
from cahiers.notebooks.models import Notebook
from cahiers.territories.models import Territory


@dataclass(slots=True, kw_only=True)
class Branch:
    """A territory with what it has in the consultation, and its own branches."""

    territory: Territory
    totals: Totals
    notebooks: list[Notebook] = field(default_factory=list)
    children: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A theme as a notebook announces it, with how many feedback sheets it holds."""

    order: int
    number: int | None
    title: str
    sheets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSummary:
    """A theme of a notebook, and how many statements of each kind it holds."""

    heading: Heading
    kinds: list[tuple[str, int]]

    @property
    def statements(self) -> int:
        return sum(count for _, count in self.kinds)


def consultations_with_counts(
    visitor: Visitor, consultations: QuerySet[Consultation]
) -> list[tuple[Consultation, list[str]]]:
    """Each with how many notebooks and meetings it has that the visitor may read, in words; in three queries."""
    drafts = drafts_anywhere(visitor)
    public = public_meetings().values("pk")
    notebooks = _counted(Notebook.objects.filter(drafts | Q(live__isnull=False)))
    meetings = _counted(Meeting.objects.filter(drafts | Q(pk__in=public)))
    return [
        (one, [_notebooks(notebooks.get(one.pk, 0)), _meetings(meetings.get(one.pk, 0))])
        for one in consultations.order_by("-opens", "title")
    ]


def _counted(things: QuerySet[Any]) -> dict[int, int]:
    """How many there are of each consultation, by its key."""
    return dict(things.order_by().values_list("consultation").annotate(Count("pk")))


def _notebooks(count: int) -> str:
    return ngettext("%(n)s cahier", "%(n)s cahiers", count) % {"n": count}


def _meetings(count: int) -> str:
    return ngettext("%(n)s session", "%(n)s sessions", count) % {"n": count}


def tree(notebooks: Iterable[Notebook], counted: Mapping[str, Totals]) -> list[Branch]:
    """The territories that have a notebook or, by their path, meetings, and those above them, in one query."""
    notebooks = list(notebooks)
    holding = {notebook.territory.path for notebook in notebooks} | {*counted}
    branches = {
        territory.path: Branch(territory=territory, totals=counted.get(territory.path, Totals()))
        for territory in Territory.objects.leading_to(*holding)
    }
    for notebook in notebooks:
        branches[notebook.territory.path].notebooks.append(notebook)
    roots: list[Branch] = []
    for path, branch in branches.items():
        above = branches.get(path.rstrip("/").rpartition("/")[0] + "/")
        (above.children if above else roots).append(branch)
    return roots


def theme_summaries(
    headings: Iterable[Heading], statements: Iterable[Standing], method: Method
) -> list[ThemeSummary]:
    """Each theme with what it holds, kinds in the method's order."""
    counts = Counter((one.cell[0], one.cell[3]) for one in statements)
    labels = kind_labels(method)
    return [
        ThemeSummary(
            heading=heading,
            kinds=[
                (label, counts[heading.order, kind])
                for kind, label in labels.items()
                if (heading.order, kind) in counts
            ],
        )
        for heading in headings
    ]


def kind_labels(method: Method) -> dict[str, str]:
    """Kinds by key, in the method's order, as several of them are called on screen."""
    labels: dict[str, str] = {}
    for stage in method.stages:
        for column in stage.columns:
            labels.setdefault(column.kind, column.plural)
    return labels
