"""Publishing and withdrawing in a real browser: without a script, on a phone, in both schemes."""

import pytest

from tests.browser.conftest import AXE
from tests.browser.test_pages import violations
from tests.browser.test_sign_in import digits, sign_in

__all__ = ["digits"]

pytestmark = pytest.mark.browser

NOTEBOOK = "/bilan-mediatheque-2026/mediatheque-des-trois-ponts/"


def test_an_edition_is_published_and_withdrawn(browser, site, digits, tmp_path):
    """Without a script, on a phone; each page on the way breaks no rule, in the dark either, and overflows nowhere."""
    if not AXE.exists():
        pytest.skip("axe-core is absent: npm ci installs it")
    given = {"locale": "fr-FR", "base_url": site, "viewport": {"width": 320, "height": 800}}
    context = browser.new_context(**given)
    stranger = browser.new_context(**given, java_script_enabled=False).new_page()
    page = context.new_page()

    def check() -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url

    page.goto(f"{NOTEBOOK}theme-1/")
    sign_in(page, digits)
    check()
    page.get_by_role("link", name="Modifier cet énoncé").first.click()
    page.get_by_label("Énoncé", exact=True).fill("Un énoncé dit tout autrement")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("status").get_by_text("L’énoncé est reformulé").wait_for()

    stranger.goto(page.url)
    assert "Un énoncé dit tout autrement" not in stranger.content()
    page.goto(NOTEBOOK)
    check()
    assert "1 énoncé reformulé" in page.content()
    page.get_by_role("link", name="Publier une édition").click()
    check()
    page.get_by_label("Ce que cette édition a de nouveau").fill("Un énoncé mieux dit.")
    page.get_by_role("button", name="Publier l’édition").click()
    check()
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
    check()
    page.get_by_role("button", name="Retirer cette édition").click()
    assert page.get_by_role("alert").count() == 1
    check()
    page.get_by_label("Pourquoi la retirer").fill("Un mot de trop.")
    page.get_by_role("button", name="Retirer cette édition").click()
    check()
    withdrawn = page.get_by_role("link", name=number).get_attribute("href")
    assert stranger.goto(withdrawn).status == 410
    assert "Un mot de trop." in stranger.content()
    page.goto(withdrawn)
    check()
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
