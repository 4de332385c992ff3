"""The demo loads once, whole, through the actions that people use."""

from io import BytesIO

import pytest

from cahiers.boards import queries
from cahiers.boards.models import CODE_LETTERS, Board
from cahiers.consultations.models import Consultation
from cahiers.demo.loader import DATA, load
from cahiers.documents import formats
from cahiers.journal.models import Entry, Verb
from cahiers.meetings.models import Meeting
from cahiers.notebooks.models import ImportedFile, Notebook, NotebookFeedback
from cahiers.notebooks.queries import synthesis_of

pytestmark = pytest.mark.django_db


def test_it_holds_what_it_promises(loaded):
    main, other = Consultation.objects.order_by("method_key")
    assert (main.method_key, other.method_key) == ("etats-generaux", "retrospective")
    assert main.notebooks.published().count() == 3
    assert Meeting.objects.filter(consultation=main, board=None).count() == 8
    assert NotebookFeedback.objects.filter(theme__notebook__consultation=main).count() == 40


def test_notebooks_give_back_their_files(loaded):
    for notebook in Notebook.objects.published().select_related("consultation"):
        file = ImportedFile.objects.get(territory=notebook.territory)
        data = BytesIO((DATA / file.name).read_bytes())
        assert synthesis_of(notebook) == formats.reader("json").read(data, notebook.consultation.method)


def test_a_second_load_keeps_what_people_made_of_it(loaded, now):
    Consultation.objects.filter(slug__contains="mediatheque").delete()
    before = Entry.objects.count()
    assert not load(now=now)
    assert Entry.objects.count() == before


def test_one_entry_a_notebook(loaded):
    notebooks = Notebook.objects.published().values("uuid")
    assert Entry.objects.filter(verb=Verb.IMPORT, subject__in=notebooks).count() == len(notebooks)


def test_progress_is_told(loaded):
    assert any("Plaines d’Ormance" in step for step in loaded)


def test_every_page_of_both_methods_shows(loaded, client):
    for notebook in Notebook.objects.published().select_related("consultation"):
        for theme in notebook.themes.all():
            page = client.get(f"{notebook.get_absolute_url()}theme-{theme.order}/")
            assert page.status_code == 200
            assert theme.title.split("’")[-1] in page.content.decode()


def test_a_meeting_is_in_full_swing(loaded, client):
    board = Board.objects.get()
    done, writing = board.rounds.order_by("pk")
    assert (board.code, board.is_open, writing.step, board.round) == ("DMNTRX", True, "write", writing)
    assert set(board.code) <= set(CODE_LETTERS)
    rows = queries.rows_of(done)
    assert [row.row.name for row in rows if not row.inbox] == [
        "Se connecter au village",
        "Avoir de quoi travailler",
        "Se faire aider",
    ]
    assert sum(len(row.cards) for row in rows) == 14
    assert all(row.dots for row in rows if not row.inbox)
    assert any(card.emphasised for card in rows[0].cards)
    assert len(queries.unseen_notes(writing)) == 5
    page = client.get(f"/r/{board.code}/ecran/").content.decode()
    assert board.code in page
    assert "Revoir le cours" not in page
