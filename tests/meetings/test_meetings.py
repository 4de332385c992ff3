"""Meetings say what their forms say; survey answers are never counted among who came."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cahiers.meetings.actions import store
from cahiers.meetings.models import Attendance, Facilitator, Meeting, MeetingDate
from cahiers.meetings.queries import form_of, totals, with_forms, with_totals

pytestmark = pytest.mark.django_db


@pytest.fixture
def meetings(consultation, region, synthesis):
    return store(consultation=consultation, territory=region, meetings=synthesis.meetings)


def test_a_form_comes_back_as_it_was(meetings, synthesis, django_assert_num_queries):
    with django_assert_num_queries(4):
        forms = [form_of(meeting) for meeting in with_forms(Meeting.objects.order_by("number"))]
    assert forms == list(synthesis.meetings)


def test_numbers_go_on_where_the_last_ones_stopped(meetings, consultation, region, synthesis):
    more = store(consultation=consultation, territory=region, meetings=synthesis.meetings)
    assert [meeting.number for meeting in (*meetings, *more)] == [1, 2, 3, 4]


def test_survey_answers_stay_apart(meetings):
    counted = with_totals(Meeting.objects.order_by("number"))
    assert [(meeting.attended, meeting.surveyed) for meeting in counted] == [(20, 100), (0, 0)]
    whole = totals(counted)
    assert (whole.attended, whole.surveyed) == (20, 100)
    assert [line.attended for line in Attendance.objects.order_by("pk")] == [20, None]


def test_more_answers_than_people_do_not_make_a_negative_attendance(meetings):
    Attendance.objects.filter(category="users").update(surveyed=500)
    assert with_totals(Meeting.objects.filter(number=1)).get().attended == 0


@pytest.mark.parametrize(
    ("model", "wrong"),
    [
        (MeetingDate, {"start": date(2026, 2, 2), "end": date(2026, 2, 1)}),
        (Facilitator, {"name": ""}),
        (Attendance, {"count": -1}),
        (Attendance, {"surveyed": -1}),
        (Attendance, {"establishments": -1}),
    ],
)
def test_the_database_refuses_senseless_lines(meetings, model, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.create(meeting=meetings[0], position=9, **wrong)


@pytest.mark.parametrize("wrong", [{"number": 2}, {"format": "by_night"}])
def test_the_database_refuses_a_senseless_meeting(meetings, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.filter(pk=meetings[0].pk).update(**wrong)
