"""Forms on a bad network in a real browser: nothing lost, nothing doubled, whatever fails in between."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.test import override_settings
from playwright.sync_api import Error

from cahiers.ui import outbox
from tests.browser.conftest import AXE, CHROMIUM, free_port
from tests.browser.test_pages import violations
from tests.ui.outbox_demo import TEMPLATES
from tests.ui.outbox_demo.site import state

pytestmark = pytest.mark.browser
#: A name that is this machine's in the test's browser alone: not a secure origin.
PLAIN_HOST = "atelier.example"
FIRST, SECOND, THIRD = "Un premier récit", "Un deuxième récit", "Un troisième récit"
#: Have the kept page say that it is eight days old.
AGED = """async () => {
  const cache = await caches.open((await caches.keys())[0]);
  const kept = await cache.match(location.href);
  const headers = new Headers(kept.headers);
  headers.set("X-Kept", Date.now() - 8 * 864e5);
  await cache.put(location.href, new Response(await kept.text(), {headers}));
}"""
NO_DATABASE = "Object.defineProperty(window, 'indexedDB', {value: {open() { throw new Error('refused'); }}});"
NO_STORAGE = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }});"


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *given):
        """Nothing on the console."""


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[int]:
    """The site of one form, with static files named by their contents as in production."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is absent")
    from django.conf import settings

    port = free_port()
    changed = {
        "ROOT_URLCONF": "tests.ui.outbox_demo.site",
        "TEMPLATES": [{**settings.TEMPLATES[0], "DIRS": [TEMPLATES]}],
        "ALLOWED_HOSTS": ["127.0.0.1", PLAIN_HOST],
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
    }
    with override_settings(**changed):
        call_command("collectstatic", verbosity=0, interactive=False)
        server = make_server(
            "127.0.0.1", port, get_wsgi_application(), server_class=Server, handler_class=Quiet
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield port
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def chromium(driver) -> Iterator:
    browser = driver.chromium.launch(
        executable_path=str(CHROMIUM),
        args=["--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1"],
    )
    yield browser
    browser.close()


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    for name in ("received", "kept", "faults"):
        monkeypatch.setattr(state, name, type(getattr(state, name))())


@pytest.fixture
def phone(chromium, port):
    """Opens the form; what breaks the content security policy, or a script, fails the test."""

    @contextmanager
    def opened(*, host="127.0.0.1", script="", **given):
        given = {
            "base_url": f"http://{host}:{port}",
            "locale": "fr-FR",
            "viewport": {"width": 360, "height": 740},
        } | given
        context = chromium.new_context(**given)
        troubles: list[str] = []

        def watch(page):
            page.on("console", lambda said: "Content Security" in said.text and troubles.append(said.text))
            page.on("pageerror", lambda error: troubles.append(str(error)))

        context.on("page", watch)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.goto("/essai/")
        try:
            yield page
            assert not troubles
        finally:
            context.close()

    return opened


def write(page, text, place="Ormance"):
    page.get_by_label("Ce que vous avez vécu").fill(text)
    page.get_by_label("Lieu").fill(place)
    page.get_by_role("button", name="Envoyer").click()


def told(page):
    return page.locator("[data-outbox-status]").inner_text()


def until(page, said: str, *, within: float = 15):
    page.locator("[data-outbox-status] [role=status]").filter(has_text=said).wait_for(timeout=within * 1000)


def kept_by_worker(page):
    becomes(page, "async () => Boolean(await caches.match(location.href))")


def becomes(page, true: str):
    """Wait until it is: `wait_for_function` takes a promise for a yes."""
    for _ in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"Never: {true}")


def broken(write) -> HttpResponse:
    return HttpResponse("Panne", status=500)


def lost_after_commit(write) -> HttpResponse:
    write()
    raise ConnectionResetError


def test_sent_at_once_when_the_network_is_there(phone):
    with phone() as page:
        page.get_by_label("J’accepte").check()
        page.get_by_label("Genre").select_option("strength")
        write(page, FIRST)
        until(page, "Tout est envoyé")
        (one,) = state.kept.values()
        assert (one["text"], one["place"], one["agreed"], one["kind"]) == (
            FIRST,
            "Ormance",
            "yes",
            "strength",
        )
        assert len(one["receipt"]) == 32
        assert "csrfmiddlewaretoken" not in one
        assert page.get_by_label("Ce que vous avez vécu").input_value() == ""
        assert page.locator("[name=receipt]").input_value() != one["receipt"]
        assert (
            page.get_by_role("link", name="Voir mon reçu").get_attribute("href") == f"/recu/{one['receipt']}"
        )
        assert "Votre fiche" in told(page)
        assert FIRST in told(page)
        assert "Merci." in told(page)


def test_written_without_a_network_read_again_then_sent_in_order_once(phone):
    with phone() as page:
        kept_by_worker(page)
        page.context.set_offline(True)
        for text in (FIRST, SECOND, THIRD):
            write(page, text)
        until(page, "3 envois attendent le réseau")
        page.reload()
        assert page.get_by_role("heading", level=1).inner_text() == "Fiche d’essai"
        assert page.evaluate("getComputedStyle(document.querySelector('main .field')).display") == "flex"
        until(page, "3 envois attendent le réseau")
        assert state.received == []
        page.context.set_offline(False)
        until(page, "Tout est envoyé")
        assert state.texts == [FIRST, SECOND, THIRD]
        assert len(state.received) == 3
        page.reload()
        page.wait_for_timeout(1500)
        assert len(state.received) == 3


def test_a_failing_server_is_asked_again(phone):
    state.faults.extend([broken, broken])
    with phone() as page:
        write(page, FIRST)
        write(page, SECOND)
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST, SECOND]
    assert len(state.received) == 4


def test_an_answer_lost_after_the_commit_doubles_nothing(phone):
    state.faults.append(lost_after_commit)
    with phone() as page:
        write(page, FIRST)
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST]
    assert len(set(state.received)) == 1
    assert len(state.received) >= 2


def test_too_many_waits_as_long_as_the_server_says(phone):
    state.faults.append(lambda write: outbox.later(3))
    with phone() as page:
        write(page, FIRST)
        page.wait_for_timeout(500)
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(1500)
        assert len(state.received) == 1
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST]


def test_a_page_without_its_cookie_finds_another(phone):
    with phone() as page:
        page.context.clear_cookies()
        write(page, FIRST)
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST]


def test_what_is_refused_is_shown_and_put_back(phone):
    with phone() as page:
        write(page, "Un récit interdit")
        until(page, "Un envoi est à reprendre")
        assert "Ce mot n’est pas admis." in told(page)
        assert "Un récit interdit" in told(page)
        page.reload()
        until(page, "Un envoi est à reprendre")
        page.get_by_role("button", name="Remettre dans le formulaire").click()
        field = page.get_by_label("Ce que vous avez vécu")
        assert field.input_value() == "Un récit interdit"
        assert field.evaluate("field => field === document.activeElement")
        assert "Ce mot n’est pas admis." in told(page)
        write(page, FIRST)
        until(page, "Tout est envoyé")
        assert "interdit" not in told(page)
    assert state.texts == [FIRST]


def test_what_is_refused_can_be_dropped(phone):
    with phone() as page:
        write(page, "Un récit interdit")
        until(page, "Un envoi est à reprendre")
        page.get_by_role("button", name="Effacer").click()
        page.locator("[data-outbox-status] li").wait_for(state="detached")
        page.reload()
        page.wait_for_timeout(500)
        assert told(page).strip() == ""


def test_groups_do_not_wait_for_each_other(phone):
    state.faults.extend([broken] * 100)
    with phone() as page:
        write(page, FIRST)
        write(page, SECOND)
        becomes(page, "() => document.getElementById('text').value === ''")  # it is stored
        page.goto("/essai/autre")
        write(page, THIRD)
        page.get_by_text("Merci.").wait_for()
        until(page, "2 envois attendent le réseau")
        assert state.texts == [THIRD]
        state.faults.clear()
        until(page, "Tout est envoyé")
    assert state.texts == [THIRD, FIRST, SECOND]


def test_what_is_refused_does_not_hold_the_next(phone):
    with phone() as page:
        page.context.set_offline(True)
        write(page, "Un récit interdit")
        write(page, SECOND)
        until(page, "2 envois attendent le réseau")
        page.context.set_offline(False)
        until(page, "Un envoi est à reprendre")
    assert state.texts == [SECOND]


@pytest.mark.parametrize("host", ["127.0.0.1", PLAIN_HOST], ids=["locks", "leases"])
def test_two_tabs_send_each_entry_once(phone, host):
    with phone(host=host) as page:
        other = page.context.new_page()
        other.goto("/essai/")
        page.context.set_offline(True)
        write(page, FIRST)
        write(other, SECOND)
        write(page, THIRD)
        until(page, "3 envois attendent le réseau")
        until(other, "3 envois attendent le réseau")
        page.context.set_offline(False)
        until(page, "Tout est envoyé", within=30)
        until(other, "Tout est envoyé", within=30)
    assert state.texts == [FIRST, SECOND, THIRD]
    assert len(state.received) == 3


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
        assert FIRST in page.evaluate("localStorage['cahiers-outbox']")
        page.context.set_offline(False)
        until(page, "Tout est envoyé")
    assert state.texts == [FIRST]


def test_without_any_storage_it_is_a_plain_form(phone):
    with phone(script=NO_DATABASE + NO_STORAGE) as page:
        write(page, FIRST)
        page.wait_for_url("**/merci")
    assert state.texts == [FIRST]


def test_plain_http_works_without_the_worker(phone):
    with phone(host=PLAIN_HOST) as page:
        assert (
            page.evaluate("[isSecureContext, 'serviceWorker' in navigator, 'locks' in navigator]")
            == [False] * 3
        )
        page.context.set_offline(True)
        write(page, FIRST)
        write(page, SECOND)
        until(page, "2 envois attendent le réseau")
        page.context.set_offline(False)
        page.reload()
        until(page, "Tout est envoyé", within=30)
    assert state.texts == [FIRST, SECOND]


def test_other_scripts_hear_of_it_and_may_push(phone):
    with phone() as page:
        page.evaluate(
            "window.heard = []; document.addEventListener('outbox', ({detail}) => heard.push(detail))"
        )
        page.get_by_label("Ce que vous avez vécu").fill(FIRST)
        page.evaluate("cahiers.outbox.add(document.querySelector('[data-outbox]'))")
        until(page, "Tout est envoyé")
        heard = page.evaluate("heard")
        assert [one["state"] for one in heard] == ["waiting", "sent"]
        assert heard[0]["command"] == heard[1]["command"] == next(iter(state.kept))
        assert heard[1]["answer"]["number"] == 1


def test_drafts_come_back_until_they_are_sent(phone):
    with phone() as page:
        page.get_by_label("Ce que vous avez vécu").fill(FIRST)
        page.get_by_label("J’accepte").check()
        page.get_by_label("Genre").select_option("strength")
        page.get_by_label("Mot de passe").fill("oursin")
        page.wait_for_timeout(600)
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
        page.wait_for_timeout(600)
        page.reload()
        page.locator("form").get_by_role("button", name="Effacer").click()
        assert page.get_by_label("Ce que vous avez vécu").input_value() == ""
        page.reload()
        assert "Brouillon" not in page.locator("form[data-autosave]").inner_text()


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
        monkeypatch.setattr(state, "slow", 9)
        began = time.monotonic()
        page.reload()
        assert 3 < time.monotonic() - began < 8
        assert page.get_by_role("heading", level=1).inner_text() == "Fiche d’essai"


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
        becomes(page, "async () => (await caches.keys()).length === 0")


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_breaks_no_rule_of_accessibility(phone, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is absent: npm ci installs it")
    with phone(color_scheme=scheme) as page:
        write(page, FIRST)
        write(page, "Un récit interdit")
        until(page, "Un envoi est à reprendre")
        page.context.set_offline(True)
        write(page, SECOND)
        until(page, "1 envoi attend le réseau")
        page.get_by_label("Ce que vous avez vécu").fill(THIRD)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
