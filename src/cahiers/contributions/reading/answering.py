"""What imported comments answer, where that came in too, and whether they are for or against it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from cahiers.contributions.intake.models import ImportedLine
from cahiers.contributions.models import Contribution, ContributionQuerySet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: How Decidim names a comment among what may be commented on, and what it writes of a comment's side.
COMMENT: Final = "Decidim::Comments::Comment"
SIDES: "Final[dict[str, _StrPromise]]" = {
    "1": pgettext_lazy("comment", "pour"),
    "-1": pgettext_lazy("comment", "contre"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """`side` is "" for neither."""

    contribution: Contribution
    side: "str | _StrPromise"


def answered(shown: Iterable[Contribution], readable: ContributionQuerySet) -> dict[int, Answered]:
    """What each of these answers, by its key, as far as the visitor may read it; two queries, or none.

    `shown` come with their imported line and their submission.
    """
    asked = {one: _place(one.imported_line) for one in shown if _comments(one)}
    if not asked:
        return {}
    where = Q(pk__in=())
    for field, value in set(asked.values()):
        where |= Q(**{f"imported_line__{field}": value})
    found = {}
    for one in readable.filter(where).select_related("current", "imported_line"):
        found["address", one.imported_line.address] = one
        found["identifier", one.imported_line.identifier] = one
    return {
        one.pk: Answered(contribution=found[place], side=_side(one))
        for one, place in asked.items()
        if place in found and found[place] != one
    }


def _comments(one: Contribution) -> bool:
    return hasattr(one, "imported_line") and bool(one.imported_line.parent)


def _place(line: ImportedLine) -> tuple[str, str]:
    """Field and value by which what it answers is known: a page's address, or the identifier that lines have."""
    parts = line.parent.split()
    page = parts[0] if parts[0].startswith(("http://", "https://")) else ""
    if COMMENT in parts:
        # As the mapping makes the identifiers of comments: of the page that they stand on, and their number.
        return "identifier", f"{page} {parts[-1]}".strip()
    return ("address", page) if page else ("identifier", line.parent)


def _side(one: Contribution) -> "str | _StrPromise":
    answers = one.submission.answers if one.submission else {}
    return SIDES.get(str(answers.get("alignment", "")), "")
