"""What tells by its shape alone how someone is reached or where they live: addresses, numbers, accounts."""

import re
from collections.abc import Iterator
from typing import Final

from cahiers.contributions.privacy.looks import Look, Span

EMAIL, PHONE, OTHER = "email", "phone", "other"

# Every run is entered once, at its start, and given up whole: a cell of a megabyte takes a time in proportion.
_AT = r"(?:@|\s@\s|\s?(?:\(at\)|\[at\]|\(arobase\)|\[arobase\]|\sarobase\s)\s?)"
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}+{_AT}[\w-]++(?:\.[\w-]+)+", re.I)

_GAP = r"[\s./-]{0,2}"
#: The national plan in pairs, the other groupings that people type, and other countries by their plus.
_PHONE = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?:(?:\+|00)33[\s.-]?(?:\(0\)[\s.-]?)?|0)[1-9](?:{_GAP}\d{{2}}){{4}}"
    rf"|0[1-9][\s.]\d{{3}}[\s.]\d{{3}}[\s.]\d{{2}}"
    rf"|0[\s.][1-9]\d{{2}}[\s.]\d{{3}}[\s.]\d{{3}}"
    rf"|\+(?!\d{{1,3}}(?:\s\d{{3}}){{1,2}}(?!\s?\d))[1-9]\d{{0,2}}(?:[\s.-]?\(0\))?(?:[\s.-]?\d){{6,12}}"
    rf")(?![\d%€])"
)
#: Numéro de sécurité sociale: sex, year, month, place (Corsica's have a letter), order, with or without its key.
_NIR = r"(?<!\d)[12]\s?\d{2}\s?(?:0[1-9]|1[0-2])\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?(?!\d)"
#: A pupil's number; a school's has seven figures and a letter.
_INE = r"(?<!\w)\d{9}(?:\d[A-Z]|[A-Z]{2})(?!\w)"
_IBAN = r"(?<!\w)[A-Z]{2}\d{2}(?:\s?[\dA-Z]{4}){5}\s?[\dA-Z]{3}(?!\w)"
_NUMBERS = re.compile(f"{_NIR}|{_INE}|{_IBAN}")
_HANDLE = re.compile(r"(?<![\w@./-])@[^\W\d]\w+(?:\.\w+)*(?![\w@])|(?<![\w#/])[^\W\d]\w{1,31}#\d{4}(?!\w)")
_CAPITAL = r"[A-ZÀ-Ý][\wÀ-ÿ]*(?:[-’'][\wÀ-ÿ]+)*"
_WAY = (
    r"rue|avenue|av\.|boulevard|bd|impasse|allée|chemin|route|place|quai|square|passage|lotissement|résidence"
)
_STREET = re.compile(
    rf"(?<![\w,.])\d{{1,4}}(?:\s?(?:bis|ter|quater))?,?\s(?:{_WAY})\s"
    rf"(?:d[eu]s?\s(?:la\s|l[’'])?|d[’']|la\s|le\s|les\s)?{_CAPITAL}(?:[\s-]{_CAPITAL}){{0,3}}"
    rf"(?:,?\s\d{{5}}\s{_CAPITAL})?"
)


#: Figures of the shortest number that a telephone has.
_FEW = 7
_FIGURE = re.compile(r"\d")


def _addresses(text: str) -> Iterator[Span]:
    for kind, pattern in ((EMAIL, _EMAIL), (OTHER, _HANDLE)):
        for match in pattern.finditer(text):
            yield kind, *match.span()


def _figures(text: str) -> Iterator[Span]:
    if len(_FIGURE.findall(text)) >= _FEW:
        for match in _PHONE.finditer(text):
            yield PHONE, *match.span()
        yield from _numbers(text)


def _numbers(text: str) -> Iterator[Span]:
    for match in _NUMBERS.finditer(text):
        yield OTHER, *match.span()


def _streets(text: str) -> Iterator[Span]:
    if _FIGURE.search(text):
        for match in _STREET.finditer(text):
            yield OTHER, *match.span()


LOOKS: Final = (
    Look(re.compile(r"[@#]|\(at\)|\[at\]|arobase", re.I), _addresses),
    Look(re.compile(r"\d\d|\+\d"), _figures),
    Look(re.compile(r"[A-Z]{2}\d\d"), _numbers),
    Look(re.compile(rf"\A(?:{_WAY})\Z"), _streets),
)
