"""Addresses of pages are found once, and are those that Django finds."""

from uuid import uuid4

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_script_prefix

from cahiers.ui.addresses import address


def test_it_is_what_reverse_finds():
    uuid = uuid4()
    assert address("home") == reverse("home")
    assert address("row", uuid) == reverse("row", args=[uuid])
    for number in (1, 2, 1):
        assert address("meeting", "ecole", number) == f"/ecole/sessions/{number}/"


def test_below_another_prefix():
    assert address("legal") == "/mentions-legales/"
    set_script_prefix("/cahiers/")
    try:
        assert address("legal") == "/cahiers/mentions-legales/"
    finally:
        set_script_prefix("/")


def test_an_unknown_page():
    for _twice in range(2):
        with pytest.raises(NoReverseMatch):
            address("nowhere")
        with pytest.raises(NoReverseMatch):
            address("meeting", "ecole", "un")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{% url 'consultation' slug %}", "/ecole/"),
        ("{% url 'consultation' consultation=slug %}", "/ecole/"),
        ("{% url name slug %}", "/ecole/"),
        ("{% url 'consultation' slug as there %}[{{ there }}]", "[/ecole/]"),
    ],
)
def test_in_a_template(written, shown):
    assert Template(written).render(Context({"slug": "ecole", "name": "consultation"})) == shown
