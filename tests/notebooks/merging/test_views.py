"""The page that compares a newer version of a document with its notebook, and what leads there."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cahiers.accounts.models import Person
from cahiers.consultations.models import Role
from cahiers.documents.model import Facilitator, Item, Meeting, MeetingDate, Row, Synthesis, ThemeBlock
from cahiers.notebooks.actions import statements
from cahiers.notebooks.intake import actions, reading
from cahiers.notebooks.intake.models import ImportDraft, State
from cahiers.notebooks.models import ImportedFile, Notebook, Statement
from tests.accounts.people import NOW, someone
from tests.consultations.teams import Place, member
from tests.notebooks.intake.conftest import author, client, document, files, found, synthesis
from tests.pages import Page

pytestmark = pytest.mark.django_db
__all__ = ["author", "client", "files", "found"]


def newer(word: str = "Un bon") -> Synthesis:
    """The document of the notebook with a text reworded, one moved to the end and one more."""
    first, second = synthesis(word=word).themes
    rows = first.stages["projections"]
    more = replace(
        rows[0], cells={**rows[0].cells, "lever": (Item(text="Un réseau"), Item(text="Une charte"))}
    )
    return replace(synthesis(), themes=(replace(first, stages={"projections": (more, rows[1])}), second))


def drop(found: Place, author: Person, read: Synthesis, name: str = "Rive-Nord v2.docx") -> ImportDraft:
    data = document(read)
    draft = actions.drop(
        consultation=found.consultation, stream=BytesIO(data), name=name, size=len(data), by=author, now=NOW
    )
    assert reading.read(draft=draft, now=NOW)
    return draft


@pytest.fixture
def notebook(found: Place, author: Person, files: Path) -> Notebook:
    draft = drop(found, author, synthesis(), "Rive-Nord.docx")
    return actions.import_draft(draft=draft, seen=0, by=author, now=NOW)


@pytest.fixture
def draft(found: Place, author: Person, notebook: Notebook) -> ImportDraft:
    """Of the newer version."""
    return drop(found, author, newer())


def reword(text: str, to: str) -> None:
    one = Statement.objects.select_related("current", "row__theme__notebook__consultation").get(
        current__text=text, row__stage="projections"
    )
    statements.reword(statement=one, text=to, seen=one.current_id, command=uuid4(), by=None, now=NOW)


def address(draft: ImportDraft) -> str:
    return f"{draft.get_absolute_url()}comparer/"


def page(client: Client, address: str, status: int = 200) -> Page:
    answer = client.get(address)
    assert answer.status_code == status
    return Page(answer.content.decode())


def hidden(html: str) -> dict[str, str]:
    """What the form of the page carries."""
    return {
        name: html.split(f'name="{name}" value="')[1].split('"')[0] for name in ("seen", "digest", "next")
    }


def conflicts(html: str) -> list[str]:
    return sorted({piece.split('"')[0] for piece in html.split('name="c-')[1:]})


def texts(notebook: Notebook) -> list[str]:
    found = Statement.objects.filter(row__theme__notebook=notebook, present=True, row__present=True)
    return list(
        found.order_by("row__theme__order", "row__position", "kind", "position").values_list(
            "current__text", flat=True
        )
    )


def test_of_two_that_wait_the_second_is_a_version_of_what_the_first_made(
    client: Client, found: Place, author: Person
) -> None:
    first = drop(found, author, synthesis(), "Rive-Nord.docx")
    second = drop(found, author, newer())
    other = drop(found, author, synthesis(territory="Rive-Sud"), "Rive-Sud.docx")
    notebook = actions.import_draft(draft=first, seen=0, by=author, now=NOW)
    second.refresh_from_db()
    other.refresh_from_db()
    assert (second.updates, other.updates) == (notebook, None)
    # Who still has the page from before is led to the comparison.
    answer = client.post(f"{second.get_absolute_url()}importer/", {"seen": 0})
    assert answer["Location"] == address(second)
    assert Notebook.objects.count() == 1


def test_the_notebook_is_guessed_and_the_guess_is_said(
    client: Client, draft: ImportDraft, notebook: Notebook
) -> None:
    assert draft.updates == notebook
    shown = page(client, draft.get_absolute_url())
    assert "une nouvelle version de «\u00a0Rive-Nord\u00a0»" in shown.html
    assert "4 énoncés sur 6 en commun" in shown.html
    assert "Nous le devinons" in shown.html
    assert address(draft) in shown.links


def test_another_document_is_a_new_notebook_unless_one_says_otherwise(
    client: Client, found: Place, author: Person, notebook: Notebook
) -> None:
    row = Row(cells={"need": (Item(text="Rien de commun"),)})
    block = ThemeBlock(key="access", number=1, title="Accès", feedback=(), stages={"projections": (row,)})
    draft = drop(found, author, replace(synthesis(), themes=(block,)), "autre.docx")
    assert draft.updates is None
    sent = {"seen": 0, "notebook": str(notebook.uuid)}
    answer = client.post(f"{draft.get_absolute_url()}cahier/", sent)
    assert answer["Location"] == address(draft)
    draft.refresh_from_db()
    assert draft.updates == notebook
    client.post(f"{draft.get_absolute_url()}cahier/", {"seen": 0, "notebook": ""})
    client.post(f"{draft.get_absolute_url()}importer/", {"seen": 0})
    assert Notebook.objects.count() == 2


def test_what_is_chosen_by_mistake_is_refused(client: Client, draft: ImportDraft, notebook: Notebook) -> None:
    for sent in ({"seen": 0, "notebook": str(uuid4())}, {"notebook": ""}, {"seen": 7, "notebook": ""}):
        answer = client.post(f"{draft.get_absolute_url()}cahier/", sent, follow=True)
        assert "notice error" in answer.content.decode()
        draft.refresh_from_db()
        assert draft.updates == notebook


def test_a_newer_version_never_becomes_a_second_notebook(client: Client, draft: ImportDraft) -> None:
    answer = client.post(f"{draft.get_absolute_url()}importer/", {"seen": 0})
    assert answer["Location"] == address(draft)
    assert Notebook.objects.count() == 1


def test_counts_and_changes_are_shown_and_nothing_is_written(
    client: Client, draft: ImportDraft, notebook: Notebook
) -> None:
    before = texts(notebook)
    shown = page(client, address(draft))
    assert "<li></li>" not in shown.html
    assert "Repris du document <small>2</small>" in shown.html
    for text in ("Un appui", "Un bon appui", "Une charte"):
        assert text in shown.html
    assert texts(notebook) == before


def test_it_is_taken_in_and_undone(client: Client, draft: ImportDraft, notebook: Notebook) -> None:
    before = texts(notebook)
    shown = page(client, address(draft))
    answer = client.post(address(draft), {**hidden(shown.html), "do": "take"}, follow=True)
    assert answer.redirect_chain == [(notebook.get_absolute_url(), 302)]
    assert "Un bon appui" in texts(notebook)
    assert "Une charte" in texts(notebook)
    assert ImportedFile.objects.count() == 2
    draft.refresh_from_db()
    assert (draft.state, draft.corrected, draft.notebook) == (State.IMPORTED, None, notebook)
    # Sent twice, done once.
    again = client.post(address(draft), {**hidden(shown.html), "do": "take"})
    assert again["Location"] == notebook.get_absolute_url()
    assert ImportedFile.objects.count() == 2
    undo = next(
        piece.split('"')[0]
        for piece in answer.content.decode().split('action="')
        if "/annuler/" in piece.split('"')[0]
    )
    client.post(undo)
    assert texts(notebook) == before


def test_a_conflict_keeps_the_notebook_by_default(
    client: Client, draft: ImportDraft, notebook: Notebook
) -> None:
    reword("Un appui", "Un appui, écrit ici")
    shown = page(client, address(draft))
    [conflict] = conflicts(shown.html)
    for text in ("Un appui", "Un appui, écrit ici", "Un bon appui"):
        assert text in shown.html
    client.post(address(draft), {**hidden(shown.html), f"c-{conflict}": "ours", "do": "take"})
    assert "Un appui, écrit ici" in texts(notebook)
    assert "Une charte" in texts(notebook)


def test_or_takes_the_document_where_one_says_so(
    client: Client, draft: ImportDraft, notebook: Notebook
) -> None:
    reword("Un appui", "Un appui, écrit ici")
    shown = page(client, address(draft))
    [conflict] = conflicts(shown.html)
    answer = client.post(
        address(draft), {**hidden(shown.html), f"c-{conflict}": "theirs", "do": "keep"}, follow=True
    )
    assert "Un appui, écrit ici" in texts(notebook)
    kept = answer.content.decode()
    assert f'name="c-{conflict}" value="theirs" checked' in kept
    client.post(address(draft), {**hidden(kept), "do": "take"})
    assert "Un bon appui" in texts(notebook)


def test_a_conflict_that_appears_meanwhile_is_shown_first(
    client: Client, draft: ImportDraft, notebook: Notebook
) -> None:
    shown = page(client, address(draft))
    reword("Un appui", "Un appui, écrit ici")
    answer = client.post(address(draft), {**hidden(shown.html), "do": "take"})
    assert answer.status_code == 409
    assert "Le cahier a changé entre-temps" in answer.content.decode()
    assert "Un appui, écrit ici" in texts(notebook)
    client.post(address(draft), {**hidden(answer.content.decode()), "do": "take"})
    assert "Une charte" in texts(notebook)


def test_an_edit_elsewhere_meanwhile_stays(client: Client, draft: ImportDraft, notebook: Notebook) -> None:
    shown = page(client, address(draft))
    reword("Du temps", "Du temps pour tous")
    assert client.post(address(draft), {**hidden(shown.html), "do": "take"}).status_code == 302
    assert {"Du temps pour tous", "Un bon appui"} <= {*texts(notebook)}


def test_a_document_corrected_meanwhile_is_looked_over_again(
    client: Client, draft: ImportDraft, notebook: Notebook
) -> None:
    shown = page(client, address(draft))
    ImportDraft.objects.filter(pk=draft.pk).update(version=1)
    answer = client.post(address(draft), {**hidden(shown.html), "do": "take"})
    assert answer["Location"] == draft.get_absolute_url()
    assert "Une charte" not in texts(notebook)


def test_another_territory_is_guessed_again(
    client: Client, draft: ImportDraft, found: Place, author: Person
) -> None:
    from cahiers.consultations.models import Membership

    Membership.objects.filter(person=author).update(territory=None)
    client.post(f"{draft.get_absolute_url()}territoire/", {"seen": 0, "territory": "Rive-Sud"})
    draft.refresh_from_db()
    assert (draft.territory, draft.updates) == (found.south, None)
    assert client.get(address(draft))["Location"] == draft.get_absolute_url()


@pytest.mark.parametrize(
    ("who", "status"),
    [("stranger", 404), ("someone", 404), ("reader", 403), ("other facilitator", 403), ("organiser", 200)],
)
def test_who_may_compare(draft: ImportDraft, found: Place, who: str, status: int) -> None:
    visitor = Client()
    people = {
        "someone": lambda: someone("Autre Personne"),
        "reader": lambda: member(found.consultation, Role.READER, found.north, "Lise Ormel"),
        "other facilitator": lambda: member(found.consultation, Role.FACILITATOR, found.south, "Lise Ormel"),
        "organiser": lambda: member(found.consultation, Role.ORGANISER, None, "Lise Ormel"),
    }
    if who in people:
        visitor.force_login(people[who]())
    assert visitor.get(address(draft)).status_code == status
    wanted = {200: 409}.get(status, status)
    assert visitor.post(address(draft), {"do": "take"}).status_code in (wanted, 302)
    chosen = visitor.post(f"{draft.get_absolute_url()}cahier/", {"seen": 0, "notebook": ""}).status_code
    assert chosen == {200: 302}.get(status, status)
    assert Statement.objects.filter(current__text="Une charte").count() == 0


def test_pages_stay_light_whatever_the_document(
    client: Client,
    found: Place,
    author: Person,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    files: Path,
) -> None:
    def long(mark: str) -> Synthesis:
        words = ("former", "équiper", "relier", "écouter", "partager", "prévoir", "soutenir", "mesurer")

        def text(row: int, kind: str) -> str:
            said = " ".join(words[(row * 7 + place * (row % 5 + 1)) % 8] for place in range(9))
            return f"{kind} {row} : {said}{mark if row % 2 else ''}"

        blocks = [
            ThemeBlock(
                key=key,
                number=number,
                title=key,
                feedback=(),
                stages={
                    "projections": tuple(
                        Row(cells={kind: (Item(text=text(row, kind)),) for kind in ("need", "lever")})
                        for row in range(number * 100, number * 100 + 60)
                    )
                },
            )
            for number, key in enumerate(("access", "teaching"), 1)
        ]
        return replace(synthesis(), meetings=(meeting,), themes=tuple(blocks))

    meeting = Meeting(
        label="Une rencontre",
        dates_text=("Le 3 mars 2026, à la mairie",),
        dates=(MeetingDate(start=date(2026, 3, 3), end=date(2026, 3, 3), place="la mairie"),),
        format="in_person",
        facilitators=(Facilitator(name="L’équipe du bourg", role=None),),
        participants=(),
    )
    first = drop(found, author, long(""), "v1.docx")
    notebook = actions.import_draft(draft=first, seen=0, by=author, now=NOW)
    for one in Statement.objects.filter(kind="lever").select_related(
        "current", "row__theme__notebook__consultation"
    ):
        statements.reword(
            statement=one,
            text=f"{one.current.text}, ici",
            seen=one.current_id,
            command=uuid4(),
            by=None,
            now=NOW,
        )
    draft = drop(found, author, long(", dit le document"), "v2.docx")
    assert draft.updates == notebook
    there = address(draft)
    for rest in (
        "",
        "?montrer=conflict&page=2",
        "?montrer=taken",
        "?montrer=taken&page=2",
        "?montrer=kept",
        "?page=x",
    ):
        # What any page of a draft costs (four), and the whole notebook: five, three more for what the forms of its
        # meetings say.
        with django_assert_max_num_queries(12):
            seen = page(client, f"{there}{rest}")
        assert (seen.elements <= 350, seen.weight <= 8192, seen.inline) == (True, True, []), (
            rest,
            seen.elements,
            seen.weight,
        )
        assert len(seen.ids) == len(set(seen.ids))
