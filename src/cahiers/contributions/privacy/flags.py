"""Flags of what was found in revisions, made where the revisions are."""

from collections.abc import Iterable, Iterator

from cahiers.contributions.models import Flag, FlagKind, FlagPlace, Revision
from cahiers.contributions.privacy.detection import find


def flags_of(revision: Revision) -> Iterator[Flag]:
    """Unsaved, for everything that it says."""
    for place, words in revision.said.items():
        for found in find(words) if words else ():
            yield Flag(
                revision_id=revision.uuid,
                contribution_id=revision.contribution_id,
                kind=FlagKind(found.kind),
                place=FlagPlace(place),
                start=found.start,
                end=found.end,
            )


def flag(revisions: Iterable[Revision]) -> set[int]:
    """Flag what each says, in the transaction of who calls; the contributions that something was found in, by key."""
    flags = [one for revision in revisions for one in flags_of(revision)]
    Flag.objects.bulk_create(flags, ignore_conflicts=True)
    return {one.contribution_id for one in flags}
