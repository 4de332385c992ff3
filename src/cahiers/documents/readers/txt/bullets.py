"""Finds the sign or the running numbers that begin a document's statements, and writes a bullet in their place."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from cahiers.documents.landmarks import Landmarks
from cahiers.documents.normal import tidy
from cahiers.documents.readers.txt.fragments import NO_BULLET
from cahiers.documents.readers.txt.headings import Headings
from cahiers.documents.readers.txt.lines import Line
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.documents.readers.txt.pieces import FUSING
from cahiers.documents.readers.txt.spaced.edges import SEGMENT
from cahiers.methods import Method, Stage

#: What is written for them: a bullet that authors use for nothing else.
WRITTEN: Final = "►"
#: A square begins prompts too, so that it is a bullet in tables only.
PROMPTING: Final = "■"
#: Signs that may begin a statement; those that stand between words too want a space. Quotes and the like do not.
SIGN: Final = re.compile(r"([^\w\s\x00-\x7f«»“”„‘’‹›…€°º§±–—‐‑])\s*(?=\S)|([#+>~=*|]{1,2}|[-=]>)\s+(?=\S)")
#: A sign begins so many lines or cells at least, one in so many of those that a bullet begins.
OFTEN: Final = 4
SHARE: Final = 5
#: Numbers and letters of a list, with what is written after them.
NUMBER: Final = re.compile(r"\(?(\d{1,2}|[a-h])(\s?[).°/]|\s[-–])\s+(?=[^\W_]|[«\"“(])")
#: So many lists begin anew, and a list goes on after so many lines at most.
LISTS: Final = 2
REACH: Final = 80
#: One in so many of the numbers may be of no list.
STRAY: Final = 5
#: A dash that begins a line is of a statement's words where other bullets begin more than so many times as many.
FEW_DASHES: Final = 20
DASH: Final = re.compile(r"[-–—](?=\s)")


def with_bullets(lines: Sequence[Line], method: Method) -> list[Line]:
    """The lines, those of tables with a bullet in place of each sign or number that begins a statement.

    A sign is a bullet where it begins lines or cells again and again; numbers where they follow each other, from cell
    to cell anew, and no bullet begins more statements.
    """
    bodies = list(_bodies(lines, method))
    marks = Counter(mark for at in bodies for _, mark in _marks(lines[at]))
    known = sum(marks.values())
    signs = {
        sign
        for sign, count in marks.items()
        if count >= max(OFTEN, known / SHARE) and (sign == PROMPTING or not BULLET.match(f"{sign} "))
    }
    places: Mapping[int, Sequence[tuple[int, int]]] = {}
    if signs:
        places = {
            at: [(start, start + len(mark)) for start, mark in _marks(lines[at]) if mark in signs]
            for at in bodies
        }
    elif numbers := _numbers(lines, bodies, known):
        places = numbers
    return [_written(line, places.get(at, ())) for at, line in enumerate(lines)]


def _bodies(lines: Sequence[Line], method: Method) -> Iterator[int]:
    """Indexes of the lines below a header row, up to the next heading or title bar."""
    landmarks, headings = Landmarks(method), Headings(method)
    section: Stage | None = None
    inside, header_end = False, 0
    for at, line in enumerate(lines):
        if at < header_end:
            continue
        if landmarks.theme(line.text) is not None or landmarks.is_heading(line.text):
            inside, section = False, landmarks.section(line.text)
        elif (header := headings.find(lines, at, expected=section)) is not None and header.length:
            inside, header_end = True, at + header.length
        elif inside:
            yield at


def _marks(line: Line) -> Iterator[tuple[int, str]]:
    """Where lines and cells begin with a sign, and that sign."""
    for segment in SEGMENT.finditer(_plain(line.raw)):
        match = SIGN.match(segment[0])
        if match is not None:
            yield segment.start(), match[1] or match[2]
        elif BULLET.match(segment[0]):
            yield segment.start(), segment[0][0]


def _plain(raw: str) -> str:
    return raw.replace("\u00a0", " ").expandtabs()


def _numbers(
    lines: Sequence[Line], bodies: Sequence[int], bulleted: int
) -> dict[int, list[tuple[int, int]]] | None:
    """Where the numbers of lists begin and end, by line, in the style that most are of; None where they are no list."""
    styles = Counter(
        _style(match) for at in bodies for match in map(NUMBER.match, _segments(lines[at])) if match
    )
    for style, count in styles.most_common(1):
        found, begun = _lists(lines, bodies, style)
        told = sum(map(len, found.values()))
        if begun >= LISTS and told > max(begun, bulleted) and (count - told) * STRAY <= count:
            return found
    return None


def _lists(
    lines: Sequence[Line], bodies: Sequence[int], style: tuple[bool, str]
) -> tuple[dict[int, list[tuple[int, int]]], int]:
    """Where numbers of that style follow each other, and how many lists begin."""
    found: dict[int, list[tuple[int, int]]] = {}
    #: The lines that have the numbers which lists may go on after, by number.
    going: dict[int, list[int]] = {}
    begun = 0
    for at in bodies:
        for segment in SEGMENT.finditer(_plain(lines[at].raw)):
            match = NUMBER.match(segment[0])
            if match is None or _style(match) != style:
                continue
            order = _order(match[1])
            before = [own for own in going.get(order - 1, []) if at - own <= REACH]
            if order > 1 and not before:
                continue
            if order > 1:
                going[order - 1] = before[1:]
            begun += order == 1
            going.setdefault(order, []).append(at)
            found.setdefault(at, []).append((segment.start(), segment.start() + len(match[0].rstrip())))
    return found, begun


def _segments(line: Line) -> Iterator[str]:
    return (segment[0] for segment in SEGMENT.finditer(_plain(line.raw)))


def _style(match: re.Match[str]) -> tuple[bool, str]:
    return match[1].isdigit(), match[2].strip()


def _order(number: str) -> int:
    return int(number) if number.isdigit() else ord(number) - ord("a") + 1


def _written(line: Line, places: Sequence[tuple[int, int]]) -> Line:
    """The line with a bullet in each of these places; what stands in columns does not move."""
    if not places:
        return line
    raw = _plain(line.raw)
    for start, stop in places:
        raw = raw[:start] + WRITTEN.rjust(stop - start) + raw[stop:]
    return replace(line, raw=raw, text=tidy(raw))


def with_inner_dashes(parts: Sequence[TablePart]) -> list[TablePart]:
    """The parts, the dashes that begin a line marked as no bullets where nearly all statements have another one."""
    lines = [line.text for part in parts for line in part.lines]
    dashes = sum(1 for text in lines if DASH.match(text))
    others = sum(1 for text in lines if text[0] in FUSING)
    if not 0 < dashes * FEW_DASHES < others:
        return list(parts)
    return [replace(part, lines=[_with_inner_dash(line) for line in part.lines]) for part in parts]


def _with_inner_dash(line: Line) -> Line:
    text = DASH.sub(lambda dash: dash[0] + NO_BULLET, line.text, count=1) if DASH.match(line.text) else None
    return line if text is None else replace(line, raw=text, text=text)
