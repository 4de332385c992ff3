"""The words of an OpenDocument paragraph as its reader sees them: no note, comment, hidden or deleted text."""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from cahiers.documents.readers.flow import PLAIN, Lines, Look
from cahiers.documents.readers.glyphs import CHECKED, UNCHECKED, from_symbol_font, is_symbol_font
from cahiers.documents.readers.odt.styles import TEXT, Style, Styles

_NAMES: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE: Final = _NAMES + "office:1.0}"
DRAW: Final = _NAMES + "drawing:1.0}"
FORM: Final = _NAMES + "form:1.0}"
XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"
HREF: Final = "{http://www.w3.org/1999/xlink}href"
FIELD: Final = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
LOEXT: Final = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

#: Not in the text, or not shown: hidden fields, unfilled placeholders, drawn numbers, ruby above.
UNSEEN: Final = frozenset(
    {OFFICE + "annotation-end"}
    | {
        TEXT + tag
        for tag in ("hidden-text", "hidden-paragraph", "placeholder", "script", "number", "ruby-text")
    }
)
CHANGES: Final = frozenset((TEXT + "change-start", TEXT + "change-end"))
NOTE: Final = TEXT + "note"
COMMENT: Final = OFFICE + "annotation"
#: Spaces that one element may stand for; more would be squeezed into one anyway.
MAX_SPACES: Final = 99


class Deletions:
    """Tracked deletions that stand where they were made, not apart: a flat file keeps them there."""

    def __init__(self, text: etree._Element) -> None:
        regions = text.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region")
        self._known = {
            region.get(TEXT + "id") for region in regions if region.find(TEXT + "deletion") is not None
        }
        self.open: set[str | None] = set()

    def meet(self, mark: etree._Element) -> None:
        """Follows where they begin and end."""
        changed = mark.get(TEXT + "change-id")
        if mark.tag == TEXT + "change-end":
            self.open.discard(changed)
        elif mark.tag == TEXT + "change-start" and changed in self._known:
            self.open.add(changed)


class Words:
    """Gathers a paragraph into `lines`, and apart what is anchored in it or hidden."""

    def __init__(self, styles: Styles, ticks: Mapping[str, str], deletions: Deletions | None = None) -> None:
        self.lines = Lines()
        self.drawings: list[etree._Element] = []
        self.notes: list[etree._Element] = []
        self.comments: list[etree._Element] = []
        self.hidden: list[str] = []
        self._styles = styles
        self._ticks = ticks
        self._deletions = deletions

    def take(self, paragraph: etree._Element, style: Style) -> None:
        """Adds the words of a `text:p` or `text:h`."""
        if style.look.hidden:
            self._hide(paragraph)
        else:
            self._walk(paragraph, style)

    def _hide(self, element: etree._Element) -> None:
        self.hidden += (str(text) for text in element.itertext())

    def _walk(self, element: etree._Element, style: Style) -> None:
        self._add(element.text, style)
        for child in element:
            tag = child.tag
            if tag == TEXT + "span":
                own = self._styles.get("text", child.get(TEXT + "style-name"))
                look = own.look.over(style.look)
                if look.hidden:
                    self._hide(child)
                else:
                    self._walk(child, Style(run_role=own.run_role or style.run_role, look=look))
            elif tag == TEXT + "line-break":
                self.lines.end_line()
            elif tag == TEXT + "tab":
                self._add("\t", style)
            elif tag == TEXT + "s":
                self._add(" " * _count(child), style)
            elif isinstance(tag, str) and tag.startswith(DRAW):
                self._drawing(child, style)
            elif tag == NOTE:
                self.notes.extend(child.iterchildren(TEXT + "note-body"))
            elif tag == COMMENT:
                self.comments.append(child)
            elif tag in CHANGES and self._deletions is not None:
                self._deletions.meet(child)
            elif tag not in UNSEEN:
                self._other(child, style)
            self._add(child.tail, style)

    def _other(self, element: etree._Element, style: Style) -> None:
        """Links, fields, controls and whatever else wraps text."""
        if element.tag == TEXT + "a":
            self.lines.targets.append(element.get(HREF) or "")
        if element.tag == LOEXT + "content-control":
            if element.get(LOEXT + "checkbox") == "true":
                self._add(CHECKED if element.get(LOEXT + "checked") == "true" else UNCHECKED, style)
                return
            if element.get(LOEXT + "showing-place-holder") == "true":
                return
        if element.tag == FIELD + "fieldmark" and "CHECKBOX" in (element.get(FIELD + "type") or ""):
            ticked = any(_is_ticked(param) for param in element.iter(FIELD + "param"))
            self._add(CHECKED if ticked else UNCHECKED, style)
        self._walk(element, style)

    def _drawing(self, element: etree._Element, style: Style) -> None:
        control = element.get(DRAW + "control") if element.tag == DRAW + "control" else None
        if control is not None:
            self._add(self._ticks.get(control, ""), style)
        elif element.tag == DRAW + "a":
            self.drawings.extend(element)
        else:
            self.drawings.append(element)

    def _add(self, text: str | None, style: Style) -> None:
        if text and not (self._deletions and self._deletions.open):
            look: Look = style.look
            if is_symbol_font(look.font):
                text = from_symbol_font(look.font, text)
            if "\n" in text or "\r" in text:
                text = text.replace("\r", " ").replace("\n", " ")
            self.lines.add(text, look if look.emphasised else PLAIN, style.run_role)


def ticks_of(forms: Iterator[etree._Element]) -> dict[str, str]:
    """What each check box control of the document's forms shows, by its identifier."""
    ticks = {}
    for box in forms:
        state = box.get(FORM + "current-state") or box.get(FORM + "state")
        mark = CHECKED if state == "checked" else UNCHECKED
        label = box.get(FORM + "label") or ""
        for identifier in (box.get(XML_ID), box.get(FORM + "id")):
            if identifier:
                ticks[identifier] = f"{mark} {label}".strip()
    return ticks


def _is_ticked(param: etree._Element) -> bool:
    return param.get(FIELD + "name") == "Checkbox_Checked" and param.get(FIELD + "value") == "true"


def _count(spaces: etree._Element) -> int:
    text = spaces.get(TEXT + "c") or "1"
    return min(int(text), MAX_SPACES) if text.isdecimal() and len(text) < 7 else 1
