"""Inviting colleagues, changing their role, ending it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from cahiers.accounts import actions as accounts
from cahiers.accounts import mail
from cahiers.accounts.models import Person
from cahiers.consultations.models import Consultation, Membership, MembershipQuerySet, Role
from cahiers.journal.actions import record
from cahiers.journal.models import Verb
from cahiers.territories.models import Territory


class AlreadyMember(ValueError):
    """The person holds a role there already."""


class OutsideConsultation(ValueError):
    """The territory is not one of the consultation's."""


class Ended(Exception):
    """Someone else ended the membership in the meantime."""


class Answered(Exception):
    """The invitation needs no other message: the person has the role."""


class LastOrganiser(Exception):
    """Nobody else could invite anyone in the consultation as a whole."""

    def __init__(self, consultation: Consultation) -> None:
        super().__init__(consultation.title)
        self.consultation = consultation


@transaction.atomic
def grant(
    *,
    consultation: Consultation,
    email: str,
    display_name: str = "",
    role: Role,
    territory: Territory | None = None,
    by: Person | None,
    now: datetime,
) -> Membership:
    """Give someone a role, known or not; without a name, it is made of the address.

    Raises AlreadyMember or OutsideConsultation.
    """
    if territory is not None and not consultation.covers(territory):
        raise OutsideConsultation(territory.name)
    _lock([consultation])
    email = email.strip().lower()
    person = Person.objects.filter(email=email).first() or accounts.register(
        email=email, display_name=display_name.strip() or email.partition("@")[0], by=by, now=now
    )
    if _current(consultation).filter(person=person, territory=territory).exists():
        raise AlreadyMember(email)
    membership = Membership.objects.create(
        person=person, consultation=consultation, territory=territory, role=role, since=now
    )
    _record(membership, Verb.INVITE, by, now, after=membership.uuid)
    return membership


@transaction.atomic
def invite(
    *,
    consultation: Consultation,
    email: str,
    display_name: str = "",
    role: Role,
    territory: Territory | None = None,
    by: Person | None,
    now: datetime,
) -> Membership:
    """Grant a role and write to the person, who has INVITATION_DAYS to sign in first. Raises what `grant` does."""
    membership = grant(
        consultation=consultation,
        email=email,
        display_name=display_name,
        role=role,
        territory=territory,
        by=by,
        now=now,
    )
    _wait_for(membership, now)
    _write_to(membership, by)
    return membership


@transaction.atomic
def invite_again(*, membership: Membership, by: Person | None, now: datetime) -> None:
    """Write once more to someone who has not answered, and give them as much time. Raises Answered or Ended."""
    _lock([membership.consultation])
    found = Membership.objects.current().select_related("person").filter(pk=membership.pk).first()
    if found is None:
        raise Ended
    if not found.is_pending:
        raise Answered
    _wait_for(membership, now)
    _write_to(membership, by)
    _record(membership, Verb.INVITE, by, now, after=membership.uuid)


@transaction.atomic
def assign(*, membership: Membership, role: Role, by: Person | None, now: datetime) -> Membership:
    """The same person with another role in the same place; the same role changes nothing.

    Raises LastOrganiser or Ended.
    """
    if role == membership.role:
        return membership
    _lock([membership.consultation])
    if role != Role.ORGANISER:
        _spare_last_organiser(membership, now)
    _end(membership, now)
    another = Membership.objects.create(
        person=membership.person,
        consultation=membership.consultation,
        territory=membership.territory,
        role=role,
        since=now,
        answer_by=membership.answer_by,
    )
    _record(another, Verb.ASSIGN, by, now, before=membership.uuid, after=another.uuid)
    return another


@transaction.atomic
def dismiss(*, membership: Membership, by: Person | None, now: datetime) -> None:
    """End it, be it somebody's own. Raises LastOrganiser or Ended."""
    _lock([membership.consultation])
    _spare_last_organiser(membership, now)
    _end(membership, now)
    _record(membership, Verb.DISMISS, by, now, before=membership.uuid)


@transaction.atomic
def delete_account(*, person: Person, by: Person | None, now: datetime) -> None:
    """End all that the person holds, then forget them. Raises LastOrganiser, and nothing has changed."""
    held = list(
        Membership.objects.current().filter(person=person).select_related("consultation", "territory")
    )
    _lock(membership.consultation for membership in held)
    for membership in held:
        _spare_last_organiser(membership, now)
        _record(membership, Verb.DISMISS, by, now, before=membership.uuid)
    accounts.delete(person=person, by=by, now=now)


def _lock(consultations: Iterable[Consultation]) -> None:
    """Two organisers who remove each other at once wait for one another here."""
    keys = [consultation.pk for consultation in consultations]
    list(Consultation.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def _wait_for(membership: Membership, now: datetime) -> None:
    """Until its time is up; a person who has signed in before is waited for no longer."""
    known = membership.person.first_login is not None
    membership.answer_by = None if known else now + timedelta(days=settings.INVITATION_DAYS)
    membership.save(update_fields=["answer_by"])


def _current(consultation: Consultation) -> MembershipQuerySet:
    return Membership.objects.current().filter(consultation=consultation)


def _spare_last_organiser(membership: Membership, now: datetime) -> None:
    if membership.territory_id is not None or membership.role != Role.ORGANISER:
        return
    others = _current(membership.consultation).filter(
        territory=None, role=Role.ORGANISER, person__is_active=True
    )
    if not others.in_time(now).exclude(person=membership.person_id).exists():
        raise LastOrganiser(membership.consultation)


def _end(membership: Membership, now: datetime) -> None:
    if not Membership.objects.current().filter(pk=membership.pk).update(until=now):
        raise Ended


def _write_to(membership: Membership, by: Person | None) -> None:
    mail.send_later(
        mail.compose(
            membership.person,
            "consultations/mail_invitation.txt",
            {
                "membership": membership,
                "by": by,
                "address": settings.SITE_URL + membership.consultation.get_absolute_url(),
            },
        )
    )


def _record(
    membership: Membership,
    verb: Verb,
    by: Person | None,
    now: datetime,
    before: UUID | None = None,
    after: UUID | None = None,
) -> None:
    record(
        stream=membership.consultation.uuid,
        verb=verb,
        subject=membership.person.uuid,
        actor=by.uuid if by else None,
        before=before,
        after=after,
        at=now,
    )
