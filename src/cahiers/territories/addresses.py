"""Names of territories as they stand in addresses."""

from typing import Final

from django.utils.text import slugify

#: Apostrophes part words, and ligatures are two letters: slugify alone would drop them.
SPELLED: Final = str.maketrans({"’": "-", "'": "-", "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
MAX: Final = 80


def slug_of(name: str, *, length: int = MAX) -> str:
    """Empty where the name has no letter and no figure."""
    return slugify(name.translate(SPELLED))[:length].strip("-")
