"""Tables of a text, stage by stage: what one table teaches serves the others, and the stages after."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cahiers.documents.blocks import Table
from cahiers.documents.errors import Unreadable
from cahiers.documents.matching import fold
from cahiers.documents.model import Warning
from cahiers.documents.readers.txt import bare
from cahiers.documents.readers.txt.bullets import with_inner_dashes
from cahiers.documents.readers.txt.doubts import (
    Doubts,
    Statement,
    cited_words,
    shorter,
    statements,
    tight_words,
    widest_lines,
)
from cahiers.documents.readers.txt.evidence import known_kinds
from cahiers.documents.readers.txt.fragments import Piece, join
from cahiers.documents.readers.txt.headings import Headings
from cahiers.documents.readers.txt.hyphens import broken, hyphenated_words, restore
from cahiers.documents.readers.txt.likely_words import LikelyWords
from cahiers.documents.readers.txt.mending import Mender, Usage, word_pairs
from cahiers.documents.readers.txt.parts import BULLET, TablePart
from cahiers.documents.readers.txt.pieces import FUSING, RowPieces, rows_of, title_forms
from cahiers.documents.readers.txt.placing import Place, place
from cahiers.documents.readers.txt.raster import place_blocks
from cahiers.documents.readers.txt.readings import likely, whole_words
from cahiers.documents.readers.txt.spaced.grid import CutTable, cut_in_columns, keeps_columns
from cahiers.documents.readers.txt.spaced.merged import step_of
from cahiers.documents.readers.txt.spread import hand_down, rejoin, share_out
from cahiers.documents.readers.txt.stops import Stops, stops_of
from cahiers.documents.readers.txt.tables import header_of, merged_rows, row_of, table_of
from cahiers.documents.readers.txt.turns import Standing, standing, turns
from cahiers.documents.readers.txt.weaving.frame import Frame
from cahiers.documents.readers.txt.weaving.saying import Edge
from cahiers.documents.readers.txt.weaving.unweaving import Weaver
from cahiers.methods import Method, Stage

#: A synthesis holds some hundreds.
MAX_PIECES: Final = 8_000
#: What the place of a fragment says for its column in a text that keeps columns.
COLUMNS_SHOWN: Final = 2.5
FUSED: Final = re.compile(f"[{FUSING}]")


@dataclass(frozen=True, slots=True)
class _Stage:
    """The tables of a stage, read: each part's rows, by its index, and the places of all of them in turn."""

    stage: Stage
    columns: Sequence[str]
    loose: bool
    is_bare: bool
    grouped: Mapping[int, Sequence[RowPieces]]
    places: Sequence[Sequence[Place]]
    standing: Sequence[Standing]

    def doubts(self, method: Method, lines: set[int], known: Set[str], words: Set[str]) -> Iterator[Warning]:
        """Adds to `lines` those where doubtful statements begin.

        `known` has words that are whole, folded, `words` all of them.
        """
        pairs = [
            (row, places)
            for row, places in zip(
                (row for group in self.grouped.values() for row in group), self.places, strict=True
            )
        ]
        doubts = Doubts(
            columns=self.columns,
            stage=self.stage,
            method=method,
            amid=self.loose,
            merged=self.loose and not _repeat_themes(list(self.grouped.values())),
            widest=widest_lines(pairs, len(self.columns)) if self.loose else (),
            lines=lines,
            known=known,
            words=words,
        )
        for row, places in pairs:
            yield from doubts.of(row, places)
        if self.is_bare:
            yield from bare.parts_of(map(_in_columns, _statements(pairs, len(self.columns))))

    def tables(self, method: Method) -> dict[int, Table]:
        waiting = iter(self.places)
        return {
            index: table_of(
                self.stage, self.columns, [row_of(row, next(waiting), self.columns) for row in group], method
            )
            for index, group in self.grouped.items()
        }


class Columns:
    """Reads the tables of a text that has lost its columns."""

    def __init__(self, method: Method) -> None:
        self.method = method
        self.headings = Headings(method)
        self.warnings: list[Warning] = []
        #: Lines where doubtful statements begin, in a text that lost the order of its columns.
        self.doubtful: set[int] = set()
        #: Each part's lines in their columns, where the text keeps these by spaces.
        self.cut: dict[int, CutTable] | None = None
        #: Whether statements have no bullets there.
        self.is_bare = False
        self._known: dict[str, frozenset[str]] = {}
        self._carried: frozenset[str] = frozenset()
        self._words: dict[str, str] = {}
        self._pairs: frozenset[tuple[str, str]] = frozenset()
        self._vocabulary: frozenset[str] = frozenset()
        self._said: Counter[tuple[str, str]] = Counter()
        self._edges: list[Standing] = []
        self._stops = Stops()
        self._stages: list[_Stage] = []
        self._likely = LikelyWords(())

    @property
    def mixed(self) -> bool:
        """Whether the text gives the cells of its tables in one reading order."""
        return any(read.loose for read in self._stages)

    def read(self, parts: Sequence[TablePart]) -> list[Table]:
        """A table for each part, in the parts' order. Raises Unreadable for more statements than any synthesis has."""
        bullets = sum(len(FUSED.findall(line.text)) for part in parts for line in part.lines)
        if bullets > MAX_PIECES:
            raise Unreadable(
                f"Les tableaux du fichier comptent plus de {MAX_PIECES} énoncés : il est refusé."
            )
        is_cut = keeps_columns(parts)
        if any(_is_paged(part) for part in parts):
            parts = parts if is_cut else with_inner_dashes(parts)
            self._words = hyphenated_words(line.text for part in parts for line in part.lines)
            self._stops = stops_of(part.lines for part in parts)
            self._pairs = word_pairs(line.text for part in parts for line in part.lines)
            self._said = Counter(
                pair for part in parts for line in part.lines for pair in pairwise(line.text.lower().split())
            )
            self._vocabulary = frozenset(
                word for part in parts for line in part.lines for word in fold(line.text).split()
            )
        self._likely = LikelyWords(line for part in parts for line in part.lines)
        self.cut = self._cut(parts) if is_cut else None
        self.is_bare = self.cut is not None and not bare.are_bulleted(parts)
        tables: dict[int, Table] = {}
        for stage in self.method.stages:
            own = [index for index, part in enumerate(parts) if part.stage is stage]
            if self.cut is not None:
                tables |= self._read_grids(own, stage)
            else:
                self._stages.append(self._read_stage({index: parts[index] for index in own}, stage))
        self.warnings += turns(
            [one for read in self._stages for one in read.standing], self._edges, self._pairs
        )
        whole = whole_words(line.text for part in parts for line in part.lines) if self.mixed else frozenset()
        for read in self._stages:
            self.warnings += likely(list(read.doubts(self.method, self.doubtful, whole, self._vocabulary)))
            tables |= read.tables(self.method)
        if self.cut is None:
            self.doubtful |= {warning.source.line or 0 for warning in self.warnings if warning.source}
        return [tables[index] for index in range(len(parts))]

    def _read_stage(self, parts: Mapping[int, TablePart], stage: Stage) -> "_Stage":
        columns = self.headings.columns(stage)
        loose = any(_is_paged(part) for part in parts.values())
        own = [broken(part, self._words) if loose else part for part in parts.values()]
        is_bare = loose and bare.are_opened(own)
        if loose:
            if is_bare:
                own = bare.marked(own)
                _check(sum(1 for part in own for line in part.lines if BULLET.match(line.text)))
                placed = self._placed(own, columns, stage)
                self.warnings += bare.joined(placed)
                own = bare.parted(own, placed)
            forms = [title_forms(part.title, [], [], self.method) for part in own]
            said = self._pairs, self._vocabulary, self._said, self._known, self._stops
            frames = [Frame(stage, columns, titles, *said, bare=is_bare) for titles in forms]
            weaver = Weaver(own, frames, self._words, self.warnings)
            own = weaver.unwoven(lambda: self._placed(own, columns, stage))
            self._edges += [_edge(*edge) for edge in weaver.edges.items()]
        grouped = [rows_of(part, self.method, loose=loose) for part in own]
        rows = [row for group in grouped for row in group]
        _check(sum(len(row.pieces) for row in rows))
        seen: list[Standing] = []
        if loose:
            restore(rows, self._words)
            for index, group in zip(parts, grouped, strict=True):
                seen += standing([piece for row in group for piece in (*row.pieces, *row.taken)], index)
            places = self._share_out(grouped, place_blocks(rows, columns, stage, self._known), len(columns))
        else:
            places = place(rows, columns, stage, self._known, self._carried)
        self._known |= known_kinds(
            (columns[spot.column], piece.text)
            for row, spots in zip(rows, places, strict=True)
            for piece, spot in zip(row.pieces, spots, strict=True)
        )
        self._carried |= set(stage.kinds)
        return _Stage(stage, columns, loose, is_bare, dict(zip(parts, grouped, strict=True)), places, seen)

    def _placed(
        self, parts: Sequence[TablePart], columns: Sequence[str], stage: Stage
    ) -> list[tuple[int, Piece]]:
        """The pieces as the lines come, each with its column, the theme's being none of them."""
        rows = [row for part in parts for row in rows_of(part, self.method, loose=True)]
        places = place_blocks(rows, columns, stage, self._known)
        return [
            (spot.column + 1, piece)
            for row, spots in zip(rows, places, strict=True)
            for piece, spot in zip(row.pieces, spots, strict=True)
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
            hand_down(group, own)
            Mender(group, own, usage, widest).mend()
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
        merged = not any(self.cut[index].repeats_themes for index in indexes)
        step = step_of([self.cut[index].levels() for index in indexes]) if merged else None
        found = {index: self.cut[index].rows(step, self._likely) for index in indexes}
        if merged and any(not row.theme for rows in found.values() for row, _ in rows):
            self.warnings += [warning for rows in found.values() for warning in merged_rows(rows)]
        for pairs in found.values():
            self._mend([row for row, _ in pairs], [places for _, places in pairs], len(columns))
        self.warnings += [doubt for rows in found.values() for row, _ in rows for doubt in tight_words(row)]
        self.warnings += [
            doubt for rows in found.values() for own in rows for doubt in cited_words(*own, columns)
        ]
        own = list(_statements((pair for rows in found.values() for pair in rows), len(columns)))
        self.warnings += [doubt for statement in own for doubt in shorter(statement)]
        if self.is_bare:
            cells = [_in_columns(statement) for statement in own]
            self.warnings += [*bare.joined([pair for cell in cells for pair in cell]), *bare.parts_of(cells)]
        return {
            index: table_of(
                stage, columns, [row_of(row, places, columns) for row, places in rows], self.method
            )
            for index, rows in found.items()
        }


def _edge(edge: Edge, odds: float) -> Standing:
    piece = Piece(list(edge.lines), edge.source, edge.bulleted)
    return Standing(piece, piece, 0, odds)


def _is_paged(part: TablePart) -> bool:
    return any(line.page is not None for line in part.lines[:1])


def _statements(rows: Iterable[tuple[RowPieces, Sequence[Place]]], columns: int) -> Iterator[Statement]:
    for row, places in rows:
        for cell in statements(row, places, columns):
            yield from cell


def _in_columns(statement: Statement) -> list[bare.Placed]:
    return [(spot.column, piece) for piece, spot in statement]


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
