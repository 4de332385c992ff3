"""What a workbook's cell formats mean for a reader: emphasis, and how a stored number is shown."""

import re
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from lxml import etree

from cahiers.documents.readers.flow import is_green

#: Built-in number formats that show a day, a time or a percentage (ECMA-376, 18.8.30).
_BUILT_IN: Final = {
    **dict.fromkeys((*range(14, 17), 22, *range(27, 37), *range(50, 59)), "dd/mm/yyyy"),
    17: "mmm yyyy",
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "hh:mm"),
    9: "0%",
    10: "0.00%",
}
#: What in a format code is no code: quoted text, escaped characters, colours and conditions.
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
#: The few of the old palette's entries (18.8.27) that are green.
_PALETTE: Final = {
    3: "00FF00",
    11: "00FF00",
    17: "008000",
    42: "CCFFCC",
    50: "99CC00",
    57: "339966",
    58: "003300",
}
_MONTHS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
#: Order in which a theme's colours are numbered, which is not that of the file (18.8.3).
_THEME_ORDER: Final = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")


class Looks(Enum):
    """How a run of a cell's text looks; INHERITED where it says nothing, so as the cell does."""

    PLAIN = auto()
    EMPHASISED = auto()
    INHERITED = auto()


class CellFormats:
    """Formats of a workbook by the number that cells refer to."""

    def __init__(self, styles: etree._Element | None, theme: etree._Element | None) -> None:
        self._colours = _theme_colours(theme)
        codes: dict[int, str] = {}
        self._emphasised: list[bool] = []
        self._number_formats: list[str] = []
        if styles is None:
            return
        fonts = [self._bold(font) and self._green(font) for font in styles.iterfind("{*}fonts/{*}font")]
        for element in styles.iterfind("{*}numFmts/{*}numFmt"):
            codes[int(element.get("numFmtId") or 0)] = element.get("formatCode") or ""
        for element in styles.iterfind("{*}cellXfs/{*}xf"):
            number = int(element.get("numFmtId") or 0)
            font_number = int(element.get("fontId") or 0)
            self._emphasised.append(0 <= font_number < len(fonts) and fonts[font_number])
            self._number_formats.append(codes.get(number, _BUILT_IN.get(number, "")))

    def is_emphasised(self, style: int) -> bool:
        return 0 <= style < len(self._emphasised) and self._emphasised[style]

    def number_format(self, style: int) -> str:
        return self._number_formats[style] if 0 <= style < len(self._number_formats) else ""

    def run_looks(self, properties: etree._Element | None) -> Looks:
        if properties is None:
            return Looks.INHERITED
        return Looks.EMPHASISED if self._bold(properties) and self._green(properties) else Looks.PLAIN

    def _bold(self, font: etree._Element) -> bool:
        bold = font.find("{*}b")
        return bold is not None and bold.get("val") not in ("0", "false")

    def _green(self, font: etree._Element) -> bool:
        colour = font.find("{*}color")
        if colour is None:
            return False
        if "rgb" in colour.attrib:
            return is_green(str(colour.get("rgb"))[-6:])  # AARRGGBB
        if "theme" in colour.attrib:
            return is_green(self._colours.get(int(colour.get("theme") or 0), ""))
        return is_green(_PALETTE.get(int(colour.get("indexed") or 0), ""))


def _theme_colours(theme: etree._Element | None) -> dict[int, str]:
    scheme = theme.find("{*}themeElements/{*}clrScheme") if theme is not None else None
    if scheme is None:
        return {}
    named: dict[str, str] = {}
    for element in scheme.iterchildren("{*}*"):
        for colour in element:
            value = colour.get("val") if colour.get("lastClr") is None else colour.get("lastClr")
            named[etree.QName(element).localname] = value or ""
    return {number: named.get(name, "") for number, name in enumerate(_THEME_ORDER)}


def shown_number(value: str, code: str, *, since_1904: bool) -> str:
    """The stored number as French readers see it: a day, a time, a percentage or a plain number."""
    if re.fullmatch(r"-?\d+", value.strip()) and not code:
        return str(int(value)) if len(value) < 30 else value
    number = float(value)
    bare = _LITERAL.sub("", code).lower()
    if "%" in bare:
        return f"{_plain(number * 100)} %"
    if re.search(r"[dy]|mmm|[hs]", bare) and "general" not in bare:
        return _moment(number, bare, since_1904=since_1904)
    return _plain(number)


def _plain(number: float) -> str:
    if number.is_integer() and abs(number) < 1e18:
        return str(int(number))
    return f"{number:.15g}".replace(".", ",")


def _moment(number: float, code: str, *, since_1904: bool) -> str:
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  a sheet has no time zone
    if not abs(number) < 2_958_466:  # 31 December 9999
        return _plain(number)
    moment = start + timedelta(seconds=round(number * 86_400))
    if not re.search(r"[dy]|mmm", code):
        return f"{moment:%H:%M}"
    if "d" not in code:
        month = f"{_MONTHS[moment.month - 1]} " if "m" in code else ""
        return f"{month}{moment.year}" if "y" in code else month.strip()
    day = f"{moment:%d/%m}/{moment.year:04}"
    return day if moment.time() == datetime.min.time() else f"{day} {moment:%H:%M}"
