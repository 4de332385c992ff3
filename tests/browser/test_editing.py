"""Members at work in a real browser: by keyboard alone, without a script, two at once."""

import pytest
from playwright.sync_api import expect

from tests.browser.examining import violations
from tests.browser.test_pages import THEME

pytestmark = pytest.mark.browser

#: Presses of Tab after which the thing looked for is not there.
PATIENCE = 150


def tab_to(page, name: str) -> None:
    """Move the focus forward until it is on what is called that."""
    for _ in range(PATIENCE):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count():
            called = focused.evaluate(
                "element => element.ariaLabel || element.labels?.[0]?.innerText || element.innerText"
            )
            if name in (called or ""):
                return
    pytest.fail(f"The keyboard does not reach {name}.")


def enter(page) -> None:
    """Press Enter where that leads to a page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def edit_first(page) -> str:
    """Open the first statement of the theme, and say what it says."""
    page.goto(THEME)
    page.goto(page.get_by_role("link", name="Modifier cet énoncé").first.get_attribute("href"))
    return page.get_by_role("heading", level=1).inner_text()


def test_reword_and_undo_by_keyboard_without_a_script(reader, signed_in):
    with reader(storage_state=signed_in, java_script_enabled=False) as page:
        page.goto(THEME)
        tab_to(page, "Modifier cet énoncé")
        enter(page)
        words = page.get_by_role("heading", level=1).inner_text()
        tab_to(page, "Reformuler")
        enter(page)
        tab_to(page, "Énoncé")
        page.keyboard.press("Control+a")
        page.keyboard.type("Dit autrement, au clavier")
        tab_to(page, "Enregistrer")
        enter(page)
        assert page.get_by_role("heading", level=1).inner_text() == "Dit autrement, au clavier"
        tab_to(page, "Annuler")
        enter(page)
        assert page.get_by_role("heading", level=1).inner_text() == words
        assert "C’est annulé" in page.get_by_role("status").inner_text()


def test_move_to_another_column_without_a_script(reader, signed_in):
    with reader(storage_state=signed_in, java_script_enabled=False) as page:
        words = edit_first(page)
        page.get_by_role("link", name="Déplacer").click()
        page.get_by_role("radio", name="Point fort").check()
        page.get_by_role("button", name="Déplacer").click()
        expect(page.locator(".num")).to_contain_text("Point fort")
        assert page.get_by_role("heading", level=1).inner_text() == words
        page.get_by_role("button", name="Annuler").click()
        expect(page.locator(".num")).to_contain_text("Irritant")


def test_delete_then_undo_without_a_script(reader, signed_in):
    with reader(storage_state=signed_in, java_script_enabled=False) as page:
        words = edit_first(page)
        page.get_by_role("button", name="Supprimer").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text(words)
        expect(page.locator("main")).not_to_contain_text(words)
        page.get_by_role("button", name="Annuler").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_two_editors_of_one_statement(reader, browser, site, signed_in):
    late = browser.new_context(storage_state=signed_in, base_url=site, locale="fr-FR")
    # Not a reader: its console says that the answer is 409, as it should be.
    page = late.new_page()
    words = edit_first(page)
    page.get_by_role("link", name="Reformuler").click()
    with reader(storage_state=signed_in) as other:
        other.goto(page.url)
        other.get_by_label("Énoncé").fill("L’une a écrit cela")
        other.get_by_role("button", name="Enregistrer").click()
        page.get_by_label("Énoncé").fill("L’autre a écrit ceci")
        page.get_by_role("button", name="Enregistrer").click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("L’une a écrit cela")
        expect(alert).to_contain_text("Oriane Belcastel")
        expect(page.get_by_label("Énoncé")).to_have_value("L’autre a écrit ceci")
        assert violations(page) == []
        page.get_by_role("link", name="Garder l’autre version").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("L’une a écrit cela")
        other.get_by_role("button", name="Annuler").click()
        expect(other.get_by_role("heading", level=1)).to_have_text(words)
    late.close()
