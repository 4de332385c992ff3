"""What the docx and odt writers share: where pages break, how cells span, text that XML can hold, fixed zip bytes."""

import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from cahiers.documents.blocks import Block, Cell, Paragraph, Role, Table, TableKind
from cahiers.documents.model import Synthesis
from cahiers.methods import Method

#: The oldest date a zip archive can bear: the same document gives the same bytes whatever the day.
ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
_ILLEGAL: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ADDRESS: Final = re.compile(
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?(?:[/?#](?:[\w.~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)?",
    re.ASCII,
)


def title_of(synthesis: Synthesis, method: Method) -> str:
    """Title of the document, for its properties and its footer."""
    parts = (synthesis.consultation or method.title, synthesis.territory)
    return " – ".join(part for part in parts if part)


def text(value: str) -> str:
    """Text of an element: what XML cannot hold is left out."""
    return escape(_ILLEGAL.sub("", value))


def attribute(value: str) -> str:
    """Attribute with its quotes."""
    return quoteattr(_ILLEGAL.sub("", value))


def address(value: str) -> str | None:
    """Web address as a link's target; None for what office suites would refuse to open."""
    target = quote(value.strip(), safe="%:/?#@!$&'()*+,;=~-._")
    return target if _ADDRESS.fullmatch(target) else None


def is_right_to_left(words: str) -> bool:
    """Whether the first letter is of a script written from right to left."""
    if words.isascii():
        return False
    for character in words:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def with_breaks(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it opens a page: themes and session forms do, but for the first after the titles."""
    opened = False
    for block in blocks:
        opens = block.kind is TableKind.SESSION if isinstance(block, Table) else block.role is Role.THEME
        yield block, opens and opened
        opened = opened or isinstance(block, Table) or block.role not in (Role.TITLE, Role.SUBTITLE)


def caption_after(blocks: Sequence[Block], index: int) -> str | None:
    """Caption of the table at `index`: the paragraph below it, for screen readers that announce tables by name."""
    after = blocks[index + 1] if index + 1 < len(blocks) else None
    return after.text if isinstance(after, Paragraph) and after.role is Role.CAPTION else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A cell with its grid column (from 0) and the number of rows that it spans."""

    cell: Cell
    column: int
    rows: int = 1


def columns_of(table: Table) -> int:
    return max((sum(cell.span for cell in row) for row in table.rows), default=1)


def widths_of(table: Table) -> tuple[float, ...]:
    """Shares of the page width, one a grid column; equal where the table does not say."""
    count = columns_of(table)
    if len(table.widths) == count:
        total = sum(table.widths)
        return tuple(width / total for width in table.widths)
    return (1 / count,) * count


def placed(table: Table) -> list[list[Placed]]:
    """Rows of cells with their place; a cell that goes on below knows over how many rows."""
    below: dict[int, int] = {}
    rows: list[list[Placed]] = []
    for row in reversed(table.rows):
        column = 0
        line = []
        going_on: dict[int, int] = {}
        for cell in row:
            if cell.continues:
                going_on[column] = 1 + below.get(column, 0)
            line.append(
                Placed(cell=cell, column=column, rows=1 if cell.continues else 1 + below.get(column, 0))
            )
            column += cell.span
        below = going_on
        rows.append(line)
    rows.reverse()
    return rows


def archive(parts: Mapping[str, str], *, stored: Mapping[str, str] | None = None) -> bytes:
    """Zip archive of the parts, in their order; those `stored` come first, unpacked. Same parts, same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for kind, group in ((zipfile.ZIP_STORED, stored or {}), (zipfile.ZIP_DEFLATED, parts)):
            for name, content in group.items():
                info = zipfile.ZipInfo(name, ZIP_DATE)
                info.compress_type = kind
                # Otherwise the archive would tell which system made it.
                info.create_system, info.external_attr = 3, 0o600 << 16
                package.writestr(info, content.encode())
    return buffer.getvalue()
