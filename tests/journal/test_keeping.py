"""A public page is drawn once for all strangers, and again as soon as something is written."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache

from cahiers.journal.actions import record
from cahiers.journal.models import Verb

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keeping(settings):
    after = settings.MIDDLEWARE.index("cahiers.ui.language.chosen_language") + 1
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE[:after],
        "cahiers.journal.keeping.kept_for_strangers",
        *settings.MIDDLEWARE[after:],
    ]
    cache.clear()
    yield
    cache.clear()


def test_it_is_drawn_once(client, published, django_assert_num_queries):
    first = client.get("/")
    with django_assert_num_queries(1):
        second = client.get("/")
    assert second.content == first.content
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]
    assert second.headers["X-Frame-Options"] == "DENY"


def test_it_is_drawn_again_once_something_is_written(client, published, now):
    client.get("/")
    type(published).objects.update(title="Un autre titre")
    assert "Un autre titre" not in client.get("/").content.decode()
    record(stream=published.uuid, verb=Verb.EDIT, subject=uuid4(), actor=None, at=now)
    assert "Un autre titre" in client.get("/").content.decode()


def test_each_language_has_its_own(client, published):
    french = client.get("/").content
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/").content != french


def test_who_is_signed_in_is_never_given_a_strangers_page(client, published):
    from tests.consultations.teams import Role, member

    client.get("/")
    client.force_login(member(published, Role.ORGANISER))
    assert "Mon compte" in client.get("/").content.decode()


def test_a_page_with_a_forms_token_is_nobodys_but_its_visitors(client, db):
    client.get("/r/")
    other = type(client)()
    first, second = client.get("/r/").content, other.get("/r/").content
    assert first != second
