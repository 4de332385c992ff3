"""A meeting is closed in one form: who was there, what is left, and the notebook is ready."""

from uuid import uuid4

import pytest
from django.test import Client

from cahiers.boards.actions import closing, joining, opening, running, taking
from cahiers.boards.actions.closing import Came
from cahiers.boards.commands import Write
from cahiers.boards.devices import new_key
from cahiers.boards.models import Note
from cahiers.documents import model
from cahiers.journal.models import Entry
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import form_of, with_forms
from cahiers.notebooks.models import Row

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(board, now):
    for category, remote in (("users", False), ("users", True), ("researchers", True), ("", False)):
        joining.join(board=board, key=new_key(), category=category, remote=remote, now=now)


@pytest.fixture
def close(host, board):
    """Sends the form as it was shown, with other values for some fields."""

    def post(client=host, **changed):
        page = client.get(f"/r/{board.code}/animer/clore/").context
        fields = {name: page["form"][name].value() or "" for name in page["form"].fields}
        for line in page["lines"]:
            for bound in line:
                fields[bound.html_name] = bound.value() or ""
        fields |= changed
        return client.post(f"/r/{board.code}/animer/clore/", fields, follow=True), fields

    return post


def told() -> model.Meeting:
    return form_of(with_forms(Meeting.objects.all()).get())


def line(category: str) -> model.Participant:
    return next(one for one in told().participants if one.category == category)


def test_attendance_comes_from_those_who_joined_and_is_put_right(close, people):
    answer, _fields = close(**{"researchers-here": "3", "untreated": "La formation des remplaçants."})
    page = answer.content.decode()
    assert "La séance est close" in page
    assert "La formation des remplaçants." in page
    assert (line("users").count, line("users").note, line("users").checked) == (
        2,
        "dont à distance : 1",
        True,
    )
    assert (line("researchers").count, line("researchers").note) == (4, "dont à distance : 1")
    assert (line("edtech").count, line("edtech").checked) == (None, False)
    assert told().format == "hybrid"


def test_closing_twice_is_closing_once(close, host, board, people):
    _answer, fields = close()
    entries = Entry.objects.count()
    host.post(f"/r/{board.code}/animer/clore/", fields)
    assert Entry.objects.count() == entries


def test_the_action_itself_is_idempotent(board, people, now):
    from cahiers.meetings.actions import state_of

    meeting = with_forms(Meeting.objects.all()).get()
    asked = {
        "form": closing.filled_in(form_of(meeting), {}),
        "untreated": "",
        "seen": state_of(meeting),
        "command": uuid4(),
    }
    for _ in range(2):
        closing.close(board=board, **asked, by=None, now=now)
        entries = Entry.objects.count()
    closing.close(board=board, **asked, by=None, now=now)
    assert Entry.objects.count() == entries


def test_empty_rows_of_waiting_notes_are_removed(close, host, board, writing, phone, now):
    write = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text="Le wifi tombe")
    taking.take(board=board, commands=[write], now=now)
    running.set_step(board=board, round=writing, step="group", command=uuid4(), by=None, now=now)
    statement = Note.objects.get().statement
    card = f"{statement.code}:{statement.current_id}"
    host.post(f"/r/{board.code}/animer/ranger/", {"command": uuid4(), "card": card, "row": "new"})
    assert Row.objects.filter(present=True).count() == 2
    close()
    assert [row.statements.count() for row in Row.objects.filter(present=True)] == [1]


def test_what_waits_in_an_inbox_stays(close, board, writing, phone, now):
    write = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text="Le wifi tombe")
    taking.take(board=board, commands=[write], now=now)
    running.set_step(board=board, round=writing, step="reveal", command=uuid4(), by=None, now=now)
    close()
    assert Row.objects.filter(present=True).count() == 1


def test_numbers_that_are_none_are_refused_with_the_form_again(close, board):
    answer, _fields = close(**{"users-here": "-1"})
    assert answer.status_code == 422
    board.refresh_from_db()
    assert board.is_open


def test_a_session_that_changed_meanwhile_is_read_again(close, board, meeting):
    answer, fields = close(seen=uuid4())
    assert answer.status_code == 409
    assert "relisez les nombres" in answer.content.decode()
    board.refresh_from_db()
    assert board.is_open
    again = {**fields, "seen": answer.context["form"]["seen"].value()}
    again["command"] = answer.context["form"]["command"].value()
    close(**again)
    board.refresh_from_db()
    assert not board.is_open


def test_it_is_opened_again_and_closed_again(close, host, board, people):
    close(**{"users-here": "5"})
    page = host.post(f"/r/{board.code}/animer/rouvrir/", follow=True).content.decode()
    assert "rouverte" in page
    close()
    assert (line("users").count, line("users").note) == (6, "dont à distance : 1")


def test_late_notes_are_listed_and_flagged(close, host, board, writing, phone, now):
    close()
    write = Write(command=uuid4(), key=phone, round=writing.uuid, kind="irritant", text="Après la bataille")
    taking.take(board=board, commands=[write], now=now)
    page = host.get(f"/r/{board.code}/animer/").content.decode()
    assert "Arrivées après coup" in page
    assert "Après la bataille" in page


def test_who_came_by_the_link_closes_and_then_has_no_more_to_see(close, board):
    token = opening.renew_helpers_link(board=board)
    helper = Client()
    helper.get(f"/r/{board.code}/animer/{token}/")
    answer, _fields = close(client=helper)
    assert answer.request["PATH_INFO"] == f"/r/{board.code}/"
    assert helper.get(f"/r/{board.code}/animer/").status_code == 404
    opening.open_board(meeting=board.meeting, by=None, now=board.opened_at)
    assert helper.get(f"/r/{board.code}/animer/").status_code == 404


def test_survey_answers_are_not_among_people_who_came(meeting):
    held = model.Participant(
        category="users",
        label="Familles",
        checked=True,
        count=40,
        establishments=None,
        note="30 par enquête",
        surveyed=30,
    )
    form = model.Meeting(
        label="", dates_text=(), dates=(), format=None, facilitators=(), participants=(held,)
    )
    [filled] = closing.filled_in(form, {"users": Came(here=10, afar=2)}).participants
    assert (filled.count, filled.surveyed, filled.note) == (42, 30, "30 par enquête ; dont à distance : 2")
    assert closing.afar_in(filled) == 2


def test_what_is_not_treated_is_read_on_the_page_of_the_meeting(close, host, meeting):
    close(untreated="La question des locaux.")
    assert "La question des locaux." in host.get(meeting.get_absolute_url()).content.decode()
