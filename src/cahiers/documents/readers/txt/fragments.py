"""Pieces of a table's text, and the mending of statements that the end of a page cuts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from cahiers.documents.model import Source

#: Words that no statement ends with, and what opens and is not closed on its line.
OPEN_END: Final = re.compile(
    r"(?:^|[\s’'])(?:à|au|aux|avec|ce|ces|cette|chaque|comme|dans|de|des|du|d|en|entre|et|l|la|le|les|leur|leurs|mais|notre"
    r"|nos|on|ou|où|par|plus|pour|qu|que|qui|sa|sans|se|ses|si|son|sous|sur|un|une|vers|votre|puis|dont|donc|car|ni|quand"
    r"|chez|contre|dès|est|sont|ont|être|très|trop|lorsque?|jusqu|n|s|c|j|m)[’']?$|[,(:–-]$|[(«][^)»]*$",
    re.IGNORECASE,
)
#: An address at a line's end, and what one goes on with: words do not hold such signs.
ADDRESS: Final = re.compile(r"(?:https?://|www\.)(?:\S*[^\s.,;:!?)»])?$", re.IGNORECASE)
ONWARD: Final = re.compile(r"(?!https?:|www\.)[A-Za-z0-9_.#%&+=?@~-]{3,}/\S")
#: The beginning of one that a line's end cuts, and what it goes on to.
SCHEME: Final = re.compile(r"(?:^|[\s(«])(ht{0,2}|https?:?/?)$")
SCHEMES: Final = ("https://", "http://")
#: An address that a bracket holds, as far as its line goes, and the end of both; one cut before its host's last part.
HELD: Final = re.compile(r"\([^()]*(?:https?://|www\.)[^\s/]+/[^\s()]*$", re.IGNORECASE)
CLOSING: Final = re.compile(r"[\w.~?#=&%+-]+\)")
HOST: Final = re.compile(r"(?:https?://|www\.)[^\s/]+\.$", re.IGNORECASE)
DOMAIN: Final = re.compile(r"[a-z]{2,}/\S")
#: What no space stands before.
TOUCHING: Final = re.compile(r"[,)\]]|\.(?!\w)")
#: Follows a dash that begins a line and is no bullet; extraction leaves none.
NO_BULLET: Final = "\u2060"
#: How many pieces back a statement may stand that a page's end cuts.
REACH: Final = 80


@dataclass(slots=True)
class Piece:
    """A statement, or a fragment of one, as it stands on the page.

    `gap` says how far it stands from the text before: 0 like a wrapped line, 1 further, -1 nearer; `spaced` that
    its last line but one ends in more spaces than lines do; `block` counts the pieces' groups of lines without
    any gap; `chunk` the pages that the row is on; `barred` has the
    columns whose headings come later on the page; `mended` says that lines from elsewhere were added, before the lines
    that `joints` counts, `adrift` that the row is uncertain, `cut` that the next page may have its end; `head` is the
    statement that took the lines in, from the line that `begins` counts.
    """

    lines: list[str]
    source: Source
    bulleted: bool
    fused: bool = False
    gap: int = 0
    spaced: bool = False
    named: str | None = None
    block: int = 0
    chunk: int = 0
    goes_on: bool = False
    barred: frozenset[str] = frozenset()
    mended: bool = False
    adrift: bool = False
    cut: bool = False
    joints: list[int] = field(default_factory=list)
    head: "Piece | None" = None
    begins: int = 0

    @property
    def text(self) -> str:
        return join(self.lines)

    def go_on_with(self, fragment: "Piece") -> None:
        """Takes the lines of a fragment that is the rest of the statement."""
        fragment.head, fragment.begins = self, len(self.lines)
        self.joints += [len(self.lines), *(len(self.lines) + at for at in fragment.joints)]
        self.lines.extend(fragment.lines)
        self.mended = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What the first `count` lines of a piece may say instead.

    `cut` says that a narrow column may have cut a word there, or not.
    """

    piece: Piece
    lines: Sequence[str]
    count: int
    cut: bool = False

    def statement(self) -> Piece:
        """The statement that the piece is of by now, read so."""
        head, lines = self.piece, [*self.lines, *self.piece.lines[self.count :]]
        while head.head is not None:
            fragment, head = head, head.head
            after = fragment.begins + len(fragment.lines)
            lines = [*head.lines[: fragment.begins], *lines, *head.lines[after:]]
        return replace(head, lines=lines)


def join(lines: Sequence[str]) -> str:
    """Wrapped lines as one text: a space between, nothing after a hyphen, which is real, nor inside an address."""
    parts: list[str] = []
    for line in filter(None, lines):
        hyphened = bool(parts) and parts[-1].endswith("-") and not parts[-1].endswith(" -")
        if parts and not hyphened and not TOUCHING.match(line) and not _is_inside_address(parts, line):
            parts.append(" ")
        parts.append(line)
    return "".join(parts).replace(NO_BULLET, "")


def _is_inside_address(parts: Sequence[str], line: str) -> bool:
    """Whether the line goes on with an address; the bracket that holds one may open on a line before."""
    if (begun := SCHEME.search(parts[-1])) is not None and (begun[1] + line).startswith(SCHEMES):
        return True
    if "/" not in parts[-1] and "www." not in parts[-1]:
        return False
    if ADDRESS.search(parts[-1]) and ONWARD.match(line):
        return True
    if HOST.search(parts[-1]) and DOMAIN.match(line):
        return True
    return CLOSING.match(line) is not None and HELD.search("".join(parts)) is not None


def mended(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with the fragments that open a page joined to the statements that the page before left open.

    Fragments and statements come in the same order. A fragment that no statement calls for stays a piece.
    """
    kept: list[Piece] = []
    heads: list[Piece] = []
    for index, piece in enumerate(pieces):
        if piece.goes_on and kept:
            if not heads:
                heads = _open_ends(kept, piece.chunk)
            match = next((head for head in heads if _calls(head, piece)), None)
            if match is not None:
                match.lines.extend(piece.lines)
                heads = heads[heads.index(match) + 1 :] or [piece]
                continue
        elif index and piece.chunk != pieces[index - 1].chunk:
            heads = []
        kept.append(piece)
    return kept


def _open_ends(kept: Sequence[Piece], chunk: int) -> list[Piece]:
    """Statements of the page before that do not end like one, in order."""
    near = kept[-REACH:]
    before = max((piece.chunk for piece in near if piece.chunk < chunk), default=chunk)
    return [piece for piece in near if piece.chunk == before and piece.text and OPEN_END.search(piece.text)]


def _calls(head: Piece, piece: Piece) -> bool:
    return bool(piece.text) and not piece.text[0].isupper() and head is not piece
