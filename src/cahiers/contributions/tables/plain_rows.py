"""Rows and strings of a workbook in the plain form that spreadsheets write, read faster than a parser of XML does.

What is not exactly of that form is left to the parser.
"""

import html
import re
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

BLOCK: Final = 1 << 17
#: Bytes of the longest row or string.
MAX_PIECE: Final = 32 << 20
#: What stands before rows and strings: a namespace without prefix, and no other encoding.
_DECLARED: Final = rb'(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*encoding="(?i:utf-8)"[^>]*\?>\s*)?'
_BEFORE_ROWS: Final = re.compile(_DECLARED + rb'<worksheet[^>]*\sxmlns="[^"]*"[^>]*>[^\0]*?<sheetData>')
_BEFORE_STRINGS: Final = re.compile(_DECLARED + rb'<sst[^>]*\sxmlns="[^"]*"[^>]*>')
_ROW: Final = re.compile(r'\s*(?:<row[^<>]*/>\s*)*<row r="(\d{1,7})"[^<>]*(?<!/)>')
_CELL: Final = re.compile(
    r'<c r="([A-Z]{1,3})\d{1,7}"(?: s="(\d{1,6})")?(?: t="([a-z]{1,3})")?(?:/>|><v>([^<&]+)</v></c>)'
)
_STRING: Final = re.compile(r'\s*<si><t(?: xml:space="preserve")?>([^<]*)</t>')
_AFTER: Final = re.compile(r"\s*(?:<row[^<>]*/>\s*)*</(?:sheetData|sst)>")


class Row(NamedTuple):
    """Column in letters, number of the style, kind and value of each cell; "" for what is left out."""

    number: int
    cells: list[tuple[str, str, str, str]]


class NotPlain(Exception):
    """What comes is of another form: a parser has to read the part."""


def plain_rows(stream: BinaryIO) -> Iterator[Row]:
    """Rows as long as every one is of the plain form. Raises NotPlain at the first that is not."""
    for piece in _pieces(stream, _BEFORE_ROWS, b"</row>"):
        start = _ROW.match(piece)
        if start is None:
            raise NotPlain
        cells = _CELL.findall(piece, start.end())
        # Four tags make a filled cell and one an empty one: any other tag was of no plain cell.
        if piece.count("<", start.end()) != len(cells) + 3 * sum([1 for cell in cells if cell[3]]):
            raise NotPlain
        yield Row(int(start[1]), cells)


def plain_strings(stream: BinaryIO) -> Iterator[str]:
    """Shared strings as long as every one is of the plain form. Raises NotPlain at the first that is not."""
    for piece in _pieces(stream, _BEFORE_STRINGS, b"</si>"):
        found = _STRING.fullmatch(piece)
        if found is None:
            raise NotPlain
        text = found[1]
        yield html.unescape(text) if "&" in text else text


def _pieces(stream: BinaryIO, before: re.Pattern[bytes], end: bytes) -> Iterator[str]:
    """What stands between an end and the next, decoded."""
    block = stream.read(BLOCK)
    found = before.match(block)
    if found is None or b"<!" in block[: found.end()]:
        raise NotPlain
    rest = block[found.end() :]
    try:
        while block:
            *pieces, rest = rest.split(end)
            for piece in pieces:
                yield piece.decode()
            if len(rest) > MAX_PIECE:
                raise NotPlain
            block = stream.read(BLOCK)
            rest += block
        if _AFTER.match(rest.decode()) is None:
            raise NotPlain
    except UnicodeDecodeError:
        raise NotPlain from None
