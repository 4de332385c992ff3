"""What moderators' buttons do, to one contribution or to many, and how the last of it is undone."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest

from cahiers.accounts.models import Person
from cahiers.contributions.models import Contribution, ContributionQuerySet, Status
from cahiers.contributions.moderating import actions
from cahiers.journal.actions import CommandReused

#: Where the session keeps what was done last: references alone, no words.
LAST = "moderated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A button's name, and what goes with it: a reason, (kind, words), flags or the contribution that it copies."""

    deed: str
    reason: str = ""
    words: list[tuple[str, str]] = field(default_factory=list)
    flags: list[int] = field(default_factory=list)
    other: Contribution | None = None


@dataclass(slots=True)
class Outcome:
    """How many were done, how many someone else had changed, and why others could not be."""

    done: int = 0
    changed: int = 0
    refused: list[str] = field(default_factory=list)
    #: By contribution: which command it was, where it stood, where it stands now, and what it was a copy of.
    trail: list[dict[str, Any]] = field(default_factory=list)


def do(
    asked: Asked,
    chosen: Iterable[tuple[Contribution, UUID]],
    *,
    command: UUID,
    by: Person | None,
    now: datetime,
) -> Outcome:
    """Each by itself, with the state that was seen of it: one that fails stops no other."""
    outcome = Outcome()
    for contribution, seen in chosen:
        before = {"status": contribution.status, "twin_of": contribution.twin_of_id}
        mine = uuid5(command, str(contribution.uuid))
        try:
            _do_one(asked, contribution, seen, mine, by, now)
        except actions.Changed:
            outcome.changed += 1
        except CommandReused:
            outcome.changed += 1
        except actions.Impossible as impossible:
            outcome.refused.append(str(impossible))
        else:
            after = Contribution.objects.select_related("current").get(pk=contribution.pk)
            outcome.done += 1
            told = {"command": str(mine), "after": str(actions.state_of(after)), "flags": asked.flags}
            outcome.trail.append({"pk": contribution.pk, **told, **before})
    return outcome


def _do_one(
    asked: Asked, contribution: Contribution, seen: UUID, command: UUID, by: Person | None, now: datetime
) -> None:
    given: dict[str, Any] = {
        "contribution": contribution,
        "seen": seen,
        "command": command,
        "by": by,
        "now": now,
    }
    match asked.deed:
        case "accept":
            actions.accept(**given)
        case "hide":
            actions.hide(**given, reason=asked.reason)
        case "put_back":
            actions.put_back(**given)
        case "redact":
            actions.redact(**given, words=asked.words or standing_words(contribution))
        case "unredact":
            actions.unredact(**given)
        case "dismiss":
            actions.dismiss(**given, flags=asked.flags)
        case "flag_again":
            actions.dismiss(**given, flags=asked.flags, again=True)
        case "merge":
            if asked.other is not None:
                actions.merge(**given, other=asked.other)
        case "part":
            actions.part(**given)


def standing_words(contribution: Contribution) -> list[tuple[str, str]]:
    """What is flagged in what it says now, and was not dismissed."""
    flags = contribution.current.flags.filter(dismissed_at=None)
    return [(one.kind, one.words_of(contribution.current)) for one in flags]


def remember(request: HttpRequest, asked: Asked, outcome: Outcome, here: str) -> None:
    """`here` is the address of the page that the button stood on."""
    if outcome.trail:
        request.session[LAST] = {"deed": asked.deed, "trail": outcome.trail, "here": here}


def last_place(request: HttpRequest) -> str:
    """Where the last of it was done; "" where nothing was."""
    return str((request.session.get(LAST) or {}).get("here", ""))


def undo(request: HttpRequest, mine: ContributionQuerySet, *, by: Person | None, now: datetime) -> Outcome:
    """The last thing that was done in this session; what someone else has changed since stays as it is."""
    last = request.session.pop(LAST, None) or {"deed": "", "trail": []}
    total = Outcome()
    by_key = mine.select_related("current").in_bulk([step["pk"] for step in last["trail"]])
    for step in last["trail"]:
        contribution = by_key.get(step["pk"])
        asked = _opposite(last["deed"], step)
        if contribution is None or asked is None:
            total.changed += 1
            continue
        command = uuid5(UUID(step["command"]), "undo")
        one = do(asked, [(contribution, UUID(step["after"]))], command=command, by=by, now=now)
        total.done += one.done
        total.changed += one.changed
        total.refused += one.refused
    return total


def _opposite(deed: str, step: dict[str, Any]) -> Asked | None:
    """None for what has none. A reason is not kept: what was hidden waits to be read again."""
    if deed in {"accept", "hide", "put_back"}:
        return Asked(deed="accept" if step["status"] == Status.ACCEPTED else "put_back")
    if deed == "redact":
        return Asked(deed="unredact")
    if deed == "dismiss":
        return Asked(deed="flag_again", flags=step["flags"])
    if deed == "merge":
        return Asked(deed="part")
    if deed == "part":
        other = Contribution.objects.filter(pk=step["twin_of"]).first()
        return Asked(deed="merge", other=other)
    return None
