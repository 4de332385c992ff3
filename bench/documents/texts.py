"""PDF files, and texts made of them."""

import io
import os
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pypdfium2

from bench.documents.command import peak_of
from bench.documents.figures import SIXTY_PAGES, Figure, cpu, maybe, read, used, write, written
from bench.material import long_table, synthesis
from cahiers.documents.model import Synthesis

#: Rows a stage that make thirty-one pages, and rows of the long table.
THIRTY_PAGES: Final = 3
TABLE_ROWS: Final = 444


def portable_documents() -> Iterator[Figure]:
    pages = len(pypdfium2.PdfDocument(written("pdf")))
    yield Figure(
        f"{pages}-page pdf written, tagged",
        maybe(lambda: write("pdf", synthesis(SIXTY_PAGES))),
        "typst, the bare paragraphs",
        maybe(_typst_paragraphs, "typst"),
        "must 1 s, stretch 0.6",
        f"peak {peak_of('pdf', 1):.0f} MiB (must 200), of ten in a row {peak_of('pdf', 10):.0f}",
    )
    source = long_table(TABLE_ROWS)
    tagged = write("pdf", source)
    yield from _table_read("tagged", tagged, source)
    yield _pdfplumber_read(tagged, source)
    if find_spec("pikepdf"):
        yield from _table_read("without tags", _untagged(tagged), source)
    else:
        yield Figure("pdf table read, without tags", None)


def _typst_paragraphs() -> bytes:
    import typst

    texts = [item.text for item in items(synthesis(SIXTY_PAGES))]
    # Twice the text fills about as many pages as the tables do.
    body = "\n\n".join(f'#par(["{text}"])' for text in texts * 2)
    found: bytes = typst.compile(f'#set page("a4", flipped: true)\n{body}'.encode(), format="pdf")
    return found


def items(source: Synthesis) -> Iterator[Any]:
    for theme in source.themes:
        for rows in theme.stages.values():
            for row in rows:
                for items in row.cells.values():
                    yield from items


def _table_read(kind: str, data: bytes, source: Synthesis) -> Iterator[Figure]:
    pages, split = _split_rows(data)
    right = _rows_right(read("pdf", data), source)
    yield Figure(
        f"{pages}-page pdf table read, {kind}",
        maybe(lambda: read("pdf", data), runs=3),
        "pdfium, raw text",
        cpu(lambda: _raw_text(data), 3),
        "must 3 s, stretch 1",
        f"{right} of {TABLE_ROWS} rows whole, {split} of them split over pages",
    )


def _pdfplumber_read(data: bytes, source: Synthesis) -> Figure:
    """How the usual library fares; once, for it takes long."""
    if not find_spec("pdfplumber"):
        return Figure("the same by pdfplumber", None)
    import pdfplumber

    started = used()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        lines = [row for page in pdf.pages for table in page.extract_tables() for row in table]
    seconds = used() - started
    found = [_letters(" ".join(cell or "" for cell in line)) for line in lines]
    (rows,) = source.themes[0].stages.values()
    whole = 0
    for row in rows:
        wanted = [_letters(item.text) for items in row.cells.values() for item in items]
        whole += any(all(text in line for text in wanted) for line in found if wanted[0] in line)
    return Figure("the same by pdfplumber", seconds, remark=f"{whole} of {TABLE_ROWS} rows whole")


def _rows_right(found: Synthesis, source: Synthesis) -> int:
    """Rows found word for word, wherever they stand."""
    (stage,) = source.themes[0].stages
    rows = [row for theme in found.themes for row in theme.stages.get(stage, ())]
    return sum(1 for row in source.themes[0].stages[stage] if row in rows)


def _split_rows(data: bytes) -> tuple[int, int]:
    """Pages, and rows whose words stand on two: those that a page goes on with before it names a row."""
    texts = list(_pages(data))
    split = 0
    for text in texts[1:]:
        body = text.split("Points forts", 1)[-1]
        first = re.search(r"Ligne \d+ :", body)
        start = body[: first.start()] if first else body
        # The first cell of a whole row holds the theme and a number; anything else is the rest of a row.
        split += len(re.sub(r"[\d\s►]+", "", start)) > len("Garantirunégalaccèsaunumériquepourtous") + 3
    return len(texts), split


def _pages(data: bytes) -> Iterator[str]:
    for page in pypdfium2.PdfDocument(data):
        yield page.get_textpage().get_text_range()


def _raw_text(data: bytes) -> str:
    return "\n".join(_pages(data))


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _untagged(data: bytes) -> bytes:
    """The file without its structure, as older exporters leave it."""
    import pikepdf

    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for name in ("/StructTreeRoot", "/MarkInfo"):
            if name in pdf.Root:
                del pdf.Root[name]
        pdf.save(stream)
    return stream.getvalue()


def texts() -> Iterator[Figure]:
    made = "\n".join(_pages(written("pdf", THIRTY_PAGES))).replace("\r\n", "\n").encode()
    pages = len(pypdfium2.PdfDocument(written("pdf", THIRTY_PAGES)))
    yield _text_read(f"{pages}-page text read (as pdfium extracts it)", made)
    folder = os.environ.get("CAHIERS_SEEDS")
    for path in sorted(Path(folder).glob("*.txt")) if folder else ():
        yield _text_read(f"text read ({path.stat().st_size >> 10} KiB, {path.name[:8]})", path.read_bytes())


def _text_read(what: str, data: bytes) -> Figure:
    found = read("txt", data)
    counted = sum(1 for _ in items(found))
    return Figure(
        what,
        maybe(lambda: read("txt", data)),
        "re, every word",
        cpu(lambda: re.findall(r"\w+", data.decode(errors="replace"))),
        "must 0.3 s",
        f"{counted} statements, {len(found.warnings)} warnings",
    )
