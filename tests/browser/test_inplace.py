"""Forms that open under the row they edit: nothing is lost, and the focus goes where one expects it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.examining import PHONE, SCREEN, examine, examine_as_it_is, needs_axe, violations
from tests.browser.hands import changes, settles
from tests.browser.test_imports import LISTING, document
from tests.browser.test_pages import THEME

pytestmark = pytest.mark.browser

EDIT = "Modifier cet énoncé"
#: Where it is not the only field, its label says that it is required.
FIELD = re.compile(r"^\s*Énoncé\s*(\(obligatoire\))?\s*$")


@pytest.fixture
def theme(reader, signed_in):
    """The draft's page; whatever complains on the console, as the content security policy does, fails."""
    with reader(storage_state=signed_in) as page:
        page.goto(THEME)
        yield page


def words(page) -> str:
    """Of the form that is open, and has the focus."""
    field = page.get_by_label(FIELD)
    field.wait_for()
    page.locator(".inplace :focus").wait_for()
    settles(page)
    return str(field.input_value())


def save(page, text: str) -> None:
    page.get_by_label(FIELD).fill(text)
    page.get_by_role("button", name="Enregistrer").click()


def said(page, text: str) -> None:
    page.get_by_role("status").get_by_text(text).wait_for()
    settles(page)


def focused(page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.id"))


def test_a_statement_is_reworded_where_it_stands(theme):
    theme.evaluate("window.still = 'the same page'")
    link = theme.get_by_role("link", name=EDIT).nth(2)
    address = link.get_attribute("href")
    link.press("Enter")
    before = words(theme)
    theme.locator("#id_text:focus").wait_for()
    save(theme, "Dit autrement, sur place")
    said(theme, "L’énoncé est reformulé")
    expect(theme.get_by_role("cell").get_by_text("Dit autrement, sur place")).to_have_count(1)
    assert focused(theme) == address
    expect(theme.locator(".inplace")).to_have_count(0)
    theme.get_by_role("button", name="Annuler").press("Enter")
    said(theme, "C’est annulé")
    expect(theme.get_by_role("cell").get_by_text(before)).to_have_count(1)
    assert theme.evaluate("window.still") == "the same page"


def test_escape_leaves_all_as_it_was(theme):
    link = theme.get_by_role("link", name=EDIT).nth(2)
    address = link.get_attribute("href")
    link.press("Enter")
    words(theme)
    theme.keyboard.press("Escape")
    expect(theme.locator(".inplace")).to_have_count(0)
    assert focused(theme) == address
    # What is written is not thrown away by a slip of a finger: Escape asks first.
    link.press("Enter")
    before = words(theme)
    theme.locator(".inplace textarea:focus").wait_for()
    theme.keyboard.type("Un mot")
    asked = []
    theme.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    theme.keyboard.press("Escape")
    assert asked == ["Abandonner ce que vous avez écrit ?"]
    assert words(theme) != before
    theme.once("dialog", lambda dialog: dialog.accept())
    theme.get_by_role("link", name=EDIT).nth(3).click()
    assert words(theme) != before
    expect(theme.locator(".inplace")).to_have_count(1)
    theme.get_by_role("link", name="Ne rien changer").click()
    expect(theme.locator(".inplace")).to_have_count(0)


def test_what_is_wrong_is_said_where_one_is(browser, site, signed_in):
    context = browser.new_context(storage_state=signed_in, base_url=site, locale="fr-FR")
    page = context.new_page()
    page.goto(THEME)
    page.get_by_role("link", name=EDIT).first.click()
    words(page)
    save(page, " ")
    alert = page.locator(".inplace").get_by_role("alert")
    alert.wait_for()
    expect(alert).to_be_focused()
    assert violations(page) == []
    context.close()


def test_moved_to_another_column_and_row_then_deleted_and_back(theme):
    link = theme.get_by_role("link", name=EDIT).nth(2)
    code = link.get_attribute("href")
    link.click()
    text = words(theme)
    theme.get_by_role("link", name="Déplacer").click()
    theme.get_by_label("Ligne").select_option(index=1)
    theme.get_by_role("radio", name="Point fort").check()
    theme.get_by_role("button", name="Déplacer").click()
    said(theme, "L’énoncé est déplacé")
    row = theme.get_by_role("table").first.get_by_role("row").filter(has_text=text)
    expect(row.get_by_role("cell").nth(2).get_by_text(text)).to_have_count(1)
    theme.get_by_role("button", name="Annuler").click()
    said(theme, "C’est annulé")
    theme.locator(f"a[href='{code}']").click()
    words(theme)
    theme.get_by_role("button", name="Supprimer").click()
    said(theme, "L’énoncé est supprimé")
    expect(theme.get_by_role("cell").get_by_text(text)).to_have_count(0)
    expect(theme.locator("#messages button")).to_be_focused()
    theme.get_by_role("button", name="Annuler").click()
    said(theme, "C’est annulé")
    expect(theme.locator(f"a[href='{code}']")).to_have_count(1)


def test_two_editors_of_one_row(browser, site, signed_in):
    """The second sees both texts without leaving the page, and may keep the other's."""
    contexts = [
        browser.new_context(storage_state=signed_in, base_url=site, locale="fr-FR", viewport=viewport)
        for viewport in (SCREEN, PHONE)
    ]
    first, second = (context.new_page() for context in contexts)
    for page in (first, second):
        page.goto(THEME)
        page.get_by_role("link", name=EDIT).first.click()
    before = words(first)
    words(second)
    save(first, "L’une a écrit cela")
    said(first, "L’énoncé est reformulé")
    save(second, "L’autre a écrit ceci")
    alert = second.locator(".inplace").get_by_role("alert")
    alert.wait_for()
    assert "L’une a écrit cela" in alert.inner_text()
    assert words(second) == "L’autre a écrit ceci"
    expect(alert).to_be_focused()
    examine_as_it_is(second)
    second.get_by_role("link", name="Garder l’autre version").click()
    second.get_by_role("cell").get_by_text("L’une a écrit cela").wait_for()
    expect(second.get_by_text("L’autre a écrit ceci")).to_have_count(0)
    first.get_by_role("button", name="Annuler").click()
    said(first, "C’est annulé")
    expect(first.get_by_role("cell").get_by_text(before)).to_have_count(1)
    for context in contexts:
        context.close()


def test_what_was_understood_is_corrected_beside_its_source(reader, signed_in):
    with reader(storage_state=signed_in) as page:
        page.goto(LISTING)
        page.get_by_label("Documents").set_input_files([document("corrigé sur place", "json")])
        page.get_by_role("button", name="Déposer").click()
        page.goto(f"{page.url}theme-1/projections/")
        page.evaluate("window.still = 'the same page'")
        link = page.get_by_role("link", name="Un tableau corrigé sur place")
        link.press("Enter")
        words(page)
        page.get_by_role("group", name="Colonne").get_by_label("Levier").check()
        page.get_by_role("button", name="Enregistrer", exact=True).click()
        said(page, "L’énoncé est corrigé")
        cell = page.get_by_role("cell").filter(has=link)
        expect(cell).to_have_attribute("data-l", "Leviers")
        expect(link).to_be_focused()
        page.get_by_role("link", name="Ligne 1").press("Enter")
        page.get_by_label("Nom de la ligne").wait_for()
        settles(page)
        assert violations(page) == []
        page.get_by_role("link", name="Fermer").click()
        expect(page.locator(".inplace")).to_have_count(0)
        assert page.evaluate("window.still") == "the same page"


def test_a_link_in_a_new_tab_and_the_way_back_are_the_browser_s_own(theme):
    link = theme.get_by_role("link", name=EDIT).first
    with theme.context.expect_page() as opened:
        link.click(modifiers=["Control"])
    opened.value.wait_for_url(re.compile(r"/e/\w+$"))
    expect(theme.locator(".inplace")).to_have_count(0)
    link.click()
    words(theme)
    theme.goto("/")
    theme.go_back()
    expect(theme.get_by_role("heading", level=1)).to_have_count(1)
    expect(theme.get_by_role("navigation", name="Fil d’Ariane")).to_have_count(1)


def test_no_answer_loses_nothing(browser, site, signed_in):
    """Signed out in another window: what was written stays."""
    context = browser.new_context(storage_state=signed_in, base_url=site, locale="fr-FR")
    page = context.new_page()
    page.goto(THEME)
    page.get_by_role("link", name=EDIT).first.click()
    words(page)
    context.clear_cookies(name="sessionid")
    save(page, "Écrit en vain ?")
    said(page, "Rien n’est enregistré")
    assert words(page) == "Écrit en vain ?"
    context.close()


@needs_axe
def test_no_open_form_breaks_a_rule_of_accessibility(reader, signed_in):
    with reader(storage_state=signed_in) as page:
        page.goto(THEME)
        page.get_by_role("link", name=EDIT).first.click()
        words(page)
        examine(page)
        for name in ("Déplacer", "Ne rien changer"):
            with changes(page):
                page.locator(".inplace").get_by_role("link", name=name).click()
            examine(page)
        with changes(page):
            page.get_by_role("link", name="Modifier la ligne").nth(1).click()
        examine(page)
