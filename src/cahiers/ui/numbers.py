"""Whole numbers in the language of the page, and what they count."""

import re
from functools import lru_cache
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import get_language

#: Years, of four digits, count nothing, and « 2 sur 5 » is left as it is.
_COUNT: Final = re.compile(r"(?<![\w,.])(\d{1,3}(?:[\u00a0,]\d{3})*) (?!(?:sur|of|à|to)\b)(?=[^\W\d_])")


def unparted(text: str) -> str:
    """No line ends between a number and what it counts: « 12 contributions »."""
    return _COUNT.sub("\\1\u00a0", text)


def grouped(number: int) -> str:
    """Its digits in groups of three: « 12 480 »."""
    return _grouped(number, get_language())


# A table of figures repeats few numbers, and each took a third of its cell's time.
@lru_cache(maxsize=4096)
def _grouped(number: int, language: str | None) -> str:
    return number_format(number, 0, use_l10n=True, force_grouping=True)
