"""A meeting that was deleted comes back as it was."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from cahiers.consultations.models import Role
from cahiers.documents import model
from cahiers.journal.queries import history
from cahiers.meetings import actions
from cahiers.meetings.models import DeletedMeeting, Meeting
from cahiers.meetings.queries import form_of, with_forms
from tests.accounts.people import NOW
from tests.consultations.teams import Place, member, place

pytestmark = pytest.mark.django_db

SESSIONS = "/deux-rives/sessions/"
FORM = model.Meeting(
    label="Rive-Nord – première rencontre",
    dates_text=("Le 5 octobre : Port-Aubin",),
    dates=(),
    format="in_person",
    facilitators=(model.Facilitator(name="Solveig Marcastel", role="Inspectrice", note=None),),
    participants=(
        model.Participant(
            category="users", label="Usagers", checked=False, count=None, establishments=None, note="à venir"
        ),
    ),
)


@pytest.fixture
def found() -> Place:
    return place()


@pytest.fixture
def meeting(found: Place) -> Meeting:
    made = actions.create(
        consultation=found.consultation, territory=found.north, form=FORM, command=uuid4(), by=None, now=NOW
    )
    return as_now(made)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.utils import timezone

    monkeypatch.setattr(timezone, "now", lambda: NOW)


def as_now(meeting: Meeting) -> Meeting:
    return with_forms(Meeting.objects.select_related("consultation", "territory")).get(uuid=meeting.uuid)


def signed_in(found: Place, role: Role, territory=None, name="Inès Tourbier") -> Client:
    client = Client()
    client.force_login(member(found.consultation, role, territory, name=name))
    return client


def delete(meeting: Meeting, now=NOW) -> DeletedMeeting:
    actions.delete(meeting=meeting, seen=actions.state_of(meeting), command=uuid4(), by=None, now=now)
    return DeletedMeeting.objects.select_related("consultation", "place").get(uuid=meeting.uuid)


def test_it_comes_back_whole(meeting: Meeting) -> None:
    deleted = delete(meeting)
    assert not Meeting.objects.exists()
    for _twice in range(2):
        back = actions.restore(deleted=deleted, by=None, now=NOW)
    assert Meeting.objects.count() == 1
    assert (back.uuid, back.number, back.territory) == (meeting.uuid, meeting.number, meeting.territory)
    assert form_of(as_now(back)) == FORM
    assert [entry.verb for entry in history(meeting.uuid)] == ["create", "delete", "restore"]


def test_another_meeting_keeps_the_number_that_it_took(meeting: Meeting, found: Place) -> None:
    deleted = delete(meeting)
    [other] = actions.store(consultation=found.consultation, territory=found.south, meetings=[FORM])
    assert other.number == meeting.number
    assert actions.restore(deleted=deleted, by=None, now=NOW).number == meeting.number + 1


def test_deleted_again_it_comes_back_again(meeting: Meeting) -> None:
    back = actions.restore(deleted=delete(meeting), by=None, now=NOW)
    again = delete(as_now(back))
    actions.restore(deleted=again, by=None, now=NOW)
    assert Meeting.objects.get().uuid == meeting.uuid


def test_not_where_its_territory_is_no_longer_consulted(meeting: Meeting, found: Place) -> None:
    deleted = delete(meeting)
    found.consultation.territories.set([found.elsewhere])
    with pytest.raises(actions.OutsideConsultation):
        actions.restore(deleted=deleted, by=None, now=NOW)


def test_after_a_month_it_is_forgotten_at_the_next_deletion(meeting: Meeting, found: Place) -> None:
    delete(meeting)
    [other] = actions.store(consultation=found.consultation, territory=found.south, meetings=[FORM])
    delete(as_now(other), NOW + timedelta(days=31))
    assert DeletedMeeting.objects.get().uuid == other.uuid


def test_the_message_and_the_list_bring_it_back(meeting: Meeting, found: Place) -> None:
    client = signed_in(found, Role.FACILITATOR, found.north)
    for _place in ("message", "list"):
        given = {"seen": actions.state_of(as_now(meeting)), "command": uuid4()}
        answer = client.post(f"{SESSIONS}1/supprimer/", given, follow=True)
        page = answer.content.decode()
        undo = f"{SESSIONS}retablir/{given['command']}/"
        assert page.count(f'action="{undo}"') == 2
        assert "Supprimées depuis un mois" in client.get(SESSIONS).content.decode()
        assert client.post(undo)["Location"] == f"{SESSIONS}1/"
    assert "Supprimées depuis un mois" not in client.get(SESSIONS).content.decode()


def test_whoever_may_not_write_there_restores_nothing(meeting: Meeting, found: Place) -> None:
    undo = f"{SESSIONS}retablir/{delete(meeting).command}/"
    elsewhere = signed_in(found, Role.FACILITATOR, found.south, name="Noé Palud")
    assert "Supprimées" not in elsewhere.get(SESSIONS).content.decode()
    for client, refused in (
        (Client(), 404),
        (elsewhere, 403),
        (signed_in(found, Role.READER, name="Lou Sarde"), 403),
    ):
        assert client.post(undo).status_code == refused
    writer = signed_in(found, Role.FACILITATOR)
    assert writer.get(undo).status_code == 405
    assert writer.post(f"{SESSIONS}retablir/{uuid4()}/").status_code == 404
    assert not Meeting.objects.exists()


def test_a_territory_can_leave_with_what_was_deleted_there(meeting: Meeting, found: Place) -> None:
    from cahiers.consultations.organising.uses import holds

    delete(meeting)
    assert not holds(found.consultation, found.north)
