"""Styles and numbering of a Word document: what a paragraph is, how its characters look, whether a bullet is drawn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from cahiers.documents.blocks import Role, RunRole
from cahiers.documents.readers.flow import PLAIN, ROLES, RUN_ROLES, Look, is_green, style_name

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL: Final = W + "val"
BODY_LEVEL: Final = 9
#: Word allows ten; a longer chain is a loop.
MAX_PARENTS: Final = 20

_HEADING: Final = re.compile(r"(?:heading|titre|überschrift)\s*([1-9])", re.IGNORECASE)
_INDEX: Final = re.compile(r"(?:toc|tm|contents|table of figures|index)\s*(?:\d|heading|$)", re.IGNORECASE)

#: Number and level of a list ("0" takes a paragraph out of its style's list).
ListPlace = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A named style, its parents' settings included. `derived` is True for lines of a table of contents."""

    role: Role | None = None
    run_role: RunRole | None = None
    look: Look = PLAIN
    level: int | None = None
    list_place: ListPlace | None = None
    derived: bool = False


def value(parent: etree._Element | None, tag: str) -> str | None:
    """`w:val` of the child so named; None without child."""
    child = parent.find(W + tag) if parent is not None else None
    return child.get(VAL) if child is not None else None


def is_on(properties: etree._Element, tag: str) -> bool | None:
    """A switch such as `w:b`: None where it is not set."""
    child = properties.find(W + tag)
    return None if child is None else child.get(VAL) not in ("0", "false", "off", "none")


def look_of(properties: etree._Element | None) -> Look:
    """Look that `w:rPr` asks for."""
    if properties is None or not len(properties):
        return PLAIN
    bold = is_on(properties, "b")
    fonts = properties.find(W + "rFonts")
    colour = value(properties, "color")
    return Look(
        bold=is_on(properties, "bCs") if bold is None else bold,
        green=None if colour is None else is_green(colour),
        hidden=is_on(properties, "vanish"),
        font=None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi"),
    )


def list_place_of(properties: etree._Element | None, behind: ListPlace | None) -> ListPlace | None:
    """Place in a list that `w:pPr` asks for, completed by its style's."""
    numbering = properties.find(W + "numPr") if properties is not None else None
    if numbering is None:
        return behind
    number, level = value(numbering, "numId"), value(numbering, "ilvl")
    default_number, default_level = behind or ("0", 0)
    return number or default_number, int(level) if level and level.isdecimal() else default_level


def level_of(properties: etree._Element | None, behind: int | None) -> int | None:
    """Heading level, 1 to 6, that `w:pPr` asks for; None for body text."""
    level = value(properties, "outlineLvl")
    if level is None or not level.isdecimal():
        return behind
    return None if int(level) >= BODY_LEVEL else min(int(level) + 1, 6)


class Styles:
    """Styles of `word/styles.xml` by identifier."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._styles: dict[str, Style] = {}
        self._default: str | None = None
        for element in root.iter(W + "style") if root is not None else ():
            identifier = element.get(W + "styleId") or ""
            self._elements[identifier] = element
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in ("1", "true", "on"):
                self._default = identifier

    def paragraph(self, identifier: str | None) -> Style:
        return self.get(identifier if identifier in self._elements else self._default)

    def get(self, identifier: str | None) -> Style:
        """Style so identified, or one that asks for nothing."""
        if identifier is None or identifier not in self._elements:
            return Style()
        if identifier not in self._styles:
            self._styles[identifier] = self._resolve(identifier)
        return self._styles[identifier]

    def _resolve(self, identifier: str) -> Style:
        style = Style()
        for element in reversed(list(self._lineage(identifier))):
            name = style_name(value(element, "name") or "")
            properties = element.find(W + "pPr")
            heading = _HEADING.fullmatch(name)
            level = min(int(heading[1]), 6) if heading else 1 if name.lower() == "title" else style.level
            style = Style(
                role=ROLES.get(name, style.role),
                run_role=RUN_ROLES.get(name, style.run_role),
                look=look_of(element.find(W + "rPr")).over(style.look),
                level=level_of(properties, level),
                list_place=list_place_of(properties, style.list_place),
                derived=style.derived or _INDEX.match(name) is not None,
            )
        return style

    def _lineage(self, identifier: str | None) -> Iterator[etree._Element]:
        for _ in range(MAX_PARENTS):
            element = self._elements.get(identifier or "")
            if element is None:
                return
            yield element
            identifier = value(element, "basedOn")


class Numbering:
    """Lists of `word/numbering.xml`: which of their levels draw something before the text."""

    def __init__(self, root: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, bool]] = {}
        abstract: dict[str, dict[int, bool]] = {}
        by_style: dict[str, dict[int, bool]] = {}
        linked: list[tuple[str, str]] = []
        for element in root.iter(W + "abstractNum") if root is not None else ():
            identifier = element.get(W + "abstractNumId") or ""
            abstract[identifier] = _drawn_levels(element)
            if (style := value(element, "styleLink")) is not None:
                by_style[style] = abstract[identifier]
            if (style := value(element, "numStyleLink")) is not None:
                linked.append((identifier, style))
        for identifier, style in linked:
            abstract[identifier] = by_style.get(style, {})
        for element in root.iter(W + "num") if root is not None else ():
            own = {
                level: drawn
                for override in element.iter(W + "lvlOverride")
                for level, drawn in _drawn_levels(override).items()
            }
            self._levels[element.get(W + "numId") or ""] = (
                abstract.get(value(element, "abstractNumId") or "", {}) | own
            )

    def draws(self, place: ListPlace | None) -> bool:
        """Whether a bullet or number stands before a paragraph at that place of a list."""
        return place is not None and self._levels.get(place[0], {}).get(place[1], False)


def _drawn_levels(parent: etree._Element) -> dict[int, bool]:
    levels = {}
    for level in parent.iter(W + "lvl"):
        index = level.get(W + "ilvl") or ""
        text = value(level, "lvlText") or ""
        if value(level, "numFmt") == "none":
            text = re.sub(r"%\d", "", text)
        if index.isdecimal():
            levels[int(index)] = bool(text.strip()) or level.find(W + "lvlPicBulletId") is not None
    return levels
