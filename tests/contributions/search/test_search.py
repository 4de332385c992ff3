"""Contributions are found whatever the accents and endings of words, and erased words are found no more."""

import pytest
from django.db import connection

from cahiers.contributions import search
from cahiers.contributions.actions import Draft, revise, store
from cahiers.contributions.erasing import erase
from cahiers.contributions.models import Channel, Contribution
from cahiers.contributions.words import LONGEST, stemmed

pytestmark = pytest.mark.django_db

TEXTS = (
    "Les élèves n’ont pas d’ordinateur à la maison.",
    "Mon élève prête sa tablette.",
    "Le réseau du collège tombe chaque matin.",
)


@pytest.fixture
def said(consultation, region, now):
    drafts = [Draft(territory=region, channel=Channel.FORM, text=text) for text in TEXTS]
    return store(consultation=consultation, drafts=drafts, now=now)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("eleve", {0, 1}),
        ("Élèves", {0, 1}),
        ("ordinateurs maison", {0}),
        ("l’ordinateur de la maison", {0}),
        ("rése", {2}),
        ("girafe", set()),
        ("de la", {0, 1, 2}),
        ("", {0, 1, 2}),
        ('" OR * NEAR(', set()),
        ("'; DROP TABLE", set()),
    ],
)
def test_words_are_found(said, query, found):
    hits = set(search.search(Contribution.objects.all(), query))
    assert hits == {said[place] for place in found} or (not found and not hits)


def test_a_correction_is_found_by_its_new_words_alone(said, now):
    revise(contribution=said[2], text="La fibre arrive.", scope=None, links=(), now=now)
    assert not search.search(Contribution.objects.all(), "réseau").exists()
    assert search.search(Contribution.objects.all(), "fibre").get() == said[2]
    assert search.indexed() == 3


def test_erased_words_are_not_in_the_index(said, now):
    erase(contributions=[said[2]], by=None, now=now)
    assert not search.search(Contribution.objects.all(), "réseau").exists()
    assert search.indexed() == 2
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM contributions_search_data")
            assert not any(b"reseau" in row[0] or b"colleg" in row[0] for row in cursor.fetchall())


def test_the_index_is_made_again(said):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM contributions_search")
    assert search.rebuild() == 3
    assert search.search(Contribution.objects.all(), "tablettes").get() == said[1]


def test_a_text_without_a_space_is_found_by_its_beginning(said, now):
    """And indexed at once: whatever is longer than a word was pasted, not said."""
    endless = "ab" * 500_000
    assert len(stemmed(endless)) == LONGEST
    assert stemmed(f"{endless}é") == stemmed(endless)
    revise(contribution=said[2], text=endless, scope=None, links=(), now=now)
    assert search.search(Contribution.objects.all(), endless).get() == said[2]
