"""The body of a table as rows of pieces: the statements and fragments that columns are to be found for."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from cahiers.documents.items import NUMBERS
from cahiers.documents.matching import fold, theme_key, words
from cahiers.documents.model import Source
from cahiers.documents.readers.txt.fragments import OPEN_END, Piece, Reading, join, mended
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.methods import Method

#: Bullets that authors use for nothing else: between two of them on a line stands a whole cell.
FUSING: Final = "►▶▸➤➢●▪◦‣❖➔⇒•■"
DASHES: Final = "-–—"
DASHED: Final = re.compile(r"\s[-–—]\s+(?=[A-ZÉÈÊÀÂÎÔÇŒ«\d])")
#: A statement ends with one, and hardly begins so.
YEAR: Final = re.compile(r"(?:19|20)\d\d(?:[-–/](?:19|20)?\d\d)?")
TITLE_LINES: Final = 10
#: How many tokens back a theme's cell may begin that a page's end cuts.
REACH: Final = 80
#: A table goes over no more pages.
MAX_CHUNKS: Final = 500


@dataclass(slots=True)
class Token:
    """A line, or what stands on it between two bullets."""

    text: str
    line: Line
    bulleted: bool
    fused: bool
    gap: int
    named: str | None = None
    opens_chunk: bool = False
    barred: frozenset[str] = frozenset()
    taken: bool = False

    @property
    def blank(self) -> bool:
        return not self.text


@dataclass(slots=True)
class RowPieces:
    """A row: its theme cell as written and what follows it, up to the next theme cell."""

    theme: list[str]
    source: Source | None
    pieces: list[Piece] = field(default_factory=list)
    #: What statements may be instead, where words may be of two cells.
    others: list[Reading] = field(default_factory=list)
    #: The page that it begins on, counted like those of its pieces.
    chunk: int = 0
    #: What opens a page and was taken for the rest of a theme's cell.
    taken: list[Piece] = field(default_factory=list)


def rows_of(table: TablePart, method: Method, *, loose: bool = False) -> list[RowPieces]:
    """Rows of the table in order. In a `loose` text columns come mixed, in blocks with a gap between."""
    known = title_forms(table.title, [], [], method)
    tokens = _tokens(table, frozenset(form[at:] for form in known for at in range(len(form))))
    if loose:
        tokens = _with_orphans(tokens)
    first = tokens[:TITLE_LINES]
    marked = [token.bulleted or token.fused for token in first]
    forms = title_forms(table.title, [token.text for token in first], marked, method)
    rows = _Rows(tokens, forms, loose).read()
    if loose and len(rows) > 1 and not rows[0].theme:
        # A heading's column may come before the first theme cell.
        above = rows.pop(0)
        rows[0].pieces[:0] = above.pieces
    return rows


def _tokens(table: TablePart, titles: frozenset[str]) -> list[Token]:
    """Lines cut at the bullets that join cells."""
    bullets = Counter(line.text[0] for line in table.lines if BULLET.match(line.text))
    bullet = bullets.most_common(1)[0][0] if bullets else "\0"
    chunks = set(table.chunks)
    barred = _barred(table)
    tokens: list[Token] = []
    for index, line in enumerate(table.lines):
        gap = 2 if line.spaced else min(line.empty, 1)
        fused = False
        for bulleted, text in _cells(line.text, bullet, titles):
            tokens.append(
                Token(
                    text,
                    line,
                    bulleted,
                    fused,
                    0 if fused else gap,
                    table.named.get(index),
                    (index in chunks or (line.opens_page and index > 0)) and not fused,
                    barred.get(index, frozenset()),
                )
            )
            fused = True
    return tokens


def _barred(table: TablePart) -> dict[int, frozenset[str]]:
    """Columns that a line cannot stand in, by its index: those whose headings come after it on its page."""
    barred: dict[int, frozenset[str]] = {}
    starts = sorted({0, *table.chunks})
    for at, column in table.headed:
        begin = starts[bisect_right(starts, at) - 1] if at else 0
        for index in range(max(begin, at - REACH), at):
            barred[index] = barred.get(index, frozenset()) | {column}
    return barred


def _cells(text: str, bullet: str, titles: frozenset[str]) -> Iterator[tuple[bool, str]]:
    """Whether each stretch of a line has a bullet, and its words without it."""
    if bullet in FUSING and bullet in text:
        before, *others = text.split(bullet)
        if before.strip():
            yield _stretch(before.strip())
        for other in others:
            yield True, other.strip()
    elif bullet in DASHES and (cells := _dashed(text, titles)) is not None:
        yield from cells
    else:
        yield _stretch(text)


def _with_orphans(tokens: Sequence[Token]) -> list[Token]:
    """Tokens without bullets that stand alone; their statements are found by their capitals instead."""
    tokens = _with_bullets(tokens)
    if not any(_is_orphan(token) for token in tokens):
        return tokens
    kept: list[Token] = []
    for token in tokens:
        if token.bulleted and not token.text:
            continue
        before = kept[-1].text if kept else ""
        goes_on = token.text[:1].islower() or YEAR.fullmatch(token.text) or OPEN_END.search(before)
        if not token.bulleted and not goes_on:
            token.bulleted = True
        kept.append(token)
    return kept


def _with_bullets(tokens: Sequence[Token]) -> list[Token]:
    """Tokens, each with the bullet that stands alone right above it: a word too long for its line has left it there."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if _is_orphan(token) and after is not None and _is_below(after):
            after.bulleted, after.gap, after.opens_chunk = True, token.gap, token.opens_chunk
            after.named = after.named or token.named
            continue
        kept.append(token)
    return kept


def _is_orphan(token: Token) -> bool:
    return token.bulleted and not token.text and not token.fused


def _is_below(token: Token) -> bool:
    return bool(token.text) and not (token.bulleted or token.fused or token.gap or token.opens_chunk)


def _stretch(text: str) -> tuple[bool, str]:
    match = BULLET.match(text)
    return match is not None, text[match.end() :].strip() if match else text


def _dashed(text: str, titles: frozenset[str]) -> list[tuple[bool, str]] | None:
    """Cells of a line that dashes join: they begin in capitals, after a dash, a title or numbers; None for no such."""
    stretches = DASHED.split(text)
    has_bullet, first = _stretch(stretches[0])
    if len(stretches) < 2 or not (has_bullet or fold(first) in titles or NUMBERS.fullmatch(first)):
        return None
    return [(has_bullet, first), *((True, stretch.strip()) for stretch in stretches[1:])]


def title_forms(title: str, texts: Sequence[str], marked: Sequence[bool], method: Method) -> tuple[str, ...]:
    """What a theme's cell may say, folded: the block's title, the method's titles, the table's own first cell.

    `texts` and `marked` are the stretches of the table's beginning and whether each has a bullet.
    """
    key = theme_key(title, method)
    forms = [title]
    # Without title bars, a table goes through all themes.
    themes = [theme for theme in method.themes if theme.key == key or not title]
    forms += [name for theme in themes for name in (theme.title, *theme.aliases)]
    folded = list(dict.fromkeys(fold(form) for form in forms if fold(form)))
    first = _first_cell(texts, marked)
    if first and not title_length(texts, marked, folded) and _is_like(first, forms, key, method):
        folded.append(fold(first))
    return tuple(folded)


def _first_cell(texts: Sequence[str], marked: Sequence[bool]) -> str:
    lines: list[str] = []
    for text, has_bullet in zip(texts[:TITLE_LINES], marked, strict=False):
        if not text or (lines and has_bullet):
            break
        lines.append(text)
    return join(lines)


def _is_like(first: str, forms: Sequence[str], key: str | None, method: Method) -> bool:
    """Whether the first cell of a table is its theme's, reworded."""
    own = words(first)
    shared = max((len(own & words(form)) / (len(own) or 1) for form in forms), default=0.0)
    return shared >= 0.6 or (key is not None and theme_key(first, method) == key)


def title_length(texts: Sequence[str], marked: Sequence[bool], forms: Sequence[str]) -> int:
    """How many of the stretches of text, from the first, are a theme's title; 0 where they are none."""
    if not texts or not fold(texts[0]):
        return 0
    head = "".join(fold(texts[0]).split())[:4]
    if not any("".join(form.split()).startswith(head) for form in forms):
        return 0
    lines: list[str] = []
    best = 0
    for text, has_bullet in zip(texts[:TITLE_LINES], marked, strict=False):
        if lines and (has_bullet or not text):
            break
        lines.append(text)
        folded = fold(join(lines))
        if folded in forms:
            best = len(lines)
        elif best and not any(form.startswith(folded) for form in forms):
            break
    if best or not marked[0]:
        return best
    whole = fold(join(lines))
    near = (form for form in forms if abs(len(form) - len(whole)) < 8)
    return len(lines) if any(fuzz.ratio(form, whole) >= 90 for form in near) else 0


class _Rows:
    def __init__(self, tokens: Sequence[Token], forms: Sequence[str], loose: bool) -> None:
        self.loose = loose
        self.tokens = tokens
        #: The longest first: one may be cut where its title bar was.
        self.forms = sorted(forms, key=len, reverse=True)
        #: The first letters of each form, up to four.
        self.heads = {"".join(form.split())[:length] for form in forms for length in range(1, 5)}
        self.rows: list[RowPieces] = []
        self.wrap = self._usual_gap()
        self.trailing = self._usual_trailing()
        self.chunk = self.block = 0
        self.last: Token | None = None
        self.taken: dict[int, list[Piece]] = {}
        self.split_titles = dict(self._split_titles())

    def _usual_gap(self) -> int:
        """Gap between the lines of a wrapped statement; blocks have none inside."""
        if self.loose:
            return 0
        gaps = Counter(token.gap for token in self.tokens if not token.bulleted and not token.opens_chunk)
        return gaps.most_common(1)[0][0] if gaps else 0

    def _usual_trailing(self) -> int:
        counts = Counter(token.line.trailing for token in self.tokens)
        return counts.most_common(1)[0][0] if counts else 0

    def read(self) -> list[RowPieces]:
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.opens_chunk:
                self.chunk += 1
            length = self._title(at)
            if length:
                self._open_row(at, length)
                at += length
                continue
            if not token.taken:
                self._take(token)
            at += 1
        if not self.loose:
            for row in self.rows:
                row.pieces = mended(row.pieces)
        return self.rows

    def _title(self, at: int) -> int:
        """How many tokens the theme's cell takes there; 0 where it is none."""
        if at in self.split_titles:
            return self.split_titles[at][0]
        head = "".join(fold(self.tokens[at].text).split())[:4]
        if head not in self.heads:
            return 0
        cell = self.tokens[at : at + TITLE_LINES]
        marked = [token.bulleted or token.fused or token.opens_chunk for token in cell]
        if cell[0].bulleted or not marked[0]:
            return title_length([token.text for token in cell], marked, self.forms)
        return title_length([token.text for token in cell], [False, *marked[1:]], self.forms)

    def _split_titles(self) -> Iterator[tuple[int, tuple[int, list[str]]]]:
        """Theme cells cut by a page's end: where each begins, how long it is there, and the rest of it.

        The rest is taken off the tokens where it stands.
        """
        openings = [at for at, token in enumerate(self.tokens) if token.opens_chunk]
        for at in openings[:MAX_CHUNKS]:
            token = self.tokens[at]
            if token.text and not token.bulleted:
                head = self._head_of(at)
                if head is not None:
                    begin, length, count = head
                    rest = self._cut_off(at, count)
                    self.taken[begin] = [Piece([join(rest)], token.line.source, bulleted=False)]
                    yield begin, (length, rest)

    def _head_of(self, at: int) -> tuple[int, int, int] | None:
        """Beginning and length of the title that ends at token `at`, and how many words of it stand there."""
        coming = [word for token in self.tokens[at : at + TITLE_LINES] for word in fold(token.text).split()]
        for form in self.forms:
            for begin in range(at - 1, max(at - REACH, -1), -1):
                if "".join(fold(self.tokens[begin].text).split())[:4] not in self.heads:
                    continue
                for length in range(1, min(4, at - begin) + 1):
                    head = fold(join([token.text for token in self.tokens[begin : begin + length]]))
                    rest = form[len(head) :].split()
                    if head and rest and form.startswith(f"{head} ") and coming[: len(rest)] == rest:
                        return begin, length, len(rest)
        return None

    def _cut_off(self, at: int, count: int) -> list[str]:
        """Takes that many folded words off the tokens from `at`; returns them as written."""
        taken: list[str] = []
        while count > 0:
            own = self.tokens[at].text.split()
            used = 0
            while used < len(own) and count > 0:
                count -= len(fold(own[used]).split())
                used += 1
            taken.append(" ".join(own[:used]))
            self.tokens[at].text = " ".join(own[used:])
            self.tokens[at].taken = not self.tokens[at].text
            at += 1
        return taken

    def _open_row(self, at: int, length: int) -> None:
        cell = self.tokens[at : at + length]
        lines = [token.text for token in cell]
        if at in self.split_titles:
            lines += self.split_titles[at][1]
        self.rows.append(
            RowPieces(lines, cell[0].line.source, chunk=self.chunk, taken=self.taken.pop(at, []))
        )
        self.last = cell[-1]
        self.block += 1

    def _take(self, token: Token) -> None:
        if not self.rows:
            self.rows.append(RowPieces([], token.line.source, chunk=self.chunk))
        row = self.rows[-1]
        gap = token.gap - self.wrap
        if token.gap or token.opens_chunk:
            self.block += 1
        continues = row.pieces and not token.bulleted and not token.fused
        crossing = self.chunk != row.chunk
        if continues and not (token.opens_chunk or token.named or ((crossing or self.loose) and gap > 0)):
            row.pieces[-1].lines.append(token.text)
        else:
            spaced = (
                self.last is not None and not token.fused and self.last.line.trailing > max(self.trailing, 1)
            )
            row.pieces.append(
                Piece(
                    [token.text],
                    token.line.source,
                    token.bulleted,
                    token.fused,
                    max(-1, min(gap, 1)),
                    spaced,
                    token.named,
                    self.block,
                    self.chunk,
                    self._goes_on(row, token),
                    token.barred,
                    mended=token.line.woven,
                )
            )
        self.last = token

    def _goes_on(self, row: RowPieces, token: Token) -> bool:
        """Whether the token may be the rest of a statement before, perhaps of another row on the page before."""
        has_forerunner = bool(row.pieces) or (self.loose and self.chunk > 1)
        return has_forerunner and not token.bulleted and not token.fused
