"""What an import of all or nothing has brought and nobody has seen, taken away."""

from collections.abc import Iterator
from typing import Final

from django.db import transaction

from cahiers.contributions import search
from cahiers.contributions.intake.models import TableImport
from cahiers.contributions.models import Contribution, Status, Submission

#: Contributions taken away at once.
BATCH: Final = 500


def taken_away(found: TableImport) -> Iterator[int]:
    """How many are gone, after each batch; a batch is a transaction."""
    gone = 0
    while count := _batch(found):
        gone += count
        yield gone


@transaction.atomic
def _batch(found: TableImport) -> int:
    # What its author took back came in as such, which nobody sees either; of another import it is there for good.
    unseen = (Status.ARRIVING, Status.WITHDRAWN) if found.whole else (Status.ARRIVING,)
    arriving = Contribution.objects.filter(imported_line__table=found, status__in=unseen)
    taken = list(arriving.only("pk", "submission_id").order_by("pk")[:BATCH])
    keys = [one.pk for one in taken]
    search.remove(taken)
    Contribution.objects.filter(pk__in=keys).delete()
    sent = {one.submission_id for one in taken if one.submission_id is not None}
    Submission.objects.filter(pk__in=sent, contributions=None).delete()
    return len(taken)
