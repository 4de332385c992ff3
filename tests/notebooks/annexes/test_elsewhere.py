"""Files that go with notebooks, in imports, archives, the journal and lists."""

import io
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cahiers.accounts.models import Person
from cahiers.archives.backup import backup
from cahiers.consultations.models import Role
from cahiers.meetings.models import Meeting
from cahiers.notebooks.annexes.models import Annex
from cahiers.notebooks.bundles import Bundle, annexes_of, drafts
from cahiers.notebooks.history import journal_of
from cahiers.notebooks.intake import reading
from cahiers.notebooks.intake.models import ImportDraft, State
from cahiers.notebooks.models import Notebook
from tests.accounts.people import NOW
from tests.consultations.teams import Place, member
from tests.notebooks.annexes.files import SLIDES, annex_list, attached, body, made_public
from tests.pages import Page

pytestmark = pytest.mark.django_db


def dropped(client: Client, data: bytes = b"%PDF-1.4 rien", name: str = "diapos.pdf") -> ImportDraft:
    client.post("/deux-rives/importer/", {"documents": SimpleUploadedFile(name, data)})
    return ImportDraft.objects.latest("pk")


@pytest.mark.parametrize("where", ["notebook", "meeting"])
def test_what_cannot_be_read_is_kept_as_an_annex(
    where: str, client: Client, notebook: Notebook, meeting: Meeting, files: Path
) -> None:
    draft = dropped(client)
    assert draft.state == State.FAILED
    address = f"{draft.get_absolute_url()}annexe/"
    assert address in Page(client.get(draft.get_absolute_url()).content.decode()).links
    there = notebook if where == "notebook" else meeting
    assert f"{where} {there.uuid}" in client.get(address).content.decode()
    told = {"command": uuid4(), "seen": 0, "title": "Diapos", "public": "on", "to": f"{where} {there.uuid}"}
    assert client.post(address, told | {"to": f"notebook {uuid4()}"}).status_code == 422
    assert client.post(address, told | {"seen": 7}).status_code == 302
    assert not Annex.objects.exists()
    assert client.post(address, told)["Location"] == there.get_absolute_url()
    annex = Annex.objects.get()
    assert (annex.title, annex.name, annex.public) == ("Diapos", "diapos.pdf", True)
    assert body(client.get(annex.get_absolute_url())) == b"%PDF-1.4 rien"
    draft.refresh_from_db()
    assert draft.state == State.LEFT
    assert list((files.parent / "imports").iterdir()) == []
    assert client.get(address).status_code == 302


def test_what_was_read_may_be_an_annex_all_the_same(client: Client, notebook: Notebook, found: Place) -> None:
    draft = dropped(client, b"Compte rendu\nRien de plus\n", "notes.txt")
    if draft.state != State.READ:
        reading.read(draft=draft, now=NOW)
    assert (
        f"{draft.get_absolute_url()}annexe/"
        in Page(client.get(draft.get_absolute_url()).content.decode()).links
    )
    other = Client()
    other.force_login(member(found.consultation, Role.FACILITATOR, found.south, name="Ana Breval"))
    assert other.get(f"{draft.get_absolute_url()}annexe/").status_code == 403
    assert Client().get(f"{draft.get_absolute_url()}annexe/").status_code == 404


def test_public_files_are_in_the_zip_of_the_consultation(
    notebook: Notebook, meeting: Meeting, author: Person
) -> None:
    attached(notebook, author, b"un", public=True, name="été.pdf")
    attached(notebook, author, b"deux", public=True, name="ÉTÉ.pdf")
    attached(meeting, author, b"trois", public=True, name="../a.txt")
    attached(notebook, author, b"secret", name="secret.pdf")
    made_public(notebook)
    first = body(Client().get("/deux-rives/telecharger/json"))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        held = {name: archive.read(name) for name in archive.namelist() if "annexes" in name}
    folder = "deux-rives/annexes"
    assert held == {
        f"{folder}/rive-nord/été.pdf": b"un",
        f"{folder}/rive-nord/ÉTÉ-2.pdf": b"deux",
        f"{folder}/session-{meeting.number}/-a.txt": b"trois",
    }
    answer = Client().get("/deux-rives/telecharger/json")
    assert body(answer) == first
    Annex.objects.filter(sha256=Annex.objects.get(name="été.pdf").sha256).update(public=False)
    assert Client().get("/deux-rives/telecharger/json")["ETag"] != answer["ETag"]


def test_all_files_are_in_the_zip_of_the_drafts_but_those_that_are_gone(
    notebook: Notebook, author: Person, files: Path
) -> None:
    attached(notebook, author, b"un", name="un.pdf")
    gone = attached(notebook, author, b"deux", name="deux.pdf")
    (files / str(gone.uuid)).unlink()
    consultation = notebook.consultation
    bundle = Bundle(consultation, drafts(consultation), ["json"], annexes_of(consultation, public=False))
    data = b"".join(bundle.chunks())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert [name for name in archive.namelist() if "annexes" in name] == [
            "deux-rives/annexes/rive-nord/un.pdf"
        ]


def test_a_backup_holds_the_files_and_what_is_said_of_them(notebook: Notebook, author: Person) -> None:
    annex = attached(notebook, author)
    stream = io.BytesIO()
    backup(stream=stream, now=NOW)
    with zipfile.ZipFile(stream) as archive:
        assert archive.read(f"files/annexes/{annex.uuid}") == SLIDES
        assert str(annex.uuid) in archive.read("tables/notebooks.annex.jsonl").decode()


def test_the_journal_of_the_notebook_tells_of_its_files(notebook: Notebook, author: Person) -> None:
    annex = attached(notebook, author)
    assert annex.uuid in journal_of(notebook, drafts=True).values_list("subject", flat=True)
    assert annex.uuid not in journal_of(notebook, drafts=False).values_list("subject", flat=True)


def test_pages_stay_light_however_many_files(
    client: Client,
    notebook: Notebook,
    meeting: Meeting,
    author: Person,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(60):
        attached(notebook, author, str(number).encode(), title=f"Un fichier dont le titre est long {number}")
        attached(meeting, author, str(number).encode(), name=f"fichier-{number}.pdf")
    draft = dropped(client)
    for address in (
        notebook.get_absolute_url(),
        meeting.get_absolute_url(),
        annex_list(notebook),
        f"{annex_list(notebook)}?page=2",
        f"{notebook.get_absolute_url()}annexes/ajouter/",
        f"{draft.get_absolute_url()}annexe/",
    ):
        with django_assert_max_num_queries(8):
            shown = Page(client.get(address).content.decode())
        assert (shown.elements <= 350, shown.weight <= 8192, shown.inline) == (True, True, []), address
        assert len(shown.ids) == len(set(shown.ids)), address
