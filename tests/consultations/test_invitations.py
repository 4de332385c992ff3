"""An invitation waits for a first sign-in, lapses after its days, and can be sent again."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cahiers.accounts.actions import welcome
from cahiers.accounts.models import Person
from cahiers.cli import main
from cahiers.consultations.models import Consultation, Membership, Role
from cahiers.consultations.permissions import is_member, may_edit, visible_to
from cahiers.consultations.team import actions
from cahiers.journal.models import Entry
from tests.accounts.people import NOW, digits_sent, someone
from tests.consultations.teams import Place, member, place

pytestmark = pytest.mark.django_db

IN_TIME, LATE = NOW + timedelta(days=29), NOW + timedelta(days=31)
TEAM = "/deux-rives/equipe/"


@pytest.fixture
def found() -> Place:
    return place()


@pytest.fixture
def organiser(found: Place) -> Client:
    client = Client()
    client.force_login(member(found.consultation, Role.ORGANISER))
    return client


@pytest.fixture
def invited(found: Place) -> Membership:
    return actions.invite(
        consultation=found.consultation,
        email="noe.palud@exemple.example",
        role=Role.FACILITATOR,
        by=None,
        now=NOW,
    )


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    def at(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return at


def again(person: Person) -> Person:
    """As the next request sees them."""
    return Person.objects.get(pk=person.pk)


def sees(person: Person, consultation: Consultation) -> tuple[bool, bool, bool]:
    person = again(person)
    return (
        is_member(person, consultation),
        may_edit(person, consultation),
        visible_to(person, Consultation.objects.all()).exists(),
    )


def test_answered_in_time_the_role_is_held_for_good(invited: Membership, found: Place, clock) -> None:
    assert invited.answer_by == NOW + timedelta(days=30)
    welcome(person=invited.person, now=IN_TIME)
    clock(LATE)
    invited = Membership.objects.get(pk=invited.pk)
    assert (invited.is_pending, invited.is_lapsed) == (False, False)
    assert sees(invited.person, found.consultation) == (True, True, True)


def test_answered_late_the_role_is_void(invited: Membership, found: Place, clock) -> None:
    clock(LATE)
    assert (invited.is_pending, invited.is_lapsed) == (True, True)
    welcome(person=invited.person, now=LATE)
    assert Membership.objects.get(pk=invited.pk).is_lapsed
    assert sees(invited.person, found.consultation) == (False, False, False)


def test_a_later_sign_in_changes_nothing(invited: Membership) -> None:
    welcome(person=invited.person, now=IN_TIME)
    welcome(person=invited.person, now=LATE)
    assert again(invited.person).first_login == IN_TIME


def test_sent_again_it_waits_as_long(invited: Membership, found: Place) -> None:
    actions.invite_again(membership=invited, by=None, now=LATE)
    invited.refresh_from_db()
    assert invited.answer_by == LATE + timedelta(days=30)
    assert [message.to for message in mail.outbox] == [["noe.palud@exemple.example"]] * 2
    assert Entry.objects.filter(verb="invite", subject=invited.person.uuid).count() == 2


def test_sent_again_to_who_came_late_the_role_is_theirs(invited: Membership, found: Place) -> None:
    welcome(person=invited.person, now=LATE)
    late = Membership.objects.select_related("person").get(pk=invited.pk)
    actions.invite_again(membership=late, by=None, now=LATE)
    assert sees(invited.person, found.consultation) == (True, True, True)


def test_not_sent_again_to_who_answered_or_left(invited: Membership) -> None:
    welcome(person=invited.person, now=IN_TIME)
    with pytest.raises(actions.Answered):
        actions.invite_again(membership=invited, by=None, now=IN_TIME)
    actions.dismiss(membership=invited, by=None, now=IN_TIME)
    with pytest.raises(actions.Ended):
        actions.invite_again(membership=invited, by=None, now=IN_TIME)
    assert len(mail.outbox) == 1


def test_who_is_known_is_not_waited_for(found: Place) -> None:
    person = someone()
    held = actions.invite(
        consultation=found.consultation, email=person.email, role=Role.READER, by=None, now=NOW
    )
    assert held.answer_by is None


def test_another_role_waits_for_the_same_answer(invited: Membership) -> None:
    another = actions.assign(membership=invited, role=Role.READER, by=None, now=IN_TIME)
    assert another.answer_by == invited.answer_by


def test_a_lapsed_invitation_does_not_stand_for_an_organiser(found: Place) -> None:
    last = Membership.objects.get(person=member(found.consultation, Role.ORGANISER))
    actions.invite(
        consultation=found.consultation, email="a@exemple.example", role=Role.ORGANISER, by=None, now=NOW
    )
    with pytest.raises(actions.LastOrganiser):
        actions.dismiss(membership=last, by=None, now=LATE)
    actions.dismiss(membership=last, by=None, now=IN_TIME)


def test_pages_say_when_it_lapses_and_send_it_again(invited: Membership, organiser: Client, clock) -> None:
    clock(IN_TIME)
    address = f"{TEAM}{invited.uuid}/"
    assert "invitation en attente" in organiser.get(TEAM).content.decode()
    assert "Elle expire le 4\u00a0novembre 2026." in organiser.get(address).content.decode()
    clock(LATE)
    assert "invitation expirée" in organiser.get(TEAM).content.decode()
    assert "a expiré le 4\u00a0novembre 2026" in organiser.get(address).content.decode()
    answer = organiser.post(f"{address}renvoyer/", follow=True)
    assert "renvoyée à noe.palud@exemple.example" in answer.content.decode()
    assert "L’invitation vaut jusqu’au 5\u00a0décembre 2026." in str(mail.outbox[-1].body)


def test_who_may_not_invite_sends_nothing_again(invited: Membership, organiser: Client, found: Place) -> None:
    client = Client()
    address = f"{TEAM}{invited.uuid}/renvoyer/"
    assert client.post(address).status_code == 404
    client.force_login(member(found.consultation, Role.FACILITATOR, name="Lou Sarde"))
    assert client.post(address).status_code == 403
    assert organiser.get(address).status_code == 405
    assert len(mail.outbox) == 1


def test_signing_in_by_code_answers_it(invited: Membership, found: Place) -> None:
    client = Client()
    client.post("/compte/connexion/", {"email": invited.person.email})
    client.post("/compte/connexion/code/", {"digits": digits_sent()})
    assert again(invited.person).first_login is not None


def test_the_command_line_sends_it_again(found: Place, clock, capsys) -> None:
    given = ["user", "add", "noe.palud@exemple.example", "--organiser-of", found.consultation.slug]
    clock(NOW)
    assert main(given) == 0
    clock(LATE)
    main(["user", "list"])
    assert "(invitation expirée)" in capsys.readouterr().out
    assert main(given) == 0
    assert len(mail.outbox) == 2
    assert Membership.objects.current().get(person__email="noe.palud@exemple.example").answer_by == (
        LATE + timedelta(days=30)
    )
