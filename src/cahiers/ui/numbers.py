"""Whole numbers in the language of the page."""

from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import get_language


def grouped(number: int) -> str:
    """Its digits in groups of three: « 12 480 »."""
    return _grouped(number, get_language())


# A table of figures repeats few numbers, and each took a third of its cell's time.
@lru_cache(maxsize=4096)
def _grouped(number: int, language: str | None) -> str:
    return number_format(number, 0, use_l10n=True, force_grouping=True)
