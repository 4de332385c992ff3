"""What people do with a form on a bad network, and what its page tells them."""

from tests.browser.hands import becomes
from tests.waiting import PATIENCE

FIRST, SECOND, THIRD, FOURTH = (
    "Un premier récit",
    "Un deuxième récit",
    "Un troisième récit",
    "Un quatrième récit",
)
#: Of a browser that refuses its database; what it keeps instead.
NO_DATABASE = "Object.defineProperty(window, 'indexedDB', {value: {open() { throw new Error('refused'); }}});"
ENTRIES = "JSON.parse(localStorage['cahiers-outbox'] || '[]')"


def write(page, text, place="Ormance"):
    page.get_by_label("Ce que vous avez vécu").fill(text)
    page.get_by_label("Lieu").fill(place)
    page.get_by_role("button", name="Envoyer").click()


def told(page):
    return page.locator("[data-outbox-status]").inner_text()


def until(page, said: str):
    status = page.locator("[data-outbox-status] [role=status]")
    status.filter(has_text=said).wait_for(timeout=PATIENCE * 1000)


def kept_by_worker(page):
    becomes(page, "async () => Boolean(await caches.match(location.href))")
