"""Pages that correct session forms of a document on its way in."""

from datetime import date

import pytest
from django.test import Client

from cahiers.accounts.models import Person
from cahiers.notebooks.intake.models import ImportDraft
from tests import sample
from tests.consultations.teams import Place
from tests.notebooks.intake.pages import content, send, whole
from tests.notebooks.intake.test_views import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(found: Place, author: Person) -> ImportDraft:
    return whole(found, author)


def test_a_session_form_is_corrected_with_what_its_lines_mean(client: Client, draft: ImportDraft) -> None:
    address = f"{draft.get_absolute_url()}sessions/1/"
    assert address in page(client, draft.get_absolute_url()).links
    shown = page(client, address)
    for words in ("5 octobre 2026", "Sainte-Orle", "Solveig Marcastel (le 5 octobre), Inspectrice"):
        assert words in shown.html
    there = send(
        client,
        draft,
        "sessions/1/",
        label="Les bassins",
        dates_text="3 novembre 2026, Port-Brisel",
        format="remote",
        facilitators="Ida Morvenne, proviseure",
    )
    assert there == f"{address}jours/"
    held = content(draft).meetings[0]
    assert (held.label, held.format, held.facilitators_note) == ("Les bassins", "remote", None)
    assert [(day.start, day.place) for day in held.dates] == [(date(2026, 11, 3), "Port-Brisel")]
    assert held.facilitators[0].role == "proviseure"
    assert held.participants == sample.synthesis().meetings[0].participants
    shown = page(client, there)
    assert "Ida Morvenne" in shown.html
    days = {"jours": "2", "jour0-start": "2026-11-03", "jour0-end": "2026-11-04", "jour0-place": "Vaubelle"}
    there = send(client, draft, "sessions/1/jours/", **days)
    assert there.endswith("/sessions/")
    held = content(draft).meetings[0]
    assert (held.dates[0].end, held.dates[0].place) == (date(2026, 11, 4), "Vaubelle")
    assert held.dates_text == ("3 novembre 2026, Port-Brisel",)
    assert "premier" in send(client, draft, "sessions/1/jours/", 422, **days | {"jour0-end": "2026-11-01"})
    # Lines that did not change mean what was corrected.
    send(client, draft, "sessions/1/", label="Autre", dates_text="3 novembre 2026, Port-Brisel")
    assert content(draft).meetings[0].dates == held.dates


def test_who_attended_is_counted_on_nine_lines_and_any_other(client: Client, draft: ImportDraft) -> None:
    shown = page(client, f"{draft.get_absolute_url()}sessions/1/participants/")
    assert shown.html.count("<legend") == 10
    assert (shown.elements <= 350, shown.weight <= 8192) == (True, True)
    sent = {
        "ligne0-checked": "on",
        "ligne0-count": "12",
        "ligne0-establishments": "4",
        "ligne3-checked": "on",
        "ligne3-count": "30",
        "ligne3-note": "dont 10 par enquête",
        "ligne9-establishments": "3",
    }
    send(client, draft, "sessions/1/participants/", **sent)
    lines = content(draft).meetings[0].participants
    assert (lines[0].count, lines[0].establishments, lines[0].checked) == (12, 4, True)
    assert (lines[3].category, lines[3].count, lines[3].surveyed) == ("users", 30, 10)
    assert (lines[9].label, lines[9].checked) == ("Curieux", False)
    more = send(
        client, draft, "sessions/1/participants/", 422, **sent | {"ligne0-count": "1", "ligne0-surveyed": "2"}
    )
    assert "Plus de réponses que de personnes" in more


def test_sessions_are_added_and_set_aside(client: Client, draft: ImportDraft) -> None:
    listing = f"{draft.get_absolute_url()}sessions/"
    page(client, f"{listing}ajouter/")
    there = send(client, draft, "sessions/ajouter/", label="Oubliée", dates_text="12 mai 2026")
    assert there == f"{listing}3/jours/"
    assert content(draft).meetings[2].dates[0].start == date(2026, 5, 12)
    assert "Oubliée" in page(client, listing).html
    assert send(client, draft, "sessions/3/", do="aside") == listing
    assert content(draft).warnings[-1].text == "Oubliée\n12 mai 2026"
    assert len(content(draft).meetings) == 2
    assert client.get(f"{listing}3/")["Location"] == listing
