"""Reads one page's objects: text with its looks and tag, ruled lines, shaded areas, addresses of links."""

import ctypes
import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pypdfium2.raw as pdfium

from cahiers.documents.readers.pdfium.pieces import Area, Page, Piece, Rule, Tag
from cahiers.documents.readers.pdfium.places import Matrix, apply, box_of, matrix_of, multiply, turn_of
from cahiers.documents.readers.pdfium.tags import tags_of

#: A dense page of a synthesis has 300 objects and 5,000 characters.
MAX_OBJECTS: Final = 30_000
MAX_CHARACTERS: Final = 100_000
#: pdfium looks through all characters of the page for each text object.
MAX_LOOKUPS: Final = 150_000_000
MAX_SEGMENTS: Final = 20_000
MAX_LINKS: Final = 500
MAX_NESTING: Final = 8
#: Points: the thickest border drawn as a filled rectangle, and the shortest line that can bound a cell.
THICK: Final = 6.0
SHORT: Final = 3.0
#: Pieces drawn last among which a space finds its place.
LATELY: Final = 3
#: Points between the baselines of one line, and sizes of letters between two that nothing parts.
LEVEL: Final = 0.5
BESIDE: Final = 0.25
BOLD_NAMES: Final = ("bold", "black", "heavy", "semibold", "demi")
#: pdfium gives these for a hyphen at a line's end.
HYPHENS: Final = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": None})
SPACE: Final = ord(" ")


class TooMuch(Exception):
    """The page holds more than any synthesis does."""


def page_of(document: Any, page: Any, text: Any, number: int) -> Page:
    """What the page shows. Raises TooMuch."""
    if pdfium.FPDFText_CountChars(text) > MAX_CHARACTERS:
        raise TooMuch
    tagged = bool(pdfium.FPDFCatalog_IsTagged(document))
    reading = _Reading(page=page, text=text, tagged=tagged, tags=tags_of(page), turn=turn_of(page))
    reading.read()
    return Page(
        number=number,
        width=pdfium.FPDF_GetPageWidthF(page),
        height=pdfium.FPDF_GetPageHeightF(page),
        pieces=tuple(reading.pieces),
        across=tuple(reading.across),
        down=tuple(reading.down),
        areas=tuple(reading.areas),
        links=tuple(_links(document, page)),
        hanging_spaces=reading.hanging_spaces,
    )


@dataclass(slots=True, kw_only=True)
class _Reading:
    page: Any
    text: Any
    tagged: bool
    tags: dict[int, Tag]
    turn: Matrix
    pieces: list[Piece] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    origins: list[tuple[int, Matrix]] = field(default_factory=list)
    spaced_out: set[int] = field(default_factory=set)
    parted: set[int] = field(default_factory=set)
    hanging_spaces: int = 0
    objects: int = 0
    segments: int = 0
    fonts: dict[int, bool] = field(default_factory=dict)

    def read(self) -> None:
        count = pdfium.FPDFPage_CountObjects(self.page)
        if count > MAX_OBJECTS or count * pdfium.FPDFText_CountChars(self.text) > MAX_LOOKUPS:
            raise TooMuch
        self._find_spaced_out()
        for index in range(count):
            self._take(pdfium.FPDFPage_GetObject(self.page, index), self.turn, 0)
        self._part_interwoven()

    def _take(self, item: Any, outer: Matrix, depth: int) -> None:
        self.objects += 1
        if self.objects > MAX_OBJECTS:
            raise TooMuch
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            self._take_text(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._take_path(item, outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_NESTING:
            inner = multiply(matrix_of(item), outer)
            for index in range(pdfium.FPDFFormObj_CountObjects(item)):
                self._take(pdfium.FPDFFormObj_GetObject(item, index), inner, depth + 1)

    # Text

    def _take_text(self, item: Any, outer: Matrix) -> None:
        number = pdfium.FPDFPageObj_GetMarkedContentID(item)
        tag = self.tags.get(number)
        if tag is None and self.tagged and _is_artifact(item):
            return
        box = box_of(item, outer)
        words = self._words(item).translate(HYPHENS)
        if ctypes.addressof(item.contents) in self.spaced_out:
            words = words.rstrip(" ")
        if not words.strip():
            if words or box.x1 - box.x0 < 1.5 or box.y1 - box.y0 < 1.5:
                self._add_space(box)
                return
            # A sign of a symbol font that says nothing of its meaning: a bullet.
            words = "•"
        a, b, c, d, _e, f = multiply(matrix_of(item), outer)
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(item, size)
        height = size.value * math.hypot(c, d)
        if not (math.isfinite(height) and 1 < height < 200) or (
            abs(b) > abs(a) * 0.1 and abs(a) > abs(b) * 0.1
        ):
            # Invisible, gigantic or slanting text is no content: watermarks are written so.
            return
        upright = abs(a) >= abs(b)
        if upright:
            self._reach(words, box, f, height)
        self.origins.append((ctypes.addressof(item.contents), outer))
        self.pieces.append(
            Piece(
                text=_symbols(words),
                x0=box.x0,
                x1=box.x1,
                y=f if upright else box.y1,
                size=height,
                bold=self._is_bold(item),
                green=_is_green(item),
                upright=upright,
                tag=tag,
            )
        )

    def _reach(self, words: str, box: Area, y: float, size: float) -> None:
        """Has the piece before reach these letters where they go on with its word: letters have white beside them."""
        if not self.pieces or self.origins[-1][0] in self.parted:
            return
        last = self.pieces[-1]
        beside = abs(last.y - y) < LEVEL and 0 < box.x0 - last.x1 < BESIDE * size
        if beside and last.text[-1:].isalpha() and words[:1].isalpha():
            self.pieces[-1] = replace(last, x1=box.x0)

    def _add_space(self, box: Area) -> None:
        """A space drawn by itself belongs to the text that it stands after: one of the last drawn."""
        for at in range(-1, -min(len(self.pieces), LATELY) - 1, -1):
            last = self.pieces[at]
            if abs(box.y1 - last.y) < last.size and -1 < box.x0 - last.x1 < last.size:
                if not last.text.endswith(" "):
                    self.pieces[at] = replace(last, text=f"{last.text} ")
                    self.hanging_spaces += 1
                return

    def _words(self, item: Any) -> str:
        length = pdfium.FPDFTextObj_GetText(item, self.text, None, 0)
        if length <= 2:
            return ""
        buffer = (ctypes.c_ushort * (length // 2))()
        pdfium.FPDFTextObj_GetText(item, self.text, buffer, length)
        return bytes(buffer)[: length - 2].decode("utf-16-le", "replace")

    def _find_spaced_out(self) -> None:
        """Notes the text objects after which pdfium adds a space of its own, because another follows on the line."""
        count = pdfium.FPDFText_CountChars(self.text)
        buffer = (ctypes.c_ushort * (count + 1))()
        if pdfium.FPDFText_GetText(self.text, 0, count, buffer) != count + 1:
            return
        for place in range(1, count):
            if buffer[place] == SPACE and pdfium.FPDFText_IsGenerated(self.text, place) == 1:
                before = pdfium.FPDFText_GetTextObject(self.text, place - 1)
                if before:
                    self.spaced_out.add(ctypes.addressof(before.contents))
                    if not self._is_inside(before, place):
                        self.parted.add(ctypes.addressof(before.contents))

    def _is_inside(self, before: Any, place: int) -> bool:
        """Whether the space is between two words drawn in one go, as those of a justified line are."""
        after = pdfium.FPDFText_GetTextObject(self.text, place + 1)
        return bool(after) and ctypes.addressof(after.contents) == ctypes.addressof(before.contents)

    def _is_bold(self, item: Any) -> bool:
        if pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
            # How word processors thicken a font that has no bold.
            return True
        font = pdfium.FPDFTextObj_GetFont(item)
        if not font:
            return False
        key = ctypes.addressof(font.contents)
        if key not in self.fonts:
            name = (ctypes.c_char * 256)()
            pdfium.FPDFFont_GetBaseFontName(font, name, 256)
            self.fonts[key] = any(word in name.value.decode("latin-1").lower() for word in BOLD_NAMES)
        return self.fonts[key]

    def _part_interwoven(self) -> None:
        """Parts pieces that lie inside each other: words of one font drawn in one go, between those of another."""
        woven = _interwoven(self.pieces)
        if not woven:
            return
        at = {self.origins[index][0]: index for index in woven}
        letters: dict[int, list[tuple[str, Area]]] = {index: [] for index in woven}
        for place in range(pdfium.FPDFText_CountChars(self.text)):
            item = pdfium.FPDFText_GetTextObject(self.text, place)
            index = at.get(ctypes.addressof(item.contents)) if item else None
            if index is None or pdfium.FPDFText_IsGenerated(self.text, place) == 1:
                continue
            box = self._letter_box(place, self.origins[index][1])
            letters[index].append((chr(pdfium.FPDFText_GetUnicode(self.text, place)), box))
        self.pieces = [
            part
            for index, piece in enumerate(self.pieces)
            for part in (_parted(piece, letters[index]) if letters.get(index) else [piece])
        ]

    def _letter_box(self, place: int, outer: Matrix) -> Area:
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self.text, place, left, right, bottom, top)
        # These are the page's coordinates, whatever form the text is in.
        (x0, y0), (x1, y1) = (
            apply(self.turn, left.value, bottom.value),
            apply(self.turn, right.value, top.value),
        )
        return Area(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    # Lines and areas

    def _take_path(self, item: Any, outer: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        box = box_of(item, outer)
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if min(width, height) <= THICK:
            self._take_rule(box)
        elif stroke.value:
            self._take_outline(item, outer)
        if fill.value and min(width, height) > THICK:
            self.areas.append(replace(box, paint=_paint(item)))

    def _take_rule(self, box: Area) -> None:
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if width >= height:
            self.across.append(Rule((box.y0 + box.y1) / 2, box.x0, box.x1))
        if height >= width:
            self.down.append(Rule((box.x0 + box.x1) / 2, box.y0, box.y1))

    def _take_outline(self, item: Any, outer: Matrix) -> None:
        count = pdfium.FPDFPath_CountSegments(item)
        self.segments += count
        if self.segments > MAX_SEGMENTS:
            raise TooMuch
        matrix = multiply(matrix_of(item), outer)
        start = last = None
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(item, index)
            x, y = ctypes.c_float(), ctypes.c_float()
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = apply(matrix, x.value, y.value)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = point
            elif kind == pdfium.FPDF_SEGMENT_LINETO and last is not None:
                self._take_side(last, point)
            if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
                self._take_side(point, start)
            last = point

    def _take_side(self, one: tuple[float, float], other: tuple[float, float]) -> None:
        box = Area(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if min(width, height) < 1 and max(width, height) > SHORT:
            self._take_rule(box)


def _interwoven(pieces: list[Piece]) -> set[int]:
    """Indices of the pieces that share a baseline and a stretch of it."""
    woven: set[int] = set()
    order = sorted(range(len(pieces)), key=lambda index: (round(pieces[index].y), pieces[index].x0))
    for one, other in itertools.pairwise(order):
        first, second = pieces[one], pieces[other]
        if abs(first.y - second.y) < 1 and second.x0 < first.x1 - 0.5 * first.size:
            woven |= {one, other}
    return woven


def _parted(piece: Piece, letters: list[tuple[str, Area]]) -> list[Piece]:
    """The piece in parts, wherever its letters leave room for a word."""
    groups: list[list[tuple[str, Area]]] = []
    reach = 0.0
    for letter, box in letters:
        if not letter.strip():
            if groups:
                groups[-1].append((" ", box))
            continue
        if groups and -0.3 * piece.size < box.x0 - reach < 0.6 * piece.size:
            groups[-1].append((letter, box))
        else:
            groups.append([(letter, box)])
        reach = box.x1
    parts = [
        replace(
            piece,
            text=_symbols("".join(letter for letter, _ in group).translate(HYPHENS)),
            x0=min(box.x0 for letter, box in group if letter.strip()),
            x1=max(box.x1 for letter, box in group if letter.strip()),
        )
        for group in groups
    ]
    if parts and piece.text.endswith(" ") and not parts[-1].text.endswith(" "):
        parts[-1] = replace(parts[-1], text=f"{parts[-1].text} ")
    return parts


def _is_artifact(item: Any) -> bool:
    """Whether the file marks the object as decoration: running headers, page numbers, header rows that repeat."""
    for index in range(min(pdfium.FPDFPageObj_CountMarks(item), 8)):
        mark = pdfium.FPDFPageObj_GetMark(item, index)
        name, length = (ctypes.c_ushort * 16)(), ctypes.c_ulong()
        pdfium.FPDFPageObjMark_GetName(mark, name, 32, length)
        if bytes(name)[: max(length.value - 2, 0)] == "Artifact".encode("utf-16-le"):
            return True
    return False


def _paint(item: Any) -> int:
    """Colour that fills the object, as one number; 0 is black."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return red.value << 16 | green.value << 8 | blue.value


def _is_green(item: Any) -> bool:
    paint = _paint(item)
    red, green, blue = paint >> 16, paint >> 8 & 255, paint & 255
    return green - red >= 24 and green - blue >= 24


def _symbols(words: str) -> str:
    """Private characters of symbol fonts that word processors use for bullets become a bullet."""
    if len(words.strip()) <= 2 and any("\ue000" <= character <= "\uf8ff" for character in words):
        return "•"
    return words


def _links(document: Any, page: Any) -> Iterator[str]:
    """Addresses of the page's links, each once."""
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    seen: set[str] = set()
    while len(seen) < MAX_LINKS and pdfium.FPDFLink_Enumerate(page, position, link):
        action = pdfium.FPDFLink_GetAction(link)
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0) if action else 0
        if not 1 < length < 4096:
            continue
        buffer = (ctypes.c_char * length)()
        pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
        address = bytes(buffer)[: length - 1].decode("utf-8", "replace")
        if address not in seen:
            seen.add(address)
            yield address
