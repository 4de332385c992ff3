"""Publishing and withdrawing in a real browser: without a script, on a phone, in both schemes."""

import pytest
from playwright.sync_api import expect

from tests.browser.examining import NARROW, examine_as_it_is, violations
from tests.browser.test_sign_in import digits, sign_in

__all__ = ["digits"]

pytestmark = pytest.mark.browser

NOTEBOOK = "/bilan-mediatheque-2026/mediatheque-des-trois-ponts/"


def test_an_edition_is_published_and_withdrawn(browser, site, digits, tmp_path):
    """Without a script, on a phone; each page on the way breaks no rule, in the dark either, and overflows nowhere."""
    given = {"locale": "fr-FR", "base_url": site, "viewport": NARROW}
    context = browser.new_context(**given)
    stranger = browser.new_context(**given, java_script_enabled=False).new_page()
    page = context.new_page()

    page.goto(f"{NOTEBOOK}theme-1/")
    sign_in(page, digits)
    examine_as_it_is(page)
    page.get_by_role("link", name="Modifier cet énoncé").first.click()
    page.get_by_label("Énoncé", exact=True).fill("Un énoncé dit tout autrement")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("status").get_by_text("L’énoncé est reformulé").wait_for()

    stranger.goto(page.url)
    assert "Un énoncé dit tout autrement" not in stranger.content()
    page.goto(NOTEBOOK)
    examine_as_it_is(page)
    expect(page.locator("main")).to_contain_text("1 énoncé reformulé")
    page.get_by_role("link", name="Publier une édition").click()
    examine_as_it_is(page)
    page.get_by_label("Ce que cette édition a de nouveau").fill("Un énoncé mieux dit.")
    page.get_by_role("button", name="Publier l’édition").click()
    examine_as_it_is(page)
    number = (
        page.get_by_role("listitem").filter(has_text="La dernière").get_by_role("link").first.inner_text()
    )

    stranger.goto(f"{NOTEBOOK}theme-1/")
    assert "Un énoncé dit tout autrement" in stranger.content()
    with stranger.expect_download() as started:
        stranger.goto(NOTEBOOK)
        stranger.get_by_role("link", name="JSON").click()
    assert started.value.suggested_filename.endswith(
        f"-{number.lower().replace(' ', '-').replace('é', 'e')}.json"
    )

    page.get_by_role("link", name="Retirer").first.click()
    examine_as_it_is(page)
    page.get_by_role("button", name="Retirer cette édition").click()
    expect(page.get_by_role("alert")).to_have_count(1)
    examine_as_it_is(page)
    page.get_by_label("Pourquoi la retirer").fill("Un mot de trop.")
    page.get_by_role("button", name="Retirer cette édition").click()
    examine_as_it_is(page)
    withdrawn = page.get_by_role("link", name=number).get_attribute("href")
    assert stranger.goto(withdrawn).status == 410
    assert "Un mot de trop." in stranger.content()
    page.goto(withdrawn)
    examine_as_it_is(page)
    stranger.goto(f"{NOTEBOOK}theme-1/")
    assert "Un énoncé dit tout autrement" not in stranger.content()
    with stranger.expect_download() as started:
        stranger.goto("/bilan-mediatheque-2026/")
        stranger.get_by_role("link", name="Tous les formats").click()
    started.value.save_as(tmp_path / "tout.zip")
    assert (tmp_path / "tout.zip").read_bytes()[:2] == b"PK"
    gone = context.browser.new_page(base_url=site)
    gone.goto(withdrawn)
    assert violations(gone) == []
    gone.close()
    context.close()
    stranger.context.close()
