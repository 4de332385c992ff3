"""Meetings that people write: the form, its days, its participants; whom the pages refuse."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cahiers.accounts.models import Person
from cahiers.consultations.models import Role
from cahiers.consultations.revising import Changed
from cahiers.journal.models import Entry, Verb
from cahiers.meetings import actions
from cahiers.meetings.models import Meeting
from cahiers.meetings.queries import form_of, with_forms
from tests.accounts.people import NOW, someone
from tests.consultations.teams import Place, member, place, signed_in
from tests.consultations.test_organising import sent
from tests.pages import Page

pytestmark = pytest.mark.django_db

ADD = "/deux-rives/sessions/ajouter/"
MEETING = "/deux-rives/sessions/1/"
LINES = "12 octobre 2026, collège des Tilleuls\n14 et 15 octobre 2026 à distance"
PEOPLE = "Inès Tourbier (lycée du Lac), professeure\nNoé Palud, conseiller\nVoir la liste jointe"


@pytest.fixture
def found() -> Place:
    return place()


@pytest.fixture
def facilitator(found: Place) -> Client:
    return signed_in(member(found.consultation, Role.FACILITATOR, found.north))


def added(client: Client, **given: object) -> Meeting:
    filled = {"label": "Collèges", "territory": "grèves", "dates_text": LINES, "facilitators": PEOPLE}
    answer = sent(client, ADD, **{**filled, "format": "hybrid", **given})
    assert answer.status_code == 302, answer.context["form"].errors
    return now_is()


def now_is() -> Meeting:
    return with_forms(Meeting.objects.select_related("consultation")).get()


def test_a_meeting_is_written_and_read_back(found: Place, facilitator: Client) -> None:
    meeting = added(facilitator)
    told = form_of(meeting)
    assert (meeting.number, meeting.territory, told.format) == (1, found.shore, "hybrid")
    assert [(day.start, day.end) for day in told.dates] == [
        (date(2026, 10, 12), date(2026, 10, 12)),
        (date(2026, 10, 14), date(2026, 10, 14)),
        (date(2026, 10, 15), date(2026, 10, 15)),
    ]
    assert [(one.name, one.note, one.role) for one in told.facilitators] == [
        ("Inès Tourbier", "lycée du Lac", "professeure"),
        ("Noé Palud", None, "conseiller"),
    ]
    assert told.facilitators_note == "Voir la liste jointe"
    page = facilitator.get(f"{MEETING}verifier/").content.decode()
    assert "lycée du Lac" in page
    assert 'value="2026-10-14"' in page
    assert Entry.objects.get(subject=meeting.uuid).verb == Verb.CREATE


def test_the_same_form_changes_nothing(facilitator: Client) -> None:
    before = form_of(added(facilitator))
    assert sent(facilitator, f"{MEETING}modifier/").status_code == 302
    assert (
        facilitator.post(f"{MEETING}verifier/", days(facilitator.get(f"{MEETING}verifier/"))).status_code
        == 302
    )
    assert form_of(now_is()) == before
    assert Entry.objects.filter(subject=now_is().uuid).count() == 1


def days(page: object, **changed: str) -> dict[str, str]:
    shown = {
        f"{day.prefix}-{name}": day[name].value() or "" for day in page.context["days"] for name in day.fields
    }
    form = page.context["form"]
    hidden = {"jours": page.context["count"], "command": uuid4(), "seen": form["seen"].value()}
    return {**shown, **hidden, **changed}


def test_days_are_put_right_and_lines_stay(facilitator: Client) -> None:
    meeting = added(facilitator)
    address = f"{MEETING}verifier/"
    given = days(
        facilitator.get(address),
        **{
            "jour0-start": "2026-10-13",
            "jour0-end": "",
            "jour1-start": "",
            "jour1-end": "",
            "jour1-place": "",
        },
    )
    assert facilitator.post(address, given).status_code == 302
    told = form_of(now_is())
    assert [day.start for day in told.dates] == [date(2026, 10, 13), date(2026, 10, 15)]
    assert list(told.dates_text) == meeting.dates_text
    sent(facilitator, f"{MEETING}modifier/", label="Autre nom")
    assert form_of(now_is()).dates == told.dates
    sent(facilitator, f"{MEETING}modifier/", dates_text="3 novembre 2026")
    assert [day.start for day in form_of(now_is()).dates] == [date(2026, 11, 3)]


def test_days_that_make_no_sense_are_said(facilitator: Client) -> None:
    added(facilitator)
    address = f"{MEETING}verifier/"
    given = days(facilitator.get(address), **{"jour0-end": "2026-10-01", "jour3-place": "Mairie"})
    answer = facilitator.post(address, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "vient avant" in page
    assert "Il manque le premier jour" in page
    assert 'value="Mairie"' in page


def counts(page: object, **changed: object) -> dict[str, object]:
    shown = {}
    for line in page.context["lines"]:
        for name in line.fields:
            value = line[name].value()
            if value not in (None, False):
                shown[f"{line.prefix}-{name}"] = value
    return {**shown, "command": uuid4(), "seen": page.context["form"]["seen"].value(), **changed}


def test_participants_are_counted_apart_from_surveys(facilitator: Client) -> None:
    added(facilitator)
    address = f"{MEETING}participants/"
    page = facilitator.get(address)
    assert len(page.context["lines"]) == 9
    given = counts(
        page,
        **{"ligne0-checked": "on", "ligne0-count": 40, "ligne0-surveyed": 25, "ligne0-establishments": 3},
    )
    assert facilitator.post(address, given).status_code == 302
    line = now_is().attendance.first()
    assert (line.category, line.checked, line.count, line.establishments, line.attended) == (
        "primary_teams",
        True,
        40,
        3,
        15,
    )
    assert now_is().attendance.count() == 9
    wrong = counts(facilitator.get(address), **{"ligne0-surveyed": 41, "ligne1-count": -1})
    answer = facilitator.post(address, wrong)
    assert answer.status_code == 422
    assert "Plus de réponses que de personnes" in answer.content.decode()
    assert 'href="#id_ligne1-count"' in answer.content.decode()


def test_lines_that_no_category_matches_are_kept(notebook, now) -> None:
    meeting = with_forms(Meeting.objects.select_related("consultation")).first()
    meeting.attendance.create(position=99, label="Presse", count=2, checked=True)
    client = signed_in(someone(staff=True))
    address = f"{meeting.get_absolute_url()}participants/"
    assert client.post(address, counts(client.get(address))).status_code == 302
    assert meeting.attendance.filter(label="Presse", count=2).count() == 1


def test_an_empty_meeting_is_deleted_and_another_is_not(facilitator: Client, found: Place) -> None:
    meeting = added(facilitator)
    given = {"seen": actions.state_of(meeting), "command": uuid4()}
    assert facilitator.post(f"{MEETING}supprimer/", given)["Location"] == "/deux-rives/sessions/"
    assert not Meeting.objects.exists()
    meeting = added(facilitator)
    meeting.attendance.create(position=0, label="Presse", count=2, checked=True)
    meeting = now_is()
    with pytest.raises(actions.InUse):
        actions.delete(meeting=meeting, seen=actions.state_of(meeting), command=uuid4(), by=None, now=NOW)


def test_a_meeting_of_a_notebook_stays(notebook, now) -> None:
    meeting = with_forms(notebook.meetings.select_related("consultation")).first()
    meeting.attendance.all().delete()
    meeting = with_forms(Meeting.objects.select_related("consultation")).get(pk=meeting.pk)
    with pytest.raises(actions.InUse):
        actions.delete(meeting=meeting, seen=actions.state_of(meeting), command=uuid4(), by=None, now=now)


def test_two_people_never_overwrite_each_other(facilitator: Client) -> None:
    seen = actions.state_of(added(facilitator))
    sent(facilitator, f"{MEETING}modifier/", label="Premier nom")
    answer = sent(facilitator, f"{MEETING}modifier/", label="Second nom", seen=seen)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Premier nom" in page
    assert "Second nom" in page
    assert now_is().label == "Premier nom"
    meeting = now_is()
    with pytest.raises(Changed):
        actions.delete(meeting=meeting, seen=seen, command=uuid4(), by=None, now=NOW)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"territory": ""}, "obligatoire"),
        ({"territory": "Rive-Sud"}, "Aucun territoire"),
        ({"territory": "Région des Cimes"}, "Aucun territoire"),
        ({"format": "autre"}, "valide"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_kept(
    facilitator: Client, given: dict[str, str], said: str
) -> None:
    answer = sent(facilitator, ADD, **{"label": "Gardée", "territory": "Grèves", **given})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Gardée" in answer.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("who", ["nobody", "stranger", "reader", "elsewhere"])
def test_others_are_refused(found: Place, facilitator: Client, who: str) -> None:
    added(facilitator)
    visitors: dict[str, Person | None] = {"nobody": None, "stranger": someone("Autre Personne")}
    if who == "reader":
        visitors[who] = member(found.consultation, Role.READER, name="Léa Brume")
    if who == "elsewhere":
        visitors[who] = member(found.consultation, Role.FACILITATOR, found.south, name="Léa Brume")
    person = visitors[who]
    client = signed_in(person) if person else Client()
    refused = 404 if who in ("nobody", "stranger") else 403
    for page in ("modifier", "verifier", "participants"):
        assert client.get(f"{MEETING}{page}/").status_code == refused
    assert client.post(f"{MEETING}supprimer/", {"seen": uuid4(), "command": uuid4()}).status_code == refused
    assert client.get(ADD).status_code == (200 if who == "elsewhere" else refused)
    assert facilitator.get(f"{MEETING}supprimer/").status_code == 405


def test_pages_are_light(
    facilitator: Client, found: Place, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    added(facilitator)
    for address in (
        ADD,
        MEETING,
        *(f"{MEETING}{page}/" for page in ("modifier", "verifier", "participants")),
    ):
        with django_assert_max_num_queries(8):
            answer = facilitator.get(address)
        page = Page(answer.content.decode())
        assert (page.weight <= 8192, page.elements <= 350, page.inline) == (True, True, []), address
        assert len(page.ids) == len(set(page.ids))
