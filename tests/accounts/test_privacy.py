"""The page on personal data says what the models declare."""

from html import escape

import pytest
from django.test import Client
from django.utils import translation

from cahiers.accounts.personal_data import declared
from cahiers.accounts.privacy import WORDS, lines

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_declared_field_is_on_the_page(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get("/donnees-personnelles/").content.decode()
    with translation.override(language):
        for one in declared():
            word = str(WORDS[f"{one.model._meta.label}.{one.field.name}"])
            assert all(escape(said) in page for said in (word, one.purpose, one.retention))


def test_words_are_those_of_declared_fields() -> None:
    assert set(WORDS) == {f"{one.model._meta.label}.{one.field.name}" for one in declared()}


def test_a_purpose_stands_once() -> None:
    shown = [(line.purpose, line.retention) for line in lines()]
    assert len(shown) == len(set(shown))
    assert sum(len(line.data) for line in lines()) == len(list(declared()))
