"""Pages of doubts: what each is about, words put in their place, those seen to ticked off."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from cahiers.accounts.models import Person
from cahiers.documents.interchange import to_dict
from cahiers.documents.model import LOST_ORDER, OTHER_READING, Source, Synthesis, ThemeBlock, Warning
from cahiers.notebooks.intake.models import ImportDraft
from tests import sample
from tests.consultations.teams import Place
from tests.notebooks.intake.conftest import dropped
from tests.notebooks.intake.pages import content, send, whole
from tests.notebooks.intake.test_views import form, page
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(found: Place, author: Person) -> ImportDraft:
    return whole(found, author)


def doubtful(draft: ImportDraft, *warnings: Warning) -> None:
    """The draft as if its reader had doubted that."""
    data = to_dict(replace(content(draft), warnings=warnings))
    ImportDraft.objects.filter(pk=draft.pk).update(corrected=data)


def test_every_doubt_leads_to_what_it_is_about(client: Client, draft: ImportDraft) -> None:
    cell = sample.synthesis().themes[0].feedback[0].source
    doubtful(
        draft,
        Warning(message="Énoncé", text="Trop de mots de passe"),
        Warning(message="Fiche", text="Tout un printemps"),
        Warning(message="Session", text="Du 12 au 14/10"),
        Warning(message="Cellule", source=cell),
        Warning(message="Ligne", source=Source(line=41)),
        Warning(message="Nulle part"),
        Warning(message="Ni lu", text="Un texte perdu", source=Source(line=1)),
    )
    base = draft.get_absolute_url()
    expected = [
        f"{base}theme-1/diagnosis/1/",
        f"{base}theme-1/fiches/1/",
        f"{base}sessions/1/",
        f"{base}theme-1/diagnosis/1/",
        f"{base}theme-1/fiches/1/",
        f"{base}doutes/6/",
        f"{base}doutes/7/",
    ]
    html = page(client, f"{base}doutes/").html
    items = html.split('<ol class="doubts"')[1].split("</ol>")[0].split("<li>")[1:]
    assert [address in Page(item).links for address, item in zip(expected, items, strict=True)] == [True] * 7
    for number in range(1, 8):
        page(client, f"{base}doutes/{number}/")


def test_the_source_stands_on_the_page_of_a_doubt(client: Client, found: Place, author: Person) -> None:
    text = b"Rien du tout\nUne ligne perdue\nUne autre\n"
    made = dropped(found, author, text, "notes.txt")
    read = Synthesis(
        method="etats-generaux",
        territory=None,
        meetings=(),
        themes=(ThemeBlock(key=None, number=None, title="", feedback=(), stages={}),),
        warnings=(Warning(message="Perdue", source=Source(line=2)),),
    )
    ImportDraft.objects.update(state="read", format="txt", read=to_dict(read), corrected=to_dict(read))
    made.refresh_from_db()
    assert f"{made.get_absolute_url()}doutes/1/" in page(client, made.get_absolute_url()).links
    assert "2  Une ligne perdue" in page(client, f"{made.get_absolute_url()}doutes/1/").html


def test_a_lost_text_becomes_a_sheet_or_a_statement(client: Client, draft: ImportDraft) -> None:
    doubtful(draft, Warning(message="Hors tableau", text="Un récit"), Warning(message="Aussi", text="Deux"))
    there = send(client, draft, "doutes/1/", text="Un\nrécit", theme="1", column="sheet")
    assert there.endswith("/theme-2/fiches/")
    assert content(draft).themes[1].feedback[0].text == "Un\nrécit"
    send(client, draft, "doutes/1/", text="Deux\nmots", theme="1", column="diagnosis strength")
    assert content(draft).themes[1].stages["diagnosis"][0].cells["strength"][0].text == "Deux mots"
    assert content(draft).warnings == ()


def test_doubts_are_ticked_off_and_their_words_stay(client: Client, draft: ImportDraft) -> None:
    doubtful(
        draft, Warning(message="Vide"), Warning(message="Plein", text="Un récit"), Warning(message="Vide")
    )
    shown = page(client, f"{draft.get_absolute_url()}doutes/").html
    assert re.findall('name="ticked" value="(.)"', shown) == ["1", "2", "3"]
    for _again in range(2):
        send(client, draft, "doutes/vus/", ticked=["1", "2"])
    said = [(one.message, one.text) for one in content(draft).warnings]
    assert said == [("Vu avant l’import\u00a0: Plein", "Un récit")]
    assert 'name="ticked"' not in page(client, f"{draft.get_absolute_url()}doutes/").html
    client.post(f"{draft.get_absolute_url()}annuler/", form(draft))
    for wrong in ((), ("7",), ("x",)):
        send(client, draft, "doutes/vus/", ticked=wrong)
    late = form(draft, ticked=["2"])
    send(client, draft, "theme-2/", title="Leur titre")
    client.post(f"{draft.get_absolute_url()}doutes/vus/", late)
    assert len(content(draft).warnings) == 2
    client.post(f"{draft.get_absolute_url()}annuler/", form(draft))
    client.post(f"{draft.get_absolute_url()}annuler/", form(draft))
    assert len(content(draft).warnings) == 3


def test_the_doubt_about_the_whole_stands_above_all_and_other_readings_are_folded(
    client: Client, draft: ImportDraft
) -> None:
    whole = f"{LOST_ORDER} : 3 énoncés sur 9 sont à revoir"
    readings = [Warning(message=f"{OTHER_READING}.", text=f"Lecture {number}") for number in range(4)]
    doubtful(draft, Warning(message=whole), Warning(message="À vérifier"), *readings)
    shown = page(client, draft.get_absolute_url()).html
    assert shown.count(LOST_ORDER) == 1
    assert shown.index(LOST_ORDER) < shown.index("<form class") < shown.index("À vérifier")
    listed = page(client, f"{draft.get_absolute_url()}doutes/").html
    above, folded = listed.split("<details", 1)
    assert "À vérifier" in above
    assert "Lecture" not in above
    assert "4\u00a0autres lectures possibles</summary>" in folded
    assert '<ol class="doubts" start="3">' in folded
    assert folded.count("Lecture") == 4
