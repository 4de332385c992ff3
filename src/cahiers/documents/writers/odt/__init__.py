"""Writes OpenDocument texts in the official layout, with named styles that authors can change."""

from collections.abc import Sequence
from typing import BinaryIO, Final

from cahiers.documents.blocks import Block
from cahiers.documents.compose import compose
from cahiers.documents.model import Synthesis
from cahiers.documents.writers.layout import archive, text, title_of
from cahiers.documents.writers.odt.body import Body
from cahiers.documents.writers.odt.styles import DECLARATION, FONT_FACES, NAMESPACES, style_sheet
from cahiers.methods import Method

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"


class OdtWriter:
    name = "odt"
    extension = "odt"
    media_type = MEDIA_TYPE

    def write(self, synthesis: Synthesis, method: Method, stream: BinaryIO) -> None:
        stream.write(render(compose(synthesis, method), title=title_of(synthesis, method)))


WRITER = OdtWriter()


def render(blocks: Sequence[Block], *, title: str) -> bytes:
    """The blocks as odt bytes."""
    body = Body()
    content = body.render(blocks)
    return archive(
        {
            "content.xml": (
                f'{DECLARATION}<office:document-content {NAMESPACES} office:version="1.3">{FONT_FACES}'
                f"<office:automatic-styles>{body.automatic_styles()}</office:automatic-styles>"
                f"<office:body><office:text>{content}</office:text></office:body></office:document-content>"
            ),
            "styles.xml": style_sheet(title),
            "meta.xml": (
                f'{DECLARATION}<office:document-meta {NAMESPACES} office:version="1.3"><office:meta>'
                f"<dc:title>{text(title)}</dc:title><dc:language>fr-FR</dc:language>"
                "</office:meta></office:document-meta>"
            ),
            "META-INF/manifest.xml": _MANIFEST,
        },
        stored={"mimetype": MEDIA_TYPE},
    )


_MANIFEST: Final = (
    f'{DECLARATION}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    f' manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3"'
    f' manifest:media-type="{MEDIA_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>'
        for part in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>"
)
