"""Flags of what was found in revisions, made where the revisions are."""

from collections.abc import Iterable

from cahiers.contributions.models import Flag, FlagKind, Revision
from cahiers.contributions.privacy.detection import find


def flag(revisions: Iterable[Revision]) -> set[int]:
    """Flag what each says, in the transaction of who calls; the contributions that something was found in, by key."""
    flags = [
        Flag(
            revision=revision,
            contribution_id=revision.contribution_id,
            kind=FlagKind(found.kind),
            start=found.start,
            end=found.end,
        )
        for revision in revisions
        for found in find(revision.text)
    ]
    Flag.objects.bulk_create(flags, ignore_conflicts=True)
    return {one.contribution_id for one in flags}
