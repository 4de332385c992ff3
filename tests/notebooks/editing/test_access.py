"""Pages of editing are for those who may, and keep to their budget."""

import pytest

from cahiers.consultations.models import Role
from cahiers.journal.models import Entry
from cahiers.notebooks.actions import publish
from cahiers.notebooks.models import Notebook, Row, Statement
from tests.consultations.teams import member
from tests.notebooks.editing.hands import pages
from tests.pages import Page
from tests.sample import imported, large

pytestmark = pytest.mark.django_db


def test_strangers_find_nothing_and_readers_are_refused(client, irritant, row):
    for address, _ in pages(irritant, row):
        assert client.get(address).status_code in {404, 405}, address
        assert client.post(address).status_code in {404, 405}, address
    client.force_login(member(row.theme.notebook.consultation, Role.READER))
    for address, _ in pages(irritant, row):
        assert client.get(address).status_code in {403, 405}, address
        assert client.post(address).status_code in {403, 405}, address
    assert not Entry.objects.exclude(command=None).exists()


def test_buttons_do_nothing_on_get(client, editor, irritant, row):
    for address, only_post in pages(irritant, row):
        assert client.get(address).status_code == (405 if only_post else 200), address


@pytest.mark.parametrize(
    "address",
    [
        "/e/nowhere/reformuler",
        "/ecole/cote-d-aubrac/theme-1/vote/ajouter",
        "/ecole/cote-d-aubrac/theme-9/diagnosis/ajouter",
    ],
)
def test_what_is_not_there(client, editor, address):
    assert client.get(address).status_code == 404


def test_links_to_edit_are_for_those_who_may(client, public_notebook, irritant):
    theme = "/ecole/cote-d-aubrac/theme-1/"
    stranger = client.get(theme).content.decode()
    assert not any(address in stranger for address in ("/e/", "/l/", "/ajouter"))
    assert f"/e/{irritant.code}" in client.get(f"{theme}?adresses=1").content.decode()
    client.force_login(member(public_notebook.consultation, Role.READER))
    assert "/l/" not in client.get(theme).content.decode()
    client.force_login(member(public_notebook.consultation, Role.FACILITATOR, name="Oriane Belcastel"))
    page = Page(client.get(theme).content.decode())
    assert f"/e/{irritant.code}" in page.links
    assert f"/l/{irritant.row.uuid}" in page.links
    assert f"{theme}projections/ajouter" in page.links


def test_pages_keep_to_their_budget(client, published, region, now, django_assert_max_num_queries):
    notebook = imported(published, region, large(1000), now)
    client.force_login(member(published, Role.FACILITATOR))
    statement = Statement.objects.filter(row__theme__notebook=notebook).first()
    elements = {"/ecole/cote-d-aubrac/theme-1/": 600, "/ecole/cote-d-aubrac/journal/": 350}
    addresses = [address for address, only_post in pages(statement, statement.row) if not only_post]
    for address in [*addresses, f"/e/{statement.code}", *elements]:
        with django_assert_max_num_queries(10):
            page = Page(client.get(address).content.decode())
        assert page.weight <= 8 * 1024, address
        assert page.elements <= elements.get(address, 350), address
        assert len({*page.fetched}) <= 5, address
        assert not page.inline, address
        assert len(page.ids) == len(set(page.ids)), address


def test_a_full_theme_gives_each_row_its_link(client, published, region, now):
    publish(notebook=imported(published, region, large(1000), now), by=None, now=now)
    client.force_login(member(published, Role.FACILITATOR))
    page = client.get("/ecole/cote-d-aubrac/theme-1/").content.decode()
    assert page.count('href="/l/') == Row.objects.filter(theme=Notebook.objects.get().themes.first()).count()
    assert 'href="/e/' not in page
