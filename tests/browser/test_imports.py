"""From a document to a notebook in a real browser: dropped, corrected, imported, with or without a script."""

from io import BytesIO

import pytest
from playwright.sync_api import expect

from cahiers.documents import formats
from cahiers.documents.model import Item, Row, Synthesis, ThemeBlock, Warning
from cahiers.methods import get
from tests.browser.test_pages import CONSULTATION

pytestmark = pytest.mark.browser

LISTING = f"{CONSULTATION}importer/"


def document(word: str, format: str = "docx") -> dict[str, object]:
    """As a browser sends it: two themes of which the second has a title that no theme of the consultation has."""
    needs = Row(cells={"need": (Item(text=f"Du temps {word}"), Item(text=f"Un tableau {word}"))})
    levers = Row(cells={"lever": (Item(text=f"Un réseau {word}", emphasised=True),)})
    read = Synthesis(
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
            ThemeBlock(
                key=None,
                number=2,
                title="Les chemins de campagne",
                feedback=(),
                stages={"projections": (levers,)},
            ),
        ),
        warnings=(Warning(message="Sans colonne.", text=f"À placer {word}"),),
    )
    stream = BytesIO()
    formats.writer(format).write(read, get("etats-generaux"), stream)
    return {"name": f"{word}.{format}", "mimeType": "application/octet-stream", "buffer": stream.getvalue()}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_document_is_dropped_corrected_and_imported(reader, signed_in, script):
    word = f"ici {script}"
    with reader(storage_state=signed_in, java_script_enabled=script) as page:
        page.goto(CONSULTATION)
        page.get_by_role("link", name="Importer des documents").click()
        page.get_by_label("Documents").set_input_files([document(word)])
        page.get_by_role("button", name="Déposer").click()
        expect(page.get_by_label("Territoire")).to_have_value("Plaines d’Ormance")
        draft = page.url
        # A column that was mistaken.
        page.get_by_role("link", name="Enseigner et apprendre").click()
        page.get_by_role("link", name="Projections").click()
        page.get_by_role("link", name=f"Un tableau {word}").click()
        page.get_by_label("Levier").check()
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        column = page.locator("#ligne-1 td").nth(1)
        column.get_by_role("link", name=f"Un tableau {word}").wait_for()
        # A theme that was not recognised.
        page.goto(draft)
        page.get_by_role("link", name="Les chemins de campagne").click()
        page.get_by_label("Thème de la concertation").select_option(
            label="Garantir un égal accès au numérique pour tous"
        )
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        # A statement set aside, and back by undoing.
        page.goto(f"{draft}theme-1/projections/")
        page.get_by_role("link", name=f"Du temps {word}").click()
        page.get_by_role("button", name="Mettre de côté").click()
        page.get_by_role("link", name=f"Du temps {word}").wait_for(state="detached")
        page.get_by_role("button", name="Annuler la dernière correction").click()
        expect(page).to_have_url(draft)
        page.get_by_role("button", name="Importer dans un cahier").click()
        page.get_by_role("status").get_by_text("Le document est importé").wait_for()
        page.get_by_role("link", name="Enseigner et apprendre").click()
        levers = page.get_by_role("row").filter(has_text=f"Du temps {word}").get_by_role("cell").nth(1)
        expect(levers).to_contain_text(f"Un tableau {word}")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_several_are_read_one_after_another_by_themselves(reader, signed_in, script):
    names = [f"file {script} {number}" for number in range(3)]
    with reader(storage_state=signed_in, java_script_enabled=script) as page:
        page.goto(LISTING)
        page.get_by_label("Documents").set_input_files([document(name) for name in names])
        page.get_by_role("button", name="Déposer").click()
        page.wait_for_url(f"**{LISTING}")
        for name in names:
            row = page.get_by_role("row").filter(has_text=f"{name}.docx")
            expect(row).to_contain_text("lu, à vérifier")
