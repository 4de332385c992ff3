"""Inviting, changing roles, ending them, forgetting a person."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from cahiers.accounts.models import Person
from cahiers.consultations.models import Membership, Role
from cahiers.consultations.team import actions
from cahiers.journal.actions import HOUSE
from cahiers.journal.models import Entry
from cahiers.journal.queries import entries_after
from tests.accounts.people import NOW, someone
from tests.consultations.teams import member, place

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=1)


def held(person: Person) -> Membership:
    return Membership.objects.current().get(person=person)


def test_an_invitation_is_a_membership_that_waits() -> None:
    found = place()
    by = member(found.consultation, Role.ORGANISER)
    invited = actions.invite(
        consultation=found.consultation,
        email=" Noe.Palud@Exemple.example ",
        role=Role.FACILITATOR,
        territory=found.north,
        by=by,
        now=NOW,
    )
    assert invited.is_pending
    assert (invited.person.email, invited.person.display_name) == ("noe.palud@exemple.example", "noe.palud")
    message = mail.outbox[0]
    assert message.to == ["noe.palud@exemple.example"]
    for said in (by.display_name, "Le numérique à l’école", "Animation", "Rive-Nord", "/deux-rives/"):
        assert said in str(message.body)
    entry = entries_after(found.consultation.uuid).last()
    assert entry is not None
    assert (entry.verb, entry.subject, entry.actor) == ("invite", invited.person.uuid, by.uuid)
    assert (entry.before, entry.after) == (None, invited.uuid)


def test_who_is_known_keeps_the_name_they_chose() -> None:
    found = place()
    person = someone()
    invited = actions.invite(
        consultation=found.consultation,
        email=person.email,
        display_name="Autre",
        role=Role.READER,
        by=None,
        now=NOW,
    )
    assert invited.person.display_name == "Inès Tourbier"
    assert not invited.is_pending


def test_twice_in_the_same_place() -> None:
    found = place()
    for territory in (None, found.north):
        given = {"consultation": found.consultation, "email": "a@exemple.example", "by": None, "now": NOW}
        actions.invite(**given, role=Role.READER, territory=territory)
        with pytest.raises(actions.AlreadyMember):
            actions.invite(**given, role=Role.ORGANISER, territory=territory)
    assert len(mail.outbox) == 2


def test_a_territory_of_another_consultation() -> None:
    found = place()
    with pytest.raises(actions.OutsideConsultation):
        actions.invite(
            consultation=found.consultation,
            email="a@exemple.example",
            role=Role.READER,
            territory=found.elsewhere,
            by=None,
            now=NOW,
        )
    assert not Person.objects.exists()


def test_another_role_is_another_membership() -> None:
    found = place()
    by = member(found.consultation, Role.ORGANISER)
    person = member(found.consultation, Role.READER, found.north, name="Noé Palud")
    before = held(person)
    after = actions.assign(membership=before, role=Role.FACILITATOR, by=by, now=LATER)
    assert held(person) == after
    assert (after.role, after.territory) == (Role.FACILITATOR, found.north)
    before.refresh_from_db()
    assert (before.role, before.until) == (Role.READER, LATER)
    entry = Entry.objects.get(verb="assign")
    assert (entry.subject, entry.before, entry.after) == (person.uuid, before.uuid, after.uuid)


def test_the_same_role_changes_nothing() -> None:
    found = place()
    membership = held(member(found.consultation, Role.ORGANISER))
    assert actions.assign(membership=membership, role=Role.ORGANISER, by=None, now=LATER) == membership
    assert not Entry.objects.filter(verb="assign").exists()


def test_dismissed_and_invited_again() -> None:
    found = place()
    person = member(found.consultation, Role.READER)
    membership = held(person)
    actions.dismiss(membership=membership, by=None, now=LATER)
    assert not Membership.objects.current().exists()
    entry = Entry.objects.get(verb="dismiss")
    assert (entry.subject, entry.before, entry.after) == (person.uuid, membership.uuid, None)
    actions.invite(consultation=found.consultation, email=person.email, role=Role.READER, by=None, now=LATER)
    assert Membership.objects.count() == 2


def test_the_last_organiser_stays() -> None:
    found = place()
    membership = held(member(found.consultation, Role.ORGANISER))
    member(found.consultation, Role.ORGANISER, found.north, name="Organise au nord")
    member(found.consultation, Role.FACILITATOR, name="Anime partout")
    entries = Entry.objects.count()
    with pytest.raises(actions.LastOrganiser):
        actions.dismiss(membership=membership, by=None, now=LATER)
    with pytest.raises(actions.LastOrganiser):
        actions.assign(membership=membership, role=Role.READER, by=None, now=LATER)
    with pytest.raises(actions.LastOrganiser):
        actions.delete_account(person=membership.person, by=membership.person, now=LATER)
    membership.refresh_from_db()
    assert membership.until is None
    assert Entry.objects.count() == entries


def test_an_organiser_whose_account_is_closed_does_not_count() -> None:
    found = place()
    membership = held(member(found.consultation, Role.ORGANISER))
    colleague = member(found.consultation, Role.ORGANISER, name="Noé Palud")
    Person.objects.filter(pk=colleague.pk).update(is_active=False)
    with pytest.raises(actions.LastOrganiser):
        actions.dismiss(membership=membership, by=None, now=LATER)


def test_one_of_two_organisers_goes() -> None:
    found = place()
    membership = held(member(found.consultation, Role.ORGANISER))
    member(found.consultation, Role.ORGANISER, name="Noé Palud")
    actions.dismiss(membership=membership, by=None, now=LATER)


def test_the_last_organiser_of_a_territory_goes() -> None:
    found = place()
    actions.dismiss(
        membership=held(member(found.consultation, Role.ORGANISER, found.north)), by=None, now=LATER
    )


def test_two_changes_at_once_do_not_both_happen() -> None:
    found = place()
    person = member(found.consultation, Role.READER)
    mine, theirs = held(person), held(person)
    actions.assign(membership=mine, role=Role.FACILITATOR, by=None, now=LATER)
    with pytest.raises(actions.Ended):
        actions.assign(membership=theirs, role=Role.ORGANISER, by=None, now=LATER)
    with pytest.raises(actions.Ended):
        actions.dismiss(membership=theirs, by=None, now=LATER)
    assert held(person).role == Role.FACILITATOR


def test_a_deleted_account_leaves_an_identifier() -> None:
    found = place()
    person = member(found.consultation, Role.FACILITATOR)
    uuid = person.uuid
    actions.delete_account(person=person, by=person, now=LATER)
    assert not Person.objects.exists()
    assert not Membership.objects.exists()
    assert [entry.verb for entry in Entry.objects.filter(subject=uuid).order_by("pk")] == [
        "create",
        "dismiss",
        "delete",
    ]
    assert entries_after(HOUSE).last() == Entry.objects.get(verb="delete")


@pytest.mark.parametrize("whole", [True, False])
def test_the_database_refuses_two_roles_in_one_place(whole: bool) -> None:
    found = place()
    territory = None if whole else found.north
    member(found.consultation, Role.READER, territory)
    with pytest.raises(IntegrityError), transaction.atomic():
        member(found.consultation, Role.ORGANISER, territory)
    Membership.objects.update(until=LATER)
    member(found.consultation, Role.ORGANISER, territory)


@pytest.mark.parametrize("change", [{"role": "king"}, {"until": NOW - timedelta(days=1)}])
def test_the_database_refuses_what_makes_no_sense(change: dict[str, object]) -> None:
    member(place().consultation, Role.READER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.update(**change)


@pytest.mark.parametrize("change", ["UPDATE journal_entry SET verb = 'edit'", "DELETE FROM journal_entry"])
def test_new_verbs_left_the_journal_append_only(change: str) -> None:
    from django.db import DatabaseError, connection

    someone()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
