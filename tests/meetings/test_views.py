"""Pages of meetings, few queries and little weight however many there are."""

import pytest

from cahiers.meetings.actions import store
from cahiers.meetings.views import PER_PAGE
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(published, region, synthesis):
    return store(consultation=published, territory=region, meetings=synthesis.meetings[:1] * (PER_PAGE + 5))


def test_a_long_list_comes_in_pages(client, many, django_assert_num_queries):
    with django_assert_num_queries(4):
        first = client.get("/ecole/sessions/").content.decode()
    assert f"{PER_PAGE + 5} sessions" in first
    assert f"{20 * (PER_PAGE + 5)} participants" in first
    assert first.count("rencontres</a>") == PER_PAGE
    second = client.get("/ecole/sessions/?page=2").content.decode()
    assert second.count("rencontres</a>") == 5
    for page in map(Page, (first, second)):
        assert page.elements <= 350
        assert page.weight <= 8 * 1024


@pytest.mark.parametrize("page", ["0", "99", "x", "-1"])
def test_a_page_that_is_not_there_is_the_nearest_one(client, many, page):
    assert client.get(f"/ecole/sessions/?page={page}").status_code == 200


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
