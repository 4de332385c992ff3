"""What people do with a form on a bad network, and what its page tells them."""

import pytest

FIRST, SECOND, THIRD = "Un premier récit", "Un deuxième récit", "Un troisième récit"


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
