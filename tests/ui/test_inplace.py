"""A form asked for from inside another page comes alone, and leads back to it."""

import gzip
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from cahiers.ui.inplace import inside, layout, stay_inside

STATIC = settings.PACKAGE / "ui" / "static" / "ui"
NODE = Path(__file__).parents[2] / "node_modules" / "htmx.org"


def ask(path="/e/abc/reformuler", current="http://testserver/c/n/theme-1/?adresses=1", method="get"):
    headers = {"HX-Request": "true", "HX-Current-URL": current}
    return getattr(RequestFactory(), method)(path, headers=headers)


def test_asked_from_another_page_the_form_comes_alone():
    assert layout(ask()) == "ui/fragment.html"


def test_a_page_that_asks_for_itself_gets_the_whole_of_itself():
    assert layout(ask(path="/c/n/theme-1/")) == "ui/base.html"


def test_a_browser_that_asks_gets_the_page():
    assert layout(RequestFactory().get("/e/abc/reformuler")) == "ui/base.html"


@pytest.mark.parametrize(
    "current",
    ["", "https://ailleurs.example/c/", "//ailleurs.example/", "http://testserver//ailleurs.example/"],
)
def test_another_site_is_nowhere_to_come_back_to(current):
    assert inside(ask(current=current)) == ""


def test_what_was_sent_from_inside_leads_back_there():
    respond = stay_inside(lambda request: HttpResponseRedirect("/e/abc"))
    answer = respond(ask(method="post"))
    assert answer.headers["Location"] == "/c/n/theme-1/?adresses=1"
    assert answer.headers["Cache-Control"] == "no-store"
    assert respond(RequestFactory().post("/e/abc")).headers["Location"] == "/e/abc"


def test_caches_tell_a_form_alone_from_its_page():
    respond = stay_inside(lambda request: HttpResponse())
    assert "HX-Request" in respond(RequestFactory().get("/")).headers["Vary"]


def test_htmx_is_the_one_of_the_package_list_and_light():
    held = (STATIC / "vendor" / "htmx.min.js").read_bytes()
    assert len(gzip.compress(held)) <= 17 * 1024
    assert len(gzip.compress((STATIC / "inplace.js").read_bytes())) <= 3 * 1024
    if not NODE.exists():
        pytest.skip("htmx.org is absent: npm ci installs it")
    assert held == (NODE / "dist" / "htmx.min.js").read_bytes(), json.loads(
        (NODE / "package.json").read_text()
    )
    assert (STATIC / "vendor" / "htmx.LICENSE").read_bytes() == (NODE / "LICENSE").read_bytes()
