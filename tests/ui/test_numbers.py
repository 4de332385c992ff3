"""Whole numbers are written as the page's language writes them."""

import pytest
from django.utils.translation import override

from cahiers.ui.numbers import grouped, unparted


@pytest.mark.parametrize(("language", "shown"), [("fr", "1\u00a0234\u00a0567"), ("en", "1,234,567")])
def test_digits_are_grouped_in_the_language_of_the_page(language: str, shown: str) -> None:
    with override(language):
        assert (grouped(1234567), grouped(40)) == (shown, "40")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12 sessions, 1\u00a0338 participants", "12\u00a0sessions, 1\u00a0338\u00a0participants"),
        ("1,338 people", "1,338\u00a0people"),
        ("Écran 2 sur 5, en 2026 encore : « R2 D2 »", "Écran 2 sur 5, en 2026 encore : « R2 D2 »"),
    ],
)
def test_a_number_stays_with_what_it_counts(text: str, shown: str) -> None:
    assert unparted(text) == shown
