"""Whole numbers are written as the page's language writes them."""

import pytest
from django.utils.translation import override

from cahiers.ui.numbers import grouped


@pytest.mark.parametrize(("language", "shown"), [("fr", "1\u00a0234\u00a0567"), ("en", "1,234,567")])
def test_digits_are_grouped_in_the_language_of_the_page(language: str, shown: str) -> None:
    with override(language):
        assert (grouped(1234567), grouped(40)) == (shown, "40")
