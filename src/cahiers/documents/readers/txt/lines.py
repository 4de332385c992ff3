"""The lines of a text with where they stand and what white space surrounds them."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cahiers.documents.model import Source
from cahiers.documents.normal import tidy

FORM_FEED: Final = "\f"
#: Where a word may break; extraction leaves them in addresses.
INVISIBLE: Final = re.compile("[\u200b\u2060\ufeff\u00ad]")
#: Words with a single space between, and the wider one before what stands beside them.
BESIDE: Final = re.compile(r"\S++(?: \S++)*+(?:  ++(?=\S))?")
#: A bullet right after a word: the hyphen that ended a line was taken away with the line's end.
FUSED: Final = re.compile(r"(?<=[^\W\d_])(?=[►▶▸➤➢●▪◦‣❖➔⇒•■]\s*\S)")
ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that holds text. `number` counts from 1; `page` is None where the text marks no pages.

    `empty` and `spaced` count the lines between it and the text before: wholly empty ones, and ones of spaces only.
    """

    raw: str
    text: str
    number: int
    page: int | None
    empty: int = 0
    spaced: int = 0
    opens_page: bool = False
    #: Whether its place among the lines was found again.
    woven: bool = False

    @property
    def trailing(self) -> int:
        """Spaces at the line's end."""
        return len(self.raw) - len(self.raw.rstrip(" \u00a0"))

    @property
    def apart(self) -> bool:
        """Whether anything stands between this line and the text before it."""
        return bool(self.empty or self.spaced or self.opens_page)

    @property
    def source(self) -> Source:
        return Source(page=self.page, line=self.number)


def read_lines(text: str) -> list[Line]:
    """Lines that hold text, in order. Pages begin after form feeds, else at lines with one leading space."""
    paged = FORM_FEED in text
    page = 1 if paged else None
    found: list[Line] = []
    empty = spaced = 0
    opens_page = True
    text = INVISIBLE.sub("", BESIDE.sub(_in_place, text))
    for number, raw in enumerate(text.split("\n"), start=1):
        if paged and FORM_FEED in raw:
            page = (page or 0) + raw.count(FORM_FEED)
            opens_page = True
            raw = raw.replace(FORM_FEED, "")
        tidied = tidy(raw)
        if not tidied:
            empty, spaced = (empty, spaced + 1) if raw else (empty + 1, spaced)
            continue
        if not paged and raw[0] == " " and raw[1:2] != " ":
            opens_page = True
        line = Line(
            raw=raw,
            text=tidied,
            number=number,
            page=page,
            empty=empty,
            spaced=spaced,
            opens_page=opens_page,
        )
        found += _parted(line) if paged and FUSED.search(tidied) else [line]
        empty = spaced = 0
        opens_page = False
    return found


def _in_place(words: re.Match[str]) -> str:
    """The words with a space for each invisible sign: extraction counts them where it sets what stands beside."""
    return words[0] + " " * (len(INVISIBLE.findall(words[0])) if words[0].endswith(" ") else 0)


def _parted(line: Line) -> list[Line]:
    """The lines that one was before extraction took the hyphens between away."""
    *heads, last = FUSED.split(line.text)
    first, *others = [*(f"{head}-" for head in heads), last]
    following = [replace(line, raw=text, text=text, empty=0, spaced=0, opens_page=False) for text in others]
    return [replace(line, raw=first, text=first), *following]


def without(lines: Sequence[Line], gone: Container[int]) -> Iterator[Line]:
    """The lines but those at these places; what parts them from the text above is kept."""
    empty = spaced = 0
    opens_page = False
    for at, line in enumerate(lines):
        empty, spaced, opens_page = empty + line.empty, spaced + line.spaced, opens_page or line.opens_page
        if at in gone:
            continue
        if (empty, spaced, opens_page) != (line.empty, line.spaced, line.opens_page):
            line = replace(line, empty=empty, spaced=spaced, opens_page=opens_page)
        yield line
        empty, spaced, opens_page = 0, 0, False


def move_end(lines: list[Line], to: tuple[int, int], begin: tuple[int, int], end: str) -> None:
    """Moves the `end` of a word that begins at one place to another one: a place is a line and where it is on it.

    What stands to the right keeps its place where there is room.
    """
    at, stop = to
    raw = plain(lines[at].raw)
    after = raw[stop:]
    spare = min(len(after) - len(after.lstrip(" ")) - 2, len(end))
    lines[at] = _with_raw(lines[at], raw[:stop] + end + after[max(spare, 0) :])
    below, start = begin
    raw = plain(lines[below].raw)
    lines[below] = _with_raw(lines[below], raw[:start] + " " * len(end) + raw[start + len(end) :])


def plain(raw: str) -> str:
    """The line with plain spaces alone, each letter in its place."""
    return raw.replace("\u00a0", " ").expandtabs()


def _with_raw(line: Line, raw: str) -> Line:
    return replace(line, raw=raw, text=" ".join(raw.split()))
