"""Days and places that the date-and-place lines of session forms state, in the forms French authors use."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cahiers.documents.model import MeetingDate

#: Longer lines are prose, or an attack.
MAX_LINE: Final = 2000
MONTHS: Final = {
    "janvier": 1, "janv": 1, "jan": 1, "fevrier": 2, "fevr": 2, "fev": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5,
    "juin": 6, "juillet": 7, "juil": 7, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10,
    "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
}  # fmt: skip
ACCENTS: Final = str.maketrans("éèêûôîàùÉÈÊÛÔÎÀÙ\u00a0\u202f\t\r\n", "eeeuoiauEEEUOIAU     ")
WEEKDAYS: Final = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)s?\b\.?"
)

# One branch a token, tried in this order; the named group says what it is. Streets named after a date hold none.
TOKENS: Final = re.compile(
    r"""
      (?P<street>\b(?:rue|place|avenue|boulevard|cours|quai|pont|square)\s+du\s+(?:1er|\d{1,2})[\s-]+[a-z]+(?:\s+\d{4})?\b)
    | (?P<iso>\b(?:19|20)\d\d-\d{1,2}-\d{1,2}\b)
    | (?P<dotted>\b\d{1,2}(?P<mark>[.-])\d{1,2}(?P=mark)(?:(?:19|20)\d\d|\d\d)\b)
    | (?P<slash>\b\d{1,2}\s?/\s?\d{1,2}(?:\s?/\s?(?:(?:19|20)\d\d|\d\d)(?!\d))?\b)
    | (?P<time>\b\d{1,2}(?::\d\d|\s?h(?:eures?)?(?:\s?\d\d)?)\b(?:\s?(?:min|mn)\b)?)
    | (?P<school>\b(?:19|20)\d\d\s?[-/–]\s?(?:(?:19|20)\d\d|\d\d)\b)
    | (?P<year>\b(?:19|20)\d\d\b)
    | (?P<day>\b(?:1\s?er|\d{1,2})\b)
    | (?P<month>\b(?:MONTHS)\b\.?)
    | (?P<run>\b(?:au|jusqu['’]au)\b|[-–—→])
    | (?P<link>[,;&+]|\b(?:et|puis|ou|les?|du|ainsi\sque|WEEKDAYS))
    | (?P<word>\w+|[^\w\s])
    """.replace("MONTHS", "|".join(MONTHS)).replace("WEEKDAYS", WEEKDAYS),
    re.VERBOSE | re.IGNORECASE,
)
CLOCK: Final = re.compile(
    r"(?:\b(?:de|des|à|a|dès|vers|entre|et|jusqu['’]à|au?x?)\s+|[-–—]\s*)?"
    r"\b\d{1,2}(?::\d\d|\s?h(?:eures?)?(?:\s?\d\d)?)\b(?:\s?(?:min|mn)\b)?|\b(?:le\s+)?(?:matin|après-midi|soir)(?:ée)?\b",
    re.IGNORECASE,
)
LEADING: Final = re.compile(
    rf"^(?:[\s,;:.()–—→-]+|[àÀ]\s+(?!distance)(?:la\s+|l['’])?(?=\S)|[aA]ux?\s+(?=\S)|(?:et|puis|les?|du)\s+|{WEEKDAYS}\s+)+",
)
TRAILING: Final = re.compile(
    rf"(?:[\s,;:(–—→&-]+|(?<![\w’'])(?:et|puis|ou|les?|du|de|à|{WEEKDAYS}))+$", re.IGNORECASE
)
# What may stand before a date without being its place.
NO_PLACE: Final = re.compile(
    r"(?:session|atelier|r[ée]union|rencontre|date|jour|s[ée]ance|groupe|temps|phase|[ée]tape|visio)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A day or a run of days as (day, month) pairs, with where it stands in its line."""

    first: tuple[int, int]
    last: tuple[int, int]
    first_year: int | None
    year: int | None
    start: int
    end: int
    place: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says: its dates, and a year where it states one."""

    mentions: tuple[_Mention, ...]
    year: int | None


def read_dates(lines: Sequence[Sequence[str]]) -> list[tuple[MeetingDate, ...]]:
    """Dates of each meeting, in the order written; `lines` holds one sequence of date-and-place lines a meeting.

    A year that a line leaves out is that of the nearest line of its meeting that has one, else of the nearest
    meeting. Dates that no calendar has, and all dates where no line states a year, are left out.
    """
    meetings = [_read_lines(own) for own in lines]
    everywhere = iter(_nearest([line.year for own in meetings for line in own]))
    results: list[tuple[MeetingDate, ...]] = []
    for own in meetings:
        years = [
            here or there
            for here, there in zip(_nearest([line.year for line in own]), everywhere, strict=False)
        ]
        dates = (
            _dated(mention, year) for line, year in zip(own, years, strict=True) for mention in line.mentions
        )
        results.append(tuple(found for found in dates if found is not None))
    return results


def _read_lines(lines: Sequence[str]) -> list[_Line]:
    """Lines, those without any date being read as the place of the dated line above them."""
    read: list[_Line] = []
    for text in lines:
        line = _read_line(text[:MAX_LINE])
        place = _place(text[:MAX_LINE])
        above = read[-1].mentions if read else ()
        if place and above and not line.mentions and not any(mention.place for mention in above):
            located = tuple(replace(mention, place=place) for mention in above)
            read[-1] = replace(read[-1], mentions=located)
        else:
            read.append(line)
    return read


def _nearest(years: Sequence[int | None]) -> list[int | None]:
    """For each position the year there, else the closest one, the earlier of two as close."""
    found: list[tuple[int, int | None]] = []
    for positions in (range(len(years)), range(len(years) - 1, -1, -1)):
        passed: list[tuple[int, int | None]] = []
        distance, latest = 0, None
        for position in positions:
            distance, latest = (0, years[position]) if years[position] else (distance + 1, latest)
            passed.append((distance, latest))
        found = (
            passed if not found else [_closer(*pair) for pair in zip(found, reversed(passed), strict=True)]
        )
    return [year for _, year in found]


def _closer(before: tuple[int, int | None], after: tuple[int, int | None]) -> tuple[int, int | None]:
    if before[1] is None or (after[1] is not None and after[0] < before[0]):
        return after
    return before


def _dated(mention: _Mention, fallback: int | None) -> MeetingDate | None:
    last_year = mention.year or fallback
    if last_year is None:
        return None
    turns = mention.first[1] > mention.last[1]
    first_year = mention.first_year or (last_year - 1 if turns and mention.year else last_year)
    if turns and not mention.year:
        last_year += 1
    try:
        start = date(first_year, mention.first[1], mention.first[0])
        end = date(last_year, mention.last[1], mention.last[0])
    except ValueError:
        return None
    return MeetingDate(start=start, end=end, place=mention.place) if start <= end else None


def _read_line(line: str) -> _Line:
    """Dates of a line and the places around them; a year goes to the dates before it, then to those after."""
    found, lone_year = _scan(line.translate(ACCENTS))
    for index in range(len(found) - 2, -1, -1):
        mention, after = found[index], found[index + 1]
        if mention.year is None and after.year is not None:
            began = after.first_year or after.year - (after.first[1] > after.last[1])
            found[index] = replace(mention, year=began - _turns(mention, after))
    year = lone_year
    for index, mention in enumerate(found):
        if mention.year is None and year is not None:
            found[index] = replace(mention, year=year + (index > 0 and _turns(found[index - 1], mention)))
        year = found[index].year or year
    return _Line(tuple(_placed(line, found)), year or lone_year)


def _turns(before: _Mention, after: _Mention) -> bool:
    """Whether a new year began between two dates of a list: from an autumn to a winter, not from spring to autumn."""
    return before.last[1] - after.first[1] > 6


class _Days:
    """Days met so far in a line that still wait for their month."""

    def __init__(self) -> None:
        self.waiting: list[tuple[int, int, int, bool]] = []  # day, start, end, whether it ends a run
        self.found: list[_Mention] = []
        self.run = False
        self.fresh = False  # whether a year met now belongs to the last date

    def day(self, number: int, start: int, end: int) -> None:
        self.waiting.append((number, start, end, self.run))
        self.run = self.fresh = False

    def month(self, month: int, year: int | None, end: int) -> None:
        """All waiting days are of that month; a run joins a day to the one before it."""
        for number, start, stop, ends_run in self.waiting:
            mention = _Mention((number, month), (number, month), None, year, start, stop)
            if ends_run and self.found:
                before = self.found.pop()
                mention = replace(mention, first=before.first, first_year=before.year, start=before.start)
            self.found.append(mention)
        if self.waiting:
            self.found[-1] = replace(self.found[-1], end=end)
            self.fresh = True
        self.waiting = []
        self.run = False

    def year(self, year: int, end: int) -> None:
        self.found[-1] = replace(self.found[-1], year=self.found[-1].year or year, end=end)
        self.other()

    def other(self) -> None:
        self.waiting = []
        self.run = self.fresh = False


def _scan(line: str) -> tuple[list[_Mention], int | None]:
    """Dates in a line without accents, with the years beside them; and a year that stands alone."""
    days = _Days()
    lone_year: int | None = None
    for token in TOKENS.finditer(line):
        kind, text = token.lastgroup, token[0].lower()
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        if kind == "iso":
            days.day(numbers[2], *token.span())
            days.month(numbers[1], numbers[0], token.end())
        elif kind in ("slash", "dotted"):
            days.day(numbers[0], *token.span())
            days.month(numbers[1], _century(numbers[2]) if len(numbers) > 2 else None, token.end())
        elif kind == "day":
            days.day(numbers[0], *token.span())
        elif kind == "month":
            days.month(MONTHS.get(text.rstrip("."), 0), None, token.end())
        elif kind == "year" and days.fresh:
            days.year(numbers[0], token.end())
        elif kind == "year":
            lone_year = lone_year or numbers[0]
        elif kind == "run":
            days.run = bool(days.waiting or days.found)
        elif kind != "link":
            days.other()
    return days.found, lone_year


def _century(year: int) -> int:
    return year if year > 99 else 2000 + year


def _placed(line: str, mentions: Sequence[_Mention]) -> list[_Mention]:
    """Each date with the words that follow it or the dates after it; else with the words before them all."""
    placed: list[_Mention] = []
    place: str | None = None
    for index in range(len(mentions) - 1, -1, -1):
        stop = mentions[index + 1].start if index + 1 < len(mentions) else len(line)
        own = _place(line[mentions[index].end : stop])
        place = own or (place if index + 1 < len(mentions) else None)
        placed.insert(0, replace(mentions[index], place=place))
    if mentions and all(mention.place is None for mention in placed):
        before = _place(line[: mentions[0].start])
        if before and not NO_PLACE.match(before):
            placed = [replace(mention, place=before) for mention in placed]
    return placed


def _place(text: str) -> str | None:
    text = " ".join(CLOCK.sub(" ", text).split())
    while text != (shorter := TRAILING.sub("", LEADING.sub("", text + " ")).strip()):
        text = shorter
    if text.endswith(")") and "(" not in text:
        text = text[:-1].rstrip()
    return text if any(character.isalpha() for character in text) else None
