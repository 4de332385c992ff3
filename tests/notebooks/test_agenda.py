"""The meetings that a notebook accounts for."""

from uuid import uuid4

import pytest
from django.test import Client

from cahiers.consultations.models import Role
from cahiers.consultations.revising import Changed
from cahiers.documents import model
from cahiers.journal.models import Entry, Verb
from cahiers.meetings.actions import create, store
from cahiers.notebooks.actions import agenda
from tests.accounts.people import someone
from tests.consultations.teams import member, signed_in
from tests.consultations.test_organising import sent
from tests.pages import Page

pytestmark = pytest.mark.django_db


def session(label: str) -> model.Meeting:
    return model.Meeting(label=label, dates_text=(), dates=(), format=None, facilitators=(), participants=())


@pytest.fixture
def more(notebook):
    forms = [session("Lycées"), session("Écoles")]
    return store(consultation=notebook.consultation, territory=notebook.territory, meetings=forms)


def address(notebook) -> str:
    return f"{notebook.get_absolute_url()}sessions/"


def test_meetings_are_put_in_order(notebook, more) -> None:
    client = signed_in(someone(staff=True))
    first = agenda.agenda_of(notebook)[0]
    wanted = [more[1], first, more[0]]
    answer = sent(client, address(notebook), numbers="\n".join(f"n° {one.number}" for one in wanted))
    assert answer["Location"] == notebook.get_absolute_url()
    assert agenda.agenda_of(notebook) == wanted
    assert Entry.objects.filter(subject=notebook.uuid, verb=Verb.EDIT).count() == 1
    sent(client, address(notebook))
    assert Entry.objects.filter(subject=notebook.uuid, verb=Verb.EDIT).count() == 1
    assert "Écoles" in client.get(notebook.get_absolute_url()).content.decode()


@pytest.mark.parametrize("typed", ["999", "première", "99999999999999999999"])
def test_a_number_of_no_meeting_is_said(notebook, more, typed: str) -> None:
    before = agenda.agenda_of(notebook)
    answer = sent(signed_in(someone(staff=True)), address(notebook), numbers=typed)
    assert answer.status_code == 422
    assert f"{typed}." in answer.content.decode()
    assert agenda.agenda_of(notebook) == before


def test_meetings_from_elsewhere_are_refused(notebook, nation, now) -> None:
    far = create(
        consultation=notebook.consultation,
        territory=nation,
        form=session("Nation"),
        command=uuid4(),
        by=None,
        now=now,
    )
    answer = sent(signed_in(someone(staff=True)), address(notebook), numbers=str(far.number))
    assert answer.status_code == 422


def test_two_people_never_overwrite_each_other(notebook, more, now) -> None:
    seen = agenda.state_of(notebook)
    agenda.account_for(notebook=notebook, meetings=more, seen=seen, command=uuid4(), by=None, now=now)
    with pytest.raises(Changed):
        agenda.account_for(notebook=notebook, meetings=[], seen=seen, command=uuid4(), by=None, now=now)
    assert agenda.agenda_of(notebook) == more
    answer = sent(signed_in(someone(staff=True)), address(notebook), numbers="", seen=seen)
    assert answer.status_code == 409


def test_others_are_refused(notebook, django_assert_max_num_queries) -> None:
    reader = signed_in(member(notebook.consultation, Role.READER))
    assert Client().get(address(notebook)).status_code == 404
    assert reader.get(address(notebook)).status_code == 403
    assert reader.post(address(notebook)).status_code == 403
    staff = signed_in(someone("Noé Palud", staff=True))
    with django_assert_max_num_queries(8):
        page = Page(staff.get(address(notebook)).content.decode())
    assert (page.weight <= 8192, page.elements <= 350, page.inline) == (True, True, [])
