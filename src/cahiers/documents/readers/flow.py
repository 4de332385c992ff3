"""What readers of word processors' files share: lines of runs, looks, sources, tables once their cells are read."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from cahiers.documents.blocks import Block, Cell, Paragraph, Role, Run, RunRole, Table, TableKind
from cahiers.documents.model import Source

#: Word's own limit of columns; a larger span is a mistake or an attack.
MAX_SPAN: Final = 63
#: Rows by which one sees whether a cell is a mere frame around tables.
FIRST_ROWS: Final = 100

ROLES: Final = {role.value: role for role in Role}
RUN_ROLES: Final = {role.value: role for role in RunRole}
_KINDS: Final = {
    Role.LABEL: TableKind.SESSION,
    Role.BOX: TableKind.SESSION,
    Role.COUNT: TableKind.SESSION,
    Role.FEEDBACK: TableKind.FEEDBACK,
    Role.FEEDBACK_TEXT: TableKind.FEEDBACK,
    Role.COLUMN: TableKind.STAGE,
    Role.ROW_THEME: TableKind.STAGE,
    Role.ITEM: TableKind.STAGE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How characters look; None where that is left to what stands behind (style, parent style…)."""

    bold: bool | None = None
    green: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, behind: "Look") -> "Look":
        """This look, completed by the one behind it."""
        return Look(
            bold=behind.bold if self.bold is None else self.bold,
            green=behind.green if self.green is None else self.green,
            hidden=behind.hidden if self.hidden is None else self.hidden,
            font=behind.font if self.font is None else self.font,
        )

    @property
    def emphasised(self) -> bool:
        return bool(self.bold and self.green)


PLAIN: Final = Look()


def is_green(colour: str) -> bool:
    """Whether "1B6E3C" or "#1b6e3c" is seen as green: from yellowish to bluish, not grey, not nearly white."""
    match = re.fullmatch(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", colour.strip())
    if match is None:
        return colour.strip().lower() == "green"
    red, green, blue = (int(part, 16) for part in match.groups())
    return green - red >= 8 and green - blue >= 8 and green - min(red, blue) >= 24


def style_name(name: str) -> str:
    """Name of a style as `Role` spells it; files may hold its accents decomposed."""
    return unicodedata.normalize("NFC", name).strip()


@dataclass(slots=True, kw_only=True)
class _Stretch:
    """A run while it grows; its pieces are joined once, for a hostile file may hold a hundred thousand."""

    emphasised: bool
    role: RunRole | None
    pieces: list[str]

    def run(self) -> Run:
        return Run(text="".join(self.pieces), emphasised=self.emphasised, role=self.role)


@dataclass(slots=True)
class Lines:
    """Runs of a paragraph while it is read, a list for each hand-broken line; runs that look alike are joined."""

    lines: list[list[_Stretch]] = field(default_factory=lambda: [[]])
    targets: list[str] = field(default_factory=list)

    def add(self, text: str, look: Look = PLAIN, role: RunRole | None = None) -> None:
        line = self.lines[-1]
        if line and line[-1].emphasised == look.emphasised and line[-1].role is role:
            line[-1].pieces.append(text)
        else:
            line.append(_Stretch(emphasised=look.emphasised, role=role, pieces=[text]))

    def end_line(self) -> None:
        self.lines.append([])

    def paragraphs(
        self, *, role: Role | None, listed: bool, level: int | None, source: Source | None
    ) -> Iterator[Paragraph]:
        """A paragraph for each line that is not blank; the bullet, if any, stands before the first alone."""
        for line in self.lines:
            runs = tuple(stretch.run() for stretch in line)
            if any(run.text.strip() for run in runs):
                yield Paragraph(
                    runs=runs, role=role, listed=listed and level is None, heading_level=level, source=source
                )
                listed = False

    def unseen_targets(self) -> Iterator[str]:
        """Web addresses that links lead to and that the text does not show."""
        shown = unquote("".join(piece for line in self.lines for stretch in line for piece in stretch.pieces))
        for target in dict.fromkeys(self.targets):
            if re.match(r"https?://\S+$", target) and unquote(target).rstrip("/") not in shown:
                yield target


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is reading: the body (`cell` None) or a cell, and whether lone lines may be added there.

    An address behind a link becomes a line of its own where text flows (the body, a box), but not in a table of
    several columns, whose every line is a statement.
    """

    cell: Source | None = None
    flowing: bool = True


def address(target: str, source: Source | None) -> Paragraph:
    """A web address on a line of its own."""
    return Paragraph(runs=(Run(text=target),), source=source)


def cell_source(table: int, row: int, column: int) -> Source:
    return Source(cell=f"tableau {table}, ligne {row}, colonne {column}")


def flatten(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Paragraphs alone, those of tables cell after cell."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    yield from cell.paragraphs


def table(rows: Iterable[tuple[Cell, ...]], *, header_rows: int, source: Source | None) -> Table | None:
    """The table, its kind known by the styles inside; None without a cell."""
    rows = tuple(row for row in rows if row)
    if not rows:
        return None
    kind = next(
        (
            _KINDS[paragraph.role]
            for row in rows
            for cell in row
            for paragraph in cell.paragraphs
            if paragraph.role in _KINDS
        ),
        None,
    )
    return Table(rows=rows, header_rows=min(header_rows, len(rows)), kind=kind, source=source)


def box(paragraphs: tuple[Paragraph, ...]) -> Table | None:
    """A text box, as the one-cell table that others draw in its place; None for an empty one."""
    if not paragraphs:
        return None
    return table([(Cell(paragraphs=paragraphs),)], header_rows=0, source=paragraphs[0].source)
