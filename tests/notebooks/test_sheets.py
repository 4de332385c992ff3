"""Feedback sheets written by hand."""

from uuid import uuid4

import pytest
from django.test import Client

from cahiers.consultations.models import Role
from cahiers.contributions.models import Channel, Contribution, Revision
from cahiers.journal.models import Entry, Verb
from cahiers.notebooks.actions import sheets
from cahiers.notebooks.models import NotebookFeedback, NotebookTheme, RowFeedback
from cahiers.notebooks.queries import block_of, synthesis_of
from tests.accounts.people import someone
from tests.consultations.teams import member, signed_in
from tests.consultations.test_organising import sent
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(notebook) -> NotebookTheme:
    """The first that has sheets."""
    found = notebook.themes.filter(feedback__isnull=False).order_by("order").first()
    assert found is not None
    found.notebook = notebook
    return found


@pytest.fixture
def staff(db) -> Client:
    return signed_in(someone(staff=True))


def pages(theme: NotebookTheme) -> str:
    return f"{theme.notebook.get_absolute_url()}theme-{theme.order}/fiches/"


def page_of(theme: NotebookTheme, sheet: NotebookFeedback) -> str:
    return f"{pages(theme)}{sheet.contribution.uuid}/"


def first(theme: NotebookTheme) -> NotebookFeedback:
    return theme.feedback.select_related("contribution__current", "theme").order_by("position").first()


def verbs(said: Contribution) -> list[str]:
    return list(Entry.objects.filter(subject=said.uuid).order_by("position").values_list("verb", flat=True))


def test_a_sheet_is_added(theme, staff) -> None:
    given = {
        "scope": "lycée",
        "text": "Un essai.\r\n\r\n  Un autre. ",
        "links": "https://exemple.example/a\nnotes",
    }
    before = len(block_of(theme).feedback)
    assert sent(staff, f"{pages(theme)}ajouter/", **given)["Location"] == pages(theme)
    block = block_of(theme)
    sheet = block.feedback[-1]
    assert len(block.feedback) == before + 1
    assert (sheet.scope, sheet.text, sheet.links) == (
        "lycée",
        "Un essai.\nUn autre.",
        ("https://exemple.example/a", "notes"),
    )
    said = Contribution.objects.get(current__text=sheet.text)
    assert (said.channel, said.theme, verbs(said)) == (Channel.FORM, theme.theme, [Verb.SUBMIT])
    assert "Un autre." in staff.get(pages(theme)).content.decode()


def test_a_sheet_is_edited_by_its_next_revision(theme, staff) -> None:
    sheet = first(theme)
    old = sheet.contribution.current
    assert sent(staff, page_of(theme, sheet)).status_code == 302
    assert verbs(sheet.contribution) == []
    assert sent(staff, page_of(theme, sheet), text="Dit autrement", scope="bassin").status_code == 302
    said = Contribution.objects.get(pk=sheet.contribution_id)
    assert (said.current.number, said.current.text, said.current.scope, said.scope) == (
        2,
        "Dit autrement",
        "bassin",
        "bassin",
    )
    assert said.revisions.get(number=1).text == old.text
    entry = Entry.objects.get(subject=said.uuid)
    assert (entry.verb, entry.before, entry.after) == (Verb.EDIT, old.uuid, said.current_id)


def test_a_number_leads_rows_to_its_sheet(theme, staff) -> None:
    sheet = RowFeedback.objects.exclude(sheet=None).filter(row__theme=theme).first().sheet
    number = sheet.number
    sent(staff, page_of(theme, sheet), number="77")
    assert not RowFeedback.objects.filter(number=number, row__theme=theme).exclude(sheet=None).exists()
    assert verbs(sheet.contribution) == [Verb.EDIT]
    sent(staff, page_of(theme, sheet), number=str(number))
    assert RowFeedback.objects.filter(number=number, row__theme=theme, sheet=sheet).exists()


def test_two_sheets_have_not_the_same_number(theme, staff) -> None:
    number = first(theme).number
    answer = sent(staff, f"{pages(theme)}ajouter/", number=str(number), text="Gardé tel quel")
    assert answer.status_code == 422
    assert "porte déjà ce numéro" in answer.content.decode()
    assert "Gardé tel quel" in answer.content.decode()
    assert not Revision.objects.filter(text="Gardé tel quel").exists()


def test_a_deletion_is_undone(theme, staff, notebook) -> None:
    before, cited = synthesis_of(notebook), set(RowFeedback.objects.exclude(sheet=None).values_list("pk"))
    sheet = RowFeedback.objects.exclude(sheet=None).filter(row__theme=theme).first().sheet
    given = {"seen": sheets.state_of(sheet), "command": uuid4()}
    answer = staff.post(f"{page_of(theme, sheet)}supprimer/", given, follow=True)
    assert synthesis_of(notebook) != before
    [message] = answer.context["messages"]
    for _twice in range(2):
        assert staff.post(message.extra_tags).status_code == 302
    assert synthesis_of(notebook) == before
    assert set(RowFeedback.objects.exclude(sheet=None).values_list("pk")) == cited
    assert verbs(sheet.contribution) == [Verb.DELETE, Verb.RESTORE]
    assert Client().post(message.extra_tags).status_code == 404


def test_two_people_never_overwrite_each_other(theme, staff) -> None:
    sheet = first(theme)
    seen = sheets.state_of(sheet)
    sent(staff, page_of(theme, sheet), text="Dit par l’une")
    answer = sent(staff, page_of(theme, sheet), text="Dit par l’autre", seen=seen)
    assert answer.status_code == 409
    assert "Dit par l’une" in answer.content.decode()
    assert "Dit par l’autre" in answer.content.decode()
    given = {"seen": seen, "command": uuid4()}
    staff.post(f"{page_of(theme, sheet)}supprimer/", given)
    assert first(theme).contribution.current.text == "Dit par l’une"


@pytest.mark.parametrize("given", [{"text": " \n "}, {"number": "-1"}, {"number": "un"}])
def test_what_is_wrong_is_said(theme, staff, given) -> None:
    assert sent(staff, f"{pages(theme)}ajouter/", **{"text": "Texte", **given}).status_code == 422


def test_others_are_refused(theme, notebook) -> None:
    sheet = first(theme)
    reader = signed_in(member(notebook.consultation, Role.READER))
    for client, refused in ((Client(), 404), (reader, 403)):
        for address in (pages(theme), f"{pages(theme)}ajouter/", page_of(theme, sheet)):
            assert client.get(address).status_code == refused
        assert client.post(f"{page_of(theme, sheet)}supprimer/").status_code == refused


def test_pages_are_light(theme, staff, django_assert_max_num_queries) -> None:
    for address in (pages(theme), f"{pages(theme)}ajouter/", page_of(theme, first(theme))):
        with django_assert_max_num_queries(8):
            page = Page(staff.get(address).content.decode())
        assert (page.weight <= 8192, page.elements <= 350, page.inline) == (True, True, [])
