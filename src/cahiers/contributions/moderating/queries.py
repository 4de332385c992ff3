"""What waits for moderators."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor
from cahiers.contributions.models import (
    Contribution,
    ContributionQuerySet,
    Flag,
    FlagPlace,
    Moderation,
    Status,
)
from cahiers.contributions.moderating.access import within_reach
from cahiers.contributions.moderating.actions import state_of
from cahiers.contributions.moderating.marks import Run, marked
from cahiers.journal.models import Entry, Verb

#: Characters of a text that the queue shows.
SHOWN = 420
#: Kinds of queue, by what their address says.
PENDING, REREAD, FLAGGED, HIDDEN = "a-relire", "publiees", "signalees", "masquees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A contribution in the queue; `seen` is what its buttons carry."""

    contribution: Contribution
    runs: list[Run]
    title: list[Run]
    flags: list[Flag]
    seen: str
    longer: bool


def queue(visitor: Visitor, consultation: Consultation, which: str) -> ContributionQuerySet:
    """Oldest first: what waits; what was published at once and nobody has read; what is flagged; what is hidden."""
    mine = within_reach(visitor, consultation).order_by("pk")
    if which == HIDDEN:
        return mine.filter(status=Status.HIDDEN)
    if which == REREAD:
        read = Entry.objects.filter(subject=OuterRef("uuid"), verb__in=(Verb.ACCEPT, Verb.HIDE))
        after = Q(submission__form__moderation=Moderation.AFTER)
        return mine.filter(~Exists(read), after, status=Status.ACCEPTED)
    if which == FLAGGED:
        standing = Flag.objects.filter(contribution=OuterRef("pk"), dismissed_at=None)
        return mine.filter(Exists(standing), status=Status.ACCEPTED)
    return mine.filter(status=Status.PENDING)


def items(contributions: ContributionQuerySet) -> ContributionQuerySet:
    """With all that `item` asks for."""
    standing = Flag.objects.filter(dismissed_at=None).order_by("start", "pk")
    return contributions.select_related("current", "theme", "territory").prefetch_related(
        Prefetch("flags", standing, to_attr="standing")
    )


def item(contribution: Contribution) -> Item:
    text = contribution.current.text
    # Of the current revision alone: earlier ones are read no more.
    flags = [one for one in vars(contribution)["standing"] if one.revision_id == contribution.current_id]
    return Item(
        contribution=contribution,
        runs=marked(text, flags, SHOWN),
        title=marked(contribution.current.title, flags, place=FlagPlace.TITLE),
        flags=flags,
        seen=str(state_of(contribution)),
        longer=len(text) > SHOWN,
    )
