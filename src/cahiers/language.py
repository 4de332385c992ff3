"""The language that the cores and the command line speak: French, or English where LANGUAGE asks for it.

The words are those of the site's catalogue. What is read and what is written for everybody (official documents, stored
warnings, keys of files) never depends on it.
"""

import gettext as library
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

FRENCH: Final = "fr"
ENGLISH: Final = "en"
_CATALOGUES: Final = Path(__file__).parent / "locale"
_spoken = FRENCH


def asked(environment: Mapping[str, str]) -> str:
    """What LANGUAGE prefers, French or English; French where it names neither.

    LANG is not looked at: servers have it in English without anybody having chosen.
    """
    for preferred in environment.get("LANGUAGE", "").lower().split(":"):
        code = preferred.strip().replace("-", "_").partition("_")[0].partition(".")[0]
        if code in (FRENCH, ENGLISH):
            return code
    return FRENCH


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within, the whole process speaks that language, whatever the thread."""
    global _spoken
    before, _spoken = _spoken, language
    try:
        yield
    finally:
        _spoken = before


def spoken() -> str:
    return _spoken


def gettext(message: str) -> str:
    """The words as they are spoken now; those of the sources where the catalogue has none."""
    return _catalogue(_spoken).gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """One of the two forms; in French, nothing is singular as one is."""
    if _spoken == FRENCH:
        return many if abs(number) > 1 else one
    return _catalogue(_spoken).ngettext(one, many, number)


def gettext_noop(message: str) -> str:
    """Marks for the catalogue words that are translated where they are used."""
    return message


def grouped(number: int) -> str:
    """A whole number, its digits in groups of three."""
    return f"{number:,}".replace(",", "\u202f") if _spoken == FRENCH else f"{number:,}"


def decimal(number: float | str) -> str:
    """A number already rounded, with the sign that parts its decimals: « 2,5 »."""
    return str(number).replace(".", ",") if _spoken == FRENCH else str(number)


def percent(share: float, places: int = 0) -> str:
    """« 12 % » of 0.12."""
    shown = decimal(f"{100 * share:.{places}f}")
    return f"{shown}\u00a0%" if _spoken == FRENCH else f"{shown}%"


def quoted(words: object) -> str:
    return f"«\u00a0{words}\u00a0»" if _spoken == FRENCH else f"“{words}”"


def labelled(label: object, value: object) -> str:
    """« Rapport : r.html »."""
    return f"{label}\u00a0: {value}" if _spoken == FRENCH else f"{label}: {value}"


@cache
def _catalogue(language: str) -> library.NullTranslations:
    if language == FRENCH:
        return library.NullTranslations()
    return library.translation("django", _CATALOGUES, [language], fallback=True)
