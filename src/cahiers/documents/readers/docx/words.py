"""The words of a Word paragraph as its reader sees them: no deleted or hidden text, no field code."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from cahiers.documents.readers.docx.styles import VAL, Style, Styles, W, is_on, look_of, value
from cahiers.documents.readers.flow import Lines, Look
from cahiers.documents.readers.glyphs import CHECKED, UNCHECKED, from_symbol_font, is_symbol_font

W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
REL_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

#: Elements that only wrap: inserted and moved-in text, tags, simple fields, direction.
WRAPPERS: Final = frozenset(
    W + tag for tag in ("ins", "moveTo", "smartTag", "customXml", "fldSimple", "bdo", "dir", "sdtContent")
)
TABS: Final = frozenset((W + "tab", W + "ptab"))
BREAKS: Final = frozenset((W + "br", W + "cr"))
#: Bitmaps, old and new, objects of other programs, charts and diagrams.
IMAGES: Final = ("{*}blip", "{*}imagedata", "{*}OLEObject", "{*}chart", "{*}relIds")
PICTURES: Final = frozenset((W + "drawing", W + "pict", W + "object"))


def text_boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Contents of the text boxes inside, once each: Word writes them twice, for new and for old versions."""
    for child in element:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag == MC + "AlternateContent":
            yield from text_boxes(preferred(child))
        else:
            yield from text_boxes(child)


def preferred(alternate: etree._Element) -> etree._Element:
    """The branch of alternate content that today's Word shows."""
    choice = alternate.find(MC + "Choice")
    fallback = alternate.find(MC + "Fallback")
    chosen = choice if choice is not None else fallback
    return alternate if chosen is None else chosen


def is_placeholder(control: etree._Element) -> bool:
    """Whether a content control still shows its prompt ("Cliquez ici…") or a table of contents."""
    properties = control.find(W + "sdtPr")
    if properties is None:
        return False
    gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
    if gallery is not None and "contents" in (gallery.get(VAL) or "").lower():
        return True
    return properties.find(W14 + "checkbox") is None and bool(is_on(properties, "showingPlcHdr"))


class Words:
    """Gathers runs into `lines` and text boxes into `boxes`; paragraphs joined by a deleted mark share one."""

    def __init__(self, styles: Styles, targets: Mapping[str, str]) -> None:
        self.lines = Lines()
        self.boxes: list[etree._Element] = []
        self.hidden: list[str] = []
        self.pictures = 0
        self._styles = styles
        self._targets = targets
        self._behind = Look()
        # One entry a field that is open: its code while that is being read, None once its result is.
        self._fields: list[str | None] = []

    def take(self, paragraph: etree._Element, style: Style) -> None:
        """Adds the words of a `w:p`."""
        self._behind = style.look
        self._fields.clear()
        self._walk(paragraph)

    def _walk(self, parent: etree._Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in WRAPPERS:
                self._walk(child)
            elif tag == W + "hyperlink":
                if not _shows_address(child):
                    self.lines.targets.append(self._targets.get(child.get(REL_ID) or "", ""))
                self._walk(child)
            elif tag == W + "sdt":
                self._control(child)
            elif tag == MC + "AlternateContent":
                self._walk(preferred(child))
            elif tag in (MATHS + "oMath", MATHS + "oMathPara"):
                self._add("".join(text.text or "" for text in child.iter(MATHS + "t")), self._behind)

    def _control(self, control: etree._Element) -> None:
        box = control.find(f"{W}sdtPr/{W14}checkbox")
        if box is not None:
            checked = box.find(W14 + "checked")
            ticked = checked is not None and checked.get(W14 + "val") in ("1", "true", "on", None)
            self._add(CHECKED if ticked else UNCHECKED, self._behind)
        elif not is_placeholder(control):
            for content in control.iterchildren(W + "sdtContent"):
                self._walk(content)

    def _run(self, run: etree._Element) -> None:
        properties = run.find(W + "rPr")
        style = self._styles.get(value(properties, "rStyle"))
        look = look_of(properties).over(style.look).over(self._behind)
        if look.hidden:
            self.hidden += (text.text or "" for text in run.iterchildren(W + "t"))
            return
        for child in run:
            tag = child.tag
            if tag == W + "t":
                self._add(_visible(child.text or "", look), look, style)
            elif tag in TABS:
                self._add("\t", look, style)
            elif tag in BREAKS:
                self.lines.end_line()
            elif tag in PICTURES:
                self._picture(child)
            elif tag == MC + "AlternateContent":
                self._picture(preferred(child))
            elif tag == W + "ruby":
                for base in child.iterchildren(W + "rubyBase"):
                    self._walk(base)
            elif tag in (W + "fldChar", W + "instrText"):
                self._field(child, look)
            else:
                self._add(_special(child), look, style)

    def _picture(self, element: etree._Element) -> None:
        boxes = list(text_boxes(element))
        self.boxes += boxes
        if not boxes and next(element.iter(*IMAGES), None) is not None:
            self.pictures += 1

    def _add(self, text: str, look: Look, style: Style | None = None) -> None:
        if text and not any(code is not None for code in self._fields):
            self.lines.add(text, look, style.run_role if style is not None else None)

    def _field(self, element: etree._Element, look: Look) -> None:
        """Follows a field through its code to its result, which is all that shows."""
        if element.tag == W + "instrText":
            if self._fields and self._fields[-1] is not None:
                self._fields[-1] += element.text or ""
            return
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._add(_form_field(element), look)
            self._fields.append("")
        elif kind == "separate" and self._fields:
            link = re.match(r'\s*HYPERLINK\s+"([^"]+)"', self._fields[-1] or "")
            if link:
                self.lines.targets.append(link[1])
            self._fields[-1] = None
        elif kind == "end" and self._fields:
            self._fields.pop()


def _shows_address(link: etree._Element) -> bool:
    """Whether a link is around a text box that has addresses of its own: LibreOffice hangs the next box's there."""
    return any("://" in "".join(map(str, box.itertext())) for box in text_boxes(link))


def _visible(text: str, look: Look) -> str:
    if is_symbol_font(look.font):
        return from_symbol_font(look.font, text)
    # A line end inside `w:t` is white space of the file; hand breaks are `w:br`.
    return text.replace("\r", " ").replace("\n", " ") if "\n" in text or "\r" in text else text


def _special(element: etree._Element) -> str:
    if element.tag == W + "noBreakHyphen":
        return "\u2011"
    if element.tag == W + "softHyphen":
        return "\u00ad"
    if element.tag == W + "sym":
        code = element.get(W + "char") or ""
        character = chr(int(code, 16)) if re.fullmatch("[0-9a-fA-F]{1,4}", code) else ""
        return from_symbol_font(element.get(W + "font"), character) if character >= " " else ""
    return ""


def _form_field(begin: etree._Element) -> str:
    """What an old form field shows without having a result: a box, the choice of a list."""
    box = begin.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        checked = is_on(box, "checked")
        return CHECKED if (is_on(box, "default") if checked is None else checked) else UNCHECKED
    choices = begin.find(f"{W}ffData/{W}ddList")
    if choices is not None:
        entries = [entry.get(VAL) or "" for entry in choices.iterchildren(W + "listEntry")]
        chosen = value(choices, "result") or value(choices, "default") or "0"
        if chosen.isdecimal() and int(chosen) < len(entries):
            return entries[int(chosen)]
    return ""
