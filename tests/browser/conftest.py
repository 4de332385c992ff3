"""The demo, served by the server that people use, and a browser to read it with."""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.installation import copied, environment, free_port, run
from tests.waiting import PATIENCE, until

#: The same engine without its windows, where it is installed, does the same in half the time.
CHROMIUM = (
    os.environ.get("CAHIERS_CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")
)
#: A name that is this machine's in the browser of the tests alone: no secure origin.
PLAIN_HOST = "atelier.example"


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


@contextmanager
def served(folder: Path, port: int, **more: str) -> Iterator[None]:
    """The demo of that folder, for as long as it is needed; `more` joins the environment of its server."""
    log = folder / "server.txt"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "cahiers", "demo", "--port", str(port)],
            env=environment(folder) | more,
            stdout=output,
            stderr=output,
        )
    try:
        until(lambda: server.poll() is not None or answers(f"http://127.0.0.1:{port}"))
        assert server.poll() is None, log.read_text()
        yield
    finally:
        server.terminate()
        server.wait(PATIENCE)


@pytest.fixture(scope="session")
def driver():
    """One a process: a second one beside it refuses to start."""
    if CHROMIUM is None:
        pytest.skip("Chromium is absent (Debian: chromium-headless-shell)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver):
    browser = driver.chromium.launch(
        executable_path=CHROMIUM,
        args=[
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            f"--host-resolver-rules=MAP {PLAIN_HOST} 127.0.0.1",
        ],
    )
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def kept(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its database, and the messages that it sends."""
    return copied(demonstrated, tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def site(driver, kept: Path) -> Iterator[str]:
    """Address of a freshly loaded demo."""
    port = free_port()
    with served(kept, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def beside(site: str, kept: Path) -> Callable[..., None]:
    """Runs Python with these arguments in the place of the site that is served."""

    return partial(run, kept)


@pytest.fixture
def reader(browser, site: str) -> Callable:
    """Opens a page as someone would; whatever asks for another host, or complains on the console, fails."""

    @contextmanager
    def read(**given):
        given = {"viewport": {"width": 1280, "height": 800}, "locale": "fr-FR", "base_url": site} | given
        context = browser.new_context(**given)
        page = context.new_page()
        troubles: list[str] = []
        page.on("request", lambda asked: asked.url.startswith(site) or troubles.append(asked.url))
        page.on("console", lambda said: said.type in {"error", "warning"} and troubles.append(said.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        try:
            yield page
            assert not troubles
        finally:
            context.close()

    return read


@pytest.fixture(scope="session")
def signed_in(site, browser, beside, kept):
    """Cookies of someone who may edit, who signed in by the code of a message."""
    address = "oriane.belcastel@exemple.example"
    beside("-m", "cahiers", "user", "add", address, "--name", "Oriane Belcastel", "--staff")
    context = browser.new_context(base_url=site, locale="fr-FR")
    page = context.new_page()
    page.goto("/compte/connexion/")
    page.get_by_label("Adresse").fill(address)
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/")
    page.get_by_label("Code").fill(digits_in(kept / "mails", page, address))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/")
    state = context.storage_state()
    context.close()
    return state


def digits_in(mails: Path, page, address: str) -> str:
    """Those of the last message to that address, which is written while the page is shown."""

    def written() -> list[str]:
        files = sorted(mails.glob("*"), key=lambda file: file.stat().st_mtime)
        own = [text for text in map(Path.read_text, files) if f"To: {address}" in text]
        return re.findall(r"^ +([0-9]{6})$", own[-1] if own else "", re.MULTILINE)

    return until(written, rest=lambda: page.wait_for_timeout(50))[-1]
