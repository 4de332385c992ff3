"""The page of what was deleted in a notebook, and the way back."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from cahiers.consultations.models import Role
from cahiers.documents import model
from cahiers.meetings import actions as meetings
from cahiers.meetings.queries import with_forms
from cahiers.notebooks.actions import rows, sheets, statements
from cahiers.notebooks.models import NotebookFeedback, Row, Statement
from cahiers.notebooks.queries import synthesis_of
from tests.consultations.teams import member
from tests.pages import Page

pytestmark = pytest.mark.django_db

REMOVED = "/ecole/cote-d-aubrac/annuler/"


@pytest.fixture
def editor(notebook) -> Client:
    client = Client()
    client.force_login(member(notebook.consultation, Role.FACILITATOR))
    return client


def given() -> dict[str, object]:
    return {"command": uuid4(), "by": None, "now": timezone.now()}


def delete_all(notebook) -> None:
    """A statement, the row of another, every sheet, a meeting of the territory."""
    found = Statement.objects.select_related("row__theme__notebook__consultation")
    statement = found.get(row__theme__notebook=notebook, kind="irritant")
    statements.delete(statement=statement, seen=statement.current_id, **given())
    row = Row.objects.select_related("theme__notebook__consultation").get(
        theme__notebook=notebook, stage="action_plan"
    )
    rows.delete(row=row, seen=row.current_id, **given())
    for sheet in NotebookFeedback.objects.select_related(
        "contribution", "theme__notebook__consultation"
    ).filter(theme__notebook=notebook):
        sheets.delete(sheet=sheet, seen=sheets.state_of(sheet), **given())


def delete_a_meeting(notebook) -> None:
    form = model.Meeting(
        label="Rencontre de trop", dates_text=(), dates=(), format=None, facilitators=(), participants=()
    )
    made = meetings.create(
        consultation=notebook.consultation, territory=notebook.territory, form=form, **given()
    )
    made = with_forms(type(made).objects.select_related("consultation")).get(pk=made.pk)
    meetings.delete(meeting=made, seen=meetings.state_of(made), **given())


def test_everything_comes_back(notebook, editor):
    before = synthesis_of(notebook)
    assert "Rien n’a été supprimé." in editor.get(REMOVED).content.decode()
    delete_all(notebook)
    delete_a_meeting(notebook)
    assert synthesis_of(notebook) != before
    page = editor.get(REMOVED).content.decode()
    for said in ("Trop de mots de passe", "Ligne sans nom", "Une classe dehors", "Rencontre de trop"):
        assert said in page
    actions = [part.partition('"')[0] for part in page.split('<form method="post" action="')[1:]]
    undone = [action for action in actions if "/annuler/" in action or "/retablir/" in action]
    assert len(undone) == 5
    for action in undone:
        assert editor.post(action).status_code == 302
    assert synthesis_of(notebook) == before
    assert "Rien n’a été supprimé." in editor.get(REMOVED).content.decode()


def test_a_sheet_that_is_removed_again_is_listed_once(notebook, editor):
    for _twice in range(2):
        sheet = NotebookFeedback.objects.select_related(
            "contribution", "theme__notebook__consultation"
        ).filter(theme__notebook=notebook)[0]
        sheets.delete(sheet=sheet, seen=sheets.state_of(sheet), **given())
        assert editor.get(REMOVED).content.decode().count("<li><form") == 1
        sheets.put_back(removed=sheets.removed_from(notebook)[0], by=None, now=timezone.now())


def test_who_may_not_edit_is_refused(notebook):
    assert Client().get(REMOVED).status_code == 404
    reader = Client()
    reader.force_login(member(notebook.consultation, Role.READER))
    assert reader.get(REMOVED).status_code == 403


def test_it_is_light(notebook, editor, django_assert_max_num_queries):
    delete_all(notebook)
    delete_a_meeting(notebook)
    with django_assert_max_num_queries(9):
        page = Page(editor.get(REMOVED).content.decode())
    assert (page.weight <= 8192, page.elements <= 350, page.inline) == (True, True, [])
