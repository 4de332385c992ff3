"""A site of one form, with static files named by their contents as in production, and a telephone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.test import override_settings

from tests.browser.conftest import PLAIN_HOST
from tests.browser.examining import PHONE
from tests.installation import free_port
from tests.ui.outbox_demo import TEMPLATES
from tests.ui.outbox_demo.site import state


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *given):
        """Nothing on the console."""


@pytest.fixture(scope="package")
def port(driver, tmp_path_factory) -> Iterator[int]:
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


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    for name in ("received", "kept", "faults"):
        monkeypatch.setattr(state, name, type(getattr(state, name))())


@pytest.fixture
def phone(browser, port):
    """Opens the form; what breaks the content security policy, or a script, fails the test."""

    @contextmanager
    def opened(*, host="127.0.0.1", script="", **given):
        given = {
            "base_url": f"http://{host}:{port}",
            "locale": "fr-FR",
            "viewport": PHONE,
        } | given
        context = browser.new_context(**given)
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
