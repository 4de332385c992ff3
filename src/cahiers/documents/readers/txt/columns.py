"""Tables of a text, stage by stage: what one table teaches serves the others, and the stages after."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from cahiers.documents.blocks import Table
from cahiers.documents.errors import Unreadable
from cahiers.documents.matching import fold
from cahiers.documents.model import Warning
from cahiers.documents.readers.txt.doubts import (
    Doubts,
    cited_words,
    shorter,
    statements,
    tight_words,
    widest_lines,
)
from cahiers.documents.readers.txt.evidence import known_kinds
from cahiers.documents.readers.txt.fragments import Piece, join
from cahiers.documents.readers.txt.grid import CutTable, cut_in_columns, keeps_columns
from cahiers.documents.readers.txt.headings import Headings
from cahiers.documents.readers.txt.hyphens import hyphenated_words, restore
from cahiers.documents.readers.txt.loom import Frame
from cahiers.documents.readers.txt.mending import Mender, Usage, word_pairs
from cahiers.documents.readers.txt.orphans import orphans
from cahiers.documents.readers.txt.parts import TablePart
from cahiers.documents.readers.txt.pieces import FUSING, RowPieces, rows_of, title_forms
from cahiers.documents.readers.txt.placing import Place, place
from cahiers.documents.readers.txt.raster import place_blocks
from cahiers.documents.readers.txt.spread import rejoin, share_out
from cahiers.documents.readers.txt.tables import header_of, merged_rows, row_of, table_of
from cahiers.documents.readers.txt.woven import MOST_IN_ALL, unwoven
from cahiers.methods import Method, Stage

#: A synthesis holds some hundreds.
MAX_PIECES: Final = 8_000
#: What the place of a fragment says for its column in a text that keeps columns.
COLUMNS_SHOWN: Final = 2.5
FUSED: Final = re.compile(f"[{FUSING}]")
MIXED: Final = (
    "Les cellules de ce texte sont mêlées : bien des énoncés peuvent être coupés, ou placés dans une autre colonne ou"
    " une autre ligne. Mieux vaut donner le fichier PDF lui-même, ou le texte qu’en tire « pdftotext -layout »."
)


class Columns:
    """Reads the tables of a text that has lost its columns."""

    def __init__(self, method: Method) -> None:
        self.method = method
        self.headings = Headings(method)
        self.warnings: list[Warning] = []
        #: Each part's lines in their columns, where the text keeps these by spaces.
        self.cut: dict[int, CutTable] | None = None
        self._known: dict[str, frozenset[str]] = {}
        self._carried: frozenset[str] = frozenset()
        self._words: dict[str, str] = {}
        self._pairs: frozenset[tuple[str, str]] = frozenset()
        #: The pieces of each table in reading order.
        self._pieces: list[list[Piece]] = []

    def read(self, parts: Sequence[TablePart]) -> list[Table]:
        """A table for each part, in the parts' order. Raises Unreadable for more statements than any synthesis has."""
        bullets = sum(len(FUSED.findall(line.text)) for part in parts for line in part.lines)
        if bullets > MAX_PIECES:
            raise Unreadable(
                f"Les tableaux du fichier comptent plus de {MAX_PIECES} énoncés : il est refusé."
            )
        if any(_is_paged(part) for part in parts):
            self._words = hyphenated_words(line.text for part in parts for line in part.lines)
            self._pairs = word_pairs(line.text for part in parts for line in part.lines)
        self.cut = self._cut(parts) if keeps_columns(parts) else None
        tables: dict[int, Table] = {}
        for stage in self.method.stages:
            own = [index for index, part in enumerate(parts) if part.stage is stage]
            if self.cut is not None:
                tables |= self._read_grids(own, stage)
            else:
                tables |= zip(own, self._read_stage([parts[index] for index in own], stage), strict=True)
        if self._pieces:
            self.warnings += orphans(self._pieces, Usage(self._pairs, Counter(list(self._known))))
        return [tables[index] for index in range(len(parts))]

    def _read_stage(self, parts: Sequence[TablePart], stage: Stage) -> list[Table]:
        columns = self.headings.columns(stage)
        loose = any(_is_paged(part) for part in parts)
        if loose and not any(warning.message == MIXED for warning in self.warnings):
            self.warnings.append(Warning(message=MIXED))
        if loose:
            spare = MOST_IN_ALL // (len(parts) or 1)
            forms = [title_forms(part.title, [], [], self.method) for part in parts]
            parts = [
                unwoven(part, Frame(stage, columns, titles, self._pairs, self._known), spare, self.warnings)
                for part, titles in zip(parts, forms, strict=True)
            ]
        grouped = [rows_of(part, self.method, loose=loose) for part in parts]
        rows = [row for group in grouped for row in group]
        _check(sum(len(row.pieces) for row in rows))
        if loose:
            restore(rows, self._words)
            places = self._share_out(grouped, place_blocks(rows, columns, stage, self._known), len(columns))
        else:
            places = place(rows, columns, stage, self._known, self._carried)
        if loose:
            self._pieces += [[piece for row in group for piece in row.pieces] for group in grouped]
        pairs = list(zip(rows, places, strict=True))
        doubts = Doubts(
            columns=columns,
            stage=stage,
            method=self.method,
            amid=loose,
            merged=loose and not _repeat_themes(grouped),
            widest=widest_lines(pairs, len(columns)) if loose else (),
        )
        said = []
        for row, spots in pairs:
            self.warnings += doubts.of(row, spots)
            said += [
                (columns[spot.column], piece.text) for piece, spot in zip(row.pieces, spots, strict=True)
            ]
        self._known |= known_kinds(said)
        self._carried |= set(stage.kinds)
        waiting = iter(zip(rows, places, strict=True))
        return [
            table_of(stage, columns, [row_of(*next(waiting), columns) for _ in group], self.method)
            for group in grouped
        ]

    def _share_out(
        self, grouped: Sequence[Sequence[RowPieces]], places: Sequence[list[Place]], columns: int
    ) -> list[list[Place]]:
        rows = [row for group in grouped for row in group]
        wholes = Counter(fold(piece.text) for row in rows for piece in row.pieces if piece.bulleted)
        usage = Usage(self._pairs, wholes + Counter(list(self._known)))
        widest = widest_lines(list(zip(rows, places, strict=True)), columns)
        waiting = iter(places)
        shared: list[list[Place]] = []
        for group in grouped:
            own = [next(waiting) for _ in group]
            self.warnings += Mender(group, own, usage, widest).mend()
            own = share_out(group, own)
            rejoin(group, own)
            shared += own
        return shared

    def _mend(self, rows: Sequence[RowPieces], places: list[list[Place]], columns: int) -> None:
        """Gives fragments that open a page without header row their statements."""
        if any(piece.goes_on for row in rows for piece in row.pieces):
            widest = widest_lines(list(zip(rows, places, strict=True)), columns)
            self.warnings += Mender(rows, places, Usage(self._pairs, {}), widest, COLUMNS_SHOWN).mend()

    def _cut(self, parts: Sequence[TablePart]) -> dict[int, CutTable] | None:
        """Each part's lines in their columns; None where some header does not show these."""
        cut: dict[int, CutTable] = {}
        for index, part in enumerate(parts):
            columns = self.headings.columns(part.stage)
            names = [" ".join(cell.text.split()) for cell in header_of(part.stage, columns, self.method)]
            table = cut_in_columns(part, columns, names, self.method)
            if table is None:
                return None
            cut[index] = table
        return cut

    def _read_grids(self, indexes: Sequence[int], stage: Stage) -> dict[int, Table]:
        """Tables of a stage in a text that keeps its columns by spaces."""
        assert self.cut is not None
        columns = self.headings.columns(stage)
        merged = not any(table.repeats_themes for table in self.cut.values())
        found = {index: self.cut[index].rows(merged=merged) for index in indexes}
        if merged and any(not row.theme for rows in found.values() for row, _ in rows):
            self.warnings += [warning for rows in found.values() for warning in merged_rows(rows)]
        for pairs in found.values():
            self._mend([row for row, _ in pairs], [places for _, places in pairs], len(columns))
        self.warnings += [doubt for rows in found.values() for row, _ in rows for doubt in tight_words(row)]
        self.warnings += [
            doubt for rows in found.values() for own in rows for doubt in cited_words(*own, columns)
        ]
        self.warnings += [
            doubt
            for rows in found.values()
            for row, places in rows
            for cell in statements(row, places, len(columns))
            for statement in cell
            for doubt in shorter(statement)
        ]
        return {
            index: table_of(
                stage, columns, [row_of(row, places, columns) for row, places in rows], self.method
            )
            for index, rows in found.items()
        }


def _is_paged(part: TablePart) -> bool:
    return any(line.page is not None for line in part.lines[:1])


def _repeat_themes(grouped: Sequence[Sequence[RowPieces]]) -> bool:
    """Whether some row names the theme of the row above on its page: then each row has a theme cell of its own."""
    return any(
        below.theme and join(below.theme) == join(above.theme) and below.chunk == above.chunk
        for group in grouped
        for above, below in pairwise(group)
    )


def _check(statements: int) -> None:
    if statements > MAX_PIECES:
        raise Unreadable(f"Les tableaux du fichier comptent plus de {MAX_PIECES} énoncés : il est refusé.")
