"""Short cells that mean something precise: dates, counts, and the many ways to answer nothing."""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from cahiers.contributions.tables.bodies import unescaped
from cahiers.documents.matching import fold

#: What people and programs write where they have nothing to say, folded.
NOTHING: Final = frozenset(
    {
        "", "n a", "na", "nc", "n c", "s o", "nsp", "ras", "r a s", "rien a signaler", "neant", "sans objet", "null",
        "none", "nil", "question_not_shown", "non renseigne", "non concerne",
    }
)  # fmt: skip
LONGEST_NOTHING: Final = 24
LONGEST_DATE: Final = 60
#: What LimeSurvey dates the answers of surveys that keep no date.
UNDATED: Final = frozenset({"1980-01-01 00:00:00", "1980-01-01", "01/01/1980 00:00"})

_YES: Final = re.compile(
    r"(?:oui|yes|y|o|vrai|true|x|ok|d accord|j(?:e l)? (?:accepte|autorise|consens)|i agree)\b"
)
_NO: Final = frozenset({"pas", "non", "ni", "mais", "sauf", "not", "no", "but"})

#: How platforms say that an author took something back, folded; where they say when, a date does.
_TAKEN_BACK: Final = frozenset({"withdrawn", "retire", "retiree", "true", "vrai", "oui", "yes", "1"})

_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d\d)(?!\d)")
_TIME: Final = re.compile(
    r"(?:,?[ T\u00a0\u202f]+(?:-|à)? ?\d{1,2}(?:[:h.]\d\d)?(?:[:m.]\d\d)?(?:[.,]\d+)?"
    r"(?: ?[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|CES?T)? ?(?:[+-]\d{1,2}(?::?\d\d)?)?)?)?\s*"
)
_CLOCK: Final = re.compile(r"[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")
_COUNT: Final = re.compile(r"[+-]?\d{1,9}(?:[.,]0+)?")
_THOUSANDS: Final = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")


def is_nothing(text: str) -> bool:
    """Whether an answer says nothing: empty, dashes, N/A, RAS."""
    if len(text) > LONGEST_NOTHING:
        return not any(map(str.isalnum, text[:100])) and not any(map(str.isalnum, text))
    return fold(text) in NOTHING


def agrees(text: str) -> bool:
    """Whether an answer to "may it be published?" is a plain yes; what is not agrees to nothing."""
    words = fold(text).split()
    return text.strip() in {"1", "✓"} or (bool(_YES.match(" ".join(words))) and not _NO & {*words})


def takes_back(text: str) -> bool:
    """Whether a state, a yes or a date says that its author withdrew what a line says."""
    return len(text) <= LONGEST_DATE and (fold(text) in _TAKEN_BACK or is_dated(text))


def is_dated(text: str) -> bool:
    """Whether a cell is written as a date, even one that no calendar has."""
    text = text.strip()
    found = _ISO.match(text) or _DAY_FIRST.match(text)
    return bool(found and _TIME.fullmatch(text, found.end())) or as_date(text) is not None


@lru_cache(maxsize=1 << 13)
def is_time(text: str) -> bool:
    """Whether what follows ten characters of a date is a time and nothing else."""
    return _CLOCK.fullmatch(text) is not None


def as_date(text: str, month_first: bool = False) -> date | None:
    """Day that a cell states, its time left aside; None where it states none that a calendar has.

    Written 03/11/2026, it is the third of November, or the eleventh of March where months come first.
    """
    return _as_date(text, month_first) if len(text) <= LONGEST_DATE else None


@lru_cache(maxsize=1 << 14)
def _as_date(text: str, month_first: bool) -> date | None:
    text = unescaped(text.strip())
    if found := _ISO.match(text):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.match(text):
        day, month, year = map(int, found.groups())
        if month_first:
            day, month = month, day
        year += 2000 if year < 100 else 0
    else:
        return _in_words(text)
    if not _TIME.fullmatch(text, found.end()):
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_words(text: str) -> date | None:
    """ "Lundi 2 novembre 2026" and the like; a run of days is none."""
    if not re.search(r"[A-Za-zéû]{3}", text) or not re.search(r"\d{4}", text) or len(text.split()) > 8:
        return None
    # Here, for few tables write days so, and a process that reads one would begin later.
    from cahiers.documents.dates import read_dates

    days = read_dates([[text]])[0]
    if len(days) != 1 or days[0].start != days[0].end or days[0].place:
        return None
    return days[0].start


def as_count(text: str) -> int | None:
    """Whole number that a cell states, perhaps below zero; None where it states none."""
    text = _THOUSANDS.sub("", text.strip())
    return int(re.split("[.,]", text)[0]) if _COUNT.fullmatch(text) else None
