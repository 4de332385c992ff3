"""Contributions of the same consultation that say nearly the same: proposed, decided by a person."""

from rapidfuzz import fuzz

from cahiers.contributions import search
from cahiers.contributions.models import Contribution, Status
from cahiers.documents.matching import fold

#: Contributions compared at most, from the index: what a page may cost does not grow with the consultation.
COMPARED = 200
#: Words of the text that the index is asked for: those at its start or those at its end, so that one may differ.
ASKED = 5
#: From 0 to 100, on words without accents, capitals and punctuation.
NEAR = 88
OFFERED = 6


def near(contribution: Contribution) -> list[tuple[Contribution, int]]:
    """The nearest first, each with its likeness from 0 to 100."""
    words = fold(contribution.current.text)
    mine = words.split()
    if not mine:
        return []
    others = (
        Contribution.objects.filter(
            consultation=contribution.consultation_id,
            status__in=(Status.PENDING, Status.ACCEPTED, Status.HIDDEN),
            twin_of=None,
        )
        .exclude(pk=contribution.pk)
        .select_related("current", "territory")
    )
    found: dict[int, Contribution] = {}
    for asked in {" ".join(mine[:ASKED]), " ".join(mine[-ASKED:])}:
        found |= {one.pk: one for one in search.search(others, asked)[:COMPARED]}
    alike = [
        (one, round(likeness))
        for one in found.values()
        if (likeness := fuzz.ratio(words, fold(one.current.text))) >= NEAR
    ]
    return sorted(alike, key=lambda pair: (-pair[1], pair[0].pk))[:OFFERED]
