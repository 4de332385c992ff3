"""Answers to forms that are sent late, the cookie they need, and the worker that keeps pages."""

import gzip
import json
import re
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from cahiers.ui import outbox
from cahiers.ui.middleware import POLICY
from tests.ui.outbox_demo import TEMPLATES
from tests.ui.outbox_demo.site import state

SCRIPTS = settings.PACKAGE / "ui" / "static" / "ui"
COMMAND = "5f0c7a52-6d0f-4b1c-9d8e-0a1b2c3d4e5f"
LATE = {"HTTP_X_CAHIERS_OUTBOX": "1"}


class Sheet(forms.Form):
    text = forms.CharField(label="Récit")
    place = forms.CharField(required=False)

    def clean(self):
        raise forms.ValidationError("La fenêtre est fermée.")


def weight(name: str) -> int:
    return len(gzip.compress((SCRIPTS / name).read_bytes(), 9))


def test_scripts_keep_to_their_budget():
    """A board's own script has the other 2 KB of the 5 that a live meeting may weigh; it needs no autosave."""
    assert weight("outbox.js") <= 3 * 1024
    assert weight("autosave.js") <= 1024


@pytest.mark.parametrize("name", ["outbox.js", "autosave.js"])
def test_scripts_are_for_browsers_of_2017(name):
    source = (SCRIPTS / name).read_text()
    assert not re.search(
        r"\?\.|\?\?|^import |^export |\.\.\.\w+ }|replaceAll|crypto\.(subtle|randomUUID)", source, re.M
    )
    assert not re.search(r"eval\(|innerHTML|https?:", source)


def test_who_asks_for_a_short_answer_says_so():
    assert outbox.wanted(RequestFactory().post("/", **LATE))
    assert not outbox.wanted(RequestFactory().post("/"))


def test_what_is_written_has_its_address():
    response = outbox.done(url="/recu/1", message="Merci.", number=3)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content == b'{"number": 3, "ok": true, "url": "/recu/1", "message": "Merci."}'


def test_a_refused_form_tells_each_field():
    response = outbox.refused(Sheet({}))
    told = json.loads(response.content)
    assert response.status_code == 422
    assert set(told["fields"]) == {"text", "__all__"}
    assert told["message"].startswith("Récit\u00a0: ")
    assert told["message"].endswith(" La fenêtre est fermée.")


def test_a_sentence_refuses_too():
    response = outbox.refused("C’est clos.")
    assert response.status_code == 409
    assert "fields" in response.content.decode()


def test_too_many_is_for_later():
    response = outbox.later(12)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "12")


@pytest.mark.parametrize(
    ("signed_in", "status", "kept"),
    [(False, 200, "keep"), (True, 200, None), (False, 404, None)],
)
def test_pages_are_kept_for_strangers_alone(signed_in, status, kept):
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=True) if signed_in else AnonymousUser()
    response = outbox.kept_offline(lambda asked: HttpResponse(status=status))(request)
    assert response.headers.get("X-Offline") == kept


def test_the_token_is_a_cookie(client):
    response = client.get("/jeton")
    assert response.status_code == 204
    assert response.cookies["csrftoken"].value
    assert "no-store" in response.headers["Cache-Control"]
    assert client.post("/jeton").status_code == 405


def test_the_worker_may_serve_the_whole_site_and_is_asked_for_each_time(client):
    response = client.get("/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Service-Worker-Allowed"] == "/"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Content-Security-Policy"] == POLICY
    assert "worker-src 'self'" in POLICY
    again = client.get("/sw.js", HTTP_IF_NONE_MATCH=response.headers["ETag"])
    assert again.status_code == 304
    source = response.content.decode()
    assert re.search(r'CACHE = "cahiers-[0-9a-f]{12}"', source)
    assert '"/static/"' in source


@pytest.fixture
def demo(settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.ui.outbox_demo.site"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [TEMPLATES]}]
    monkeypatch.setattr(state, "kept", {})


@pytest.mark.usefixtures("demo")
def test_a_form_whose_token_is_old_is_told_so():
    strict = Client(enforce_csrf_checks=True)
    sent = {"command": COMMAND, "receipt": "1", "text": "Un récit"}
    response = strict.post("/essai/", sent, **LATE)
    assert (response.status_code, response.json()) == (403, {"csrf": True})
    token = strict.get("/jeton").cookies["csrftoken"].value
    assert strict.post("/essai/", sent, HTTP_X_CSRFTOKEN=token, **LATE).json()["ok"] is True
    assert state.texts == ["Un récit"]
    page = Client(enforce_csrf_checks=True).post("/essai/", sent)
    assert page.headers["Content-Type"].startswith("text/html")
