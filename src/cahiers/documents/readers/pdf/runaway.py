"""Mends structure trees whose lists run on from cell to cell: one cell of the tree then holds those of many rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cahiers.documents.readers.pdfium.pieces import Page, Path, Piece, Tag

#: Points by which text may begin left of where its column does.
DRIFT: Final = 3.0


@dataclass(slots=True)
class _Block:
    """A paragraph of a table: its path, its cell in the tree, its sides, the pages that it begins and ends on."""

    path: Path
    cell: Path
    x0: float
    x1: float
    page: int
    last_page: int


def homes_of(pages: Sequence[Page]) -> dict[Path, Tag]:
    """The true row and cell of each paragraph, by its path, in the tables that have a cell over several columns."""
    tables: dict[Path, dict[Path, _Block]] = defaultdict(dict)
    for page in pages:
        for piece in sorted(page.pieces, key=lambda piece: (round(piece.y), piece.x0)):
            tag = piece.tag
            if tag is None or tag.row is None or not tag.cell:
                continue
            block = tables[tag.row[:-1]].setdefault(
                tag.block, _Block(tag.block, tag.cell, piece.x0, piece.x1, page.number, page.number)
            )
            block.last_page = page.number
            block.x0 = min(block.x0, piece.x0)
            block.x1 = max(block.x1, piece.x1)
    found: dict[Path, Tag] = {}
    for blocks in tables.values():
        found |= _homes(sorted(blocks.values(), key=lambda block: block.path))
    return found


def tag_in(piece: Piece, homes: dict[Path, Tag]) -> Tag | None:
    return homes.get(piece.tag.block, piece.tag) if piece.tag is not None else None


def _homes(blocks: Sequence[_Block]) -> dict[Path, Tag]:
    """Homes of a table's paragraphs; none where each cell of the tree keeps to its column.

    The tree keeps the order of the text: a row begins where a paragraph stands left of the one before it, unless it
    is the rest of a row that a page break cuts.
    """
    lefts = _lefts(blocks)
    if not lefts:
        return {}
    columns: dict[Path, set[int]] = defaultdict(set)
    for block in blocks:
        columns[block.cell].add(_column(block, lefts))
    if not any(len(own) > 1 for own in columns.values()):
        return {}
    back = [
        (above, block) for above, block in pairwise(blocks) if _column(block, lefts) < _column(above, lefts)
    ]
    within = [block for above, block in back if above.page == block.page]
    named = bool(within) and all(_column(block, lefts) == 0 for block in within)
    homes: dict[Path, Tag] = {}
    tree_row: Path = ()
    row = 0
    before: _Block | None = None
    for block in blocks:
        column = _column(block, lefts)
        if block.cell[:-1] != tree_row:
            tree_row = block.cell[:-1]
            if tree_row[-1] > row:
                row, before = tree_row[-1], None
        if before is not None and column < _column(before, lefts):
            cut = before.page < block.page and column and (named or before.last_page == block.page)
            row += not cut
        before = block
        path = (*tree_row[:-1], row)
        homes[block.path] = Tag(block=block.path, row=path, cell=(*path, column))
    return homes


def _lefts(blocks: Sequence[_Block]) -> list[float]:
    """Where the columns begin: as their headings do, or further left with a paragraph below; none if they overlap."""
    rows: dict[Path, dict[int, list[_Block]]] = defaultdict(lambda: defaultdict(list))
    for block in blocks:
        rows[block.cell[:-1]][block.cell[-1]].append(block)
    most = max(len(cells) for cells in rows.values())
    header = next(cells for cells in rows.values() if len(cells) == most)
    if sorted(header) != list(range(most)) or most < 2:
        return []
    spans = [
        (min(block.x0 for block in header[at]), max(block.x1 for block in header[at])) for at in range(most)
    ]
    if any(right[0] <= left[1] for left, right in pairwise(spans)):
        return []
    lefts = []
    for at, (x0, _) in enumerate(spans):
        low = spans[at - 1][1] if at else 0.0
        lefts.append(min([x0, *(block.x0 for block in blocks if low < block.x0 < x0)]) - DRIFT)
    return lefts


def _column(block: _Block, lefts: Sequence[float]) -> int:
    return max((at for at, left in enumerate(lefts) if left <= block.x0), default=0)
