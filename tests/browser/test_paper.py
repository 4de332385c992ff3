"""Twenty sheets entered by keyboard alone, without a network for some; and printing."""

import pytest
from playwright.sync_api import expect

from tests.browser.examining import examine
from tests.browser.test_pages import CONSULTATION
from tests.waiting import PATIENCE

pytestmark = pytest.mark.browser

ENTRY = f"{CONSULTATION}saisie/en-bref/"
SHEETS = 20
#: Presses of Tab after which a field is not there.
TABS = 60


def tab_to(page, name: str) -> None:
    for _ in range(TABS):
        if page.evaluate("document.activeElement.name") == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {name}.")


def write(page, text: str, *, first: bool) -> None:
    """One sheet, from the number to Ctrl+Enter."""
    tab_to(page, "kind")
    page.keyboard.press("Space")
    tab_to(page, "text")
    page.keyboard.type(text)
    if first:
        tab_to(page, "channel")
        page.keyboard.press("ArrowDown")
        tab_to(page, "territory")
        page.keyboard.type("Haute-Ormance")
        tab_to(page, "consent")
        page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")


def test_twenty_sheets_by_keyboard(reader, signed_in):
    with reader(storage_state=signed_in) as page:
        page.goto(ENTRY)
        for number in range(1, SHEETS + 1):
            write(page, f"Fiche {number} : le car passe avant l’ouverture.", first=number == 1)
            expect(page.locator("#count")).to_have_text(str(number), timeout=PATIENCE * 1000)
            expect(page.locator("form[data-entry] [name=sheet]")).to_be_focused(timeout=PATIENCE * 1000)
        page.get_by_text("Tout est envoyé.").wait_for()
        page.get_by_role("button", name="Retirer la dernière saisie").click()
        page.get_by_text("La dernière saisie est retirée.").wait_for()
        expect(page.locator("#count")).to_have_text(str(SHEETS - 1))
        expect(page.get_by_label("Courrier")).to_be_checked()


def test_a_sheet_is_entered_without_a_network_then_sent(browser, site, signed_in):
    # Not by `reader`, which fails on what the console says of a network that is not there.
    with browser.new_context(storage_state=signed_in, base_url=site, locale="fr-FR") as context:
        page = context.new_page()
        page.goto(ENTRY)
        page.context.set_offline(True)
        write(page, "Hors réseau : la salle est trop froide pour les machines.", first=True)
        page.get_by_text("1 envoi attend le réseau.").wait_for()
        page.context.set_offline(False)
        page.get_by_text("Tout est envoyé.").wait_for(timeout=PATIENCE * 1000)


def test_without_a_script(reader, signed_in):
    with reader(storage_state=signed_in, java_script_enabled=False) as page:
        page.goto(ENTRY)
        page.get_by_label("Irritant").check()
        page.get_by_label("En une ou deux phrases").fill("Sans script : les prises sont au fond de la salle.")
        page.get_by_label("Téléphone").check()
        page.get_by_label("Territoire").select_option(index=3)
        page.get_by_label("Tout le monde").check()
        page.get_by_role("button", name="Enregistrer").click()
        page.get_by_text("Saisi.").wait_for()
        expect(page.get_by_label("Téléphone")).to_be_checked()


def test_pages_are_accessible_and_fit(reader, signed_in):
    with reader(storage_state=signed_in) as page:
        for address in (f"{CONSULTATION}saisie/", ENTRY, f"{ENTRY}imprimer/"):
            page.goto(address)
            examine(page)
            assert page.evaluate("document.querySelectorAll('*').length") <= 350
