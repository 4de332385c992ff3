"""What a consultation and a notebook hold, counted."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import ngettext

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, drafts_anywhere
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import Totals
from cahiers.methods import Method
from cahiers.notebooks.models import Notebook
from cahiers.territories.models import Level, Territory
from cahiers.ui.addresses import address
from cahiers.ui.numbers import grouped, unparted
from cahiers.ui.times import between

#: Words of a description that a list shows.
SUMMARY: Final = 60


class Card(NamedTuple):
    """A consultation as a list shows it, with what it holds that the visitor may read, in words."""

    address: str
    title: str
    published: bool
    days: str
    summary: str
    holds: tuple[str, ...]


class Listed(NamedTuple):
    """A notebook as a tree names it."""

    address: str
    title: str
    published: bool


@dataclass(slots=True, kw_only=True)
class Branch:
    """A territory with what it has in the consultation, and its own branches."""

    name: str
    level: str
    #: Its meetings and their people, in words.
    holds: list[str]
    notebooks: list[Listed] = field(default_factory=list)
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


def cards(visitor: Visitor, consultations: QuerySet[Consultation]) -> list[Card]:
    """Each consultation, the newest first; in three queries."""
    drafts = drafts_anywhere(visitor)
    notebooks = _counted(Notebook.objects.filter(drafts | Q(live__isnull=False)))
    # A meeting of two notebooks comes twice, and counts once: a subquery would take twice the time.
    meetings = _counted(Meeting.objects.filter(drafts | Q(notebooks__live__isnull=False)))
    in_notebooks = {count: _notebooks(count) for count in {0, *notebooks.values()}}
    in_meetings = {count: _meetings(count) for count in {0, *meetings.values()}}
    found = consultations.order_by("-opens", "title").values_list(
        "pk", "slug", "title", "published_at", "opens", "closes", "description"
    )
    return [
        Card(
            address=address("consultation", slug),
            title=title,
            published=published is not None,
            days=between(opens, closes),
            summary=Truncator(description).words(SUMMARY),
            holds=(in_notebooks[notebooks.get(key, 0)], in_meetings[meetings.get(key, 0)]),
        )
        for key, slug, title, published, opens, closes, description in found
    ]


def _counted(things: QuerySet[Any]) -> dict[int, int]:
    """How many there are of each consultation, by its key."""
    return dict(things.order_by().values_list("consultation").annotate(Count("pk", distinct=True)))


def _notebooks(count: int) -> str:
    return unparted(ngettext("%(n)s cahier", "%(n)s cahiers", count) % {"n": count})


def _meetings(count: int) -> str:
    return unparted(ngettext("%(n)s session", "%(n)s sessions", count) % {"n": count})


def listed(consultation: Consultation, notebooks: QuerySet[Notebook]) -> list[tuple[str, Listed]]:
    """Each with the path of its territory, in tree order."""
    # Put in order here: writing an order in SQL takes Django longer than sorting some hundreds of lines.
    found = notebooks.order_by().values_list("territory__path", "pk", "slug", "title", "live_id")
    return [
        (path, Listed(address("notebook", consultation.slug, slug), title, live is not None))
        for path, _, slug, title, live in sorted(found)
    ]


def tree(notebooks: Iterable[tuple[str, Listed]], counted: Mapping[str, Totals]) -> list[Branch]:
    """The territories that have a notebook or, by their path, meetings, and those above them, in one query."""
    standing: dict[str, list[Listed]] = defaultdict(list)
    for path, notebook in notebooks:
        standing[path].append(notebook)
    levels = {level.value: str(level.label) for level in Level}
    branches: dict[str, Branch] = {}
    roots: list[Branch] = []
    found = Territory.objects.leading_to(*standing, *counted).order_by().values_list("path", "name", "level")
    for path, name, level in sorted(found):
        branch = branches[path] = Branch(
            name=name,
            level=levels[level],
            holds=_held(counted[path]) if path in counted else [],
            notebooks=standing.get(path, []),
        )
        above = branches.get(path.rstrip("/").rpartition("/")[0] + "/")
        (above.children if above else roots).append(branch)
    return roots


def _held(totals: Totals) -> list[str]:
    came, answered = totals.attended, totals.surveyed
    words = [
        _meetings(totals.meetings),
        ngettext("%(shown)s participant", "%(shown)s participants", came) % {"shown": grouped(came)},
    ]
    if answered:
        counted = ngettext("%(shown)s réponse à une enquête", "%(shown)s réponses à une enquête", answered)
        words.append(counted % {"shown": grouped(answered)})
    return [unparted(one) for one in words]


def theme_summaries(
    headings: Iterable[Heading], counts: Mapping[tuple[int, str], int], method: Method
) -> list[ThemeSummary]:
    """Each theme with what it holds, kinds in the method's order."""
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
