"""A server with a meeting on it, and pages of people who each have a device of their own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.boards.site import Site
from tests.browser.boards.hands import PHONE
from tests.browser.conftest import PLAIN_HOST
from tests.installation import copied


@pytest.fixture(scope="package")
def room(driver, prepared, tmp_path_factory) -> Iterator[Site]:
    folder = copied(prepared, tmp_path_factory.mktemp("room"))
    (folder / "secret_key").write_text("of-this-test-alone-" * 3)
    site = Site(folder)
    site.environment["ALLOWED_HOSTS"] = f"127.0.0.1,{PLAIN_HOST}"
    site.start()
    yield site
    site.close()


@pytest.fixture
def opened(room, browser) -> Iterator[Callable]:
    """Opens pages of someone of their own; a script's error, or what breaks the security policy, fails the test."""
    with ExitStack() as stack:
        troubles: list[str] = []

        def open_(path: str, *, host: str = "127.0.0.1", member: bool = False, **given):
            given = {"base_url": f"http://{host}:{room.port}", "locale": "fr-FR", "viewport": PHONE} | given
            context = browser.new_context(**given)
            stack.callback(context.close)
            if member:
                session = {"name": "sessionid", "value": room.do("member"), "url": given["base_url"]}
                context.add_cookies([session])
            page = context.new_page()
            page.on("pageerror", lambda error: troubles.append(str(error)))
            page.on("console", lambda said: "Content Security" in said.text and troubles.append(said.text))
            page.goto(path)
            return page

        yield open_
    assert not troubles
