"""Pages that correct rows, sheets, themes and names of a document on its way in."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from cahiers.accounts.models import Person
from cahiers.consultations.models import Role
from cahiers.documents.interchange import from_dict, to_dict
from cahiers.documents.model import Feedback, Item, Meeting, Row
from cahiers.notebooks.intake import actions, reading
from cahiers.notebooks.intake.models import ImportDraft
from cahiers.notebooks.models import Notebook
from tests import sample
from tests.accounts.people import NOW
from tests.consultations.teams import Place, member
from tests.notebooks.intake.conftest import document, dropped
from tests.notebooks.intake.pages import content, send, whole
from tests.notebooks.intake.test_views import form, page
from tests.notebooks.intake.walks import corrections

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(found: Place, author: Person) -> ImportDraft:
    return whole(found, author)


def diagnosis(draft: ImportDraft, theme: int = 0) -> tuple[Row, ...]:
    return content(draft).themes[theme].stages.get("diagnosis", ())


def test_a_row_is_named_and_cites_other_sheets(client: Client, draft: ImportDraft) -> None:
    address = "theme-1/diagnosis/1/modifier/"
    shown = page(client, f"{draft.get_absolute_url()}{address}")
    assert 'value="1, 9"' in shown.html
    assert "Paroles de couloir" in shown.html
    there = send(
        client, draft, address, name=" Les  accès ", feedback="2 ; 4", feedback_text="Une note\n\nDeux"
    )
    assert there.endswith("/theme-1/diagnosis/#ligne-1")
    row = diagnosis(draft)[0]
    assert (row.name, row.feedback, row.feedback_text) == ("Les accès", (2, 4), ("Une note", "Deux"))
    assert "Les accès" in page(client, f"{draft.get_absolute_url()}theme-1/diagnosis/").html
    for wrong in ("un", "1,-2", "9" * 30, "²"):
        assert "Des numéros" in send(client, draft, address, 422, feedback=wrong)


def test_a_row_of_another_stage_keeps_what_it_cites_though_it_is_not_asked(
    client: Client, draft: ImportDraft
) -> None:
    address = "theme-1/action_plan/1/modifier/"
    assert 'name="feedback"' not in page(client, f"{draft.get_absolute_url()}{address}").html
    send(client, draft, address, name="Mairie")
    assert content(draft).themes[0].stages["action_plan"][0].name == "Mairie"


def test_a_row_is_split_merged_moved_and_set_aside(client: Client, draft: ImportDraft) -> None:
    table = f"{draft.get_absolute_url()}theme-1/diagnosis/"
    assert f"{table}1/diviser/?colonne=strength&rang=2" in [
        link.replace("&amp;", "&") for link in page(client, f"{table}1/strength/2/").links
    ]
    shown = page(client, f"{table}1/diviser/?colonne=strength&rang=2")
    assert '<option value="1" selected>' in shown.html
    send(client, draft, "theme-1/diagnosis/1/diviser/", 422, irritant="", strength="")
    send(client, draft, "theme-1/diagnosis/1/diviser/", 422, irritant="7", strength="")
    there = send(client, draft, "theme-1/diagnosis/1/diviser/", irritant="", strength="1")
    assert there.endswith("#ligne-2")
    assert [len(row.cells.get("strength", ())) for row in diagnosis(draft)] == [1, 1, 0]
    page(client, f"{table}3/deplacer/")
    there = send(client, draft, "theme-1/diagnosis/3/deplacer/", theme="0", row="1")
    assert (there[-8:], diagnosis(draft)[0].name) == ("#ligne-1", "Le rang d’après")
    send(client, draft, "theme-1/diagnosis/3/deplacer/", 422, theme="0", row="9")
    send(client, draft, "theme-1/diagnosis/3/modifier/", do="merge")
    assert len(diagnosis(draft)[1].cells["strength"]) == 2
    assert "Fusionner" not in page(client, f"{table}1/modifier/").html
    there = send(client, draft, "theme-1/diagnosis/1/deplacer/", theme="1", row="")
    assert there.endswith("/theme-2/diagnosis/#ligne-1")
    there = send(client, draft, "theme-2/diagnosis/1/modifier/", do="aside")
    assert there.endswith("/theme-2/diagnosis/")
    assert [one.text for one in content(draft).warnings][1:] == ["Le rang d’après", "Enseigner"]
    for _ in range(5):
        client.post(f"{draft.get_absolute_url()}annuler/", form(draft))
    assert content(draft) == sample.synthesis()


def test_a_row_goes_to_another_stage_column_by_column(client: Client, draft: ImportDraft) -> None:
    base = f"{draft.get_absolute_url()}theme-1/diagnosis/1/"
    assert "../vers/projections/" in page(client, f"{base}modifier/").links
    shown = page(client, f"{base}vers/projections/").html
    # The same kind where the stage has it, else nothing.
    assert '<option value="irritant" selected>' in shown
    assert '<option value="" selected>Choisissez une colonne' in shown
    before = diagnosis(draft)
    rest = "theme-1/diagnosis/1/vers/projections/"
    send(client, draft, rest, 422, irritant="need", strength="timing")
    send(client, draft, rest, 422, irritant="need", strength="need", row="9")
    there = send(client, draft, rest, irritant="need", strength="need", row="")
    assert "/theme-1/projections/#ligne-" in there
    moved = content(draft).themes[0].stages["projections"][-1]
    assert moved.cells == {"need": (*before[0].cells["irritant"], *before[0].cells["strength"])}
    assert (moved.feedback, diagnosis(draft)) == (before[0].feedback, before[1:])
    client.post(f"{draft.get_absolute_url()}annuler/", form(draft))
    assert content(draft) == sample.synthesis()


def test_an_item_takes_another_rank_in_its_cell(client: Client, draft: ImportDraft) -> None:
    def strengths() -> list[str]:
        return [item.text for item in diagnosis(draft)[0].cells["strength"]]

    first, second = strengths()
    address = "theme-1/diagnosis/1/strength/1/"
    assert 'name="rank"' in page(client, f"{draft.get_absolute_url()}{address}").html
    assert (
        'name="rank"' not in page(client, f"{draft.get_absolute_url()}theme-1/diagnosis/1/irritant/1/").html
    )
    for rank, order in (("9", [second, first]), ("1", [second, first]), ("2", [first, second])):
        text = strengths()[0]
        send(client, draft, address, text=text, kind="strength", row="0", rank=rank)
        assert strengths() == order
    # Its rank is of no concern once it goes elsewhere.
    send(client, draft, address, text=first, kind="irritant", row="0", rank="2")
    assert diagnosis(draft)[0].cells["irritant"][-1].text == first


def test_a_missed_item_and_a_missed_row_are_added(client: Client, draft: ImportDraft) -> None:
    assert (
        f"{draft.get_absolute_url()}theme-2/projections/ajouter/"
        in page(client, f"{draft.get_absolute_url()}theme-2/projections/").links
    )
    page(client, f"{draft.get_absolute_url()}theme-2/projections/ajouter/?ligne=1")
    there = send(client, draft, "theme-2/projections/ajouter/", kind="need", text="Un  besoin", row="")
    assert there.endswith("/theme-2/projections/#ligne-1")
    send(
        client,
        draft,
        "theme-2/projections/ajouter/",
        kind="lever",
        text="Un levier",
        emphasised="on",
        row="1",
    )
    send(client, draft, "theme-2/projections/ajouter/", 422, kind="lever", text="Trop loin", row="2")
    [row] = content(draft).themes[1].stages["projections"]
    assert row.cells == {
        "need": (Item(text="Un besoin"),),
        "lever": (Item(text="Un levier", emphasised=True),),
    }


def test_sheets_are_corrected_added_moved_and_set_aside(client: Client, draft: ImportDraft) -> None:
    listing = f"{draft.get_absolute_url()}theme-1/fiches/"
    assert listing in page(client, f"{draft.get_absolute_url()}theme-1/").links
    assert "Une classe dehors" in page(client, listing).html
    shown = page(client, f"{listing}1/")
    assert "https://exemple.example/dehors" in shown.html
    sent = {
        "number": "3",
        "scope": "lycée",
        "text": "Un\n\n  Deux ",
        "links": "https://a.example",
        "theme": "0",
    }
    assert send(client, draft, "theme-1/fiches/1/", **sent) == listing
    sheet = content(draft).themes[0].feedback[0]
    assert sheet == Feedback(number=3, scope="lycée", text="Un\nDeux", links=("https://a.example",))
    assert sheet.source == sample.synthesis().themes[0].feedback[0].source
    assert send(client, draft, "theme-1/fiches/1/", **sent | {"theme": "1"}).endswith("/theme-2/fiches/")
    page(client, f"{listing}ajouter/")
    send(client, draft, "theme-1/fiches/ajouter/", number="1", text="Oubliée", theme="0")
    assert [one.text for one in content(draft).themes[0].feedback] == ["Sans numéro", "Oubliée"]
    send(client, draft, "theme-1/fiches/ajouter/", 422, number="1", text="", theme="0")
    send(client, draft, "theme-1/fiches/ajouter/", 422, number="-1", text="x", theme="0")
    send(client, draft, "theme-1/fiches/1/", do="aside", theme="0", text="")
    assert content(draft).warnings[-1].text == "Sans numéro"
    assert client.get(f"{listing}9/")["Location"] == listing


def test_the_names_of_the_document_are_corrected(client: Client, draft: ImportDraft) -> None:
    assert f"{draft.get_absolute_url()}en-tete/" in page(client, draft.get_absolute_url()).links
    assert "L’école de demain" in page(client, f"{draft.get_absolute_url()}en-tete/").html
    send(client, draft, "en-tete/", territory=" Rive -  Nord ", consultation="")
    assert (content(draft).territory, content(draft).consultation) == ("Rive - Nord", None)


def test_a_theme_is_added_and_goes_while_it_is_empty(client: Client, draft: ImportDraft) -> None:
    page(client, f"{draft.get_absolute_url()}themes/ajouter/")
    there = send(client, draft, "themes/ajouter/", key="access", number="3", title="Accès")
    assert there.endswith("/theme-3/")
    assert "Retirer ce thème" in page(client, there).html
    assert "Retirer ce thème" not in page(client, f"{draft.get_absolute_url()}theme-1/").html
    send(client, draft, "theme-1/", 422, do="remove")
    assert send(client, draft, "theme-3/", do="remove") == draft.get_absolute_url()
    assert content(draft) == sample.synthesis()


def test_corrections_are_what_is_imported(client: Client, draft: ImportDraft, found: Place) -> None:
    draft.territory = found.north
    draft.save()
    send(client, draft, "theme-1/diagnosis/1/modifier/", name="Renommée", feedback="1")
    send(client, draft, "sessions/1/", label="Corrigée", dates_text="")
    client.post(f"{draft.get_absolute_url()}importer/", {"seen": 2})
    from cahiers.notebooks.reading import DraftReading

    read = DraftReading(Notebook.objects.select_related("consultation", "territory").get()).state.synthesis
    assert read.themes[0].stages["diagnosis"][0].name == "Renommée"
    assert read.meetings[0].label == "Corrigée"


WRITES = (
    "en-tete/",
    "themes/ajouter/",
    "theme-1/",
    "theme-1/fiches/",
    "theme-1/fiches/ajouter/",
    "theme-1/fiches/1/",
    "theme-1/diagnosis/ajouter/",
    "theme-1/diagnosis/1/modifier/",
    "theme-1/diagnosis/1/diviser/",
    "theme-1/diagnosis/1/deplacer/",
    "theme-1/diagnosis/1/vers/action_plan/",
    "sessions/",
    "sessions/ajouter/",
    "sessions/1/",
    "sessions/1/jours/",
    "sessions/1/participants/",
)


@pytest.mark.parametrize("rest", WRITES)
def test_pages_are_for_those_who_may_handle_the_draft(
    rest: str, draft: ImportDraft, found: Place, client: Client
) -> None:
    address = f"{draft.get_absolute_url()}{rest}"
    reader = Client()
    reader.force_login(member(found.consultation, Role.READER, name="Ana Breval"))
    for visitor, status in ((Client(), 404), (reader, 403)):
        assert visitor.get(address).status_code == status
        assert visitor.post(address, form(draft)).status_code in (status, 405)
    assert client.get(address).status_code == 200
    assert client.delete(address).status_code == 405
    draft.refresh_from_db()
    assert draft.version == 0


@pytest.mark.parametrize(
    ("rest", "late", "theirs"),
    [
        ("theme-1/diagnosis/1/modifier/", {"name": "Mienne"}, "Trop de mots de passe"),
        ("theme-1/fiches/1/", {"text": "Mienne", "theme": "0"}, "Une classe dehors"),
        ("sessions/1/", {"label": "Mienne"}, "Côte d’Aubrac – rencontres"),
        ("sessions/1/jours/", {"jours": "0"}, "Sainte-Orle"),
        ("en-tete/", {"territory": "Mienne"}, "L’école de demain"),
    ],
)
def test_who_was_overtaken_is_told_and_chooses(
    client: Client, draft: ImportDraft, rest: str, late: dict[str, object], theirs: str
) -> None:
    seen = form(draft, **late)
    send(client, draft, "theme-2/", title="Leur titre")
    answer = client.post(f"{draft.get_absolute_url()}{rest}", seen)
    html = answer.content.decode()
    assert (answer.status_code, theirs in html, content(draft).meetings) == (
        409,
        True,
        sample.synthesis().meetings,
    )
    send(client, draft, rest, **late)


def test_a_thing_that_is_gone_is_not_corrected(client: Client, draft: ImportDraft) -> None:
    seen = form(draft, text="x", theme="0")
    for _ in range(2):
        send(client, draft, "theme-1/fiches/1/", do="aside", theme="0")
    answer = client.post(f"{draft.get_absolute_url()}theme-1/fiches/1/", seen)
    assert answer.status_code == 302
    assert client.get(f"{draft.get_absolute_url()}theme-1/diagnosis/9/modifier/").status_code == 404


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_is_corrected_then_undone_is_as_before(
    data: st.DataObject, draft: ImportDraft, author: Person
) -> None:
    # Each example begins with the draft as it was read, however the one before ended.
    draft.earlier.all().delete()
    ImportDraft.objects.filter(pk=draft.pk).update(corrected=to_dict(sample.synthesis()))
    draft.refresh_from_db()
    states = [draft.corrected]
    for _ in range(data.draw(st.integers(1, 5))):
        before = draft.version
        actions.correct(
            draft=draft,
            change=lambda now: corrections(data, now),
            asked=str(uuid4()),
            command=uuid4(),
            seen=draft.version,
            by=author,
            now=NOW,
        )
        if draft.version > before:
            states.append(draft.corrected)
    for expected in reversed(states[:-1]):
        actions.undo(draft=draft, command=uuid4(), seen=draft.version, by=author, now=NOW)
        draft.refresh_from_db()
        assert draft.corrected == expected
    assert from_dict(draft.corrected) == sample.synthesis()


def test_pages_stay_light_whatever_the_document(
    client: Client, found: Place, author: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    sheet = Feedback(
        number=1, scope="académie", text="Un long récit. " * 60, links=("https://a.example",) * 4
    )
    many = tuple(Item(text=f"Énoncé numéro {number}, un peu long tout de même") for number in range(300))
    fields = {"facilitators": (), "participants": (), "format": None, "dates": ()}
    session = Meeting(label="Session", dates_text=("5 octobre 2026, Sainte-Orle",) * 3, **fields)  # type: ignore[arg-type]
    large = sample.large(1000)
    block = replace(
        large.themes[0],
        feedback=(sheet,) * 80,
        stages={
            "diagnosis": tuple(Row(cells={}, name=f"Ligne {number}") for number in range(200)),
            "projections": (Row(cells={"need": many, "lever": many, "irritant": many}),),
        },
    )
    large = replace(large, themes=(block, *large.themes[1:]), meetings=(session,) * 60)
    draft = dropped(found, author, document(large, "json"), "grand.json")
    reading.read(draft=draft, now=NOW)
    shown = {
        "": 350,
        "theme-1/": 350,
        "theme-1/fiches/": 350,
        "theme-1/fiches/?page=3": 350,
        "theme-1/fiches/40/": 350,
        "theme-1/diagnosis/": 600,
        "theme-1/projections/ajouter/": 350,
        "theme-1/projections/1/modifier/": 350,
        "theme-1/projections/1/diviser/?colonne=need&rang=150": 350,
        "theme-1/projections/1/deplacer/": 350,
        "sessions/": 350,
        "sessions/30/": 350,
        "sessions/30/jours/": 350,
    }
    for rest, most in shown.items():
        with django_assert_max_num_queries(8):
            seen = page(client, f"{draft.get_absolute_url()}{rest}")
        assert (seen.elements <= most, seen.weight <= 8192, seen.inline) == (True, True, []), rest
        assert len(seen.ids) == len(set(seen.ids)), rest
