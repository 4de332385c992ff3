"""Meetings say what their forms say; survey answers are never counted among who came."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from cahiers.meetings.actions import rewrite, store
from cahiers.meetings.models import Attendance, Facilitator, Meeting, MeetingDate
from cahiers.meetings.queries import Totals, form_of, lines_of, page_of, totals, with_forms

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
    lines = lines_of(Meeting.objects.order_by("number"))
    assert [(line.attended, line.surveyed) for line in lines] == [(20, 100), (0, 0)]
    assert (
        totals(lines)
        == page_of(Meeting.objects.order_by("number"), 1, 1)[1]
        == Totals(meetings=2, attended=20, surveyed=100)
    )
    assert [line.attended for line in Attendance.objects.order_by("pk")] == [20, None]


def test_more_answers_than_people_do_not_make_a_negative_attendance(meetings, synthesis):
    first = synthesis.meetings[0]
    lines = tuple(replace(line, surveyed=500) for line in first.participants)
    rewrite(meeting=meetings[0], form=replace(first, participants=lines))
    meetings[0].refresh_from_db()
    assert (meetings[0].attended, meetings[0].surveyed) == (0, 500 * len(lines))


def test_what_stood_in_the_database_is_counted_when_it_is_brought_up_to_date(meetings):
    Meeting.objects.update(attended=0, surveyed=0)
    import_module("cahiers.meetings.migrations.0004_people_counted").count(apps, None)
    assert list(Meeting.objects.values_list("attended", "surveyed")) == [(20, 100), (0, 0)]


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
