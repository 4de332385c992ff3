"""Signing in and running a team in a real browser: with a keyboard alone, without a script, on a phone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.examining import NARROW, examine_as_it_is, needs_axe
from tests.browser.test_pages import CONSULTATION
from tests.waiting import until

pytestmark = pytest.mark.browser

ORGANISER = "organisation@exemple.example"
TEAM = f"{CONSULTATION}equipe/"


@pytest.fixture
def digits(site: str, kept: Path) -> Callable[[], str]:
    """Those of the message that comes after this is asked for, from the folder that messages are written to."""
    seen = set(kept.glob("mails/*"))

    def read() -> str:
        return until(fresh)

    def fresh() -> str:
        for message in set(kept.glob("mails/*")) - seen:
            if found := re.search(r"^ +([0-9]{6})$", message.read_text(), re.MULTILINE):
                seen.add(message)
                return found[1]
        return ""

    return read


def sign_in(page, digits: Callable[[], str]) -> None:
    page.get_by_role("link", name="Se connecter").first.click()
    page.get_by_label("Adresse électronique").fill(ORGANISER)
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Code à six chiffres").fill(digits())
    page.get_by_role("button", name="Se connecter").click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_sign_in_leads_back_and_the_team_grows_and_shrinks(reader, digits, script):
    with reader(java_script_enabled=script) as page:
        page.goto(f"{CONSULTATION}?de=ici")
        sign_in(page, digits)
        expect(page).to_have_url(f"{CONSULTATION}?de=ici")
        page.get_by_role("link", name="Équipe").click()
        page.get_by_role("link", name="Inviter quelqu’un").click()
        page.get_by_label("Adresse électronique").fill(f"lou.{script}@exemple.example")
        page.get_by_label("Animation").check()
        page.get_by_role("button", name="Envoyer l’invitation").click()
        page.get_by_role("status").get_by_text("lou.").wait_for()
        page.get_by_role("link", name=f"lou.{script}".lower()).click()
        page.get_by_role("button", name="Retirer de l’équipe").click()
        expect(page.get_by_role("link", name=f"lou.{script}".lower())).to_have_count(0)
        page.get_by_role("link", name="Mon compte").click()
        page.get_by_role("button", name="Sur cet appareil").click()
        expect(page.get_by_role("link", name="Se connecter")).to_have_count(1)


def test_sign_in_by_keyboard_alone(reader, digits):
    with reader() as page:
        page.goto("/compte/connexion/?suite=/compte/")
        tab_to(page, "#id_email")
        page.keyboard.type(ORGANISER)
        page.keyboard.press("Enter")
        page.wait_for_url("**/code/")
        tab_to(page, "#id_digits")
        page.keyboard.type(digits())
        page.keyboard.press("Enter")
        page.wait_for_url("**/compte/")
        assert page.get_by_label("Nom").input_value() == "L’équipe d’organisation"


def tab_to(page, selector: str) -> None:
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"{selector} is out of the keyboard's reach.")


@needs_axe
def test_no_form_breaks_a_rule_of_accessibility_or_overflows(browser, site, digits):
    context = browser.new_context(viewport=NARROW, locale="fr-FR", base_url=site)
    page = context.new_page()
    page.goto("/compte/connexion/")
    examine_as_it_is(page)
    page.get_by_role("button", name="Recevoir un code").click()
    expect(page.get_by_role("alert")).to_have_count(1)
    examine_as_it_is(page)
    page.get_by_label("Adresse électronique").fill(ORGANISER)
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Code à six chiffres").fill("1")
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("alert")).to_have_count(1)
    examine_as_it_is(page)
    page.get_by_label("Code à six chiffres").fill(digits())
    page.get_by_role("button", name="Se connecter").click()
    for address in ("/compte/", "/compte/supprimer/", CONSULTATION, TEAM, f"{TEAM}inviter/"):
        page.goto(address)
        examine_as_it_is(page)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    examine_as_it_is(page)
    page.goto(TEAM)
    page.get_by_role("link", name="L’équipe d’organisation").click()
    examine_as_it_is(page)
    page.get_by_role("button", name="Quitter ce rôle").click()
    expect(page.get_by_role("status")).to_contain_text("dernière personne")
    examine_as_it_is(page)
    context.close()
