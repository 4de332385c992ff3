"""Word and OpenDocument files made by hand, as office suites and hostile hands make them."""

import io
import zipfile
from collections.abc import Mapping

from cahiers.documents.blocks import Block, Paragraph

W_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("w14", "http://schemas.microsoft.com/office/word/2010/wordml"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("v", "urn:schemas-microsoft-com:vml"),
    )
)
O_NAMESPACES = " ".join(
    [
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"),
            ("style", "style"),
            ("text", "text"),
            ("table", "table"),
            ("draw", "drawing"),
            ("form", "form"),
            ("fo", "xsl-fo-compatible"),
            ("svg", "svg-compatible"),
        )
    ]
    + [
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    ]
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def package(parts: Mapping[str, str | bytes]) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, kind)
    buffer.seek(0)
    return buffer


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    links: Mapping[str, str] | None = None,
    beside: Mapping[str, str] | None = None,
) -> io.BytesIO:
    """`beside` are contents of notes, comments, headers… by the kind of their part."""
    relations = "".join(
        f'<Relationship Id="{key}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        f' Target="{target}" TargetMode="External"/>'
        for key, target in (links or {}).items()
    ) + "".join(
        f'<Relationship Id="{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        f' Target="{kind}9.xml"/>'
        for kind in beside or {}
    )
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {W_NAMESPACES}><w:body>{body}</w:body></w:document>",
            "word/styles.xml": f"<w:styles {W_NAMESPACES}>{styles}</w:styles>",
            "word/numbering.xml": f"<w:numbering {W_NAMESPACES}>{numbering}</w:numbering>",
            "word/_rels/document.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f"{relations}</Relationships>"
            ),
            **{
                f"word/{kind}9.xml": f"<w:part {W_NAMESPACES}>{content}</w:part>"
                for kind, content in (beside or {}).items()
            },
        }
    )


def odt(body: str, *, automatic: str = "", styles: str = "", **parts: str | bytes) -> io.BytesIO:
    return package(
        {
            "mimetype": ODT_TYPE,
            "content.xml": (
                f"<office:document-content {O_NAMESPACES}><office:automatic-styles>{automatic}"
                f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
                "</office:document-content>"
            ),
            "styles.xml": (
                f"<office:document-styles {O_NAMESPACES}><office:styles>{styles}</office:styles>"
                "</office:document-styles>"
            ),
            **parts,
        }
    )


def texts(blocks: tuple[Block, ...]) -> list[object]:
    """Paragraphs as their text, tables as rows of cells as lists of texts, "↑" for a cell that goes on."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else [
            [["↑"] if cell.continues else [p.text for p in cell.paragraphs] for cell in row]
            for row in block.rows
        ]
        for block in blocks
    ]
