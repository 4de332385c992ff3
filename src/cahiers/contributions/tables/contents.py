"""What the cells of a column seem to hold, by the first lines."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from cahiers.contributions.tables.bodies import unescaped
from cahiers.contributions.tables.model import MAX_SAMPLE, Content
from cahiers.contributions.tables.values import is_dated, is_nothing
from cahiers.documents.matching import fold

#: Lines that are looked at, and how many samples are shown.
LINES: Final = 500
SAMPLES: Final = 5
#: Part of the filled cells that must look alike, and of dates and numbers under a heading that announces them: the
#: others are mistakes to tell of.
MOST: Final = 0.9
HALF: Final = 0.5
#: Cells below which how often they come back says nothing.
FEW: Final = 12

_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,}")
_URL: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?%?|[+-]?\d+(?:[.,]\d+)?%?")
_UAI: Final = re.compile(r"\d{7}[A-Za-z]")
_TOKEN: Final = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{12,}", re.IGNORECASE)
PLACES: Final = re.compile(
    r"\b(?:commune|communes|ville|academie|region|departement|bassin|territoire|etablissement|uai|rne|insee|postal"
    r"|scope|code postal|lieu|localite)\b"
)
DATES: Final = re.compile(
    r"\b(?:date|dates|jour|horodateur|horodatage|timestamp|datetime)\b|\b(?:recu|envoye|saisi) le\b"
)
NUMBERS: Final = re.compile(r"\b(?:nombre|combien|effectif|nb)\b")
IDS: Final = re.compile(
    r"^(?:id|sid|identifiant|numero de serie|serial|reference|response id|id de la reponse|no|n|numero|cle|key)$"
    r"|\b(?:identifiant|id)$"
    r"|^(?:identifiant|numero|no|n|reference|code) (?:de (?:la |l |votre )?|du )?"
    r"(?:reponse|ligne|contribution|questionnaire|saisie)$"
)


def guess(name: str, values: Sequence[str]) -> Content:
    """Content of a column of that name whose first cells these are, empty ones among them."""
    filled = [unescaped(value) for value in map(str.strip, values) if value]
    if not filled:
        return Content.EMPTY
    filled = [value for value in filled if not is_nothing(value)] or filled
    header = fold(name[:200])
    short = [value for value in filled if len(value) <= 300]
    for content, matches in (
        (Content.EMAIL, _EMAIL.fullmatch),
        (Content.URL, _URL.fullmatch),
        (Content.PLACE, _UAI.fullmatch),
        (Content.DATE, is_dated),
    ):
        least = HALF if content is Content.DATE and DATES.search(header) else MOST
        if sum(1 for value in short if matches(value)) >= least * len(filled):
            return content
    least = HALF if NUMBERS.search(header) else MOST
    if sum(1 for value in short if _NUMBER.fullmatch(value)) >= least * len(filled):
        if PLACES.search(header):
            return Content.PLACE
        return Content.ID if IDS.search(header) and len(set(filled)) == len(filled) else Content.NUMBER
    return _words(header, filled)


def _words(header: str, filled: Sequence[str]) -> Content:
    lengths = sorted(map(len, filled))
    middle = lengths[len(lengths) // 2]
    distinct = len(set(filled))
    if all(_TOKEN.fullmatch(value) and any(map(str.isdigit, value)) for value in filled):
        return Content.ID if distinct == len(filled) else Content.CHOICE
    if IDS.search(header) and distinct == len(filled) and lengths[-1] <= 60:
        return Content.ID
    if PLACES.search(header) and middle <= 60 and len(header.split()) <= 8:
        return Content.PLACE
    if len(filled) >= FEW:
        chosen = lengths[-1] <= 150 and distinct <= max(2, len(filled) // 4)
    else:
        chosen = lengths[-1] <= 60 and all(
            len(value.split()) <= 4 and value[-1] not in ".!" for value in filled
        )
    return Content.CHOICE if chosen else Content.TEXT


def samples(values: Iterable[str]) -> tuple[str, ...]:
    """The first different cells that are filled, shortened."""
    found: dict[str, None] = {}
    for value in values:
        if shown := " ".join(unescaped(value[: 2 * MAX_SAMPLE]).split()):
            found[shown if len(shown) <= MAX_SAMPLE else shown[: MAX_SAMPLE - 1] + "…"] = None
        if len(found) == SAMPLES:
            break
    return tuple(found)
