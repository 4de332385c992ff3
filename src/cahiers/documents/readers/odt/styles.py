"""Styles and lists of an OpenDocument text: what a paragraph is, how characters look, whether a bullet is drawn."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from cahiers.documents.blocks import Role, RunRole
from cahiers.documents.readers.flow import PLAIN, ROLES, RUN_ROLES, Look, is_green, style_name

_NAMES: Final = "{urn:oasis:names:tc:opendocument:xmlns:"
STYLE: Final = _NAMES + "style:1.0}"
TEXT: Final = _NAMES + "text:1.0}"
FO: Final = _NAMES + "xsl-fo-compatible:1.0}"
FAMILY: Final = _NAMES + "svg-compatible:1.0}font-family"
#: A longer chain of parents is a loop.
MAX_PARENTS: Final = 20

_ENCODED: Final = re.compile(r"_([0-9a-f]{1,6})_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style, its parents' settings included."""

    role: Role | None = None
    run_role: RunRole | None = None
    look: Look = PLAIN
    level: int | None = None
    list_style: str | None = None


def look_of(style: etree._Element) -> Look:
    """Look that the style itself asks for."""
    properties = style.find(STYLE + "text-properties")
    if properties is None:
        return PLAIN
    weight = properties.get(FO + "font-weight")
    colour = properties.get(FO + "color")
    display = properties.get(TEXT + "display")
    return Look(
        bold=None if weight is None else weight == "bold" or (weight.isdecimal() and int(weight) >= 600),
        green=None if colour is None else is_green(colour),
        hidden=None if display is None else display == "none",
        font=properties.get(STYLE + "font-name") or properties.get(FO + "font-family"),
    )


def display_name(style: etree._Element) -> str:
    """Name as authors see it: said apart, or encoded in the identifier ("Cahiers_20_Titre")."""
    shown = style.get(STYLE + "display-name")
    if shown is None:
        shown = _ENCODED.sub(
            lambda match: chr(min(int(match[1], 16), 0x10FFFF)), style.get(STYLE + "name") or ""
        )
    return style_name(shown)


class Styles:
    """Paragraph and text styles of a document, named and automatic, and its list styles."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._styles: dict[tuple[str, str], Style] = {}
        self._lists: dict[str, dict[int, bool]] = {}
        self._fonts: dict[str | None, str | None] = {}
        for root in roots:
            for element in root.iter(STYLE + "style") if root is not None else ():
                self._elements[element.get(STYLE + "family") or "", element.get(STYLE + "name") or ""] = (
                    element
                )
            for element in root.iter(TEXT + "list-style", TEXT + "outline-style") if root is not None else ():
                self._lists[element.get(STYLE + "name") or ""] = _drawn_levels(element)
            for element in root.iter(STYLE + "font-face") if root is not None else ():
                self._fonts[element.get(STYLE + "name")] = element.get(FAMILY)

    def get(self, family: str, name: str | None) -> Style:
        """Style of that family and name, or one that asks for nothing."""
        key = (family, name or "")
        if key not in self._styles:
            self._styles[key] = self._resolve(*key)
        return self._styles[key]

    def _resolve(self, family: str, name: str) -> Style:
        style = Style()
        for element in reversed(list(self._lineage(family, name))):
            shown = display_name(element)
            look = look_of(element)
            # A font is declared under a name of the file's own: "Wingdings1" is Wingdings.
            look = replace(look, font=self._fonts.get(look.font) or look.font)
            level = element.get(STYLE + "default-outline-level")
            style = Style(
                role=ROLES.get(shown, style.role),
                run_role=RUN_ROLES.get(shown, style.run_role),
                look=look.over(style.look),
                level=style.level if level is None else heading_level(level),
                list_style=element.get(STYLE + "list-style-name", style.list_style),
            )
        return style

    def _lineage(self, family: str, name: str | None) -> Iterator[etree._Element]:
        for _ in range(MAX_PARENTS):
            element = self._elements.get((family, name or ""))
            if element is None:
                return
            yield element
            name = element.get(STYLE + "parent-style-name")

    def draws(self, list_style: str | None, level: int) -> bool:
        """Whether a list of that style draws a bullet or number at a level (from 1); True where no style says."""
        levels = self._lists.get(list_style or "")
        return levels is None or levels.get(level, False)


def heading_level(text: str | None) -> int | None:
    return min(int(text), 6) if text and text.isdecimal() and int(text) else None


def _drawn_levels(style: etree._Element) -> dict[int, bool]:
    levels = {}
    for element in style:
        index = element.get(TEXT + "level") or ""
        if not index.isdecimal():
            continue
        number = element.get(STYLE + "num-format") or ""
        around = (element.get(STYLE + "num-prefix") or "") + (element.get(STYLE + "num-suffix") or "")
        bullet = element.get(TEXT + "bullet-char") or ""
        picture = element.tag == TEXT + "list-level-style-image"
        levels[int(index)] = picture or bool((number + around + bullet).strip())
    return levels
