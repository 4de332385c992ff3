"""How long what people said is kept, and its removal when the time has come.

Rooms above that keep something for a time register their own rules when they are ready.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from cahiers.accounts.models import SignInCode
from cahiers.contributions.erasing import erase
from cahiers.contributions.models import Contribution, KeptOriginal, Status, Submission
from cahiers.journal.models import Entry, Verb

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

#: After which a text that its author withdrew is erased.
WITHDRAWN = timedelta(days=90)
#: After which a sign-in code that nobody asked again for is deleted.
CODES = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """`due` says how many things the time has come for, `carry_out` removes them and says how many it removed."""

    key: str
    what: "str | _StrPromise"
    how_long: "str | _StrPromise"
    due: Callable[[datetime], int]
    carry_out: Callable[[datetime], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a rule removed or, in a dry run, would."""

    rule: Rule
    count: int = 0
    #: Class of what went wrong: its text could hold words.
    error: str = ""


_rules: list[Rule] = []


def register(rule: Rule) -> None:
    """Called once by each room that keeps something for a time."""
    if rule.key not in {one.key for one in _rules}:
        _rules.append(rule)


def rules() -> tuple[Rule, ...]:
    return (*OWN, *_rules)


def apply(*, now: datetime, dry_run: bool = False) -> Iterator[Done]:
    """Each rule in turn, in a transaction of its own: one that fails is told, and leaves the others' work done."""
    for rule in rules():
        try:
            with transaction.atomic():
                count = rule.due(now) if dry_run else rule.carry_out(now)
        except Exception as error:  # whatever it is, the next rules are due as well
            yield Done(rule=rule, error=type(error).__name__)
        else:
            yield Done(rule=rule, count=count)


def empty_log() -> None:
    """SQLite keeps pages as they were beside its file, until its log is written into it."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _withdrawn(now: datetime) -> list[Contribution]:
    """Contributions whose last withdrawal is old enough; what was withdrawn elsewhere, since it came in."""
    recent = Entry.objects.filter(subject=OuterRef("uuid"), verb=Verb.WITHDRAW, at__gt=now - WITHDRAWN)
    found = Contribution.objects.filter(
        ~Exists(recent), status=Status.WITHDRAWN, created_at__lte=now - WITHDRAWN
    )
    return list(found.select_related("consultation", "current"))


def _erase_withdrawn(now: datetime) -> int:
    found = _withdrawn(now)
    erase(contributions=found, by=None, now=now)
    for submission in _emptied():
        erase(contributions=(), submission=submission, by=None, now=now)
    return len(found)


def _emptied() -> QuerySet[Submission]:
    """What was sent at once and of which no text is left: closed answers alone would stay behind."""
    left = Contribution.objects.filter(submission=OuterRef("pk")).exclude(status=Status.ERASED)
    erased = Contribution.objects.filter(submission=OuterRef("pk"), status=Status.ERASED)
    return Submission.objects.filter(Exists(erased), ~Exists(left), erased_at=None)


OWN = (
    Rule(
        key="originals",
        what=_("Mots d’avant un caviardage"),
        how_long=_("trois mois après le caviardage"),
        due=lambda now: KeptOriginal.objects.filter(kept_until__lt=now.date()).count(),
        carry_out=lambda now: KeptOriginal.objects.filter(kept_until__lt=now.date()).delete()[0],
    ),
    Rule(
        key="withdrawn",
        what=_("Textes retirés par leur auteur"),
        how_long=_("trois mois après le retrait, puis effacés"),
        due=lambda now: len(_withdrawn(now)),
        carry_out=_erase_withdrawn,
    ),
    Rule(
        key="codes",
        what=_("Codes de connexion"),
        how_long=_("un jour après la demande"),
        due=lambda now: SignInCode.objects.filter(asked_at__lt=now - CODES).count(),
        carry_out=lambda now: SignInCode.objects.filter(asked_at__lt=now - CODES).delete()[0],
    ),
)
