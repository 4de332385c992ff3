"""The interface speaks French until someone chooses otherwise."""

import pytest

pytestmark = pytest.mark.django_db


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("asked", ["en", "en-GB,fr;q=0.5", "de", ""])
def test_french_whatever_the_browser_asks_for(client, public_notebook, asked):
    response = client.get("/ecole/", headers={"accept-language": asked})
    assert '<html lang="fr">' in text(response)
    assert response.headers["Content-Language"] == "fr"
    assert "Cookie" in response.headers["Vary"]


def test_the_choice_is_kept_and_leads_back(client, public_notebook):
    assert 'name="langue" value="en"' in text(client.get("/ecole/"))
    response = client.post("/compte/langue/", {"langue": "en", "suite": "/ecole/?page=2"})
    assert (response.status_code, response["Location"]) == (302, "/ecole/?page=2")
    page = text(client.get("/ecole/"))
    assert '<html lang="en">' in page
    assert "Notebooks" in page
    assert '<h1 lang="fr">L’école de demain' in page
    assert 'name="langue" value="fr"' in page
    client.post("/compte/langue/", {"langue": "fr", "suite": "/"})
    assert '<html lang="fr">' in text(client.get("/"))


@pytest.mark.parametrize("given", [{"langue": "de", "suite": "/"}, {}])
def test_a_language_that_is_not_spoken_changes_nothing(client, given):
    response = client.post("/compte/langue/", given)
    assert response["Location"] == "/"
    assert not response.cookies


@pytest.mark.parametrize("away", ["https://ailleurs.example/", "//ailleurs.example/", "javascript:x", "/\\x"])
def test_the_choice_leads_to_no_other_site(client, away):
    assert client.post("/compte/langue/", {"langue": "en", "suite": away})["Location"] == "/"


def test_a_link_alone_chooses_nothing(client):
    assert client.get("/compte/langue/?langue=en").status_code == 405


def test_a_cookie_of_no_language_is_french(client):
    client.cookies["django_language"] = "xx"
    assert '<html lang="fr">' in text(client.get("/"))
