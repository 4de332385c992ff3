"""Which contributions a visitor may read, and how they are read at once."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from cahiers.consultations.models import Consultation
from cahiers.consultations.permissions import Visitor, draft_scope
from cahiers.contributions.models import Consent, Contribution, ContributionQuerySet, Status

#: What everyone may read of a consultation that is published.
PUBLIC = Q(status=Status.ACCEPTED, consent=Consent.PUBLIC)
#: What nobody reads: what its author took back is theirs alone, on their receipt.
UNSEEN = (Status.ARRIVING, Status.WITHDRAWN, Status.ERASED)


def readable(visitor: Visitor, consultation: Consultation) -> ContributionQuerySet:
    """The team's: where their role extends, all but what nobody reads; and to all, what is public."""
    theirs = draft_scope(visitor, consultation) & ~Q(status__in=UNSEEN)
    open_to_all = PUBLIC if consultation.is_published else Q(pk__in=())
    return Contribution.objects.filter(theirs | open_to_all, consultation=consultation)


def listed(contributions: ContributionQuerySet) -> ContributionQuerySet:
    """With all that a list shows, last come first."""
    return contributions.select_related(
        "current", "theme", "territory", "imported_line", "submission"
    ).order_by("-pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """A statement that rests on a contribution; `text` is "" where the visitor may only know that there is one."""

    code: str
    text: str


def citing(contribution: Contribution, *, whole: bool) -> list[Citing]:
    """What members may read; to strangers, the statements of published notebooks by their address alone."""
    # A room above holds citations: their relation is followed by its name.
    citations: QuerySet[Any] = contribution.citations.filter(
        statement__present=True, statement__row__present=True
    )
    if not whole:
        # Cited before the edition that they read: the statement stands in it.
        citations = citations.filter(at__lt=F("statement__row__theme__notebook__live__published_at"))
    rows = citations.values_list("statement__code", "statement__current__text").order_by("statement_id")
    return [Citing(code=code, text=text if whole else "") for code, text in dict(rows).items()]
