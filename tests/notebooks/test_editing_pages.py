"""Pages of editing: they do what they say, refuse who has not the right, and never overwrite silently."""

from html import unescape
from uuid import uuid4

import pytest

from cahiers.consultations.models import Role
from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.actions import publish, statements
from cahiers.notebooks.models import Notebook, Row, Statement
from tests.consultations.teams import member
from tests.pages import Page
from tests.sample import imported, large

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, public_notebook):
    """Signed in."""
    person = member(public_notebook.consultation, Role.FACILITATOR, name="Oriane Belcastel")
    client.force_login(person)
    return person


@pytest.fixture
def irritant(public_notebook):
    return Statement.objects.get(current__text="Trop de mots de passe")


@pytest.fixture
def strengths(public_notebook):
    return list(Statement.objects.filter(current__text="Entraide"))


@pytest.fixture
def row(irritant):
    return irritant.row


def send(client, address, **given):
    """What the form of that page holds, with what is typed in it."""
    page = client.get(address)
    assert page.status_code == 200, address
    form = page.context["form"]
    held = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in {**held, **given}.items() if value not in (None, False)}
    return client.post(address, sent)


def press(client, thing, address, **given):
    """A button without a form of its own."""
    return client.post(address, {"seen": thing.current_id, "command": uuid4(), **given})


def said(client, response):
    """The words of the page that follows, and where its message undoes."""
    page = client.get(response.url)
    notices = [(str(one), one.extra_tags) for one in page.context["messages"]]
    return unescape(page.content.decode()), notices[0] if notices else ("", "")


def undo(client, response):
    _, (_, address) = said(client, response)
    return client.post(address)


def test_reword_and_undo(client, editor, irritant):
    response = send(client, f"/e/{irritant.code}/reformuler", text=" Trop  de\nmots de passe à retenir ")
    irritant.refresh_from_db()
    assert irritant.current.text == "Trop de mots de passe à retenir"
    page, (words, _) = said(client, response)
    assert "à retenir" in page
    assert words == "L’énoncé est reformulé."


def test_undo_from_the_message(client, editor, irritant):
    response = undo(client, send(client, f"/e/{irritant.code}/reformuler", text="Autre"))
    irritant.refresh_from_db()
    assert irritant.current.text == "Trop de mots de passe"
    assert response.url == f"/e/{irritant.code}"
    undo(client, response)
    irritant.refresh_from_db()
    assert irritant.current.text == "Autre"


def test_what_was_undone_can_be_done_again(client, editor, irritant):
    page, (words, address) = said(client, send(client, f"/e/{irritant.code}/reformuler", text="Autre"))
    assert '<button class="go">Annuler</button>' in page
    page, (words, address) = said(client, client.post(address))
    assert words == "C’est annulé\u00a0: tout est comme avant."
    assert '<button class="go">Rétablir</button>' in page
    page, (words, address) = said(client, client.post(address))
    assert words == "C’est rétabli."
    assert '<button class="go">Annuler</button>' in page
    irritant.refresh_from_db()
    assert irritant.current.text == "Autre"


def test_what_a_statement_quotes_is_quoted_inside_of_quotes(client, editor, irritant, row):
    send(client, f"/l/{row.uuid}/ajouter", kind="irritant", text="On répond «\u00a0plus tard\u00a0»")
    page = unescape(client.get(f"/e/{irritant.code}/deplacer").content.decode())
    assert "Avant «\u00a0On répond “plus tard”\u00a0»" in page


def test_what_is_sent_twice_is_done_once(client, editor, row):
    sent = {"kind": "strength", "text": "Des réparations rapides", "command": uuid4()}
    for _ in range(3):
        assert client.post(f"/l/{row.uuid}/ajouter", sent).status_code == 302
    assert Statement.objects.filter(current__text="Des réparations rapides").count() == 1
    again = client.post(f"/l/{row.uuid}/ajouter", sent | {"text": "Autre chose"})
    assert again.status_code == 409
    assert "déjà servi" in again.content.decode()


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001])
def test_a_text_that_cannot_be_is_said(client, editor, irritant, text):
    response = send(client, f"/e/{irritant.code}/reformuler", text=text)
    assert response.status_code == 422
    assert "Il reste à corriger" in response.content.decode()


def test_two_editors_see_both_texts_and_choose(client, editor, irritant, now):
    address = f"/e/{irritant.code}/reformuler"
    mine = {"text": "Ma version", "seen": irritant.current_id, "command": uuid4()}
    other = member(irritant.row.theme.notebook.consultation, Role.FACILITATOR, name="Basile Orvand")
    statements.reword(
        statement=irritant, text="La sienne", seen=irritant.current_id, command=uuid4(), by=other, now=now
    )
    response = client.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert all(words in page for words in ("La sienne", "Ma version", "Basile Orvand"))
    irritant.refresh_from_db()
    assert irritant.current.text == "La sienne"
    form = response.context["form"]
    assert form["text"].value() == "Ma version"
    client.post(address, {name: form[name].value() for name in form.fields})
    irritant.refresh_from_db()
    assert irritant.current.text == "Ma version"
    assert irritant.revisions.count() == 3


def test_writing_in_a_row_that_is_deleted_meanwhile(client, editor, irritant, row):
    sent = {"text": "Ma version", "seen": irritant.current_id, "command": uuid4()}
    press(client, row, f"/l/{row.uuid}/supprimer")
    response = client.post(f"/e/{irritant.code}/reformuler", sent)
    assert response.status_code == 409
    assert "Sa ligne vient d’être supprimée" in response.content.decode()
    assert "Ma version" in response.content.decode()


def test_move_to_another_row_and_column(client, editor, irritant):
    target = Row.objects.get(stage="action_plan")
    address = f"/e/{irritant.code}/deplacer"
    refused = send(client, address, row=target.uuid, kind="irritant", before="")
    assert refused.status_code == 422
    response = send(client, address, row=target.uuid, kind="lever", before="")
    irritant.refresh_from_db()
    assert (irritant.row, irritant.kind) == (target, "lever")
    undo(client, response)
    irritant.refresh_from_db()
    assert (irritant.row.stage, irritant.kind) == ("diagnosis", "irritant")


def test_move_to_another_theme(client, editor, irritant, public_notebook):
    theme = public_notebook.themes.get(order=2)
    send(client, "/ecole/cote-d-aubrac/theme-2/diagnosis/ajouter", name="Ailleurs")
    target = Row.objects.get(theme=theme)
    send(client, f"/e/{irritant.code}/deplacer?theme=2", row=target.uuid, kind="irritant")
    irritant.refresh_from_db()
    assert irritant.row.theme == theme


def test_reorder(client, editor, strengths):
    first, second = strengths
    send(client, f"/e/{second.code}/deplacer", before=first.code)
    cell = first.row.statements.filter(kind="strength").order_by("position", "pk")
    assert list(cell) == [second, first]


def test_moving_nowhere_changes_nothing(client, editor, strengths):
    response = send(client, f"/e/{strengths[0].code}/deplacer")
    assert said(client, response)[1][0] == "Rien n’a changé."
    assert strengths[0].revisions.count() == 1


def test_split_and_undo(client, editor, irritant):
    address = f"/e/{irritant.code}/diviser"
    assert send(client, address, text="Sans retour à la ligne").status_code == 422
    response = send(client, address, text="Trop de mots\nde passe")
    held = Statement.objects.filter(row=irritant.row, kind="irritant", present=True)
    assert [one.current.text for one in held] == ["Trop de mots", "de passe"]
    assert held[1].source_page == 3
    undo(client, response)
    assert [one.current.text for one in held.all()] == ["Trop de mots de passe"]


def test_merge_leaves_a_trace(client, editor, strengths):
    first, second = strengths
    address = f"/e/{second.code}/fusionner"
    assert first.code in client.get(address).content.decode()
    response = send(client, f"{address}?avec={first.code}", text="Entraide, deux fois")
    for one in strengths:
        one.refresh_from_db()
    assert (first.present, second.present) == (False, True)
    assert second.current.text == "Entraide, deux fois"
    assert second.emphasised
    _, (_, address) = said(client, response)
    page = client.get(f"/e/{first.code}").content.decode()
    assert f'href="/e/{second.code}"' in page
    client.post(address)
    first.refresh_from_db()
    assert first.present


def test_a_merge_with_what_changed_meanwhile_is_refused(client, editor, strengths):
    first, second = strengths
    page = client.get(f"/e/{first.code}/fusionner?avec={second.code}")
    form = page.context["form"]
    send(client, f"/e/{second.code}/reformuler", text="Entraide entre collègues")
    sent = {name: form[name].value() for name in form.fields}
    response = client.post(f"/e/{first.code}/fusionner", sent)
    assert response.status_code == 409
    assert "Entraide entre collègues" in response.content.decode()
    first.refresh_from_db()
    assert first.revisions.count() == 1


def test_emphasis_and_back(client, editor, irritant):
    press(client, irritant, f"/e/{irritant.code}/souligner", souligner="1")
    irritant.refresh_from_db()
    assert irritant.emphasised
    press(client, irritant, f"/e/{irritant.code}/souligner", souligner="0")
    irritant.refresh_from_db()
    assert not irritant.emphasised


def test_delete_and_undo(client, editor, irritant):
    response = press(client, irritant, f"/e/{irritant.code}/supprimer")
    page, _ = said(client, response)
    assert "mots de passe" not in page
    irritant.refresh_from_db()
    assert not irritant.present
    response = press(client, irritant, f"/e/{irritant.code}/supprimer")
    assert "rien n’a été fait" in said(client, response)[0]
    press(client, irritant, f"/e/{irritant.code}/retablir", revision="1")
    irritant.refresh_from_db()
    assert irritant.present


def test_a_button_pressed_on_an_old_page_does_nothing(client, editor, irritant):
    old = irritant.current_id
    send(client, f"/e/{irritant.code}/reformuler", text="Autre")
    client.post(f"/e/{irritant.code}/supprimer", {"seen": old, "command": uuid4()})
    irritant.refresh_from_db()
    assert irritant.present


def test_rows_are_added_named_ordered_cited_and_deleted(client, editor, row):
    response = send(client, "/ecole/cote-d-aubrac/theme-1/diagnosis/ajouter", name="Réseau", before=row.uuid)
    added = Row.objects.get(name="Réseau")
    assert response.url == f"/l/{added.uuid}"
    assert Row.objects.filter(theme=row.theme, stage="diagnosis").first() == added
    send(client, f"/l/{added.uuid}/nommer", name="Débit")
    send(client, f"/l/{added.uuid}/citer", numbers="1")
    send(client, f"/l/{added.uuid}/deplacer", before="")
    added.refresh_from_db()
    assert (added.name, added.current.cited) == ("Débit", [1])
    assert Row.objects.filter(theme=row.theme, stage="diagnosis").last() == added
    assert send(client, f"/l/{added.uuid}/citer", numbers="7").status_code == 422
    assert send(client, f"/l/{added.uuid}/citer", numbers="un").status_code == 422
    page, (_, address) = said(client, press(client, added, f"/l/{added.uuid}/supprimer"))
    assert "Débit" not in page
    client.post(address)
    assert "Débit" in client.get("/ecole/cote-d-aubrac/theme-1/").content.decode()


def test_a_row_that_changes_theme_keeps_in_words_what_it_cited(client, editor, row, public_notebook):
    response = send(client, f"/l/{row.uuid}/deplacer?theme=2", before="")
    row.refresh_from_db()
    assert row.theme.order == 2
    assert row.feedback_text == [
        "Paroles de couloir",
        "RETEX 1, 9 – Enseigner et apprendre avec le numérique",
    ]
    undo(client, response)
    row.refresh_from_db()
    assert (row.theme.order, row.current.cited, row.cited.count()) == (1, [1, 9], 2)


def test_a_deleted_row_comes_back_with_its_statements(client, editor, irritant, row):
    page, (_, address) = said(client, press(client, row, f"/l/{row.uuid}/supprimer"))
    assert "mots de passe" not in page
    assert "Supprimé" in client.get(f"/e/{irritant.code}").content.decode()
    assert address in client.get(f"/l/{row.uuid}").content.decode()
    client.post(address)
    assert "mots de passe" in client.get("/ecole/cote-d-aubrac/theme-1/").content.decode()


def test_what_was_edited_since_is_not_undone(client, editor, irritant, now):
    send(client, f"/e/{irritant.code}/reformuler", text="Une")
    command = Entry.objects.get(verb=Verb.EDIT).command
    send(client, f"/e/{irritant.code}/reformuler", text="Deux")
    response = client.post(f"/ecole/cote-d-aubrac/annuler/{command}")
    assert "rien n’a été annulé" in said(client, response)[0]
    irritant.refresh_from_db()
    assert irritant.current.text == "Deux"


def test_a_row_that_others_wrote_in_is_not_undone(client, editor, public_notebook):
    send(client, "/ecole/cote-d-aubrac/theme-1/diagnosis/ajouter", name="Réseau", before="")
    added = Row.objects.get(name="Réseau")
    command = Entry.objects.get(subject=added.uuid).command
    send(client, f"/l/{added.uuid}/ajouter", kind="irritant", text="Coupures")
    client.post(f"/ecole/cote-d-aubrac/annuler/{command}")
    added.refresh_from_db()
    assert added.present


def pages(statement, row):
    """Each address of editing, and whether it takes POST alone."""
    of_statement = ["reformuler", "deplacer", "diviser", "fusionner"]
    at_once = ["souligner", "supprimer", "retablir"]
    return [
        *((f"/e/{statement.code}/{name}", False) for name in of_statement),
        *((f"/e/{statement.code}/{name}", True) for name in at_once),
        *((f"/l/{row.uuid}/{name}", False) for name in ("ajouter", "nommer", "citer", "deplacer")),
        (f"/l/{row.uuid}", False),
        (f"/l/{row.uuid}/supprimer", True),
        ("/ecole/cote-d-aubrac/theme-1/diagnosis/ajouter", False),
        (f"/ecole/cote-d-aubrac/annuler/{uuid4()}", True),
    ]


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
