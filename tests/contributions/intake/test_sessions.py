"""Meetings that another platform reports become sessions."""

from cahiers.contributions.intake.models import State
from cahiers.contributions.models import Contribution
from cahiers.meetings.models import Meeting, MeetingFormat
from tests.contributions.tables.samples import as_csv
from tests.contributions.tables.shapes.test_decidim_meetings import MEETING


def file(*meetings):
    return as_csv([list(MEETING), *(list(one.values()) for one in meetings)])


def test_a_reported_meeting_is_a_session_with_its_form(imported, laval):
    planned = {**MEETING, "id": "4", "reference": "AV-MEET-4", "closing_report/fr": ""}
    found = imported(file(MEETING, planned), "rencontres.csv")
    assert found.counted["sessions"] == 1
    said = Contribution.objects.get()
    meeting = Meeting.objects.get()
    assert said.meeting == meeting
    assert (meeting.label, meeting.format, meeting.attended) == (
        "Atelier de Laval",
        MeetingFormat.IN_PERSON,
        31,
    )
    [day] = meeting.dates.all()
    assert (f"{day.start}", f"{day.end}", day.place) == (
        "2026-10-12",
        "2026-10-12",
        "Salle B, Place du marché, Laval",
    )
    assert meeting.attendance.get().note == "Foyer rural, Amicale"


def test_the_same_meetings_again_make_no_session(imported):
    imported(file(MEETING), "rencontres.csv")
    later = {**MEETING, "id": "4", "reference": "AV-MEET-4"}
    again = imported(file(MEETING, later), "rencontres.csv", whole=True)
    assert again.state == State.DONE
    assert [one.number for one in Meeting.objects.all()] == [1, 2]
    assert again.counted["sessions"] == 1


def test_a_report_that_says_little_makes_a_session_that_says_as_little(imported, region):
    bare = dict.fromkeys(MEETING, "") | {
        "id": "9",
        "title/fr": "Rencontre",
        "closing_report/fr": "On a décidé d’attendre.",
    }
    imported(file(bare), "rencontres.csv")
    meeting = Meeting.objects.get()
    assert (meeting.label, meeting.format, meeting.attended) == ("Rencontre", None, 0)
    assert not meeting.dates.exists()
    assert not meeting.attendance.exists()
