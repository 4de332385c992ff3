"""Writes Word documents in the official layout, with named styles that authors can change."""

from collections.abc import Sequence
from typing import BinaryIO, Final

from cahiers.documents.blocks import Block
from cahiers.documents.compose import compose
from cahiers.documents.model import Synthesis
from cahiers.documents.writers.docx.body import Body, link_id
from cahiers.documents.writers.docx.styles import (
    DECLARATION,
    FOOTER_STYLE,
    NAMESPACE,
    lists,
    style_sheet,
    twips,
)
from cahiers.documents.writers.layout import archive, attribute, text, title_of
from cahiers.documents.writers.looks import (
    MARGIN_BOTTOM,
    MARGIN_SIDE,
    MARGIN_TOP,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_WIDTH,
)
from cahiers.methods import Method

MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"


class DocxWriter:
    name = "docx"
    extension = "docx"
    media_type = f"{MAIN_TYPE}.document"

    def write(self, synthesis: Synthesis, method: Method, stream: BinaryIO) -> None:
        stream.write(render(compose(synthesis, method), title=title_of(synthesis, method)))


WRITER = DocxWriter()


def render(blocks: Sequence[Block], *, title: str) -> bytes:
    """The blocks as docx bytes."""
    body = Body()
    content = body.render(blocks)
    return archive(
        {
            "[Content_Types].xml": _CONTENT_TYPES,
            "_rels/.rels": _PACKAGE_RELATIONS,
            "word/document.xml": _document(content),
            "word/_rels/document.xml.rels": _relations(body.links),
            "word/styles.xml": style_sheet(),
            "word/numbering.xml": lists(),
            "word/settings.xml": _SETTINGS,
            "word/footer1.xml": _footer(title),
            "docProps/core.xml": _properties(title),
        }
    )


def _document(content: str) -> str:
    sides = f'w:left="{twips(MARGIN_SIDE)}" w:right="{twips(MARGIN_SIDE)}"'
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{twips(PAGE_WIDTH)}" w:h="{twips(PAGE_HEIGHT)}" w:orient="landscape"/>'
        f'<w:pgMar w:top="{twips(MARGIN_TOP)}" w:bottom="{twips(MARGIN_BOTTOM)}" {sides}'
        f' w:header="{twips(0.7)}" w:footer="{twips(0.7)}" w:gutter="0"/></w:sectPr>'
    )
    return (
        f'{DECLARATION}<w:document xmlns:w="{NAMESPACE}" xmlns:r="{RELATIONS}">'
        f"<w:body>{content}{section}</w:body></w:document>"
    )


def _footer(title: str) -> str:
    page = f"{_words('Page ')}{_field('PAGE')}{_words(' / ')}{_field('NUMPAGES')}"
    return (
        f'{DECLARATION}<w:ftr xmlns:w="{NAMESPACE}"><w:p><w:pPr><w:pStyle w:val="{FOOTER_STYLE}"/><w:tabs>'
        f'<w:tab w:val="right" w:pos="{twips(TEXT_WIDTH)}"/></w:tabs></w:pPr>'
        f"{_words(title)}<w:r><w:tab/></w:r>{page}</w:p></w:ftr>"
    )


def _words(value: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text(value)}</w:t></w:r>'


def _field(code: str) -> str:
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _relations(links: Sequence[str]) -> str:
    own = "".join(
        f'<Relationship Id="rId{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("Styles", "styles", "styles.xml"),
            ("Numbering", "numbering", "numbering.xml"),
            ("Settings", "settings", "settings.xml"),
            ("Footer", "footer", "footer1.xml"),
        )
    )
    outer = "".join(
        f'<Relationship Id="{link_id(number)}" Type="{RELATIONS}/hyperlink" Target={attribute(link)}'
        ' TargetMode="External"/>'
        for number, link in enumerate(links, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{own}{outer}</Relationships>'


def _properties(title: str) -> str:
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{text(title)}</dc:title><dc:language>fr-FR</dc:language></cp:coreProperties>"
    )


_CONTENT_TYPES: Final = (
    f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{MAIN_TYPE}.{kind}+xml"/>'
        for part, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("settings", "settings"),
            ("footer1", "footer"),
        )
    )
    + '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_PACKAGE_RELATIONS: Final = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_SETTINGS: Final = (
    f'{DECLARATION}<w:settings xmlns:w="{NAMESPACE}"><w:defaultTabStop w:val="709"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="fr-FR"/></w:settings>'
)
