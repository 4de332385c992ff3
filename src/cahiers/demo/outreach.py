"""Who was invited to the demo, who answered, and how many there are to hear: tables, read as anyone would drop them."""

from collections.abc import Mapping
from datetime import date, datetime
from importlib.resources.abc import Traversable
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid5

from cahiers.consultations.models import Consultation
from cahiers.contributions.invitations import actions as invitations
from cahiers.contributions.invitations import files as guests
from cahiers.contributions.portrait.reference import actions as reference
from cahiers.contributions.portrait.reference import files as numbers


class NotUnderstood(ValueError):
    """A table of the demo has lines that its reader refuses."""


def reach_out(plan: Mapping[str, Any], folder: Traversable, now: datetime) -> None:
    """`plan` names the two tables in `folder`, and who answered otherwise than by a contribution."""
    consultation = Consultation.objects.get(slug=plan["consultation"])

    def command(name: str) -> UUID:
        return uuid5(consultation.uuid, name)

    def read(source: Any, name: str) -> Any:
        file = folder / name
        with file.open("rb") as stream:
            items, wrong = source.read(consultation, cast(BinaryIO, stream), file.name)
        if wrong:
            raise NotUnderstood(f"{name} : {wrong}")
        return items

    invitations.invite(
        consultation=consultation,
        guests=read(guests, plan["invitations"]),
        command=command("invitations"),
        by=None,
        now=now,
    )
    for told in plan["answered"]:
        invitations.answered(
            invited=consultation.invited.get(name=told["name"]),
            on=date.fromisoformat(told["on"]),
            command=command(told["name"]),
            by=None,
            now=now,
        )
    reference.enter(
        consultation=consultation,
        numbers=read(numbers, plan["population"]),
        command=command("population"),
        by=None,
        now=now,
    )
