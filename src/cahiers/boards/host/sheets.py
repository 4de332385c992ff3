"""Feedback sheets of the consultation that a meeting can start from."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from cahiers.boards.models import Board
from cahiers.contributions import search
from cahiers.contributions.models import FEEDBACK, Consent, Contribution, Status
from cahiers.notebooks.models import NotebookFeedback
from cahiers.territories.models import lineage_of

#: Sheets that the page offers at once.
OFFERED = 6


def showable(board: Board) -> QuerySet[Contribution]:
    """Those that may stand on a wall: published ones, and those of the meeting's own territories.

    What was sent for the team alone to read is in none of them.
    """
    published = NotebookFeedback.objects.filter(theme__notebook__live__isnull=False).values("contribution")
    place = board.meeting.territory.path
    here = Q(territory__path__startswith=place)
    public = Q(consent=Consent.PUBLIC) | Q(pk__in=published)
    standing = board.notebook.consultation.contributions.standing()
    sheets = standing.filter(kind=FEEDBACK, status=Status.ACCEPTED)
    return sheets.filter(here | public).exclude(consent=Consent.INTERNAL)


def offered(board: Board, shown: list[Contribution], words: str = "") -> list[Contribution]:
    """To choose from: those on the wall, then the first of the room's theme, then from near by; or with these words."""
    theme = board.round.theme.theme_id if board.round else None
    place = board.meeting.territory
    sheets = showable(board).select_related("current", "territory", "theme")
    near = search.search(sheets, words).annotate(
        of_theme=_first(Q(theme=theme) if theme else Q(pk__in=())),
        of_place=_first(
            Q(territory__path__startswith=place.path) | Q(territory__path__in=lineage_of(place.path))
        ),
    )
    others = near.exclude(pk__in=[sheet.pk for sheet in shown])
    return [*shown, *others.order_by("of_theme", "of_place", "-pk")[:OFFERED]]


def _first(condition: Q) -> Case:
    return Case(When(condition, then=Value(0)), default=Value(1), output_field=IntegerField())
