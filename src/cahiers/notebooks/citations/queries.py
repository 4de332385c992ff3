"""What a statement rests on, as it is shown and counted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from cahiers.contributions.models import Consent, Contribution, Status
from cahiers.notebooks.models import Citation, Statement

#: Quotes that a page shows.
SHOWN = 30
#: A citation of these says nothing any more, and counts nobody.
SILENT = (Status.HIDDEN, Status.WITHDRAWN, Status.ERASED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that are cited; `later` where the contribution says something else by now."""

    citation: Citation
    text: str
    later: bool

    @property
    def contribution(self) -> Contribution:
        return self.citation.contribution


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """`contributions` counts copies once, `people` whom each stands for; `unseen` are not the visitor’s to read."""

    quotes: tuple[Quote, ...]
    contributions: int
    people: int
    unseen: int


#: In a query for statements, whether each rests on anything: most do not, and then `support_of` asks nothing.
RESTS = Exists(Citation.objects.filter(statement=OuterRef("pk")))
NOTHING = Support(quotes=(), contributions=0, people=0, unseen=0)


def support_of(statement: Statement, *, whole: bool) -> Support:
    """To members, all of it; to strangers, what is public, and how much there is. One query, or none: see RESTS."""
    if vars(statement).get("rests") is False:
        return NOTHING
    citations = [
        one
        for one in statement.citations.select_related(
            "contribution__current", "contribution__territory", "contribution__twin_of", "revision"
        )
        if one.contribution.status not in SILENT
    ]
    readable = [one for one in citations if whole or is_public(one.contribution)]
    return Support(
        quotes=tuple(map(_quote, readable[:SHOWN])),
        contributions=len({_first(one.contribution).pk for one in citations}),
        people=people(one.contribution for one in citations),
        unseen=len(citations) - len(readable),
    )


def people(contributions: Iterable[Contribution]) -> int:
    """Those whom they stand for; a contribution that is cited twice counts once, and so do copies of one another."""
    return sum({first.pk: first.stands_for for first in map(_first, contributions)}.values())


def is_public(contribution: Contribution) -> bool:
    """In a consultation that strangers may read."""
    return contribution.status == Status.ACCEPTED and contribution.consent == Consent.PUBLIC


def _first(contribution: Contribution) -> Contribution:
    return contribution.twin_of or contribution


def _quote(citation: Citation) -> Quote:
    said = citation.revision.text
    text = said if citation.start is None else said[citation.start : citation.end]
    return Quote(citation=citation, text=text, later=text not in citation.contribution.current.text)
