"""Pages of editions: what strangers and members read, who publishes, zips of a consultation."""

import zipfile
from html import unescape
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from cahiers.consultations.actions import withdraw as withdraw_consultation
from cahiers.consultations.models import Role
from cahiers.documents import formats
from cahiers.documents.model import Synthesis
from cahiers.notebooks.actions import publish, statements, withdraw
from cahiers.notebooks.models import Edition, Notebook, Statement
from tests.accounts.people import someone
from tests.consultations.teams import member
from tests.pages import Page
from tests.sample import imported, large

pytestmark = pytest.mark.django_db

NOTEBOOK = "/ecole/cote-d-aubrac/"
PUBLISH = f"{NOTEBOOK}publier/"
EDITIONS = f"{NOTEBOOK}editions/"
FIRST = f"{NOTEBOOK}edition-1/"


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def text(client, address):
    page = client.get(address)
    assert page.status_code == 200, address
    return unescape(page.content.decode())


def reword(now, words="Trop de codes"):
    irritant = Statement.objects.select_related("current").get(kind="irritant", row__position=1024)
    return statements.reword(
        statement=irritant, text=words, seen=irritant.current_id, command=uuid4(), by=None, now=now
    )


@pytest.fixture
def organiser(public_notebook):
    return signed_in(member(public_notebook.consultation, Role.ORGANISER))


@pytest.fixture
def reader(public_notebook):
    return signed_in(member(public_notebook.consultation, Role.READER, name="Noé Palud"))


def asked(client, **given):
    """The hidden values of the page of publishing, with what is typed."""
    form = client.get(PUBLISH).context["form"]
    return {"command": str(form["command"].value()), "digest": form["digest"].value(), "note": "", **given}


def test_strangers_read_the_edition_and_members_the_draft(client, reader, public_notebook, now):
    reword(now)
    assert "mots de passe" in text(client, f"{NOTEBOOK}theme-1/")
    assert "Trop de codes" not in text(client, f"{NOTEBOOK}theme-1/")
    assert "brouillon" not in text(client, f"{NOTEBOOK}theme-1/")
    page = text(reader, f"{NOTEBOOK}theme-1/")
    assert "Trop de codes" in page
    assert "Vous lisez le brouillon" in page
    assert "1\u00a0énoncé reformulé" in page
    assert f"{FIRST}theme-1/" in page
    assert "Publier" not in page
    assert "mots de passe" in text(reader, f"{FIRST}theme-1/")
    assert "1\u00a0énoncé reformulé" in text(reader, NOTEBOOK)


def test_nobody_is_said_to_read_what_the_consultation_keeps_back(reader, public_notebook, now):
    reword(now)
    assert "Le public lit l’édition 1" in text(reader, NOTEBOOK)
    withdraw_consultation(consultation=public_notebook.consultation, by=None, now=now)
    page = text(reader, NOTEBOOK)
    assert "seule son équipe la lit" in page
    assert "1\u00a0énoncé reformulé" in page
    assert "Le public lit" not in page


def test_downloads_say_what_the_page_says(client, reader, public_notebook, now):
    before = client.get(f"{NOTEBOOK}telecharger/json")
    reword(now)
    after = client.get(f"{NOTEBOOK}telecharger/json")
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])
    assert client.get(f"{FIRST}telecharger/json").content == before.content
    draft = reader.get(f"{NOTEBOOK}telecharger/json")
    assert "Trop de codes" in draft.content.decode()
    assert "brouillon" in draft["Content-Disposition"]
    assert draft["ETag"] != before["ETag"]


@pytest.mark.parametrize("name", formats.writer_names())
def test_an_edition_exports_as_the_draft_it_was_made_of(client, reader, public_notebook, name):
    cache.clear()
    edition = client.get(f"{NOTEBOOK}telecharger/{name}")
    draft = reader.get(f"{NOTEBOOK}telecharger/{name}")
    assert edition.content == draft.content


def test_earlier_editions_stay_readable_until_withdrawn(client, reader, public_notebook, now):
    reword(now)
    publish(notebook=public_notebook, note="Un mot corrigé.", by=None, now=now)
    assert "Un mot corrigé" in text(client, NOTEBOOK)
    page = text(client, FIRST)
    assert "elle n’est plus la dernière" in page
    assert f"{FIRST}theme-1/" in page
    assert "mots de passe" in text(client, f"{FIRST}theme-1/")
    withdraw(edition=Edition.objects.get(number=1), reason="Un nom y figurait.", by=None, now=now)
    for address in (FIRST, f"{FIRST}theme-1/", f"{FIRST}telecharger/json"):
        gone = client.get(address)
        assert gone.status_code == 410
        assert "Un nom y figurait." in gone.content.decode()
        assert reader.get(address).status_code == 200
    assert "retirée le" in text(reader, FIRST)
    assert client.get(NOTEBOOK).status_code == 200
    assert client.get(f"{NOTEBOOK}edition-3/").status_code == 404


def test_none_left_hides_the_notebook(client, reader, public_notebook, now):
    withdraw(edition=public_notebook.live, reason="Une erreur.", by=None, now=now)
    assert client.get(NOTEBOOK).status_code == 404
    assert client.get(EDITIONS).status_code == 404
    assert client.get(FIRST).status_code == 410
    assert "Le public ne lit pas ce cahier" in text(reader, NOTEBOOK)
    assert "Une erreur." in text(reader, EDITIONS)


def test_an_unpublished_consultation_shows_no_edition(client, public_notebook, now):
    withdraw_consultation(consultation=public_notebook.consultation, by=None, now=now)
    for address in (FIRST, EDITIONS, "/ecole/telecharger/json"):
        assert client.get(address).status_code == 404
    withdraw(edition=public_notebook.live, by=None, now=now)
    assert client.get(FIRST).status_code == 404


def test_publishing_by_its_page(organiser, client, now):
    assert "il n’y a rien à publier" in text(organiser, PUBLISH)
    reword(now)
    page = text(organiser, PUBLISH)
    assert "Publier l’édition 2" in page
    assert "1 énoncé reformulé" in page
    assert "Trop de codes" in page
    done = organiser.post(PUBLISH, asked(organiser, note="Un mot corrigé."))
    assert done["Location"] == EDITIONS
    listed = text(organiser, EDITIONS)
    assert "L’édition 2 est publiée" in listed
    assert "Un mot corrigé." in listed
    assert "1 énoncé reformulé" in text(client, EDITIONS)
    assert "Trop de codes" in text(client, f"{NOTEBOOK}theme-1/")
    assert Edition.objects.get(number=2).published_by is not None


def test_what_changed_meanwhile_is_looked_at_first(organiser, now):
    reword(now)
    given = asked(organiser)
    reword(now, "Bien trop de codes")
    page = organiser.post(PUBLISH, given)
    assert page.status_code == 409
    assert "Bien trop de codes" in page.content.decode()
    form = page.context["form"]
    again = {"command": str(form["command"].value()), "digest": form["digest"].value(), "note": ""}
    assert organiser.post(PUBLISH, again).status_code == 302
    assert Edition.objects.count() == 2


def test_sent_twice_published_once(organiser, now):
    reword(now)
    given = asked(organiser)
    assert [organiser.post(PUBLISH, given).status_code for _ in range(2)] == [302, 302]
    assert Edition.objects.count() == 2


def test_a_note_too_long(organiser, now):
    reword(now)
    assert organiser.post(PUBLISH, asked(organiser, note="a" * 1001)).status_code == 422
    assert Edition.objects.count() == 1


def test_remarks_are_shown_and_prevent_nothing(organiser, now):
    reword(now, "Écrire à ada@exemple.example")
    page = text(organiser, PUBLISH)
    absent = "des lignes citent une fiche qui n’y est pas\u00a0: RETEX 9."
    for words in ("Un thème à nous", "ada@exemple.example", absent, "personne n’y est compté"):
        assert words in page
    assert organiser.post(PUBLISH, asked(organiser)).status_code == 302


def test_withdrawing_by_its_page(organiser, client):
    page = f"{FIRST}retirer/"
    assert "Aucune autre ne reste" in text(organiser, page)
    command = str(organiser.get(page).context["form"]["command"].value())
    assert organiser.post(page, {"command": command, "reason": " "}).status_code == 422
    assert Notebook.objects.get().is_published
    assert organiser.post(page, {"command": command, "reason": "Une erreur."})["Location"] == EDITIONS
    assert "L’édition 1 est retirée" in text(organiser, EDITIONS)
    assert client.get(NOTEBOOK).status_code == 404
    assert organiser.post(f"{FIRST}retablir/")["Location"] == EDITIONS
    assert client.get(NOTEBOOK).status_code == 200


#: By visitor: the pages of publishing, of editions, of withdrawing, and restoring.
ANSWERS = {
    "nobody": (404, 200, 404, 404),
    "stranger": (404, 200, 404, 404),
    "reader": (403, 200, 403, 403),
    "facilitator": (403, 200, 403, 403),
    "organiser": (200, 200, 200, 302),
    "staff": (200, 200, 200, 302),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_who_may_do_what(public_notebook, name):
    if name == "nobody":
        client = Client()
    elif name in ("stranger", "staff"):
        client = signed_in(someone(staff=name == "staff"))
    else:
        client = signed_in(member(public_notebook.consultation, Role(name)))
    answers = (
        client.get(PUBLISH).status_code,
        client.get(EDITIONS).status_code,
        client.get(f"{FIRST}retirer/").status_code,
        client.post(f"{FIRST}retablir/").status_code,
    )
    assert answers == ANSWERS[name]
    if answers[0] != 200:
        assert client.post(PUBLISH).status_code == answers[0]
        assert client.post(f"{FIRST}retirer/", {"reason": "x", "command": uuid4()}).status_code == answers[0]
        assert Notebook.objects.get().is_published


@pytest.mark.parametrize(
    ("address", "method"), [(PUBLISH, "put"), (f"{FIRST}retirer/", "delete"), (f"{FIRST}retablir/", "get")]
)
def test_wrong_method(organiser, address, method):
    assert getattr(organiser, method)(address).status_code == 405


def test_counts_follow_what_the_visitor_may_see(client, public_notebook, region, now):
    imported(public_notebook.consultation, region, large(10), now)
    assert "1\u00a0cahier<" in text(client, "/")
    assert "1\u00a0cahier<" in text(signed_in(someone()), "/")
    for visitor in (
        member(public_notebook.consultation, Role.READER, name="Noé Palud"),
        member(public_notebook.consultation, Role.READER, region, name="Léo Tarn"),
        someone("Ada Sorne", staff=True),
    ):
        seen = signed_in(visitor)
        assert "2\u00a0cahiers<" in text(seen, "/")
        assert "<dd>2</dd>" in text(seen, "/ecole/")
    assert "<dd>1</dd>" in text(client, "/ecole/")


QUERIES = {
    "stranger": {NOTEBOOK: 2, f"{NOTEBOOK}theme-1/": 1, FIRST: 2, f"{FIRST}theme-1/": 2, EDITIONS: 3},
    "organiser": {NOTEBOOK: 8, f"{NOTEBOOK}theme-1/": 8, FIRST: 4, EDITIONS: 6, PUBLISH: 10},
}


@pytest.mark.parametrize("size", [10, 700])
@pytest.mark.parametrize("who", QUERIES)
def test_queries_do_not_grow(published, region, now, django_assert_num_queries, who, size):
    held = imported(published, region, large(size), now)
    publish(notebook=held, by=None, now=now)
    client = Client() if who == "stranger" else signed_in(member(published, Role.ORGANISER))
    for address, queries in QUERIES[who].items():
        with django_assert_num_queries(queries):
            assert client.get(address).status_code == 200


def test_pages_keep_to_their_budget(published, region, now):
    held = imported(published, region, large(1000), now)
    publish(notebook=held, by=None, now=now)
    organiser = signed_in(member(published, Role.ORGANISER))
    for one in Statement.objects.select_related("current")[::4]:
        statements.reword(
            statement=one,
            text=f"{one.current.text}, dit autrement et avec bien plus de mots qu’il n’en fallait",
            seen=one.current_id,
            command=uuid4(),
            by=None,
            now=now,
        )
    for address in (PUBLISH, EDITIONS, NOTEBOOK, FIRST, f"{FIRST}retirer/"):
        page = Page(text(organiser, address))
        assert page.weight <= 8 * 1024
        assert page.elements <= 350
        assert not page.inline


def test_a_list_of_many_editions_goes_by_pages(organiser, client, public_notebook, now):
    for number in range(24):
        reword(now, f"Version {number}")
        publish(notebook=public_notebook, note="Un mot changé.", by=None, now=now)
    for visitor in (organiser, client):
        page = Page(text(visitor, EDITIONS))
        assert page.elements <= 350
        assert page.weight <= 8 * 1024
        assert "?page=2" in page.links


def zipped(client, format):
    answer = client.get(f"/ecole/telecharger/{format}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="ecole.zip"'
    return b"".join(answer.streaming_content), answer["ETag"]


@pytest.mark.parametrize("format", [*formats.writer_names(), "tout"])
def test_a_consultation_in_a_zip(client, public_notebook, format):
    cache.clear()
    data, etag = zipped(client, format)
    cache.clear()
    assert zipped(client, format) == (data, etag)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        wanted = formats.writer_names() if format == "tout" else [format]
        folder = "ecole/{0}/" if format == "tout" else "ecole/"
        assert names == [f"{folder.format(name)}cote-d-aubrac-edition-1.{name}" for name in wanted]
        for name in names:
            single = client.get(f"{NOTEBOOK}telecharger/{name.rpartition('.')[2]}")
            assert archive.read(name) == single.content


def test_a_zip_holds_what_everyone_reads(client, organiser, public_notebook, region, now):
    before = zipped(client, "json")
    imported(public_notebook.consultation, region, large(10), now)
    reword(now)
    assert zipped(client, "json") == zipped(organiser, "json") == before
    publish(notebook=public_notebook, by=None, now=now)
    assert zipped(client, "json")[1] != before[1]
    kept = client.get("/ecole/telecharger/json", headers={"if-none-match": zipped(client, "json")[1]})
    assert kept.status_code == 304


def test_nothing_to_put_in_a_zip(client, published):
    assert client.get("/ecole/telecharger/json").status_code == 404
    assert "/ecole/telecharger/" not in text(client, "/ecole/")


def test_a_zip_of_no_known_format(client, public_notebook):
    assert client.get("/ecole/telecharger/papyrus").status_code == 404


def test_an_empty_notebook_can_be_published(published, region, now, client):
    empty = imported(
        published, region, Synthesis(method="etats-generaux", territory=None, meetings=(), themes=()), now
    )
    publish(notebook=empty, by=None, now=now)
    assert text(client, NOTEBOOK)
