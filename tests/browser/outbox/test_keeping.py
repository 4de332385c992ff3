"""What a device keeps: entries where it has a storage, drafts until they are sent, pages for a week."""

import threading

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import PLAIN_HOST
from tests.browser.hands import becomes
from tests.browser.outbox.hands import ENTRIES, FIRST, NO_DATABASE, SECOND, kept_by_worker, until, write
from tests.ui.outbox_demo.site import state

pytestmark = pytest.mark.browser
#: Have the kept page say that it is eight days old.
AGED = """async () => {
  const cache = await caches.open((await caches.keys())[0]);
  const kept = await cache.match(location.href);
  const headers = new Headers(kept.headers);
  headers.set("X-Kept", Date.now() - 8 * 864e5);
  await cache.put(location.href, new Response(await kept.text(), {headers}));
}"""

NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }});"


def test_without_a_script_it_is_a_plain_form(phone):
    with phone(java_script_enabled=False) as page:
        write(page, FIRST)
        page.wait_for_url("**/merci")
    assert state.texts == [FIRST]


def test_without_a_database_another_storage_keeps_the_entries(phone):
    with phone(script=NO_DATABASE) as page:
        page.context.set_offline(True)
        write(page, FIRST)
        until(page, "1 envoi attend le réseau")
        assert page.evaluate(f"{ENTRIES}[0].text").startswith(FIRST)
        page.context.set_offline(False)
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST]


def test_without_any_storage_it_is_a_plain_form(phone):
    with phone(script=NO_DATABASE + NO_STORAGE) as page:
        write(page, FIRST)
        page.wait_for_url("**/merci")
    assert state.texts == [FIRST]


def test_drafts_come_back_until_they_are_sent(phone):
    with phone() as page:
        page.get_by_label("Ce que vous avez vécu").fill(FIRST)
        page.get_by_label("J’accepte").check()
        page.get_by_label("Genre").select_option("strength")
        page.get_by_label("Mot de passe").fill("oursin")
        page.get_by_label("Mot de passe").blur()
        becomes(page, drafted(FIRST))
        page.goto("/merci")
        page.goto("/essai/")
        assert "Brouillon retrouvé" in page.locator("form[data-autosave]").inner_text()
        assert page.get_by_label("Ce que vous avez vécu").input_value() == FIRST
        assert page.get_by_label("J’accepte").is_checked()
        assert page.get_by_label("Genre").input_value() == "strength"
        assert page.get_by_label("Mot de passe").input_value() == ""
        assert "oursin" not in page.evaluate("JSON.stringify(localStorage)")
        write(page, FIRST)
        until(page, "Tout est envoyé")
        page.reload()
        assert "Brouillon" not in page.locator("form[data-autosave]").inner_text()
        page.get_by_label("Ce que vous avez vécu").fill(SECOND)
        becomes(page, drafted(SECOND))
        page.reload()
        page.locator("form").get_by_role("button", name="Effacer").click()
        expect(page.get_by_label("Ce que vous avez vécu")).to_have_value("")
        page.reload()
        assert "Brouillon" not in page.locator("form[data-autosave]").inner_text()


def drafted(text: str) -> str:
    """Whether the page has kept it as a draft: it waits for a pause in what is typed."""
    kept = f"new URLSearchParams({{text: {text!r}}})"
    return f"() => (localStorage['cahiers-draft essai-'] || '').includes({kept})"


def plain(page):
    """As forms of the team, which are sent and answered by a page."""
    page.locator("form[data-outbox]").evaluate("form => form.removeAttribute('data-outbox')")


def test_a_plain_form_s_draft_goes_once_it_is_sent(phone):
    with phone() as page:
        plain(page)
        write(page, FIRST)
        page.wait_for_url("**/merci")
        page.evaluate("location.href = '/essai/'")
        page.wait_for_url("**/essai/")
        assert page.get_by_label("Ce que vous avez vécu").input_value() == ""


def test_a_plain_form_that_did_not_leave_keeps_its_draft(phone):
    with phone(host=PLAIN_HOST) as page:
        plain(page)
        page.context.set_offline(True)
        write(page, FIRST)
        page.wait_for_url("chrome-error://**")
        page.context.set_offline(False)
        page.goto("/essai/")
        assert "Brouillon retrouvé" in page.locator("form[data-autosave]").inner_text()
        assert page.get_by_label("Ce que vous avez vécu").input_value() == FIRST
    assert state.kept == {}


def test_a_page_that_is_long_to_come_is_shown_as_last_seen(phone, monkeypatch):
    with phone() as page:
        kept_by_worker(page)
        comes = threading.Event()
        monkeypatch.setattr(state, "comes", comes)
        page.reload()
        assert page.get_by_role("heading", level=1).inner_text() == "Fiche d’essai"
        assert state.waiting == 1
        comes.set()


def test_a_page_of_last_week_is_not_shown(phone):
    with phone() as page:
        kept_by_worker(page)
        page.evaluate(AGED)
        page.context.set_offline(True)
        with pytest.raises(Error, match="ERR_"):
            page.reload()


def test_who_signs_out_leaves_no_page_behind(phone):
    with phone() as page:
        kept_by_worker(page)
        page.evaluate("fetch('/compte/langue/', {method: 'POST'})")
        becomes(page, "async () => !(await caches.match(location.href))")


def test_nothing_but_what_allows_it_is_kept(phone):
    with phone() as page:
        kept_by_worker(page)
        page.reload()
        page.goto("/merci")
        kept = page.evaluate(
            "caches.keys().then(([name]) => caches.open(name)).then((cache) => cache.keys())"
            ".then((keys) => keys.map((key) => new URL(key.url).pathname))"
        )
        assert "/essai/" in kept
        assert all(path == "/essai/" or path.startswith("/static/ui/") for path in kept)
