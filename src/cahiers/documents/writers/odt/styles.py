"""Named styles, lists and page of an OpenDocument text, made from the table of looks."""

import re
from functools import cache
from typing import Final

from cahiers.documents.blocks import Role, RunRole
from cahiers.documents.writers.layout import attribute, text
from cahiers.documents.writers.looks import (
    BULLETS,
    DEEP,
    FONT,
    GREY,
    INK,
    LOOKS,
    MARGIN_BOTTOM,
    MARGIN_SIDE,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RUN_LOOKS,
    TEXT_WIDTH,
    Bullet,
    Look,
)

_URN: Final = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("office", f"{_URN}office:1.0"),
        ("style", f"{_URN}style:1.0"),
        ("text", f"{_URN}text:1.0"),
        ("table", f"{_URN}table:1.0"),
        ("fo", f"{_URN}xsl-fo-compatible:1.0"),
        ("svg", f"{_URN}svg-compatible:1.0"),
        ("meta", f"{_URN}meta:1.0"),
        ("xlink", "http://www.w3.org/1999/xlink"),
        ("dc", "http://purl.org/dc/elements/1.1/"),
    )
)
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
FONT_FACES: Final = (
    "<office:font-face-decls>"
    f'<style:font-face style:name="{FONT}" svg:font-family="{FONT}" style:font-family-generic="swiss"/>'
    "</office:font-face-decls>"
)
LINK_STYLE: Final = "Internet_20_link"
GAP_STYLE: Final = "Cahiers_20_Espace"
#: Space inside a bar, in centimetres.
_BAR_PADDING: Final = 0.21


def style_name(shown: str) -> str:
    """Identifier of a style from the name that authors see."""
    return re.sub(r"[^\w-]", lambda match: f"_{ord(match[0]):x}_", shown)


def named(role: Role | RunRole | Bullet) -> str:
    """`style:name` of a role's style or a bullet's list."""
    return style_name(role.name if isinstance(role, Bullet) else role.value)


def characters(look: Look) -> str:
    """Attributes of `style:text-properties`."""
    parts = [
        f'fo:font-size="{look.size:g}pt" style:font-size-complex="{look.size:g}pt" fo:color="#{look.colour}"'
    ]
    if look.bold:
        parts.append(BOLD)
    if look.italic:
        parts.append('fo:font-style="italic" style:font-style-complex="italic"')
    return " ".join(parts)


BOLD: Final = 'fo:font-weight="bold" style:font-weight-complex="bold"'


def style_sheet(title: str) -> str:
    """`styles.xml`; the title stands in the footer."""
    return (
        f'{DECLARATION}<office:document-styles {NAMESPACES} office:version="1.3">{FONT_FACES}'
        f"<office:styles>{_named_styles()}</office:styles>{_PAGE}{_footer(title)}</office:document-styles>"
    )


@cache
def _named_styles() -> str:
    styles = [
        _DEFAULTS,
        *(_paragraph_style(role, look) for role, look in LOOKS.items()),
        *(_character_style(role, look) for role, look in RUN_LOOKS.items()),
        *(_list(bullet) for bullet in BULLETS),
    ]
    return "".join(styles)


def _paragraph_style(role: Role, look: Look) -> str:
    parts = [f'fo:margin-top="{look.before:g}pt" fo:margin-bottom="{look.after:g}pt"']
    if look.align != "left":
        parts.append(f'fo:text-align="{look.align}"')
    if look.keep_with_next:
        parts.append('fo:keep-with-next="always"')
    if look.keep_lines:
        parts.append('fo:keep-together="always"')
    if look.fill:
        parts.append(
            f'fo:background-color="#{look.fill}" fo:border="0.5pt solid #{look.fill}" fo:padding="{_BAR_PADDING}cm"'
        )
    level = f' style:default-outline-level="{look.level}"' if look.level else ""
    bullet = f' style:list-style-name="{named(look.bullet)}"' if look.listed and look.bullet else ""
    return (
        f'<style:style style:name="{named(role)}" style:display-name={attribute(role.value)}'
        f' style:family="paragraph" style:parent-style-name="Standard"{bullet}{level} style:class="text">'
        f"<style:paragraph-properties {' '.join(parts)}/><style:text-properties {characters(look)}/></style:style>"
    )


def _character_style(role: RunRole, look: Look) -> str:
    parts = [BOLD] if look.bold else []
    if look.italic:
        parts.append('fo:font-style="italic" style:font-style-complex="italic"')
    return (
        f'<style:style style:name="{named(role)}" style:display-name={attribute(role.value)}'
        f' style:family="text"><style:text-properties {" ".join(parts)}/></style:style>'
    )


def _list(bullet: Bullet) -> str:
    sign = style_name(f"{bullet.name} signe")
    levels = "".join(
        f'<text:list-level-style-bullet text:level="{level + 1}" text:style-name="{sign}"'
        f' text:bullet-char="{bullet.character}">'
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="space"'
        f' fo:text-indent="-{bullet.hanging:g}cm" fo:margin-left="{bullet.left + level * 0.5:g}cm"/>'
        f"</style:list-level-properties>"
        "</text:list-level-style-bullet>"
        for level in range(10)
    )
    return (
        f'<style:style style:name="{sign}" style:display-name={attribute(f"{bullet.name} signe")}'
        ' style:family="text"><style:text-properties fo:font-family="Arial" fo:font-weight="normal"'
        f' fo:font-style="normal" fo:color="#{bullet.colour}"/></style:style>'
        f'<text:list-style style:name="{named(bullet)}" style:display-name={attribute(bullet.name)}>'
        f"{levels}</text:list-style>"
    )


def _footer(title: str) -> str:
    return (
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">'
        f'<style:footer><text:p text:style-name="Footer">{text(title)}<text:tab/>Page <text:page-number'
        ' text:select-page="current">1</text:page-number> / <text:page-count>1</text:page-count></text:p>'
        "</style:footer></style:master-page></office:master-styles>"
    )


_DEFAULTS: Final = (
    '<style:default-style style:family="paragraph"><style:paragraph-properties fo:line-height="105%"'
    ' style:tab-stop-distance="1.25cm" style:writing-mode="page"/>'
    f'<style:text-properties style:font-name="{FONT}" style:font-name-asian="{FONT}"'
    f' style:font-name-complex="{FONT}" fo:font-size="10pt"'
    f' style:font-size-complex="10pt" fo:color="#{INK}" fo:language="fr" fo:country="FR"'
    ' style:language-asian="none" style:country-asian="none" style:language-complex="none"'
    ' style:country-complex="none" fo:hyphenate="false"/></style:default-style>'
    '<style:style style:name="Standard" style:family="paragraph" style:class="text">'
    '<style:paragraph-properties fo:orphans="2" fo:widows="2"/></style:style>'
    '<style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard"'
    ' style:class="extra"><style:paragraph-properties><style:tab-stops>'
    f'<style:tab-stop style:position="{TEXT_WIDTH:g}cm" style:type="right"/></style:tab-stops>'
    f'</style:paragraph-properties><style:text-properties fo:font-size="8pt" fo:color="#{GREY}"/></style:style>'
    f'<style:style style:name="{GAP_STYLE}" style:display-name="Cahiers Espace" style:family="paragraph"'
    ' style:parent-style-name="Standard"><style:paragraph-properties fo:line-height="0.2cm"/>'
    '<style:text-properties fo:font-size="4pt"/></style:style>'
    f'<style:style style:name="{LINK_STYLE}" style:display-name="Internet link" style:family="text">'
    f'<style:text-properties fo:color="#{DEEP}" style:text-underline-style="solid"'
    ' style:text-underline-width="auto" style:text-underline-color="font-color"/></style:style>'
)
_PAGE: Final = (
    '<office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties'
    f' fo:page-width="{PAGE_WIDTH:g}cm" fo:page-height="{PAGE_HEIGHT:g}cm" style:print-orientation="landscape"'
    f' fo:margin-left="{MARGIN_SIDE:g}cm" fo:margin-right="{MARGIN_SIDE:g}cm" fo:margin-top="{MARGIN_TOP:g}cm"'
    f' fo:margin-bottom="{MARGIN_BOTTOM / 2:g}cm" style:writing-mode="lr-tb"/>'
    f'<style:header-style/><style:footer-style><style:header-footer-properties fo:min-height="{MARGIN_BOTTOM / 2:g}cm"'
    ' fo:margin-top="0.3cm"/></style:footer-style></style:page-layout></office:automatic-styles>'
)
