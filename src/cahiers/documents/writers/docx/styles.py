"""Style sheet and lists of a Word document, made from the table of looks."""

from functools import cache
from typing import Final

from cahiers.documents.blocks import Role, RunRole
from cahiers.documents.writers.layout import attribute
from cahiers.documents.writers.looks import (
    BULLETS,
    DEEP,
    FONT,
    GREY,
    INK,
    LOOKS,
    RULE,
    RUN_LOOKS,
    Bullet,
    Look,
)

NAMESPACE: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TABLE_STYLE: Final = "CahiersTableau"
GAP_STYLE: Final = "CahiersEspace"
FOOTER_STYLE: Final = "Footer"
LINK_STYLE: Final = "Hyperlink"
#: Space between a bar's edge and its words, in points.
BAR_PADDING: Final = 6


def style_id(role: Role | RunRole) -> str:
    """Identifier of a role's style: its name is the role's value, what authors see."""
    return "Cahiers" + "".join(word.capitalize() for word in role.name.split("_"))


def list_number(bullet: Bullet) -> int:
    """`w:numId` of the list that draws the bullet."""
    return 1 + BULLETS.index(bullet)


def twips(centimetres: float) -> int:
    """Word's unit of length, a twentieth of a point."""
    return round(centimetres * 1440 / 2.54)


@cache
def style_sheet() -> str:
    """`word/styles.xml`."""
    styles = [
        _DEFAULTS,
        *(_paragraph_style(role, look) for role, look in LOOKS.items()),
        *(_character_style(role, look) for role, look in RUN_LOOKS.items()),
        _OTHERS,
    ]
    return f'{DECLARATION}<w:styles xmlns:w="{NAMESPACE}">{"".join(styles)}</w:styles>'


@cache
def lists() -> str:
    """`word/numbering.xml`."""
    definitions = "".join(_list(bullet, index) for index, bullet in enumerate(BULLETS))
    numbers = "".join(
        f'<w:num w:numId="{list_number(bullet)}"><w:abstractNumId w:val="{index}"/></w:num>'
        for index, bullet in enumerate(BULLETS)
    )
    return f'{DECLARATION}<w:numbering xmlns:w="{NAMESPACE}">{definitions}{numbers}</w:numbering>'


def _list(bullet: Bullet, index: int) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        f'<w:suff w:val="space"/><w:lvlText w:val="{bullet.character}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{twips(bullet.left + level * 0.5)}" w:hanging="{twips(bullet.hanging)}"/></w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:hint="default"/><w:b w:val="0"/>'
        f'<w:i w:val="0"/><w:color w:val="{bullet.colour}"/></w:rPr></w:lvl>'
        for level in range(9)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{index}"><w:nsid w:val="{0x1789_0000 + index:08X}"/>'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )


def _paragraph_style(role: Role, look: Look) -> str:
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(role)}">'
        f'<w:name w:val={attribute(role.value)}/><w:basedOn w:val="Normal"/><w:uiPriority w:val="1"/><w:qFormat/>'
        f"<w:pPr>{_paragraph_properties(look)}</w:pPr><w:rPr>{_characters(look)}</w:rPr></w:style>"
    )


def _paragraph_properties(look: Look) -> str:
    """Children of `w:pPr`, in the order that the format demands."""
    parts = ["<w:keepNext/>" if look.keep_with_next else "", "<w:keepLines/>" if look.keep_lines else ""]
    if look.listed and look.bullet:
        parts.append(f'<w:numPr><w:numId w:val="{list_number(look.bullet)}"/></w:numPr>')
    if look.fill:
        edges = "".join(
            f'<w:{edge} w:val="single" w:sz="4" w:space="{BAR_PADDING}" w:color="{look.fill}"/>'
            for edge in ("top", "left", "bottom", "right")
        )
        parts.append(f'<w:pBdr>{edges}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{look.fill}"/>')
    parts.append(f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}"/>')
    if look.fill:
        # The border stands outside of the words: indented so, the bar is as wide as the tables.
        parts.append(f'<w:ind w:left="{BAR_PADDING * 20}" w:right="{BAR_PADDING * 20}"/>')
    if look.align != "left":
        parts.append(f'<w:jc w:val="{look.align}"/>')
    if look.level is not None:
        parts.append(f'<w:outlineLvl w:val="{look.level - 1}"/>')
    return "".join(parts)


def _characters(look: Look) -> str:
    size = round(look.size * 2)
    return (
        ("<w:b/><w:bCs/>" if look.bold else "")
        + ("<w:i/><w:iCs/>" if look.italic else "")
        + f'<w:color w:val="{look.colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )


def _character_style(role: RunRole, look: Look) -> str:
    properties = ("<w:b/><w:bCs/>" if look.bold else "") + ("<w:i/><w:iCs/>" if look.italic else "")
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style_id(role)}">'
        f'<w:name w:val={attribute(role.value)}/><w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="1"/>'
        f"<w:qFormat/><w:rPr>{properties}</w:rPr></w:style>"
    )


_DEFAULTS: Final = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="Arial"/>'
    f'<w:color w:val="{INK}"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    '<w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/>'
    '</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="252" w:lineRule="auto"/></w:pPr>'
    "</w:pPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)
_EDGES: Final = "".join(
    f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_OTHERS: Final = (
    f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="Cahiers Tableau"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="1"/><w:qFormat/>'
    f"<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders><w:tblCellMar>"
    '<w:top w:w="68" w:type="dxa"/><w:left w:w="96" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
    '<w:right w:w="96" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    # Word would join two tables that touch: this thin line keeps them apart.
    f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{GAP_STYLE}"><w:name w:val="Cahiers Espace"/>'
    '<w:basedOn w:val="Normal"/><w:uiPriority w:val="99"/><w:pPr>'
    '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr>'
    '<w:rPr><w:sz w:val="8"/><w:szCs w:val="8"/></w:rPr></w:style>'
    f'<w:style w:type="paragraph" w:styleId="{FOOTER_STYLE}"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
    f'<w:uiPriority w:val="99"/><w:rPr><w:color w:val="{GREY}"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
    "</w:style>"
    f'<w:style w:type="character" w:styleId="{LINK_STYLE}"><w:name w:val="Hyperlink"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="99"/>'
    f'<w:rPr><w:color w:val="{DEEP}"/><w:u w:val="single"/></w:rPr></w:style>'
)
