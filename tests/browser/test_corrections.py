"""Everything on the preview of a document corrected in a real browser, and a file kept as an annex."""

from io import BytesIO

import pytest
from playwright.sync_api import expect

from cahiers.documents import formats
from cahiers.documents.model import Feedback, Item, Meeting, Participant, Row, Synthesis, ThemeBlock, Warning
from cahiers.methods import get
from tests.browser.examining import examine, needs_axe
from tests.browser.test_imports import LISTING
from tests.browser.test_pages import NOTEBOOK

pytestmark = pytest.mark.browser


def document(word: str) -> dict[str, object]:
    """As a browser sends it: two rows read as one, a sheet in the wrong theme, a session misread."""
    read = Synthesis(
        method="etats-generaux",
        territory="Plaines d’Ormance",
        meetings=(
            Meeting(
                label=f"Rencontre {word}",
                dates_text=("Le 5 octobre 2026 : Sainte-Orle",),
                dates=(),
                format="remote",
                facilitators=(),
                participants=(
                    Participant(
                        category="users",
                        label="Usagers",
                        checked=True,
                        count=12,
                        establishments=None,
                        note=None,
                    ),
                ),
            ),
        ),
        themes=(
            ThemeBlock(
                key="teaching",
                number=1,
                title="Enseigner et apprendre avec le numérique",
                feedback=(Feedback(number=4, scope="lycée", text=f"Un récit {word}", links=()),),
                stages={
                    "diagnosis": (
                        Row(
                            cells={
                                "irritant": (Item(text=f"Des pannes {word}"), Item(text=f"Du bruit {word}")),
                                "strength": (Item(text=f"Une équipe {word}"),),
                            },
                            feedback=(4,),
                        ),
                    )
                },
            ),
            ThemeBlock(key="access", number=2, title="Un égal accès", feedback=(), stages={}),
        ),
        warnings=(
            Warning(message="Hors des tableaux.", text=f"Perdu {word}"),
            Warning(message="Une page est floue."),
        ),
    )
    stream = BytesIO()
    formats.writer("json").write(read, get("etats-generaux"), stream)
    return {"name": f"{word}.json", "mimeType": "application/json", "buffer": stream.getvalue()}


def drop(page, *files: dict[str, object]) -> str:
    page.goto(LISTING)
    page.get_by_label("Documents").set_input_files(list(files))
    page.get_by_role("button", name="Déposer").click()
    return str(page.url)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_rows_sheets_and_sessions_are_corrected_then_imported(reader, signed_in, script):
    word = f"corrigé {script}"
    with reader(storage_state=signed_in, java_script_enabled=script) as page:
        draft = drop(page, document(word))
        # A row that is two.
        page.get_by_role("link", name="Enseigner et apprendre").click()
        page.get_by_role("link", name="Diagnostic").click()
        page.get_by_role("link", name=f"Du bruit {word}").click()
        page.get_by_role("link", name="Diviser la ligne ici").click()
        page.get_by_role("button", name="Diviser").click()
        expect(page.locator("tbody tr")).to_have_count(2)
        page.get_by_role("link", name="Ligne 2").click()
        page.get_by_label("Nom de la ligne").fill("Le calme")
        page.get_by_label("Retours d’expérience cités").fill("4")
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        page.locator("#ligne-2", has_text="Le calme").wait_for()
        page.get_by_role("link", name="Ajouter un énoncé ou une ligne").click()
        page.get_by_label("Énoncé").fill(f"Oublié {word}")
        page.get_by_label("Point fort").check()
        page.get_by_label("Ligne").fill("2")
        page.get_by_role("button", name="Ajouter").click()
        page.locator("#ligne-2", has_text=f"Oublié {word}").wait_for()
        # A sheet of another theme.
        page.goto(f"{draft}theme-1/fiches/")
        page.get_by_role("link", name="Fiche 4").click()
        page.get_by_label("Thème").select_option(label="Un égal accès")
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_role("table")).to_contain_text(f"Un récit {word}")
        # A session whose lines were misread.
        page.goto(draft)
        page.get_by_role("link", name=f"Rencontre {word}").click()
        page.get_by_label("Dates et lieux").fill("12 octobre 2026, Vaubelle")
        page.get_by_label("Présentiel", exact=True).check()
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        expect(page.get_by_label("Lieu").first).to_have_value("Vaubelle")
        page.get_by_role("button", name="Enregistrer ces jours").click()
        # Words that nothing held.
        page.goto(draft)
        page.get_by_role("link", name="Placer le texte du doute 1").click()
        page.get_by_label("Colonne").select_option(label="Points forts")
        page.get_by_label("Ligne").fill("1")
        page.get_by_role("button", name="Placer").click()
        expect(page.locator("#ligne-1")).to_contain_text(f"Perdu {word}")
        page.goto(draft)
        page.get_by_role("button", name="Importer dans un cahier").click()
        page.get_by_role("link", name=f"Rencontre {word}").click()
        expect(page.locator("main")).to_contain_text("12 octobre 2026, Vaubelle")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_slides_become_an_annex_that_is_downloaded(reader, signed_in, script):
    slides = b"%PDF-1.4 " + str(script).encode()
    title = f"Le diaporama {script}"
    with reader(storage_state=signed_in, java_script_enabled=script) as page:
        file = {"name": "diapos.pdf", "mimeType": "application/pdf", "buffer": slides}
        drop(page, file)
        page.get_by_role("link", name="Joindre comme annexe…").click()
        page.get_by_label("Joindre à").select_option(label="Plaines d’Ormance")
        page.get_by_label("Titre").fill(title)
        page.get_by_role("button", name="Joindre").click()
        expect(page).to_have_url(NOTEBOOK)
        with page.expect_download() as coming:
            page.get_by_role("link", name=title, exact=True).click()
        assert coming.value.suggested_filename == "diapos.pdf"
        assert coming.value.path().read_bytes() == slides
        page.get_by_role("link", name=f"Modifier {title}").click()
        page.get_by_role("link", name="Supprimer l’annexe").click()
        page.get_by_role("button", name="Supprimer l’annexe").click()
        expect(page).to_have_url(NOTEBOOK)
        expect(page.get_by_role("link", name=title, exact=True)).to_have_count(0)


@needs_axe
def test_annexes_and_doubts_break_no_rule_of_accessibility(reader, signed_in):
    word = "accessible"
    with reader(storage_state=signed_in) as page:
        draft = drop(page, document(word))
        for rest in ("annexe/", "doutes/2/"):
            page.goto(f"{draft}{rest}")
            examine(page)
        page.goto(f"{NOTEBOOK}annexes/ajouter/")
        file = {"name": f"{word}.png", "mimeType": "image/png", "buffer": word.encode()}
        page.get_by_label("Fichier (obligatoire)").set_input_files([file])
        page.get_by_label("Titre").fill(f"Une image {word}")
        page.get_by_role("button", name="Joindre").click()
        examine(page)
        address = page.get_by_role("link", name=f"Une image {word}", exact=True).get_attribute("href")
        for rest in (f"{address}modifier/", f"{address}supprimer/", f"{LISTING}../annexes/"):
            page.goto(rest)
            examine(page)
