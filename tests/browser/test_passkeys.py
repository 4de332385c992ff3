"""A passkey of the browser's own authenticator signs in, without an address typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import digits_in, served
from tests.browser.examining import fits, violations
from tests.installation import copied, free_port

pytestmark = pytest.mark.browser

ORGANISER = "organisation@exemple.example"


@pytest.fixture(scope="module")
def folder(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(demonstrated, tmp_path_factory.mktemp("passkeys"))


@pytest.fixture(scope="module")
def named_site(folder: Path) -> Iterator[str]:
    """The demo at a name: browsers keep no key for a number."""
    port = free_port()
    address = f"http://localhost:{port}"
    with served(folder, port, SITE_URL=address):
        yield address


@pytest.fixture
def page(browser, named_site: str):
    """With a device that keeps keys, and the finger of its owner on it."""
    context = browser.new_context(base_url=named_site, locale="fr-FR", viewport={"width": 360, "height": 800})
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()


def test_a_key_is_added_and_signs_in(page, folder: Path) -> None:
    page.goto("/compte/connexion/?suite=/compte/")
    page.get_by_label("Adresse électronique").fill(ORGANISER)
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Code à six chiffres").fill(digits_in(folder / "mails", page, ORGANISER))
    page.get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    check(page)
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Mon téléphone").wait_for()
    check(page)
    # The device has one already, and says so.
    page.get_by_role("button", name="Ajouter une clé d’accès").click()
    page.get_by_text("La clé n’a pas servi").wait_for()
    check(page)
    for _time in range(2):
        page.get_by_role("button", name="Sur cet appareil").click()
        page.goto("/compte/connexion/?suite=/compte/")
        check(page)
        page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
        page.get_by_text("employée le").wait_for()
    page.get_by_role("link", name="Mon téléphone").click()
    page.get_by_role("button", name="Retirer cette clé").click()
    page.get_by_role("button", name="Sur cet appareil").click()
    page.goto("/compte/connexion/")
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    page.get_by_text("n’est pas reconnue").wait_for()


def test_a_device_without_a_key_is_told_in_words(page) -> None:
    page.goto("/compte/connexion/")
    page.get_by_role("button", name="Se connecter avec une clé d’accès").click()
    page.get_by_role("alert").get_by_text("La clé n’a pas servi").wait_for()


def test_without_a_script_the_code_is_the_way(browser, named_site: str) -> None:
    context = browser.new_context(base_url=named_site, locale="fr-FR", java_script_enabled=False)
    page = context.new_page()
    page.goto("/compte/connexion/")
    expect(page.get_by_role("button", name="Se connecter avec une clé d’accès")).to_be_hidden()
    expect(page.get_by_role("button", name="Recevoir un code")).to_be_visible()
    context.close()


def check(page) -> None:
    assert violations(page) == [], page.url
    assert fits(page), page.url
