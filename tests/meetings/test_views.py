"""Pages of meetings, few queries and little weight however many there are."""

from dataclasses import replace

import pytest

from cahiers.accounts.actions import register
from cahiers.consultations.models import Role
from cahiers.meetings.actions import store
from cahiers.meetings.models import Meeting
from cahiers.meetings.views import PER_PAGE
from cahiers.notebooks.actions import publish, withdraw
from cahiers.territories.actions import add
from cahiers.territories.models import Level
from tests.consultations.teams import member
from tests.pages import Page
from tests.sample import imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(published, region, synthesis, now):
    """In a published notebook, and as many more in none."""
    forms = synthesis.meetings[:1] * (PER_PAGE + 5)
    notebook = imported(published, region, replace(synthesis, meetings=forms), now)
    publish(notebook=notebook, by=None, now=now)
    store(consultation=published, territory=region, meetings=forms)


@pytest.fixture
def elsewhere(nation, published, synthesis, now):
    """A draft notebook of another territory, with two meetings, after the two of the public notebook."""
    island = add(parent=nation, level=Level.REGION, name="Île d’Orle", code="ORL", by=None, now=now)
    return imported(published, island, replace(synthesis, territory=island.name), now)


def shown(client):
    """How many sessions the front page, the consultation's page and the list say there are, and count."""
    front = client.get("/").content.decode()
    page = client.get("/ecole/").content.decode()
    listed = client.get("/ecole/sessions/")
    return (
        int(front.partition("\u00a0session")[0].rpartition(">")[2]),
        int(page.partition("<dt>Sessions</dt><dd>")[2].partition("<")[0]),
        listed.context["page"].paginator.count,
        listed.context["totals"].attended,
    )


def test_a_long_list_comes_in_pages(client, many, django_assert_num_queries):
    with django_assert_num_queries(2):
        first = client.get("/ecole/sessions/").content.decode()
    assert f"{PER_PAGE + 5}\u00a0sessions" in first
    assert f"{20 * (PER_PAGE + 5)}\u00a0participants" in first
    assert first.count("rencontres</a>") == PER_PAGE
    second = client.get("/ecole/sessions/?page=2").content.decode()
    assert second.count("rencontres</a>") == 5
    for page in map(Page, (first, second)):
        assert page.elements <= 350
        assert page.weight <= 8 * 1024


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_that_is_not_there_is_the_nearest_one(client, many, page):
    shown = client.get(f"/ecole/sessions/?page={page}").content.decode()
    assert shown.count("rencontres</a>") == (5 if page == "99" else PER_PAGE)


def test_a_meeting_says_what_its_form_says(client, published, many):
    page = client.get("/ecole/sessions/1/").content.decode()
    for said in (
        "Solveig Marcastel",
        "Inspectrice",
        "le 5 octobre",
        "Voir les annexes",
        "dont 100 réponses",
        "Du 12 au 14/10",
    ):
        assert said in page
    assert ">20</dd>" in page
    assert ">100</dd>" in page


def test_a_stranger_does_not_see_those_of_an_unpublished_consultation(
    client, consultation, region, synthesis
):
    store(consultation=consultation, territory=region, meetings=synthesis.meetings)
    assert client.get("/ecole/sessions/").status_code == 404
    assert client.get("/ecole/sessions/1/").status_code == 404


def test_a_stranger_sees_those_of_published_notebooks_alone(client, public_notebook, elsewhere, now):
    assert shown(client) == (2, 2, 2, 20)
    assert [client.get(f"/ecole/sessions/{number}/").status_code for number in (1, 2, 3, 4)] == [
        200,
        200,
        404,
        404,
    ]
    assert "Île d’Orle" not in client.get("/ecole/").content.decode()
    publish(notebook=elsewhere, by=None, now=now)
    assert shown(client) == (4, 4, 4, 40)
    withdraw(edition=public_notebook.live, by=None, now=now)
    assert shown(client) == (2, 2, 2, 20)


def test_a_meeting_of_two_notebooks_counts_once(client, public_notebook, elsewhere, now):
    publish(notebook=elsewhere, by=None, now=now)
    for position, meeting in enumerate(public_notebook.meetings.all(), 10):
        elsewhere.meeting_links.create(meeting=meeting, position=position)
    assert shown(client) == (4, 4, 4, 40)


def test_one_of_no_notebook_is_for_members(client, published, region, synthesis, now):
    store(consultation=published, territory=region, meetings=synthesis.meetings)
    assert shown(client) == (0, 0, 0, 0)
    assert client.get("/ecole/sessions/1/").status_code == 404
    client.force_login(member(published, Role.READER))
    assert shown(client)[1:] == (2, 2, 20)
    assert client.get("/ecole/sessions/1/").status_code == 200


def test_a_member_sees_all_where_the_role_extends(client, public_notebook, elsewhere):
    published = public_notebook.consultation
    client.force_login(member(published, Role.FACILITATOR, elsewhere.territory))
    assert shown(client)[1:] == (4, 4, 40)
    client.force_login(member(published, Role.READER, public_notebook.territory, "Solène Aubert"))
    assert shown(client)[1:] == (2, 2, 20)
    assert client.get("/ecole/sessions/3/").status_code == 403
    assert client.get("/ecole/sessions/99/").status_code == 404


def test_who_runs_the_installation_sees_all(client, public_notebook, elsewhere, now):
    client.force_login(
        register(email="ada@exemple.example", display_name="Ada", staff=True, by=None, now=now)
    )
    assert shown(client)[1:] == (4, 4, 40)
    assert elsewhere.title in client.get("/ecole/").content.decode()
    assert Meeting.objects.count() == 4
