"""Styles, error pages, filters and what keeps every page safe."""

import re
from datetime import UTC, date, datetime

import brotli
import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from cahiers.ui.templatetags.ui import between, day, is_web_address, listed, quotable, unbroken
from cahiers.ui.views import broken, refused
from tests.pages import Page

STATIC = settings.PACKAGE / "ui" / "static" / "ui"


def test_styles_keep_to_their_budget():
    css = (STATIC / "cahiers.css").read_bytes()
    assert len(css) <= 15 * 1024
    assert len(brotli.compress(css)) <= 5 * 1024
    assert b"http" not in css
    assert b"@import" not in css
    assert b"@font-face" not in css


def test_the_logo_is_drawn_by_itself():
    svg = (STATIC / "logo.svg").read_text()
    assert re.findall(r"https?://[^\"]+", svg) == ["http://www.w3.org/2000/svg"]


def test_error_pages_need_no_database():
    request = RequestFactory().get("/")
    request.user = None
    for response, status in ((refused(request, Exception()), 403), (broken(request), 500)):
        assert response.status_code == status
        assert Page(response.content.decode()).elements > 10


@pytest.mark.django_db
def test_what_fails_shows_a_page_and_no_secret(client, monkeypatch):
    monkeypatch.setattr("cahiers.notebooks.views.cards", lambda asked: 1 / 0)
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Traceback" not in response.content.decode()


@pytest.mark.django_db
def test_every_answer_is_guarded(client):
    headers = client.get("/").headers
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_static_files_come_in_one_piece(client):
    response = client.get("/static/ui/cahiers.css")
    assert response.status_code == 200
    assert not response.streaming
    assert response.headers["Content-Type"].startswith("text/css")


def test_an_undefined_variable_fails_the_test():
    with pytest.raises(pytest.fail.Exception, match="nobody"):
        Template("{{ nobody }}").render(Context())


@pytest.mark.parametrize(
    ("opens", "closes", "written"),
    [
        (date(2026, 9, 1), date(2026, 10, 11), "du 1er\u00a0septembre 2026 au 11\u00a0octobre 2026"),
        (date(2026, 9, 21), None, "à partir du 21\u00a0septembre 2026"),
        (None, date(2026, 9, 21), "jusqu’au 21\u00a0septembre 2026"),
        (None, None, ""),
    ],
)
def test_days_are_written_in_words(opens, closes, written):
    assert between(opens, closes) == written


def test_a_moment_is_of_the_day_that_it_is_here():
    late = datetime(2026, 11, 22, 23, 6, tzinfo=UTC)
    assert Template("{{ late|day }}").render(Context({"late": late})) == "23\u00a0novembre 2026"


def test_days_in_english():
    with translation.override("en"):
        assert "1er" not in day(date(2026, 9, 1))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Quoi ?", "Quoi\u00a0?"),
        ("« Tous » : ah !", "«\u00a0Tous\u00a0» : ah\u00a0!".replace("» :", "»\u00a0:")),
        ("a :b", "a :b"),
        ("50 % des gens", "50\u00a0% des gens"),
        (None, ""),
    ],
)
def test_punctuation_stays_with_its_word(text, shown):
    assert unbroken(text) == shown


def test_quotes_inside_of_quotes():
    assert quotable("On dit «\u00a0plus tard\u00a0», ou « jamais »") == "On dit “plus tard”, ou “jamais”"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("https://a.example/b", True),
        ("http://a.example", True),
        ("javascript:x", False),
        ("voir l’affiche", False),
        ("http://[", False),
    ],
)
def test_web_addresses_are_recognised(text, known):
    assert is_web_address(text) is known


def test_lines_that_begin_with_a_dash_make_a_list():
    lines = ["Dites :", "- ce qui a marché ;", "- ce qui a gêné.", "Merci."]
    assert listed(lines) == [
        (False, ["Dites :"]),
        (True, ["ce qui a marché ;", "ce qui a gêné."]),
        (False, ["Merci."]),
    ]


def test_a_template_s_numbers_stay_with_what_they_count():
    said = Template(
        "{% blocktranslate count n=n %}{{ n }} session{% plural %}{{ n }} sessions{% endblocktranslate %}"
        "{% blocktranslate asvar kept %}{{ b }} 3 fois{% endblocktranslate %}, {{ kept }}"
    )
    assert said.render(Context({"n": 2, "b": "<b>"})) == "2\u00a0sessions, &lt;b&gt; 3\u00a0fois"


def test_what_a_template_says_follows_the_language_each_time():
    said = Template(
        "{% translate 'Ligne' %}, {% translate 'Ligne' as kept %}{{ kept }}, {% translate word %}, "
        "{% translate 'Rétablir' context 'what was undone' %}"
    )
    for language, words in (
        ("fr", "Ligne, Ligne, Thèmes, Rétablir"),
        ("en", "Row, Row, Themes, Redo"),
        ("fr", "Ligne, Ligne, Annexes, Rétablir"),
    ):
        with translation.override(language):
            assert said.render(Context({"word": "Annexes" if "Annexes" in words else "Thèmes"})) == words
