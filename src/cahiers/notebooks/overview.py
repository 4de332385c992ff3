"""What a consultation and a notebook hold, counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, drafts_anywhere
from cahiers.meetings.models import Meeting
from cahiers.meetings.permissions import public_meetings
from cahiers.methods import Method
from cahiers.notebooks.comparison import Standing
from cahiers.notebooks.models import Notebook
from cahiers.territories.models import Territory

if TYPE_CHECKING:
    from cahiers.meetings.queries import CountedMeeting


@dataclass(slots=True, kw_only=True)
class Branch:
    """A territory with what it has in the consultation, and its own branches."""

    territory: Territory
    notebooks: list[Notebook] = field(default_factory=list)
    meetings: int = 0
    attended: int = 0
    surveyed: int = 0
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
) -> QuerySet[Consultation]:
    """Each with `notebook_count` and `meeting_count`, of those that the visitor may read."""
    drafts = drafts_anywhere(visitor)
    public = public_meetings().values("pk")
    return consultations.annotate(
        notebook_count=_count(Notebook.objects.filter(drafts | Q(live__isnull=False))),
        meeting_count=_count(Meeting.objects.filter(drafts | Q(pk__in=public))),
    ).order_by("-opens", "title")


def _count(things: QuerySet[Any]) -> Coalesce:
    """How many different ones each consultation has; a subquery each, for two joins would multiply each other."""
    found = things.filter(consultation=OuterRef("pk")).order_by().values("consultation")
    return Coalesce(Subquery(found.annotate(count=Count("pk", distinct=True)).values("count")), 0)


def tree(notebooks: Iterable[Notebook], meetings: Iterable["CountedMeeting"]) -> list[Branch]:
    """The territories that have a notebook or a meeting and those above them, in one query."""
    notebooks, meetings = list(notebooks), list(meetings)
    holding = [*(notebook.territory for notebook in notebooks), *(meeting.territory for meeting in meetings)]
    branches = {
        territory.path: Branch(territory=territory) for territory in Territory.objects.leading_to(*holding)
    }
    for notebook in notebooks:
        branches[notebook.territory.path].notebooks.append(notebook)
    for meeting in meetings:
        branch = branches[meeting.territory.path]
        branch.meetings += 1
        branch.attended += meeting.attended
        branch.surveyed += meeting.surveyed
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
