"""Pages where documents are dropped, corrected and imported."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cahiers.accounts.models import Person
from cahiers.consultations.models import Role
from cahiers.documents.model import Item, Row, Source, Synthesis, ThemeBlock, Warning
from cahiers.notebooks.intake import actions
from cahiers.notebooks.intake.models import ImportDraft, State
from cahiers.notebooks.models import Notebook, Statement
from tests import sample
from tests.accounts.people import NOW, someone
from tests.consultations.teams import Place, member
from tests.notebooks.intake.conftest import LISTING, document, dropped, sent, synthesis
from tests.pages import Page

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> Page:
    answer = client.get(address)
    assert answer.status_code == 200
    return Page(answer.content.decode())


def form(draft: ImportDraft, **values: object) -> dict[str, object]:
    """What a page's form sends; a fresh command each time."""
    draft.refresh_from_db()
    return {"command": uuid4(), "seen": draft.version, **values}


def item_of(draft: ImportDraft, rest: str = "theme-1/projections/1/need/1/") -> str:
    return f"{draft.get_absolute_url()}{rest}"


def edit(draft: ImportDraft, **values: object) -> dict[str, object]:
    return form(draft, **({"text": "Un appui", "kind": "need", "row": "0"} | values))


def words(draft: ImportDraft) -> list[str]:
    draft.refresh_from_db()
    rows = actions.content(draft).themes[0].stages["projections"]
    return [
        f"{number} {kind} {item.text}"
        for number, row in enumerate(rows, 1)
        for kind in row.cells
        for item in row.cells[kind]
    ]


def test_a_document_is_dropped_looked_over_and_imported(client: Client, found: Place, files: Path) -> None:
    answer = client.post(LISTING, {"documents": sent(document())})
    draft = ImportDraft.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, draft.get_absolute_url())
    assert (draft.state, draft.territory, draft.name) == (State.READ, found.north, "Rive-Nord.docx")
    shown = page(client, draft.get_absolute_url())
    assert "Rive-Nord" in shown.html
    assert "Enseigner et apprendre avec le numérique" in shown.html
    assert not Notebook.objects.exists()
    answer = client.post(f"{draft.get_absolute_url()}importer/", {"seen": 0})
    notebook = Notebook.objects.get()
    assert answer["Location"] == notebook.get_absolute_url()
    assert (notebook.territory, notebook.is_published) == (found.north, False)
    statement = Statement.objects.select_related("source_file").get(current__text="Un appui")
    assert statement.source_file
    assert statement.source_file.name == "Rive-Nord.docx"
    assert statement.source_cell
    draft.refresh_from_db()
    assert (draft.state, draft.read, draft.corrected) == (State.IMPORTED, None, None)
    # Sent twice, done once; the page of a closed draft leads to its notebook.
    assert (
        client.post(f"{draft.get_absolute_url()}importer/", {"seen": 0})["Location"]
        == notebook.get_absolute_url()
    )
    assert notebook.get_absolute_url() in page(client, draft.get_absolute_url()).links
    assert notebook.get_absolute_url() in page(client, LISTING).links


def test_the_same_document_is_recognised(client: Client, draft: ImportDraft) -> None:
    again = client.post(LISTING, {"documents": sent(document(), "copie.docx")})
    assert again["Location"] == draft.get_absolute_url()
    client.post(f"{draft.get_absolute_url()}importer/", {"seen": 0})
    again = client.post(LISTING, {"documents": sent(document(), "copie.docx")})
    assert again["Location"] == Notebook.objects.get().get_absolute_url()
    assert ImportDraft.objects.count() == 1


def test_several_are_queued_each_with_its_preview(client: Client) -> None:
    data = [document(synthesis(word=str(number))) for number in range(3)]
    answer = client.post(
        LISTING, {"documents": [sent(one, f"{number}.docx") for number, one in enumerate(data)]}
    )
    assert answer["Location"] == f"{LISTING}lecture/"
    for left in (2, 1):
        shown = client.get(f"{LISTING}lecture/")
        assert b'http-equiv="refresh" content="0"' in shown.content
        assert ImportDraft.objects.filter(state=State.WAITING).count() == left
    assert client.get(f"{LISTING}lecture/")["Location"] == LISTING
    assert set(ImportDraft.objects.values_list("state", flat=True)) == {State.READ}
    assert client.get(f"{LISTING}lecture/")["Location"] == LISTING


def test_those_already_known_among_several_are_told(client: Client, draft: ImportDraft) -> None:
    files = [sent(document()), sent(document(synthesis(word="Deux")), "deux.docx")]
    answer = client.post(LISTING, {"documents": files})
    assert answer.status_code == 200
    assert draft.get_absolute_url() in Page(answer.content.decode()).links
    assert f"{LISTING}lecture/" in Page(answer.content.decode()).links


@pytest.mark.parametrize("number", [0, 41])
def test_how_many_may_be_dropped(client: Client, number: int) -> None:
    files = [sent(b"x", f"{one}.txt") for one in range(number)]
    assert client.post(LISTING, {"documents": files}).status_code == 422
    assert not ImportDraft.objects.exists()


def test_a_file_too_large_or_empty_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.post(LISTING, {"documents": [sent(b"court", "a.txt"), sent(b"", "blanc.txt")]})
    assert answer.status_code == 422
    assert "blanc.txt" in answer.content.decode()
    monkeypatch.setattr("cahiers.notebooks.intake.forms.LARGEST_FILE", 10)
    answer = client.post(LISTING, {"documents": [sent(b"court", "a.txt"), sent(b"x" * 11, "long.txt")]})
    assert answer.status_code == 422
    assert "long.txt" in answer.content.decode()


def test_what_cannot_be_read_says_why_and_can_be_left(client: Client, files: Path) -> None:
    client.post(LISTING, {"documents": sent(b"%PDF-1.4 rien", "abime.pdf")})
    draft = ImportDraft.objects.get()
    assert draft.state == State.FAILED
    assert draft.message[:20] in page(client, draft.get_absolute_url()).html
    assert client.post(f"{draft.get_absolute_url()}laisser/", {"seen": 0})["Location"] == LISTING
    draft.refresh_from_db()
    assert draft.state == State.LEFT
    assert list(files.iterdir()) == []


def test_a_document_left_changes_nothing(client: Client, draft: ImportDraft, files: Path) -> None:
    client.post(item_of(draft), edit(draft, text="Autre"))
    assert client.post(f"{draft.get_absolute_url()}laisser/", {"seen": 1}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.corrected, draft.earlier.count()) == (State.LEFT, None, 0)
    assert not Notebook.objects.exists()
    assert list(files.iterdir()) == []
    # What was left may come again.
    client.post(LISTING, {"documents": sent(document())})
    assert ImportDraft.objects.filter(state=State.READ).count() == 1


def test_an_item_is_reworded_moved_and_put_back(client: Client, draft: ImportDraft) -> None:
    before = words(draft)
    answer = client.post(
        item_of(draft), edit(draft, text="Un  appui\nconstant", kind="lever", row="1", emphasised="on")
    )
    assert answer["Location"].endswith("/theme-1/projections/#ligne-2")
    assert words(draft) == [
        "1 need Du temps",
        "1 lever Un réseau",
        "2 need Des salles",
        "2 lever Un appui constant",
    ]
    client.post(item_of(draft), edit(draft, text="Du temps", do="next"))
    assert words(draft)[1:3] == ["2 need Du temps", "2 need Des salles"]
    client.post(item_of(draft, "theme-1/projections/2/need/1/"), edit(draft, text="Du temps", do="previous"))
    client.post(
        item_of(draft, "theme-1/projections/1/lever/1/"),
        edit(draft, text="Un réseau", kind="lever", row="new"),
    )
    assert words(draft)[-1] == "3 lever Un réseau"
    for _ in range(4):
        client.post(f"{draft.get_absolute_url()}annuler/", form(draft))
    assert words(draft) == before
    assert client.post(f"{draft.get_absolute_url()}annuler/", form(draft)).status_code == 302
    assert words(draft) == before


def test_an_item_set_aside_is_among_the_doubts_and_can_be_placed(client: Client, draft: ImportDraft) -> None:
    client.post(item_of(draft), form(draft, do="aside", text=""))
    assert words(draft)[0] == "1 need Du temps"
    assert "Un appui" in page(client, f"{draft.get_absolute_url()}doutes/").html
    assert f"{draft.get_absolute_url()}doutes/1/" in page(client, draft.get_absolute_url()).links
    page(client, f"{draft.get_absolute_url()}doutes/1/")
    placed = form(draft, text="Un appui", theme="0", column="projections lever", row="2")
    answer = client.post(f"{draft.get_absolute_url()}doutes/1/", placed)
    assert answer["Location"].endswith("#ligne-2")
    assert "2 lever Un appui" in words(draft)
    assert client.get(f"{draft.get_absolute_url()}doutes/1/").status_code == 302


def test_what_was_set_aside_is_kept_with_the_imported_file(client: Client, draft: ImportDraft) -> None:
    client.post(item_of(draft), form(draft, do="aside"))
    client.post(f"{draft.get_absolute_url()}importer/", {"seen": 1})
    [file] = draft.consultation.imported_files.all()
    assert [warning["text"] for warning in file.warnings] == ["Un appui"]


def test_an_item_is_carried_to_another_theme(client: Client, draft: ImportDraft) -> None:
    page(client, item_of(draft, "theme-1/projections/1/need/1/ailleurs/"))
    there = form(draft, theme="1", column="action_plan action")
    answer = client.post(item_of(draft, "theme-1/projections/1/need/1/ailleurs/"), there)
    assert answer["Location"].endswith("/theme-2/action_plan/#ligne-1")
    too_far = form(draft, theme="1", column="action_plan action", row="7")
    assert client.post(item_of(draft, "theme-1/projections/1/need/1/ailleurs/"), too_far).status_code == 422


def test_a_theme_is_recognised_numbered_and_titled(client: Client, draft: ImportDraft) -> None:
    address = f"{draft.get_absolute_url()}theme-1/"
    page(client, address)
    assert client.post(address, form(draft, key="governance", number="7", title="Piloter")).status_code == 302
    draft.refresh_from_db()
    block = actions.content(draft).themes[0]
    assert (block.key, block.number, block.title) == ("governance", 7, "Piloter")
    assert client.post(address, form(draft, key="inconnu", title="x")).status_code == 422


def test_who_was_overtaken_sees_both_texts_and_chooses(client: Client, draft: ImportDraft) -> None:
    late = edit(draft, text="Mon texte")
    client.post(item_of(draft), edit(draft, text="Leur texte"))
    answer = client.post(item_of(draft), late)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Leur texte" in html
    assert "Mon texte" in html
    assert "1 need Leur texte" in words(draft)
    assert client.post(item_of(draft), edit(draft, text="Mon texte")).status_code == 302
    assert "1 need Mon texte" in words(draft)


def test_a_correction_sent_twice_is_done_once(client: Client, draft: ImportDraft) -> None:
    same = edit(draft, text="Une fois")
    assert [client.post(item_of(draft), same).status_code for _ in range(2)] == [302, 302]
    draft.refresh_from_db()
    assert draft.version == 1
    # The same command for something else is no echo.
    assert client.post(item_of(draft), same | {"text": "Autre"}).status_code == 409


def test_what_was_seen_is_what_is_imported_or_left(client: Client, draft: ImportDraft) -> None:
    client.post(item_of(draft), edit(draft, text="Autre"))
    for action in ("importer/", "laisser/"):
        assert client.post(f"{draft.get_absolute_url()}{action}", {"seen": 0}).status_code == 302
        assert client.post(f"{draft.get_absolute_url()}{action}", {"seen": "²"}).status_code == 302
        assert client.post(f"{draft.get_absolute_url()}{action}").status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.READ
    assert not Notebook.objects.exists()


def test_a_territory_is_said_among_those_one_writes_in(
    client: Client, draft: ImportDraft, found: Place
) -> None:
    address = f"{draft.get_absolute_url()}territoire/"
    assert client.post(address, {"seen": 0, "territory": "Rive-Sud"}).status_code == 422
    assert client.post(address, {"seen": 0, "territory": "Grèves"}).status_code == 302
    draft.refresh_from_db()
    assert draft.territory == found.shore
    client.post(f"{draft.get_absolute_url()}importer/", {"seen": 0})
    assert Notebook.objects.get().territory == found.shore


def test_without_a_territory_nothing_is_imported(client: Client, found: Place) -> None:
    client.post(LISTING, {"documents": sent(document(synthesis("Nulle part")))})
    draft = ImportDraft.objects.get()
    assert draft.territory is None
    assert (
        client.post(f"{draft.get_absolute_url()}importer/", {"seen": 0})["Location"]
        == draft.get_absolute_url()
    )
    assert not Notebook.objects.exists()


#: By visitor: the listing, the draft, an item, importing.
ANSWERS = {
    "nobody": (404, 404, 404, 404),
    "stranger": (404, 404, 404, 404),
    "reader": (403, 403, 403, 403),
    "facilitator elsewhere": (200, 403, 403, 403),
    "facilitator": (200, 200, 200, 302),
    "organiser": (200, 200, 200, 302),
    "staff": (200, 200, 200, 302),
}


@pytest.mark.parametrize("who", ANSWERS)
def test_who_may_do_what(who: str, draft: ImportDraft, found: Place) -> None:
    visitor = Client()
    if who in ("stranger", "staff"):
        visitor.force_login(someone("Ana Breval", staff=who == "staff"))
    elif who != "nobody":
        role, _, where = who.partition(" ")
        there = found.south if where else found.north if role == "facilitator" else None
        visitor.force_login(member(found.consultation, Role(role), there, name="Ana Breval"))
    answers = (
        visitor.get(LISTING).status_code,
        visitor.get(draft.get_absolute_url()).status_code,
        visitor.get(item_of(draft)).status_code,
        visitor.post(f"{draft.get_absolute_url()}importer/", {"seen": 0}).status_code,
    )
    assert answers == ANSWERS[who]
    assert Notebook.objects.exists() is (ANSWERS[who][3] == 302)


def test_who_dropped_it_for_another_territory_does_not_import_it_there(
    client: Client, draft: ImportDraft, found: Place
) -> None:
    ImportDraft.objects.update(territory=found.south)
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.post(f"{draft.get_absolute_url()}importer/", {"seen": 0}).status_code == 403


@pytest.mark.parametrize("rest", ["territoire/", "annuler/", "importer/", "laisser/"])
def test_what_writes_is_posted(client: Client, draft: ImportDraft, rest: str) -> None:
    assert client.get(f"{draft.get_absolute_url()}{rest}").status_code == 405


@pytest.mark.parametrize(
    "rest",
    ["theme-9/", "theme-0/", "theme-1/ailleurs/", "theme-9/projections/", "theme-1/ailleurs/1/need/1/"],
)
def test_what_is_not_there(client: Client, draft: ImportDraft, rest: str) -> None:
    assert client.get(item_of(draft, rest)).status_code == 404


def test_an_item_that_went_elsewhere_leads_back_to_its_theme(client: Client, draft: ImportDraft) -> None:
    for rest in ("theme-1/projections/9/need/1/", "theme-1/projections/1/actor/1/ailleurs/"):
        assert client.get(item_of(draft, rest))["Location"].endswith("/theme-1/")


def test_lines_of_a_text_stand_beside_its_rows(client: Client, found: Place, author: Person) -> None:
    client.post(LISTING, {"documents": sent("Rien du tout\nUne ligne à part\n".encode(), "notes.txt")})
    draft = ImportDraft.objects.get()
    source = Source(page=1, line=2)
    block = ThemeBlock(
        key=None,
        number=None,
        title="",
        feedback=(),
        stages={
            "projections": (Row(cells={"need": (Item(text="Une ligne", source=source),)}, source=source),)
        },
    )
    read = Synthesis(
        method="etats-generaux",
        territory=None,
        meetings=(),
        themes=(block,),
        warnings=(Warning(message="Douteux", source=Source(page=1, line=2)),),
    )
    from cahiers.documents.interchange import to_dict

    data = to_dict(read)
    ImportDraft.objects.update(state=State.READ, format="txt", read=data, corrected=data)
    assert "2  Une ligne à part" in page(client, item_of(draft, "theme-1/projections/")).html
    assert "2  Une ligne à part" in page(client, item_of(draft)).html
    assert f"{item_of(draft, 'theme-1/projections/1/')}" in page(client, draft.get_absolute_url()).links
    assert client.get(item_of(draft, "theme-1/projections/1/"))["Location"].endswith("#ligne-1")


def test_pages_stay_light_whatever_the_document(
    client: Client, found: Place, author: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    from cahiers.notebooks.intake import reading

    draft = dropped(found, author, document(sample.large(1000), "json"), "grand.json")
    reading.read(draft=draft, now=NOW)
    shown = {
        "": 350,
        "theme-1/": 350,
        "theme-1/action_plan/": 600,
        "theme-1/action_plan/?page=3": 600,
        "theme-1/action_plan/15/action/1/": 350,
        "theme-1/action_plan/15/action/1/ailleurs/": 350,
        "doutes/": 350,
    }
    for rest, most in shown.items():
        with django_assert_max_num_queries(8):
            seen = page(client, item_of(draft, rest))
        assert (seen.elements <= most, seen.weight <= 8192, seen.inline) == (True, True, []), rest
        assert len(seen.ids) == len(set(seen.ids))


def test_a_list_of_many_documents_is_as_few_queries(
    client: Client, found: Place, author: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        dropped(found, author, str(number).encode(), f"{number}.txt")
    with django_assert_max_num_queries(8):
        assert page(client, LISTING).elements <= 350
