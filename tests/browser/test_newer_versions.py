"""A newer version of a document in a real browser: guessed, compared, decided, taken in, undone."""

from dataclasses import replace
from io import BytesIO

import pytest
from playwright.sync_api import expect

from cahiers.documents import formats
from cahiers.documents.model import Item, Row, Synthesis, ThemeBlock
from cahiers.methods import get
from tests.browser.examining import examine, needs_axe
from tests.browser.test_imports import LISTING

pytestmark = pytest.mark.browser


def synthesis(word: str, *, time: str = "Du temps", more: tuple[str, ...] = ()) -> Synthesis:
    needs = Row(cells={"need": (Item(text=f"{time} {word}"), Item(text=f"Un tableau {word}"))})
    levers = Row(cells={"lever": tuple(Item(text=f"{text} {word}") for text in ("Un réseau", *more))})
    return Synthesis(
        method="etats-generaux",
        territory="Plaines d’Ormance",
        meetings=(),
        themes=(
            ThemeBlock(
                key="teaching",
                number=1,
                title="Enseigner et apprendre avec le numérique",
                feedback=(),
                stages={"projections": (needs, levers)},
            ),
        ),
    )


def file(read: Synthesis, name: str) -> dict[str, object]:
    stream = BytesIO()
    formats.writer("docx").write(read, get("etats-generaux"), stream)
    return {"name": name, "mimeType": "application/octet-stream", "buffer": stream.getvalue()}


def drop(page, document: dict[str, object]) -> None:
    page.goto(LISTING)
    page.get_by_label("Documents").set_input_files([document])
    page.get_by_role("button", name="Déposer").click()


def imported(page, word: str) -> str:
    """Address of the notebook of a first version, where a statement was then reworded."""
    drop(page, file(synthesis(word), f"{word} v1.docx"))
    page.get_by_label("un nouveau cahier").check()
    page.get_by_role("button", name="Enregistrer ce choix").click()
    page.get_by_role("button", name="Importer dans un cahier").click()
    notebook = page.url
    page.get_by_role("link", name="Enseigner et apprendre").click()
    # By addresses: where scripts run, forms open in place.
    statement = page.get_by_role("listitem").filter(has_text=f"Du temps {word}").get_by_role("link").first
    page.goto(statement.get_attribute("href"))
    page.goto(page.get_by_role("link", name="Reformuler").get_attribute("href"))
    page.get_by_label("Énoncé").or_(page.get_by_label("Texte")).fill(f"Du temps, écrit ici {word}")
    with page.expect_navigation():
        page.locator("form.form button.go").first.click()
    return notebook


def newer(word: str) -> dict[str, object]:
    read = synthesis(word, time="Beaucoup de temps", more=("Une charte",))
    return file(replace(read, consultation=None), f"{word} v2.docx")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_newer_version_is_compared_then_taken_in(reader, signed_in, script):
    word = f"v {script}"
    with reader(storage_state=signed_in, java_script_enabled=script) as page:
        notebook = imported(page, word)
        drop(page, newer(word))
        expect(page.get_by_label("une nouvelle version de").first).to_be_checked()
        page.get_by_role("link", name="Comparer avec le cahier").click()
        conflict = page.get_by_role("group")
        for text in (f"Du temps {word}", f"Du temps, écrit ici {word}", f"Beaucoup de temps {word}"):
            expect(conflict).to_contain_text(text)
        expect(page.get_by_label("Garder le cahier")).to_be_checked()
        page.get_by_label("Prendre le document").check()
        with page.expect_navigation():
            page.get_by_role("button", name="Enregistrer ces choix").click()
        expect(page.get_by_label("Prendre le document")).to_be_checked()
        page.get_by_label("Garder le cahier").check()
        page.get_by_role("link", name="Repris du document").click()
        expect(page.locator("main")).to_contain_text(f"Une charte {word}")
        page.get_by_role("link", name="À décider").click()
        page.get_by_role("button", name="Reprendre dans le cahier").click()
        expect(page).to_have_url(notebook)
        page.get_by_role("link", name="Enseigner et apprendre").click()
        shown = page.locator("main")
        expect(shown).to_contain_text(f"Une charte {word}")
        expect(shown).to_contain_text(f"Beaucoup de temps {word}")
        page.goto(LISTING)
        page.get_by_role("link", name=f"{word} v2.docx").click()
        expect(page).to_have_url(notebook)


@needs_axe
def test_no_page_of_a_comparison_breaks_a_rule_of_accessibility(reader, signed_in):
    with reader(storage_state=signed_in) as page:
        imported(page, "lu de près")
        drop(page, newer("lu de près"))
        draft = page.url
        for rest in ("", "comparer/", "comparer/?montrer=taken", "comparer/?montrer=kept"):
            page.goto(f"{draft}{rest}")
            examine(page)
