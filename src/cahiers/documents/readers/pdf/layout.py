"""Makes blocks of pages: tables and paragraphs in reading order."""

from collections.abc import Iterator, Sequence

from cahiers.documents.blocks import Block, Paragraph
from cahiers.documents.readers.pdf.grid import Grid, grids_of
from cahiers.documents.readers.pdf.lines import Line, Setting, lines_of, paragraphs_of
from cahiers.documents.readers.pdf.margins import Sheet, without_running_lines, without_watermarks
from cahiers.documents.readers.pdf.pieces import Page
from cahiers.documents.readers.pdf.tables import TableText, append, bullets_of, finish, table_text

Part = TableText | Line


def blocks_of(pages: Sequence[Page]) -> list[Block]:
    """Blocks of the document, in reading order."""
    parts = list(_parts(without_watermarks(pages)))
    addresses = frozenset(address for page in pages for address in page.links)
    bullets = bullets_of([part for part in parts if isinstance(part, TableText)])
    prose = _prose_setting(parts, bullets, addresses)
    blocks: list[Block] = []
    for part in _grouped(parts):
        if isinstance(part, TableText):
            blocks.append(finish(part, bullets, addresses))
        else:
            blocks.extend(_paragraphs(part, prose))
    return blocks


def _parts(pages: Sequence[Page]) -> Iterator[Part]:
    """Lines and tables from top to bottom, the tables' parts on following pages joined."""
    sheets, grids = [], []
    for page in pages:
        tables, outside = grids_of(page, page.pieces)
        grids.append(tables)
        spans = [(grid.y0, grid.y1) for grid in tables]
        sheets.append(Sheet(height=page.height, lines=lines_of(outside, page.number), tables=spans))
    last: TableText | None = None
    for tables, lines in zip(grids, without_running_lines(sheets), strict=True):
        for part in _by_height(tables, lines):
            if isinstance(part, Line):
                last = None
                yield part
                continue
            text = table_text(part)
            if last is not None and last.page < text.page and append(last, text):
                continue
            last = text
            yield text


def _by_height(tables: Sequence[Grid], lines: Sequence[Line]) -> list[Grid | Line]:
    parts: list[Grid | Line] = [*tables, *lines]
    return sorted(parts, key=lambda part: part.y0 if isinstance(part, Grid) else part.y)


def _grouped(parts: Sequence[Part]) -> Iterator[TableText | list[Line]]:
    """Tables, and the lines between two of them."""
    lines: list[Line] = []
    for part in parts:
        if isinstance(part, Line):
            lines.append(part)
            continue
        if lines:
            yield lines
            lines = []
        yield part
    if lines:
        yield lines


def _prose_setting(parts: Sequence[Part], bullets: frozenset[str], addresses: frozenset[str]) -> Setting:
    """How far the lines outside of tables reach."""
    lines = [part for part in parts if isinstance(part, Line)]
    sides = [part.xs[-1] - 4 for part in parts if isinstance(part, TableText)]
    return Setting(
        left=min((line.x0 for line in lines), default=0.0),
        right=max([line.x1 for line in lines] + sides, default=0.0),
        bullets=bullets,
        addresses=addresses,
    )


def _paragraphs(lines: list[Line], setting: Setting) -> list[Paragraph]:
    return paragraphs_of(lines, setting)
