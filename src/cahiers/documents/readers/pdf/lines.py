"""Puts pieces of text together to lines."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from cahiers.documents.blocks import Run
from cahiers.documents.readers.pdfium.pieces import Path, Piece

#: Bullets that stand in no sentence, and those that do.
BULLET: Final = re.compile(r"\s*([►▶▸➤➢➔●▪■□◦○‣❖✓✔☐☒☑])|\s*([•·∙*o–—→-])(?=\s)")
#: Numbers that a word processor draws before a list's items, apart from their text, all stand for this bullet.
NUMBER: Final = "1."
_NUMBERS: Final = re.compile(r"(?:\d{1,3}|[a-z])[.)]", re.IGNORECASE)
CERTAIN: Final = frozenset("►▶▸➤➢➔●▪■□◦○‣❖✓✔☐☒☑•")
#: Share of the letters’ size that parts two words, and two letters with a place between where a word may be broken.
SPACE: Final = 0.14
BROKEN_SPACE: Final = 0.6


@dataclass(frozen=True)
class Line:
    """Pieces on one baseline, from left to right."""

    pieces: tuple[Piece, ...]
    page: int

    @cached_property
    def x0(self) -> float:
        return self.pieces[0].x0

    @cached_property
    def x1(self) -> float:
        return max(piece.x1 for piece in self.pieces)

    @cached_property
    def y(self) -> float:
        return self.pieces[-1].y

    @cached_property
    def size(self) -> float:
        """That of the most letters: a bullet may be of another."""
        return max(self.pieces, key=lambda piece: piece.x1 - piece.x0).size

    @cached_property
    def block(self) -> Path | None:
        tag = self.pieces[-1].tag
        return tag.block if tag is not None else None

    @cached_property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        return tuple(_runs(_in_reading_order(self.pieces)))

    @cached_property
    def wrapped(self) -> bool:
        """Whether the space at which the line was wrapped is still there."""
        return self.runs[-1].text.endswith(" ")

    @cached_property
    def bullet(self) -> str | None:
        if len(self.pieces) > 1 and _NUMBERS.fullmatch(self.pieces[0].text.strip()):
            return NUMBER
        match = BULLET.match(self.text + " ")
        return (match[1] or match[2]) if match else None

    @property
    def unnumbered(self) -> "Line":
        """The line without the number drawn before it."""
        return replace(self, pieces=self.pieces[1:])

    @cached_property
    def unbulleted(self) -> str:
        if self.bullet == NUMBER:
            return self.unnumbered.text.strip()
        match = BULLET.match(self.text)
        return (self.text[match.end() :] if match else self.text).strip()


def lines_of(pieces: Iterable[Piece], page: int) -> list[Line]:
    """Lines from top to bottom. Upright letters first; text that is turned by a quarter follows, piece by piece."""
    rows: list[list[Piece]] = []
    turned: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if not piece.upright:
            turned.append(piece)
        elif rows and piece.y - rows[-1][0].y <= 0.4 * min(piece.size, rows[-1][0].size) + 0.6:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    level = [Line(tuple(sorted(row, key=lambda piece: piece.x0)), page) for row in rows]
    return level + [Line((piece,), page) for piece in sorted(turned, key=lambda piece: (piece.x0, piece.y))]


def _in_reading_order(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Pieces of a line written from right to left are read that way round."""
    directions = [unicodedata.bidirectional(c) for piece in pieces for c in piece.text]
    leftward = sum(direction in ("R", "AL") for direction in directions)
    if leftward > directions.count("L"):
        return tuple(reversed(pieces))
    return pieces


def _runs(pieces: Sequence[Piece]) -> Iterator[Run]:
    before: Piece | None = None
    for piece in pieces:
        text = piece.text.replace("\r", " ").replace("\n", " ")
        if before is not None and not before.text.endswith(" ") and not text.startswith(" "):
            gap = max(piece.x0 - before.x1, before.x0 - piece.x1)
            # Where a word may be broken there is no space, however narrow its letters are.
            least = BROKEN_SPACE if before.text.endswith("\u200b") else SPACE
            text = f" {text}" if gap > least * piece.size else text
        yield Run(text=text, emphasised=piece.bold and piece.green)
        before = piece
