"""Erasing what someone said, for good, everywhere that it is held.

Rooms above hold words of contributions too: statements, editions, drafts of imports. Each registers what forgets them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from cahiers.accounts.models import Person
from cahiers.contributions import search
from cahiers.contributions.models import Contribution, Flag, KeptOriginal, Revision, Status, Submission
from cahiers.journal.actions import record
from cahiers.journal.models import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is to be forgotten: the contributions, and every text that a revision of theirs ever held."""

    contributions: tuple[UUID, ...]
    texts: tuple[str, ...]


#: Makes a room forget words, in the transaction of who calls.
Holder = Callable[[Words, datetime], None]

_holders: list[Holder] = []


def register(holder: Holder) -> None:
    """Called once by each room that holds words, when it is ready."""
    if holder not in _holders:
        _holders.append(holder)


@transaction.atomic
def erase(
    *,
    contributions: Sequence[Contribution],
    submission: Submission | None = None,
    by: Person | None,
    now: datetime,
) -> None:
    """Their words, links, flags and originals; of the submission the answers and the receipt.

    What remains tells that something was said, where and by which group. Erased already, nothing changes.
    """
    standing = [one for one in contributions if one.status != Status.ERASED]
    for holder in _holders if standing else ():
        holder(_words_of(standing), now)
    # Who indexes them meanwhile holds the same lock, and finds them blank afterwards.
    list(
        Contribution.objects.select_for_update()
        .filter(pk__in=[one.pk for one in standing])
        .order_by("pk")
        .only("pk")
    )
    search.remove(standing)
    for one in standing:
        _blank(one)
        record(
            stream=one.consultation.uuid,
            verb=Verb.ERASE,
            subject=one.uuid,
            actor=by.uuid if by else None,
            at=now,
        )
    if submission is not None and submission.erased_at is None:
        submission.answers, submission.receipt, submission.erased_at = {}, None, now
        submission.save(update_fields=["answers", "receipt", "erased_at"])


def _words_of(contributions: Sequence[Contribution]) -> Words:
    revisions = Revision.objects.filter(contribution__in=contributions)
    originals = KeptOriginal.objects.filter(contribution__in=contributions)
    texts = set()
    for title, text, parts in revisions.values_list("title", "text", "parts"):
        texts |= {title, text, *parts.values()}
    for words in originals.values_list("words", flat=True):
        texts |= {words.get("title", ""), words.get("text", ""), *words.get("parts", {}).values()}
    return Words(
        contributions=tuple(one.uuid for one in contributions),
        texts=tuple(sorted(filter(str.strip, texts))),
    )


def _blank(contribution: Contribution) -> None:
    Flag.objects.filter(contribution=contribution).delete()
    KeptOriginal.objects.filter(contribution=contribution).delete()
    # By queryset: a revision is never changed, but for this.
    Revision.objects.filter(contribution=contribution).update(
        title="", text="", parts={}, links=[], scope=None
    )
    contribution.status, contribution.hidden_because = Status.ERASED, ""
    contribution.links, contribution.scope, contribution.voice_key = [], None, ""
    # What says the same would tell what it said.
    contribution.twin_of = None
    contribution.twins.update(twin_of=None)
    contribution.save(update_fields=["status", "hidden_because", "links", "scope", "voice_key", "twin_of"])
