"""Files of word processors."""

import io
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from bench.documents.figures import SIXTY_PAGES, Figure, cpu, maybe, part, read, write, written
from bench.material import synthesis
from cahiers.documents.model import Synthesis
from cahiers.documents.normal import equal


def word_processors() -> Iterator[Figure]:
    source = synthesis(SIXTY_PAGES)
    xml = part(written("docx"), "word/document.xml")
    goals = {"docx": ("must 0.4 s, stretch 0.1", "must 0.5 s, stretch 0.1")}
    for name, main in (("docx", "word/document.xml"), ("odt", "content.xml")):
        writing, reading = goals.get(name, ("", ""))
        limit = part(written(name), main)
        yield Figure(
            f"60-page {name} written",
            maybe(lambda name=name: write(name, source)),  # type: ignore[misc]
            "lxml + zlib of its XML",
            cpu(lambda limit=limit: zlib.compress(etree.tostring(etree.fromstring(limit)))),  # type: ignore[misc]
            writing,
        )
        yield Figure(
            f"60-page {name} read",
            maybe(lambda name=name: read(name, written(name))),  # type: ignore[misc]
            "lxml parse of its XML",
            cpu(lambda limit=limit: etree.fromstring(limit)),  # type: ignore[misc]
            reading,
            same(read(name, written(name)), source),
        )
    yield Figure(
        "60-page docx read, again",
        maybe(lambda: read("docx", written("docx"))),
        "python-docx, every paragraph",
        maybe(lambda: python_docx(written("docx")), "docx"),
        "",
        f"{len(xml) >> 10} KiB of XML",
    )


def python_docx(data: bytes) -> int:
    import docx

    return sum(len(paragraph.text) for paragraph in _paragraphs(docx.Document(io.BytesIO(data))))


def _paragraphs(container: Any) -> Iterator[Any]:
    yield from container.paragraphs
    for table in container.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from _paragraphs(cell)


def same(found: Synthesis, source: Synthesis) -> str:
    return "identical" if equal(found, source) else "DIFFERENT"
