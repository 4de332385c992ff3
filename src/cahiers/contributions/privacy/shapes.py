"""What tells by its shape alone how someone is reached or where they live: addresses, numbers, accounts."""

import re
from collections.abc import Iterator

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
_STREET = re.compile(
    r"(?<![\w,.])\d{1,4}(?:\s?(?:bis|ter|quater))?,?\s"
    r"(?:rue|avenue|av\.|boulevard|bd|impasse|allée|chemin|route|place|quai|square|passage|lotissement|résidence)\s"
    rf"(?:d[eu]s?\s(?:la\s|l[’'])?|d[’']|la\s|le\s|les\s)?{_CAPITAL}(?:[\s-]{_CAPITAL}){{0,3}}"
    rf"(?:,?\s\d{{5}}\s{_CAPITAL})?"
)


def shapes(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end; most texts hold neither sign, and are left after two looks."""
    if "@" in text or "arobase" in text.casefold() or "(at)" in text or "[at]" in text:
        for match in _EMAIL.finditer(text):
            yield EMAIL, *match.span()
    if "@" in text or "#" in text:
        for match in _HANDLE.finditer(text):
            yield OTHER, *match.span()
    if _ANY_DIGITS.search(text):
        for kind, pattern in ((PHONE, _PHONE), (OTHER, _NUMBERS), (OTHER, _STREET)):
            for match in pattern.finditer(text):
                yield kind, *match.span()


_ANY_DIGITS = re.compile(r"\d")
