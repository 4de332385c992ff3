"""Decidim's meetings."""

# ruff: noqa: E501 - rows of exports read best on one line

from datetime import date

from cahiers.contributions.tables import recognise
from tests.contributions.tables.samples import as_csv, opened, said

MEETING = {
    "id": "3", "category/name/fr": "Égal accès", "scope/name/fr": "Mayenne", "participatory_space/id": "1", "component/id": "9",
    "title/fr": "Atelier de Laval", "description/fr": "<p>Venez nombreux.</p>", "start_time": "2026-10-12 18:00:00", "end_time": "2026-10-12 20:00:00",
    "attendees": "31", "contributions": "12", "organizations": "Foyer rural, Amicale", "address": "Place du marché, Laval", "location/fr": "Salle B",
    "reference": "AV-MEET-3", "url": "https://avis.example/m/3", "type_of_meeting": "in_person", "closing_report/fr": "<p>On a parlé des cars.</p>",
}  # fmt: skip


def test_the_report_of_a_meeting_is_what_was_said():
    planned = {**MEETING, "id": "4", "reference": "AV-MEET-4", "closing_report/fr": ""}
    table = opened(as_csv([list(MEETING), list(MEETING.values()), list(planned.values())]))
    assert recognise(table).name == "decidim_meetings"
    # The other one is announced, and nothing was said there yet.
    (one,) = said(table)
    assert one.text == "On a parlé des cars."
    assert (one.title, one.date, one.territory_text) == ("Atelier de Laval", date(2026, 10, 12), "Mayenne")
    assert one.answers["attendees"] == "31"
    assert one.answers["organizations"] == "Foyer rural, Amicale"
