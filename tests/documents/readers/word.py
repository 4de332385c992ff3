"""Parts of Word documents to read."""

from cahiers.documents.blocks import Paragraph, Table
from cahiers.documents.readers.docx import blocks_of
from cahiers.methods import get
from tests.documents.packages import docx, texts

METHOD = get("etats-generaux")

BULLETS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="►"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Liste"/></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="Liste"/><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="6"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
    '<w:numFmt w:val="none"/><w:lvlText w:val="%1"/></w:lvl></w:lvlOverride></w:num>'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else par(content)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def read(body: str, **parts: str) -> list[object]:
    return texts(blocks_of(docx(body, **parts)))


def only(body: str, **parts: str) -> Paragraph:
    (block,) = blocks_of(docx(body, **parts))
    assert isinstance(block, Paragraph)
    return block


def only_table(body: str) -> Table:
    (block,) = blocks_of(docx(body))
    assert isinstance(block, Table)
    return block
