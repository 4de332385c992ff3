"""Files that go with a meeting or a notebook: who may have them, and what becomes of them."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from cahiers.accounts.models import Person
from cahiers.consultations.models import Role
from cahiers.journal.models import Entry, Verb
from cahiers.meetings.actions import is_used
from cahiers.meetings.models import Meeting
from cahiers.notebooks.annexes import actions
from cahiers.notebooks.annexes.kinds import BYTES, media_type_of
from cahiers.notebooks.annexes.models import Annex
from cahiers.notebooks.models import Notebook
from tests.accounts.people import NOW, someone
from tests.consultations.teams import Place, member
from tests.notebooks.annexes.files import SLIDES, annex_list, attached, body, made_public, seen, sent
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("where", ["notebook", "meeting"])
def test_a_file_is_joined_from_the_page_and_downloaded(
    where: str, client: Client, notebook: Notebook, meeting: Meeting, files: Path
) -> None:
    there = notebook if where == "notebook" else meeting
    address = f"{there.get_absolute_url()}annexes/ajouter/"
    assert address in Page(client.get(there.get_absolute_url()).content.decode()).links
    assert 'enctype="multipart/form-data"' in client.get(address).content.decode()
    answer = client.post(address, {"command": uuid4(), "title": "Le  diaporama", "file": sent()})
    assert (answer.status_code, answer["Location"]) == (302, there.get_absolute_url())
    annex = Annex.objects.get()
    assert (annex.title, annex.name, annex.media_type) == ("Le diaporama", "diapos.pdf", "application/pdf")
    assert (annex.public, annex.size, annex.consultation) == (False, len(SLIDES), notebook.consultation)
    assert [path.read_bytes() for path in files.iterdir()] == [SLIDES]
    assert annex.get_absolute_url() in Page(client.get(there.get_absolute_url()).content.decode()).links
    got = client.get(annex.get_absolute_url())
    assert body(got) == SLIDES
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"] == 'attachment; filename="diapos.pdf"'
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in got["Content-Security-Policy"]
    entry = Entry.objects.get(verb=Verb.ATTACH)
    assert (entry.subject, entry.after) == (annex.uuid, there.uuid)


def test_the_same_file_is_joined_once(client: Client, notebook: Notebook, files: Path) -> None:
    address = f"{notebook.get_absolute_url()}annexes/ajouter/"
    for status in (302, 422):
        answer = client.post(address, {"command": uuid4(), "title": "Deux fois", "file": sent()})
        assert answer.status_code == status
    assert "« Deux fois »" in answer.content.decode().replace("\u00a0", " ")
    assert len(list(files.iterdir())) == 1


def test_a_file_too_large_empty_or_absent_is_refused(
    client: Client, notebook: Notebook, files: Path, settings, author: Person
) -> None:
    settings.ANNEX_MAX_BYTES = 10
    address = f"{notebook.get_absolute_url()}annexes/ajouter/"
    for data in ({"file": sent()}, {"file": sent(b"")}, {}):
        assert client.post(address, {"command": uuid4(), "title": "", **data}).status_code == 422
    with pytest.raises(actions.TooLarge):
        attached(notebook, author)
    assert not files.exists() or not list(files.iterdir())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.PNG", "image/png"),
        ("a.html", BYTES),
        ("a.svg", BYTES),
        ("a.js", BYTES),
        ("a.xhtml", BYTES),
        ("sans point", BYTES),
    ],
)
def test_a_browser_is_told_of_harmless_kinds_alone(name: str, expected: str) -> None:
    assert media_type_of(name) == expected


def test_a_name_says_nothing_to_the_headers(client: Client, notebook: Notebook, author: Person) -> None:
    annex = attached(notebook, author, name='été "x"\r\nSet-Cookie: a=1.html')
    got = client.get(annex.get_absolute_url())
    assert got["Content-Type"] == BYTES
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''%C3%A9t%C3%A9")
    assert "Set-Cookie:" not in got


#: By visitor: the file of a draft, made public in a published notebook, not public there; its pages that write.
ANSWERS = {
    "nobody": (404, 200, 404, 404),
    "stranger": (404, 200, 404, 404),
    "reader": (200, 200, 200, 403),
    "reader elsewhere": (403, 200, 403, 403),
    "facilitator elsewhere": (403, 200, 403, 403),
    "facilitator": (200, 200, 200, 200),
    "staff": (200, 200, 200, 200),
}


@pytest.mark.parametrize("where", ["notebook", "meeting"])
@pytest.mark.parametrize("who", ANSWERS)
def test_who_may_have_a_file(
    who: str, where: str, found: Place, notebook: Notebook, meeting: Meeting, author: Person
) -> None:
    annex = attached(notebook if where == "notebook" else meeting, author, public=True)
    visitor = Client()
    if who in ("stranger", "staff"):
        visitor.force_login(someone("Ana Breval", staff=who == "staff"))
    elif who != "nobody":
        role, _, elsewhere = who.partition(" ")
        there = found.south if elsewhere else found.north
        visitor.force_login(member(found.consultation, Role(role), there, name="Ana Breval"))
    draft = visitor.get(annex.get_absolute_url()).status_code
    made_public(notebook)
    public = visitor.get(annex.get_absolute_url()).status_code
    listed = annex.title in visitor.get(annex_list(notebook)).content.decode()
    shown = visitor.get(annex_page(annex)).content.decode()
    assert listed
    assert annex.get_absolute_url() in Page(shown).links
    Annex.objects.update(public=False)
    private = visitor.get(annex.get_absolute_url()).status_code
    assert (annex.title in visitor.get(annex_list(notebook)).content.decode()) is (private == 200)
    writing = {
        visitor.get(f"{annex.get_absolute_url()}{rest}/").status_code for rest in ("modifier", "supprimer")
    }
    writing.add(visitor.get(f"{annex_page(annex)}annexes/ajouter/").status_code)
    assert (draft, public, private, writing) == (*ANSWERS[who][:3], {ANSWERS[who][3]})


def annex_page(annex: Annex) -> str:
    place = annex.meeting or annex.notebook
    assert place is not None
    return place.get_absolute_url()


def test_a_public_file_goes_when_its_notebook_is_withdrawn(notebook: Notebook, author: Person) -> None:
    annex = attached(notebook, author, public=True)
    made_public(notebook)
    Notebook.objects.update(live=None)
    assert Client().get(annex.get_absolute_url()).status_code == 404


def test_a_file_is_titled_and_offered(client: Client, notebook: Notebook, author: Person) -> None:
    annex = attached(notebook, author)
    address = f"{annex.get_absolute_url()}modifier/"
    assert "Le diaporama" in client.get(address).content.decode()
    late = seen(annex)
    answer = client.post(address, {**seen(annex), "title": " Les  diapos ", "public": "on"})
    assert answer["Location"] == notebook.get_absolute_url()
    annex.refresh_from_db()
    assert (annex.title, annex.public) == ("Les diapos", True)
    assert Entry.objects.filter(verb=Verb.EDIT, subject=annex.uuid).count() == 1
    overtaken = client.post(address, {**late, "title": "Autre"})
    assert (overtaken.status_code, "Les diapos" in overtaken.content.decode()) == (409, True)
    client.post(address, {**seen(annex), "title": ""})
    annex.refresh_from_db()
    assert annex.title == "diapos.pdf"
    listed = client.get(notebook.get_absolute_url()).content.decode()
    assert "diapos.pdf, " not in listed  # said once


def test_a_file_is_deleted_for_good_once_confirmed(
    client: Client,
    notebook: Notebook,
    author: Person,
    files: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    annex = attached(notebook, author)
    address = f"{annex.get_absolute_url()}supprimer/"
    assert "pour toujours" in client.get(address).content.decode()
    assert client.post(address, {"command": uuid4(), "seen": uuid4()}).status_code == 409
    assert len(list(files.iterdir())) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, seen(annex))["Location"] == notebook.get_absolute_url()
        assert len(list(files.iterdir())) == 1
    assert list(files.iterdir()) == []
    entry = Entry.objects.get(verb=Verb.DELETE)
    assert (entry.subject, entry.before) == (annex.uuid, notebook.uuid)
    assert client.get(annex.get_absolute_url()).status_code == 404
    assert client.post(address, {"command": uuid4(), "seen": uuid4()}).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_found(
    client: Client, notebook: Notebook, author: Person, files: Path
) -> None:
    annex = attached(notebook, author)
    (files / str(annex.uuid)).unlink()
    assert client.get(annex.get_absolute_url()).status_code == 404


def test_what_a_file_goes_with_stays(notebook: Notebook, meeting: Meeting, author: Person) -> None:
    made = Meeting.objects.create(consultation=notebook.consultation, territory=notebook.territory, number=99)
    assert not is_used(made)
    attached(made, author)
    assert is_used(made)
    with pytest.raises(RestrictedError):
        made.delete()


@pytest.mark.parametrize("both", [True, False])
def test_a_file_goes_with_one_thing(notebook: Notebook, meeting: Meeting, author: Person, both: bool) -> None:
    annex = attached(notebook, author)
    with pytest.raises(IntegrityError), transaction.atomic():
        Annex.objects.filter(pk=annex.pk).update(**({"meeting": meeting} if both else {"notebook": None}))


def test_the_database_refuses_a_nameless_file_and_a_second_copy(
    notebook: Notebook, meeting: Meeting, author: Person
) -> None:
    annex = attached(notebook, author)
    for change in ({"title": ""}, {"name": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Annex.objects.filter(pk=annex.pk).update(**change)
    attached(meeting, author)
    for where in ({"notebook": notebook}, {"meeting": meeting}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Annex.objects.create(
                consultation=annex.consultation,
                title="x",
                name="x",
                size=1,
                media_type=BYTES,
                sha256=annex.sha256,
                at=NOW,
                **where,
            )
