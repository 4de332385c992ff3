"""Separator and quotes of a file of separated values, found by how regular they make its first lines."""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

SEPARATORS: Final = ";,\t|"
#: Records that are looked at.
SAMPLE: Final = 200
#: Part of the records that must have the same number of cells for a separator to be one.
REGULAR: Final = 0.6
#: No text has it: what a file of one column is read with.
NONE: Final = "\x1f"

_SEP_LINE: Final = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
_APOSTROPHES: Final = re.compile(r"(?:^|[;,\t|])'[^'\n]*'(?=[;,\t|\r\n]|$)", re.MULTILINE)
_QUOTES: Final = re.compile(r'(?:^|[;,\t|])"', re.MULTILINE)
_ESCAPED: Final = re.compile(r'\\"(?![;,\t|\r\n]|$)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """`escape` is what stands before a quote inside of quotes, where it is not another quote."""

    separator: str
    quote: str = '"'
    escape: str | None = None

    def reader(self, lines: Iterator[str], *, strict: bool = False) -> Any:
        return csv.reader(
            lines,
            delimiter=self.separator,
            quotechar=self.quote,
            doublequote=self.escape is None,
            escapechar=self.escape,
            strict=strict,
        )


def announced(first_line: str) -> str:
    """Separator that a first line "sep=;" announces to spreadsheets; "" where it announces none."""
    found = _SEP_LINE.fullmatch(first_line)
    return found[1] if found and found[1] not in "\r\n\0\"'" else ""


def find(lines: Sequence[str]) -> Dialect:
    """Dialect of these first lines."""
    text = "".join(lines)
    apostrophes = len(_APOSTROPHES.findall(text))
    quote = "'" if apostrophes > 2 * len(_QUOTES.findall(text)) and apostrophes >= max(3, len(lines)) else '"'
    escape = "\\" if len(_ESCAPED.findall(text)) > text.count('""') else None
    best, best_score = Dialect(separator=NONE, quote=quote, escape=escape), 0.0
    for separator in SEPARATORS:
        dialect = Dialect(separator=separator, quote=quote, escape=escape)
        if (score := _score(dialect, lines)) > best_score:
            best, best_score = dialect, score
    return best if best_score else _by_header(best, lines)


def _by_header(otherwise: Dialect, lines: Sequence[str]) -> Dialect:
    """Of a file too damaged to be regular: the separator that gives the header most cells, short ones."""
    best, most = otherwise, 1
    for separator in SEPARATORS:
        dialect = Dialect(separator=separator, quote=otherwise.quote, escape=otherwise.escape)
        cells = _first(dialect, lines)
        used = sum(1 for line in lines if separator in line)
        if (
            len(cells) > most
            and 2 * used >= len(lines)
            and all(0 < len(cell) <= 60 and cell[0] != " " for cell in cells)
        ):
            best, most = dialect, len(cells)
    return best


def _score(dialect: Dialect, lines: Sequence[str]) -> float:
    widths: Counter[int] = Counter()
    try:
        for cells in islice(dialect.reader(iter(lines)), SAMPLE):
            if any(cells):
                widths[len(cells)] += 1
    except csv.Error:
        pass
    if not widths:
        return 0
    width, count = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    share = count / widths.total()
    if width < 2 or share < REGULAR:
        return 0
    return share**2 * math.log(width + 1)


def _first(dialect: Dialect, lines: Sequence[str]) -> list[str]:
    try:
        return list(next(dialect.reader(iter(lines)), []))
    except csv.Error:
        return []
