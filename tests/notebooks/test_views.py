"""Public pages: they work, they say what is there, they refuse strangers what is not published."""

from uuid import uuid4

import pytest

from cahiers.accounts.actions import register
from cahiers.consultations.actions import withdraw as withdraw_consultation
from cahiers.notebooks.actions import publish, withdraw
from cahiers.notebooks.models import Notebook, NotebookTheme
from tests.pages import Page
from tests.sample import imported, large

pytestmark = pytest.mark.django_db

PUBLIC = [
    "/",
    "/ecole/",
    "/ecole/sessions/",
    "/ecole/sessions/1/",
    "/ecole/sessions/2/",
    "/ecole/cote-d-aubrac/",
    "/ecole/cote-d-aubrac/theme-1/",
    "/ecole/cote-d-aubrac/theme-2/",
    "/ecole/cote-d-aubrac/telecharger/json",
]
OF_NOTEBOOK = [address for address in PUBLIC if "aubrac" in address]
OF_CONSULTATION = [address for address in PUBLIC if address != "/"]


def text(client, address, **headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize("address", PUBLIC)
def test_a_stranger_reads_what_is_published(client, public_notebook, address):
    response = client.get(address)
    assert response.status_code == 200
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", OF_NOTEBOOK)
def test_a_stranger_does_not_read_a_draft(client, public_notebook, now, address):
    withdraw(edition=public_notebook.live, by=None, now=now)
    assert client.get(address).status_code == 404
    assert "theme-1" not in text(client, "/ecole/")


@pytest.mark.parametrize("address", OF_CONSULTATION)
def test_a_stranger_does_not_read_an_unpublished_consultation(client, public_notebook, now, address):
    withdraw_consultation(consultation=public_notebook.consultation, by=None, now=now)
    assert client.get(address).status_code == 404
    assert "L’école" not in text(client, "/")


@pytest.mark.parametrize("address", PUBLIC)
def test_who_runs_the_installation_reads_all(client, notebook, now, address):
    client.force_login(register(email="ada@example.org", display_name="Ada", staff=True, by=None, now=now))
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/autre/",
        "/ecole/autre/",
        "/ecole/sessions/99/",
        "/ecole/cote-d-aubrac/theme-9/",
        "/ecole/cote-d-aubrac/telecharger/papyrus",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client, public_notebook, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.content.decode()


def test_a_consultation_without_anything_is_a_page_too(client, published):
    assert "Aucun cahier" in text(client, "/ecole/")


def test_nought_is_singular(client, published):
    page = text(client, "/")
    assert ">0\u00a0cahier<" in page
    assert ">0\u00a0session<" in page


def test_the_home_page_without_a_consultation(client, db):
    assert "Aucune concertation" in text(client, "/")


def test_a_consultation_shows_its_tree_and_totals(client, public_notebook):
    page = text(client, "/ecole/")
    assert "Valmarie" in page
    assert "Côte d’Aubrac</a>" in page
    assert "20\u00a0participants" in page
    assert "100\u00a0réponses à une enquête" in page
    assert "120" not in page


def test_a_session_of_two_notebooks_counts_once(client, public_notebook, now):
    other = Notebook.objects.get(pk=public_notebook.pk)
    other.pk, other.uuid, other.slug, other.live = None, uuid4(), "un-autre", None
    other.save(force_insert=True)
    for link in public_notebook.meeting_links.all():
        other.meeting_links.create(meeting=link.meeting, position=link.position)
    publish(notebook=other, by=None, now=now)
    page = text(client, "/ecole/")
    assert "20\u00a0participants" in page
    assert "100\u00a0réponses à une enquête" in page


def test_a_theme_shows_every_statement_as_it_was_said(client, public_notebook):
    page = text(client, "/ecole/cote-d-aubrac/theme-1/")
    assert page.count("Entraide") == 2
    assert "<strong>Entraide</strong>" in page
    assert "&lt;b&gt;Le maire&lt;/b&gt; &amp; l’école" in page
    assert "Paroles de couloir" in page
    assert "Le rang d’après" in page
    assert "particulièrement souligné" in page


def test_feedback_sheets_are_linked_where_they_are_cited(client, public_notebook):
    page = Page(text(client, "/ecole/cote-d-aubrac/theme-1/"))
    assert "retex-1" in page.ids
    assert "#retex-1" in page.links
    assert "#retex-9" not in page.links
    assert "https://exemple.example/dehors" in page.links


def test_no_script_stands_in_a_link(client, public_notebook, now):
    contribution = NotebookTheme.objects.first().feedback.first().contribution
    contribution.links = ["javascript:alert(1)"]
    contribution.save()
    publish(notebook=public_notebook, by=None, now=now)
    page = Page(text(client, "/ecole/cote-d-aubrac/theme-1/"))
    assert "javascript:alert(1)" in page.html
    assert not [link for link in page.links if link.startswith("javascript")]


def test_every_link_within_the_site_leads_somewhere(client, public_notebook):
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop().partition("#")[0]
        if address in seen or not address.startswith("/") or "telecharger" in address:
            continue
        seen.add(address)
        page = Page(text(client, address))
        assert len(page.ids) == len(set(page.ids)), address
        assert {link[1:] for link in page.links if link.startswith("#")} <= {*page.ids}, address
        waiting += page.links
    assert set(PUBLIC[:-1]) <= seen


QUERIES = {
    "/": 3,
    "/ecole/": 6,
    "/ecole/sessions/": 2,
    "/ecole/sessions/1/": 5,
    "/ecole/cote-d-aubrac/": 2,
    "/ecole/cote-d-aubrac/theme-1/": 1,
}


@pytest.mark.parametrize(("address", "queries"), QUERIES.items())
@pytest.mark.parametrize("size", [10, 700])
def test_queries_do_not_grow(
    client, public_notebook, region, now, django_assert_num_queries, address, queries, size
):
    imported(public_notebook.consultation, region, large(size), now)
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize(("address", "elements"), [(address, 350) for address in PUBLIC[:-1]])
def test_pages_keep_to_their_budget(client, public_notebook, address, elements):
    page = Page(text(client, address))
    assert page.weight <= 8 * 1024
    assert page.elements <= elements
    assert not page.inline
    assert len(page.fetched) <= 5
    assert all(one.startswith("/static/") for one in page.fetched)


def test_a_full_theme_keeps_to_its_budget(client, published, region, now):
    notebook = imported(published, region, large(1000), now)
    publish(notebook=notebook, by=None, now=now)
    page = Page(text(client, "/ecole/cote-d-aubrac/theme-1/"))
    assert page.html.count("Un autre") == 100
    assert page.weight <= 8 * 1024
    assert page.elements <= 600
